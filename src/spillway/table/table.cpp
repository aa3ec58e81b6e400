#include "spillway/table/table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "spillway/result/issue.h"

namespace spillway::table {

Format text_format() { return {}; }

Format integer_format() { return {.kind = Kind::number, .thousands = true}; }

Format dollars_format(int decimals) {
  return {.kind = Kind::number, .decimals = decimals, .thousands = true, .prefix = "$"};
}

Format number_format(int decimals) { return {.kind = Kind::number, .decimals = decimals}; }

Format percent_format(int decimals) { return {.kind = Kind::number, .decimals = decimals, .suffix = "%"}; }

Format date_format() { return {.kind = Kind::date}; }

Format month_format() { return {.kind = Kind::date, .month_only = true}; }

std::string print_pattern(const Format& format) {
  if (format.kind == Kind::text) return {};
  if (format.kind == Kind::date) return format.month_slash_year ? "MM/YY" : format.month_only ? "MMMYY" : "YYYY-MM-DD";
  std::string pattern = format.prefix + (format.thousands ? "#,##0" : "0");
  if (format.decimals > 0) pattern += '.' + std::string(static_cast<std::size_t>(format.decimals), '0');
  return pattern + format.suffix;
}

double round_half_away(double value, int decimals) {
  // Past 2^53 a double holds no half to round, and the product would only add noise.
  constexpr double whole_from = 9007199254740992.0;
  const double scale = std::pow(10.0, decimals);
  const double scaled = value * scale;
  if (!(std::fabs(scaled) < whole_from)) return value;
  const double rounded = std::round(scaled) / scale;
  return rounded == 0 ? 0.0 : rounded;
}

namespace {

std::string group_thousands(const std::string& digits) {
  const std::size_t whole = std::min(digits.find('.'), digits.size());
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && i < whole && (whole - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

// Shortest decimal text that reads back as the same number.
std::string shortest(double value) {
  std::array<char, 32> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value == 0 ? 0.0 : value).ptr;
  return {buffer.data(), end};
}

// Digits of a number that is not negative, `decimals` of them after the point. Room for the largest double.
std::string fixed(double value, int decimals) {
  std::array<char, 400> buffer{};
  const auto end =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed, decimals).ptr;
  return {buffer.data(), end};
}

std::string format_number(double value, const Format& format, Style style) {
  if (!std::isfinite(value)) return {};
  if (format.kind != Kind::number) return shortest(value);
  const double rounded = round_half_away(value, format.decimals);
  std::string digits = fixed(std::fabs(rounded), format.decimals);
  const std::string sign = rounded < 0 ? "-" : "";
  if (style == Style::plain) return sign + digits;
  return sign + format.prefix + (format.thousands ? group_thousands(digits) : digits) + format.suffix;
}

std::string format_date(calendar::Date date, const Format& format, Style style) {
  if (!date.ok()) return {};
  constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                               "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::string iso_month = calendar::to_iso_month(date);  // 2004-02
  const std::string year = iso_month.substr(iso_month.size() - 5, 2);
  if (format.month_slash_year) return iso_month.substr(iso_month.size() - 2) + '/' + year;
  if (!format.month_only) return calendar::to_iso(date);
  return style == Style::plain ? iso_month : months[static_cast<unsigned>(date.month()) - 1] + year;
}

}  // namespace

std::string format_cell(const Cell& cell, const Column& column, Style style) {
  const Format& format = cell.format ? *cell.format : column.format;
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<double>(&cell.value)) return format_number(*number, format, style);
  if (const auto* date = std::get_if<calendar::Date>(&cell.value)) return format_date(*date, format, style);
  return {};
}

std::size_t column_index(const Table& table, std::string_view name) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i].name == name) return i;
  }
  throw result::InvariantViolation("table " + table.name + " has no column " + std::string(name));
}

double number_at(const Table& table, std::string_view key, std::string_view column) {
  const std::size_t position = column_index(table, column);
  for (const Row& row : table.rows) {
    const auto* text = row.cells.empty() ? nullptr : std::get_if<std::string>(&row.cells.front().value);
    if (!text || *text != key) continue;
    const auto* number = position < row.cells.size() ? std::get_if<double>(&row.cells[position].value) : nullptr;
    if (number) return *number;
    throw result::InvariantViolation("table " + table.name + " has no number in " + std::string(column) + " of " +
                                     std::string(key));
  }
  throw result::InvariantViolation("table " + table.name + " has no row " + std::string(key));
}

}  // namespace spillway::table
