// A comparison as tables.

#include <algorithm>
#include <cstdint>

#include "spillway/compare/compare_tables.h"

namespace spillway::compare {

namespace {

using table::Cell;
using table::Table;

Cell count(std::size_t number) { return static_cast<std::int64_t>(number); }

// A difference is shown to a digit more than its cells.
Cell difference_of(const CellPair& pair) {
  if (!pair.difference) return {};
  table::Format format = pair.a.format.value_or(table::text_format());
  if (format.kind == table::Kind::number) format = {.kind = table::Kind::number, .decimals = format.decimals + 1, .thousands = format.thousands};
  return {*pair.difference, format};
}

std::string more(std::size_t number, const std::string& table) {
  return std::to_string(number) + " more of " + table + ": --table " + table + " lists them.";
}

}  // namespace

Table summary(const Comparison& comparison) {
  Table made{"summary", "Cells of both books", {}, {}, {}, {}};
  made.columns = {{"table", "Table", "", table::text_format()},
                  {"cells", "Cells", "", table::integer_format()},
                  {"equal", "Equal", "", table::integer_format()},
                  {"different", "Different", "", table::integer_format()},
                  {"only_a", "Only in A", "rows and columns", table::integer_format()},
                  {"only_b", "Only in B", "rows and columns", table::integer_format()},
                  {"largest", "Largest", "", table::number_format(4)},
                  {"unit", "Unit", "", table::text_format()},
                  {"cell", "Cell", "", table::text_format()}};
  std::size_t cells = 0, equal = 0, only_a = 0, only_b = 0;
  for (const TableComparison& one : comparison.tables) {
    const std::size_t in_a = one.rows_only_a.size() + one.columns_only_a.size(), in_b = one.rows_only_b.size() + one.columns_only_b.size();
    table::Row row{{one.name, count(one.cells), count(one.equal), count(one.cells - one.equal), count(in_a), count(in_b)}, false};
    if (one.largest) {
      row.cells.insert(row.cells.end(), {difference_of(*one.largest), one.largest->unit, one.largest->row + ", " + one.largest->column});
    } else {
      row.cells.resize(made.columns.size());
    }
    made.rows.push_back(std::move(row));
    cells += one.cells, equal += one.equal, only_a += in_a, only_b += in_b;
  }
  made.rows.push_back({{"Total", count(cells), count(equal), count(cells - equal), count(only_a), count(only_b), Cell(), Cell(), Cell()}, true});
  return made;
}

Table only_in_one(const Comparison& comparison, std::size_t most) {
  Table made{"only_in_one", "In one book alone", {}, {}, {}, {}};
  made.columns = {{"book", "Book", "", table::text_format()},
                  {"kind", "What", "", table::text_format()},
                  {"table", "Table", "", table::text_format()},
                  {"name", "Name", "", table::text_format()}};
  const auto add = [&](const char* book, const char* kind, const std::string& table, const std::vector<std::string>& names) {
    const std::size_t listed = most > 0 ? std::min(most, names.size()) : names.size();
    for (std::size_t n = 0; n < listed; ++n) made.rows.push_back({{book, kind, table, names[n]}, false});
    if (listed < names.size()) made.notes.push_back(more(names.size() - listed, table));
  };
  for (const std::string& name : comparison.only_a) add("A", "table", name, {name});
  for (const std::string& name : comparison.only_b) add("B", "table", name, {name});
  for (const TableComparison& one : comparison.tables) {
    add("A", "column", one.name, one.columns_only_a);
    add("B", "column", one.name, one.columns_only_b);
    add("A", "row", one.name, one.rows_only_a);
    add("B", "row", one.name, one.rows_only_b);
  }
  return made;
}

Table differences(const Comparison& comparison, std::size_t most) {
  Table made{"differences", "Cells, A and B", {}, {}, {}, {}};
  made.columns = {{"table", "Table", "", table::text_format()},
                  {"row", "Row", "", table::text_format()},
                  {"column", "Column", "", table::text_format()},
                  {"unit", "Unit", "", table::text_format()},
                  {"a", "A", "", table::number_format(4)},
                  {"b", "B", "", table::number_format(4)},
                  {"difference", "B - A", "", table::number_format(4)}};
  for (const TableComparison& one : comparison.tables) {
    std::size_t listed = 0;
    for (const CellPair& pair : one.pairs) {
      if (most > 0 && listed++ == most) {
        made.notes.push_back(more(one.pairs.size() - most, one.name));
        break;
      }
      made.rows.push_back({{one.name, pair.row, pair.column, pair.unit, pair.a, pair.b, difference_of(pair)}, false});
    }
  }
  return made;
}

}  // namespace spillway::compare
