#include <cmath>

#include "spillway/strat/cross_tab.h"
#include "spillway/strat/pair_cells.h"

namespace spillway::strat {

namespace {

using Cells = PairCells<2>;  // balance, balance x rate

std::vector<CrossSums::Cell> printed_cells(const Cells& cells, const PrintedRows& rows, const PrintedRows& columns) {
  std::vector<CrossSums::Cell> printed;
  cells.for_each([&](std::uint32_t row, std::uint32_t column, const Cells::Sums& sums) {
    printed.push_back({rows.position[row], columns.position[column], sums.loans, sums.sums.value(0), sums.sums.value(1)});
  });
  std::sort(printed.begin(), printed.end(), [](const CrossSums::Cell& a, const CrossSums::Cell& b) {
    return a.row != b.row ? a.row < b.row : a.column < b.column;
  });
  return printed;
}

}  // namespace

struct CrossSumsInParts::State {
  struct Pair {
    std::size_t rows, columns;
    Cells cells = {};
  };
  std::vector<Pair> pairs;
  std::vector<std::array<double, 2>> values;  // by loan of the block
};

CrossSumsInParts::CrossSumsInParts(std::size_t tables) : state_(std::make_unique<State>()) {
  for (std::size_t a = 0; a < tables; ++a) {
    for (std::size_t b = a + 1; b < tables; ++b) state_->pairs.push_back({a, b});
  }
}

CrossSumsInParts::~CrossSumsInParts() = default;
CrossSumsInParts::CrossSumsInParts(CrossSumsInParts&&) noexcept = default;

void CrossSumsInParts::add(const RowsOfBlock& block, const RowsInParts& rows) {
  state_->values.resize(block.count);
  for (std::size_t i = 0; i < block.count; ++i) {
    const std::size_t loan = block.first + i;
    const double balance = block.tape.current_balance[loan];
    const double rate = loan < block.tape.gross_rate.size() ? block.tape.gross_rate[loan] : 0.0;
    state_->values[i] = {balance, balance * (std::isnan(rate) ? 0.0 : rate)};
  }
  for (State::Pair& pair : state_->pairs) {
    pair.cells.make_room(rows.numbers(pair.rows), rows.numbers(pair.columns));
    const std::uint32_t *row = block.rows[pair.rows], *column = block.rows[pair.columns];
    for (std::size_t i = 0; i < block.count; ++i) {
      if (row[i] != 0 && column[i] != 0) pair.cells.at(row[i], column[i]).add_loan(state_->values[i]);
    }
  }
}

CrossSums CrossSumsInParts::sums(std::span<const PrintedRows> printed) const {
  CrossSums made;
  for (const PrintedRows& table : printed) made.tables.push_back(table.rows);
  for (const State::Pair& pair : state_->pairs) {
    made.pairs.push_back({pair.rows, pair.columns, printed_cells(pair.cells, printed[pair.rows], printed[pair.columns])});
  }
  return made;
}

CrossSums cross_sums(const pool::LoanTape& tape, const pool::ProductTable& products, std::span<const TableDefinition> tables) {
  RowsInParts rows(products, tables);
  CrossSumsInParts sums(tables.size());
  rows.add(tape, [&](const RowsOfBlock& block) { sums.add(block, rows); });
  std::vector<PrintedRows> printed;
  for (std::size_t t = 0; t < tables.size(); ++t) printed.push_back(rows.printed(t));
  return sums.sums(printed);
}

}  // namespace spillway::strat
