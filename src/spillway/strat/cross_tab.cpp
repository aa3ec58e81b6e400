#include "spillway/strat/cross_tab.h"

#include <cmath>

#include "spillway/result/issue.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/named_table.h"
#include "spillway/strat/pair_cells.h"

namespace spillway::strat {

namespace {

constexpr std::string_view kFactColumns[kCrossFacts] = {"gross_rate", "net_rate", "remaining_term", "age", "orig_ltv", "fico"};

using Cells = PairCells<1 + 2 * kCrossFacts>;  // balance, its products with the facts, weights of the facts
using Sums = Cells::Sums;

CrossCell finished(const Sums& sums) {
  CrossCell cell{sums.loans, sums.sums.value(0), {}, {}};
  for (std::size_t f = 0; f < kCrossFacts; ++f) {
    cell.products[f] = sums.sums.value(1 + f);
    cell.weights[f] = sums.sums.value(1 + kCrossFacts + f);
  }
  return cell;
}

// A cross-tab in the making.
class Making {
 public:
  Making(const pool::ProductTable& products, std::span<const TableDefinition, 2> tables) : rows_(products, tables) {}

  void add(const pool::LoanTape& part) {
    std::vector<NumberColumn> facts;
    for (std::string_view name : kFactColumns) facts.emplace_back(part, name);
    rows_.add(part, [&](const RowsOfBlock& block) {
      cells_.make_room(rows_.numbers(0), rows_.numbers(1));
      add(block, facts);
    });
  }

  CrossTab finish() const {
    const PrintedRows rows = rows_.printed(0), columns = rows_.printed(1);
    CrossTab tab;
    tab.rows = rows.rows;
    tab.columns = columns.rows;
    tab.outside = outside_;
    const std::size_t width = tab.columns.labels.size();
    std::vector<Sums> cells(tab.rows.labels.size() * width), column_sums(width);
    cells_.for_each([&](std::uint32_t row, std::uint32_t column, const Sums& sums) {
      cells[rows.position[row] * width + columns.position[column]] = sums;
    });
    Sums all;
    for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
      Sums row;
      for (std::size_t c = 0; c < width; ++c) {
        const Sums& cell = cells[r * width + c];
        tab.cells.push_back(finished(cell));
        row.add(cell);
        column_sums[c].add(cell);
      }
      tab.row_totals.push_back(finished(row));
      all.add(row);
    }
    for (const Sums& column : column_sums) tab.column_totals.push_back(finished(column));
    tab.total = finished(all);
    return tab;
  }

 private:
  void add(const RowsOfBlock& block, std::span<const NumberColumn> facts) {
    std::array<NumberBlock, kCrossFacts> buffers;
    std::array<const double*, kCrossFacts> values;
    for (std::size_t f = 0; f < kCrossFacts; ++f) values[f] = facts[f].values({block.first, block.count}, buffers[f]);
    for (std::size_t i = 0; i < block.count; ++i) {
      const std::uint32_t row = block.rows[0][i], column = block.rows[1][i];
      if (row == 0 || column == 0) {
        ++outside_;
        continue;
      }
      std::array<double, 1 + 2 * kCrossFacts> sums{block.tape.current_balance[block.first + i]};
      for (std::size_t f = 0; f < kCrossFacts; ++f) {
        const double value = values[f][i];
        sums[1 + f] = std::isnan(value) ? 0.0 : sums[0] * value;
        sums[1 + kCrossFacts + f] = std::isnan(value) ? 0.0 : sums[0];
      }
      cells_.at(row, column).add_loan(sums);
    }
  }

  RowsInParts rows_;
  Cells cells_;
  std::size_t outside_ = 0;
};

ForEachPart one_part(const pool::LoanTape& tape) {
  return [&tape](const auto& use) { use(tape); };
}

CrossTab cross_tab_of(const ForEachPart& for_each_part, const pool::ProductTable& products, std::span<const TableDefinition, 2> tables) {
  Making making(products, tables);
  for_each_part([&](const pool::LoanTape& part) { making.add(part); });
  return making.finish();
}

}  // namespace

std::optional<double> CrossCell::average(CrossFact fact) const {
  const auto f = static_cast<std::size_t>(fact);
  return weights[f] > 0.0 ? std::optional(products[f] / weights[f]) : std::nullopt;
}

CrossTab cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products, const TableDefinition& rows,
                   const TableDefinition& columns) {
  const std::array both{rows, columns};
  return cross_tab_of(one_part(tape), products, both);
}

result::Result<CrossTab> cross_tab(const ForEachPart& for_each_part, const pool::ProductTable& products,
                                   const StratDefinitions& definitions, std::string_view row_attribute,
                                   std::string_view column_attribute, const result::Location& where) {
  std::array named{NamedTable(definitions, row_attribute), NamedTable(definitions, column_attribute)};
  if (named[0].depends_on_loans() || named[1].depends_on_loans()) {
    for_each_part([&](const pool::LoanTape& part) {
      for (NamedTable& one : named) one.add(part);
    });
  }
  std::vector<result::Issue> issues;
  std::array<TableDefinition, 2> tables;
  for (const std::size_t t : {0u, 1u}) {
    const std::string_view name = t == 0 ? row_attribute : column_attribute;
    if (auto table = named[t].definition()) {
      tables[t] = std::move(*table);
    } else {
      issues.push_back(result::error(where, "no table or loan attribute is called " + std::string(name),
                                     result::suggestion(name, table_names(definitions))));
    }
  }
  if (!issues.empty()) return {std::nullopt, std::move(issues)};
  return {cross_tab_of(for_each_part, products, tables), {}};
}

result::Result<CrossTab> cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions, std::string_view row_attribute,
                                   std::string_view column_attribute, const result::Location& where) {
  return cross_tab(one_part(tape), products, definitions, row_attribute, column_attribute, where);
}

}  // namespace spillway::strat
