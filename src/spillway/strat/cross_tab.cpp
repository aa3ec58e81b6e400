#include "spillway/strat/cross_tab.h"

#include <cmath>
#include <unordered_map>

#include "spillway/result/issue.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/kept_sum.h"

namespace spillway::strat {

namespace {

constexpr std::string_view kFactColumns[kCrossFacts] = {"gross_rate", "net_rate", "remaining_term", "age", "orig_ltv", "fico"};

// A cell in the making.
struct CellSums {
  std::int64_t loans = 0;
  KeptSums<1 + 2 * kCrossFacts> sums;

  void add(const CellSums& other) {
    loans += other.loans;
    sums.add(other.sums);
  }

  CrossCell finish() const {
    CrossCell cell{loans, sums.value(0), {}, {}};
    for (std::size_t f = 0; f < kCrossFacts; ++f) {
      cell.products[f] = sums.value(1 + f);
      cell.weights[f] = sums.value(1 + kCrossFacts + f);
    }
    return cell;
  }
};

// Loans by row and column; cells come as loans are met.
class Cells {
 public:
  explicit Cells(const CrossTab& tab) : tab_(tab) {}

  void add(const pool::LoanTape& tape) {
    std::vector<NumberColumn> facts;
    for (std::string_view name : kFactColumns) facts.emplace_back(tape, name);
    for_each_block(tape, [&](LoanBlock block) {
      std::array<NumberBlock, kCrossFacts> buffers;
      std::array<const double*, kCrossFacts> values;
      for (std::size_t f = 0; f < kCrossFacts; ++f) values[f] = facts[f].values(block, buffers[f]);
      for (std::size_t i = 0; i < block.count; ++i) {
        const std::uint32_t row = tab_.rows.row_of_loan[block.first + i], column = tab_.columns.row_of_loan[block.first + i];
        if (row == kOutside || column == kOutside) {
          ++outside;
          continue;
        }
        std::array<double, 1 + 2 * kCrossFacts> sums{tape.current_balance[block.first + i]};
        for (std::size_t f = 0; f < kCrossFacts; ++f) {
          const double value = values[f][i];
          sums[1 + f] = std::isnan(value) ? 0.0 : sums[0] * value;
          sums[1 + kCrossFacts + f] = std::isnan(value) ? 0.0 : sums[0];
        }
        CellSums& cell = cells_[row * tab_.columns.labels.size() + column];
        ++cell.loans;
        cell.sums.add(sums);
      }
    });
  }

  CellSums at(std::size_t position) const {
    const auto found = cells_.find(position);
    return found == cells_.end() ? CellSums{} : found->second;
  }

  std::size_t outside = 0;

 private:
  const CrossTab& tab_;
  std::unordered_map<std::size_t, CellSums> cells_;
};

}  // namespace

std::optional<double> CrossCell::average(CrossFact fact) const {
  const auto f = static_cast<std::size_t>(fact);
  return weights[f] > 0.0 ? std::optional(products[f] / weights[f]) : std::nullopt;
}

CrossTab cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products, const TableDefinition& rows,
                   const TableDefinition& columns) {
  const TableDefinition both[] = {rows, columns};
  std::vector<LoanRows> found = loan_rows(tape, products, both);
  CrossTab tab;
  tab.rows = std::move(found[0]);
  tab.columns = std::move(found[1]);
  Cells cells(tab);
  cells.add(tape);
  tab.outside = cells.outside;
  std::vector<CellSums> column_sums(tab.columns.labels.size());
  CellSums all;
  for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
    CellSums row;
    for (std::size_t c = 0; c < column_sums.size(); ++c) {
      const CellSums cell = cells.at(r * column_sums.size() + c);
      tab.cells.push_back(cell.finish());
      row.add(cell);
      column_sums[c].add(cell);
    }
    tab.row_totals.push_back(row.finish());
    all.add(row);
  }
  for (const CellSums& column : column_sums) tab.column_totals.push_back(column.finish());
  tab.total = all.finish();
  return tab;
}

result::Result<CrossTab> cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions, std::string_view row_attribute,
                                   std::string_view column_attribute, const result::Location& where) {
  std::vector<result::Issue> issues;
  const auto table_of = [&](std::string_view name) {
    auto found = table_for(tape, definitions, name);
    if (!found) {
      issues.push_back(result::error(where, "no table or loan attribute is called " + std::string(name),
                                     result::suggestion(name, table_names(definitions))));
    }
    return found;
  };
  const auto rows = table_of(row_attribute), columns = table_of(column_attribute);
  if (!rows || !columns) return {std::nullopt, std::move(issues)};
  return {cross_tab(tape, products, *rows, *columns), {}};
}

}  // namespace spillway::strat
