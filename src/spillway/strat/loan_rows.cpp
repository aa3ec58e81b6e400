#include "spillway/strat/loan_rows.h"

#include <algorithm>

#include "spillway/strat/attribute.h"
#include "spillway/strat/kept_sum.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/row_sums.h"
#include "spillway/strat/universe.h"

namespace spillway::strat {

namespace {

// One table in the making.
struct Draft {
  const TableDefinition* definition;
  RowFinder finder;
  std::size_t universe = 0;             // number of the tape's
  std::vector<KeptSum> balances = {};   // by row number
  std::vector<std::size_t> loans = {};  // likewise
  RowBlock rows = {};                   // of the block

  void turn_to(const pool::LoanTape& tape, Universes& universes) {
    universe = universes.number(definition->universe);
    finder.turn_to(tape);
  }

  void find(const pool::LoanTape& tape, LoanBlock block, const std::uint32_t* in) {
    finder.find(block, rows);
    balances.resize(std::max(balances.size(), finder.size()));
    loans.resize(balances.size());
    for (std::size_t i = 0; i < block.count; ++i) {
      if (in[i] == 0) rows[i] = 0;
      ++loans[rows[i]];
      balances[rows[i]].add(tape.current_balance[block.first + i]);
    }
  }

  PrintedRows finish() const {
    PrintedRows made{{definition->name, definition->title, definition->attribute, {}, {}, 0}, {}};
    made.position.assign(finder.size(), kOutside);
    if (!loans.empty()) made.rows.outside = loans.front();
    std::vector<std::size_t> with_loans;
    std::vector<double> dollars(finder.size());
    for (std::size_t row = 1; row < loans.size(); ++row) {
      dollars[row] = to_printed_dollars(balances[row].value());
      if (loans[row] > 0) with_loans.push_back(row);
    }
    for (std::size_t row : finder.printed_order(std::move(with_loans), dollars)) {
      made.position[row] = static_cast<std::uint32_t>(made.rows.labels.size());
      made.rows.labels.push_back(finder.label(row));
    }
    return made;
  }
};

}  // namespace

struct RowsInParts::State {
  const pool::ProductTable* products;
  std::vector<Draft> drafts;
};

RowsInParts::RowsInParts(const pool::ProductTable& products, std::span<const TableDefinition> tables)
    : state_(std::make_unique<State>()) {
  state_->products = &products;
  for (const TableDefinition& table : tables) state_->drafts.push_back({&table, RowFinder(table.buckets, table.attribute)});
}

RowsInParts::~RowsInParts() = default;
RowsInParts::RowsInParts(RowsInParts&&) noexcept = default;

void RowsInParts::add(const pool::LoanTape& part, const std::function<void(const RowsOfBlock&)>& use) {
  Universes universes(part, *state_->products);
  RowsOfBlock found{part, 0, 0, {}};
  for (Draft& draft : state_->drafts) {
    draft.turn_to(part, universes);
    found.rows.push_back(draft.rows.data());
  }
  for_each_block(part, [&](LoanBlock block) {
    universes.mark(block);
    for (Draft& draft : state_->drafts) draft.find(part, block, universes.in(draft.universe));
    found.first = block.first;
    found.count = block.count;
    use(found);
  });
}

std::size_t RowsInParts::tables() const { return state_->drafts.size(); }
std::size_t RowsInParts::numbers(std::size_t table) const { return state_->drafts[table].finder.size(); }
PrintedRows RowsInParts::printed(std::size_t table) const { return state_->drafts[table].finish(); }

std::vector<LoanRows> loan_rows(const pool::LoanTape& tape, const pool::ProductTable& products,
                                std::span<const TableDefinition> tables) {
  RowsInParts found(products, tables);
  std::vector<std::vector<std::uint32_t>> numbers(tables.size());
  for (auto& of_table : numbers) of_table.reserve(tape.size());
  found.add(tape, [&](const RowsOfBlock& block) {
    for (std::size_t t = 0; t < numbers.size(); ++t) numbers[t].insert(numbers[t].end(), block.rows[t], block.rows[t] + block.count);
  });
  std::vector<LoanRows> made;
  for (std::size_t t = 0; t < numbers.size(); ++t) {
    PrintedRows printed = found.printed(t);
    made.push_back(std::move(printed.rows));
    for (std::uint32_t& number : numbers[t]) number = printed.position[number];
    made.back().row_of_loan = std::move(numbers[t]);
  }
  return made;
}

std::vector<double> attribute_values(const pool::LoanTape& tape, std::string_view attribute) {
  const NumberColumn column(tape, attribute);
  std::vector<double> all;
  all.reserve(tape.size());
  for_each_block(tape, [&](LoanBlock block) {
    NumberBlock buffer;
    const double* values = column.values(block, buffer);
    all.insert(all.end(), values, values + block.count);
  });
  return all;
}

}  // namespace spillway::strat
