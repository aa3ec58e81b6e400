#pragma once
// Table: the one shape of every output. Values at full precision, formats beside them.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "spillway/calendar/calendar.h"

namespace spillway::table {

enum class Style {
  plain,  ///< as in the CSV files: 861000000, 0.350, 2004-01
  print   ///< as on the page: $861,000,000, 0.350%, Jan04
};

enum class Kind { text, number, date };

/// How a value is shown. Numbers round half away from zero.
struct Format {
  Kind kind = Kind::text;
  int decimals = 0;            ///< numbers: digits after the point
  bool thousands = false;      ///< print style: 1,000,000
  std::string prefix = {};     ///< print style: "$"
  std::string suffix = {};     ///< print style: "%"
  bool month_only = false;     ///< dates: 2004-01 and Jan04
  bool month_slash_year = false;  ///< dates: 02/04 in both styles
};

Format text_format();
Format integer_format();                              ///< 3951 / 3,951
Format dollars_format(int decimals = 0);              ///< 861000000 / $861,000,000
Format number_format(int decimals);                   ///< 2.16
Format percent_format(int decimals);                  ///< value in percent: 0.350 / 0.350%
Format date_format();                                 ///< 2004-01-25
Format month_format();                                ///< 2004-01 / Jan04

/// Nothing, a text, a number in the column's unit, or a date.
using Value = std::variant<std::monostate, std::string, double, calendar::Date>;

/// A value; `format` overrides the column's where rows of one column differ in kind.
struct Cell {
  Value value;
  std::optional<Format> format;

  Cell() = default;
  Cell(Value v) : value(std::move(v)) {}
  Cell(Value v, Format f) : value(std::move(v)), format(std::move(f)) {}
  Cell(const char* s) : value(std::string(s)) {}
  Cell(std::string s) : value(std::move(s)) {}
  Cell(double d) : value(d) {}
  Cell(int i) : value(static_cast<double>(i)) {}
  Cell(std::int64_t i) : value(static_cast<double>(i)) {}
  Cell(calendar::Date d) : value(d) {}

  bool empty() const { return std::holds_alternative<std::monostate>(value); }
};

/// A column: `name` is the CSV header and JSON key, `title` the printed head, `unit` e.g. "dollars", "percent", "years".
struct Column {
  std::string name;
  std::string title;
  std::string unit;
  Format format;
};

struct Row {
  std::vector<Cell> cells;  ///< one per column
  bool is_total = false;
};

/// Rows of cells under typed, named columns. `name` is the file stem and JSON key.
struct Table {
  std::string name;
  std::string title;
  std::string subtitle;
  std::vector<Column> columns;
  std::vector<Row> rows;
  std::vector<std::string> notes;
};

/// The format as spreadsheets write it, `$#,##0.00`, `0.000%`, `YYYY-MM-DD`, `MMMYY`, `MM/YY`; "" for text.
std::string print_pattern(const Format& format);

/// `value` rounded half away from zero at `decimals` digits after the point.
double round_half_away(double value, int decimals);

/// The cell as shown in the style; an empty cell (or a number that is not finite) gives "".
std::string format_cell(const Cell& cell, const Column& column, Style style);

/// Index of the column called `name`; throws InvariantViolation if there is none.
std::size_t column_index(const Table& table, std::string_view name);

/// The number in column `column` of the first row whose first cell is the text `key`; throws InvariantViolation if there
/// is no such row or column, or no number in it.
double number_at(const Table& table, std::string_view key, std::string_view column);

}  // namespace spillway::table
