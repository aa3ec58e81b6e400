#include <cmath>

#include "spillway/strat/cross_tab.h"
#include "spillway/strat/kept_sum.h"

namespace spillway::strat {

namespace {

struct CellSums {
  std::int64_t loans = 0;
  KeptSums<2> sums;  // balance, balance x rate
};

// The gross rate of each loan, 0 where unknown.
std::vector<double> gross_rates(const pool::LoanTape& tape) {
  std::vector<double> rates = attribute_values(tape, "gross_rate");
  for (double& rate : rates) rate = std::isnan(rate) ? 0.0 : rate;
  return rates;
}

std::vector<CrossSums::Cell> cells_of(const LoanRows& rows, const LoanRows& columns, const std::vector<double>& balances,
                                      const std::vector<double>& rates) {
  const std::size_t width = columns.labels.size();
  std::vector<CellSums> dense(rows.labels.size() * width);
  for (std::size_t i = 0; i < balances.size(); ++i) {
    if (rows.row_of_loan[i] == kOutside || columns.row_of_loan[i] == kOutside) continue;
    CellSums& cell = dense[rows.row_of_loan[i] * width + columns.row_of_loan[i]];
    ++cell.loans;
    cell.sums.add({balances[i], balances[i] * rates[i]});
  }
  std::vector<CrossSums::Cell> cells;
  for (std::size_t at = 0; at < dense.size(); ++at) {
    if (dense[at].loans == 0) continue;
    cells.push_back({static_cast<std::uint32_t>(at / width), static_cast<std::uint32_t>(at % width), dense[at].loans,
                     dense[at].sums.value(0), dense[at].sums.value(1)});
  }
  return cells;
}

}  // namespace

CrossSums cross_sums(const pool::LoanTape& tape, const pool::ProductTable& products, std::span<const TableDefinition> tables) {
  CrossSums made;
  made.tables = loan_rows(tape, products, tables);
  const std::vector<double> rates = gross_rates(tape);
  for (std::size_t a = 0; a < made.tables.size(); ++a) {
    for (std::size_t b = a + 1; b < made.tables.size(); ++b) {
      made.pairs.push_back({a, b, cells_of(made.tables[a], made.tables[b], tape.current_balance, rates)});
    }
  }
  return made;
}

}  // namespace spillway::strat
