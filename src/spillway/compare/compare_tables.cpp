#include "spillway/compare/compare_tables.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spillway/compare/row_keys.h"

namespace spillway::compare {

namespace {

using table::Cell;
using table::Table;

const double* number_in(const Cell& cell) {
  const double* number = std::get_if<double>(&cell.value);
  return number && std::isfinite(*number) ? number : nullptr;
}

// What is not known: nothing, or a number that is none.
bool is_unknown(const Cell& cell) { return cell.empty() || (std::holds_alternative<double>(cell.value) && !number_in(cell)); }

table::Format format_of(const Cell& cell, const table::Column& column) { return cell.format.value_or(column.format); }

double allowed(const table::Format& format, const Tolerance& tolerance) {
  if (tolerance.is_exact) return 0.0;
  if (tolerance.within) return *tolerance.within;
  constexpr double rounding = 1.0 + 1e-9;  // half a digit is not a binary fraction
  return format.kind == table::Kind::number ? 0.5 * std::pow(10.0, -format.decimals) * rounding : 0.0;
}

// Formats under which the two cells look different if they are.
void show_difference(CellPair& pair, table::Format a, table::Format b, bool is_exact) {
  const auto text = [](const Cell& cell, const table::Format& format) {
    return table::format_cell(Cell(cell.value), {"", "", "", format}, table::Style::print);
  };
  if (is_exact && pair.difference) {
    a = b = table::text_format();  // a number as text is written in full
  } else if (text(pair.a, a) == text(pair.b, b)) {
    constexpr int more_digits = 3;
    for (table::Format* format : {&a, &b}) {
      if (format->kind == table::Kind::number) format->decimals += more_digits;
      else if (format->kind == table::Kind::date) *format = table::date_format();
    }
  }
  pair.a.format = a;
  pair.b.format = b;
}

CellPair compare_cells(const Cell& a, const Cell& b, const table::Column& column_a, const table::Column& column_b,
                       const Tolerance& tolerance) {
  CellPair pair{{}, column_a.name, column_a.unit, a, b, std::nullopt, false};
  const table::Format format = format_of(a, column_a);
  const double *x = number_in(a), *y = number_in(b);
  if (x && y) {
    pair.difference = *y - *x;
    pair.is_equal = std::fabs(*pair.difference) <= allowed(format, tolerance);
  } else {
    pair.is_equal = is_unknown(a) || is_unknown(b) ? is_unknown(a) && is_unknown(b) : a.value == b.value;
  }
  show_difference(pair, format, format_of(b, column_b), tolerance.is_exact && !pair.is_equal);
  return pair;
}

const Cell& cell_at(const table::Row& row, std::size_t c) {
  static const Cell nothing;
  return c < row.cells.size() ? row.cells[c] : nothing;
}

class TablePair {
 public:
  TablePair(const Table& a, const Table& b, const Tolerance& tolerance, bool keep_equal)
      : a_(a), b_(b), tolerance_(tolerance), keep_equal_(keep_equal), keys_(key_columns(a, b)) {
    made_.name = a.name;
    made_.title = a.title;
  }

  TableComparison run() {
    for (const table::Column& column : b_.columns) {
      if (!position_of(a_, column.name)) made_.columns_only_b.push_back(column.name);
    }
    for (const table::Column& column : a_.columns) {
      if (!position_of(b_, column.name)) made_.columns_only_a.push_back(column.name);
    }
    std::map<std::string, std::size_t> row_of_b;
    const auto keys_a = row_keys(a_, keys_), keys_b = row_keys(b_, keys_);
    for (std::size_t r = 0; r < keys_b.size(); ++r) row_of_b.emplace(keys_b[r], r);
    for (std::size_t r = 0; r < keys_a.size(); ++r) {
      const auto found = row_of_b.find(keys_a[r]);
      if (found == row_of_b.end()) {
        made_.rows_only_a.push_back(keys_a[r]);
        continue;
      }
      compare_rows(keys_a[r], a_.rows[r], b_.rows[found->second]);
      row_of_b.erase(found);
    }
    for (const std::string& key : keys_b) {
      if (row_of_b.contains(key)) made_.rows_only_b.push_back(key);
    }
    return std::move(made_);
  }

 private:
  void compare_rows(const std::string& key, const table::Row& a, const table::Row& b) {
    for (std::size_t c = 0; c < a_.columns.size(); ++c) {
      const table::Column& column = a_.columns[c];
      const auto theirs = position_of(b_, column.name);
      const bool is_free = a.is_total && column.name == keys_.total_free;
      if (!theirs || (keys_.contains(column.name) && !is_free)) continue;
      CellPair pair = compare_cells(cell_at(a, c), cell_at(b, *theirs), column, b_.columns[*theirs], tolerance_);
      pair.row = key;
      count(std::move(pair));
    }
  }

  void count(CellPair pair) {
    ++made_.cells;
    made_.equal += pair.is_equal;
    const double most = made_.largest ? std::fabs(*made_.largest->difference) : 0.0;
    if (!pair.is_equal && pair.difference && std::fabs(*pair.difference) > most) made_.largest = pair;
    if (!pair.is_equal || keep_equal_) made_.pairs.push_back(std::move(pair));
  }

  const Table& a_;
  const Table& b_;
  const Tolerance& tolerance_;
  bool keep_equal_;
  KeyColumns keys_;
  TableComparison made_;
};

const Table* find(std::span<const Table> tables, const std::string& name) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const Table& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

}  // namespace

bool TableComparison::is_same() const {
  return equal == cells && rows_only_a.empty() && rows_only_b.empty() && columns_only_a.empty() && columns_only_b.empty();
}

bool Comparison::is_same() const {
  return only_a.empty() && only_b.empty() && std::all_of(tables.begin(), tables.end(), [](const auto& t) { return t.is_same(); });
}

Comparison compare_tables(std::span<const Table> a, std::span<const Table> b, const Tolerance& tolerance, bool keep_equal) {
  Comparison made;
  for (const Table& table : a) {
    if (const Table* other = find(b, table.name)) made.tables.push_back(TablePair(table, *other, tolerance, keep_equal).run());
    else made.only_a.push_back(table.name);
  }
  for (const Table& table : b) {
    if (!find(a, table.name)) made.only_b.push_back(table.name);
  }
  return made;
}

}  // namespace spillway::compare
