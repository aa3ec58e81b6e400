#include <algorithm>

#include "spillway/strat/strat.h"

namespace spillway::strat {

namespace {

// Every column of any table, in the order first met; months to roll, which few tables have, stays last.
std::vector<table::Column> all_columns(std::span<const table::Table> tables) {
  std::vector<table::Column> columns;
  for (const table::Table& table : tables) {
    for (const table::Column& column : table.columns) {
      const bool known = std::any_of(columns.begin(), columns.end(),
                                     [&](const table::Column& other) { return other.name == column.name; });
      if (!known) columns.push_back(column);
    }
  }
  return columns;
}

}  // namespace

table::Table combined_table(std::span<const table::Table> tables) {
  const std::vector<table::Column> shared = all_columns(tables);
  table::Table combined;
  combined.name = "strats";
  combined.title = "Stratification Tables";
  combined.columns.push_back({"table", "Table", "", table::text_format()});
  combined.columns.insert(combined.columns.end(), shared.begin(), shared.end());
  combined.columns.push_back({"is_total", "Total Row", "", table::number_format(0)});
  for (const table::Table& table : tables) {
    for (const table::Row& row : table.rows) {
      table::Row wide;
      wide.is_total = row.is_total;
      wide.cells.resize(combined.columns.size());
      wide.cells.front() = table.name;
      wide.cells.back() = row.is_total ? 1 : 0;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        wide.cells[table::column_index(combined, table.columns[c].name)] = row.cells[c];
      }
      combined.rows.push_back(std::move(wide));
    }
  }
  return combined;
}

}  // namespace spillway::strat
