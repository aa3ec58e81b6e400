#include "spillway/io/tape_cells.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace spillway::io {

namespace {

// Below this a rate in percent is more likely a decimal.
constexpr double looks_like_decimal = 0.3;

std::string quoted(std::string_view text) { return '"' + std::string{text} + '"'; }

std::string unknown_remedy(const pool::TapeField& field) {
  return field.required ? "correct it, or take the loan out" : "leave it blank if it is unknown";
}

bool is_whole(double value) { return value == std::floor(value); }

bool is_in_order(const pool::TapeField& field, double value) {
  if (value < field.min || value > field.max || (field.whole && !is_whole(value))) return false;
  return !(value > 0 && value < looks_like_decimal && field.number == &pool::LoanTape::gross_rate);
}

// What is out of order with a number that is not in order.
Refusal complain(const pool::TapeField& field, double value) {
  const std::string name{field.name}, shown = plain_number(value);
  if (field.whole && !is_whole(value)) {
    const std::string unit = field.unit.empty() ? "" : " of " + std::string{field.unit};
    return Refusal{name + ": " + shown + " is not a whole number", "write a whole number" + unit};
  }
  if (value < field.min || value > field.max) {
    return Refusal{name + ": " + shown + " is outside " + plain_number(field.min) + " to " + plain_number(field.max),
                   unknown_remedy(field)};
  }
  return Refusal{name + ": " + shown + " a year as percent: looks like a decimal; the tape is in percent",
                 "write " + plain_number(std::round(value * 1e8) / 1e6) + ", or give scale: 100 in a mapping file"};
}

// number x scale as decimals: 0.07 x 100 is 7, not 7.000000000000001, which would fall into the next bucket.
double rescaled(double number, double scale) {
  constexpr int digits = 15;
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number * scale, std::chars_format::scientific,
                                 digits - 1).ptr;
  double value = number * scale;
  std::from_chars(text.data(), end, value);
  return value;
}

double scaled(const SourceColumn& column, double number) {
  const double scale = column.mapping != nullptr ? column.mapping->scale : 1.0;
  return scale == 1.0 ? number : rescaled(number, scale);
}

bool has_own_format(const SourceColumn& column) {
  return column.mapping != nullptr && !column.mapping->date_format.empty();
}

// Takes up to `most` digits off the front of `text`, at least `least`.
bool take_digits(std::string_view& text, std::size_t least, std::size_t most, int& value) {
  std::size_t count = 0;
  while (count < text.size() && count < most && text[count] >= '0' && text[count] <= '9') ++count;
  if (count < least) return false;
  std::from_chars(text.data(), text.data() + count, value);
  text.remove_prefix(count);
  return true;
}

bool take_part(char part, std::string_view& text, int& year, int& month, int& day) {
  switch (part) {
    case 'Y': return take_digits(text, 4, 4, year);
    case 'm': return take_digits(text, 1, 2, month);
    case 'd': return take_digits(text, 1, 2, day);
    default: return false;
  }
}

}  // namespace

std::string plain_number(double value) {
  std::array<char, 32> text{};
  const bool plain = value == 0 || (std::abs(value) >= 1e-4 && std::abs(value) < 1e15);
  const auto format = plain ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format).ptr;
  return {text.data(), end};
}

std::string_view mapped_text(const SourceColumn& column, std::string_view text) {
  if (column.mapping == nullptr) return text;
  for (const auto& [theirs, ours] : column.mapping->values) {
    if (theirs == text) return ours;
  }
  return text;
}

std::optional<double> number_of(const SourceColumn& column, std::string_view text) {
  const auto number = read_decimal(text);
  return number ? std::optional{scaled(column, *number)} : std::nullopt;
}

bool read_number(const SourceColumn& column, std::string_view text, double& value) {
  const auto number = number_of(column, text);
  if (!number) return false;
  value = *number;
  return is_in_order(*column.field, value);
}

Refusal refusal_of_number(const SourceColumn& column, std::string_view text) {
  const pool::TapeField& field = *column.field;
  if (const auto number = number_of(column, text)) return complain(field, *number);
  return Refusal{std::string{field.name} + ": " + quoted(text) + " is not a number",
                 field.required ? "write digits and a point only, like 123456.78"
                                : "write digits and a point only, like 123456.78; leave it blank if it is unknown"};
}

bool read_date(const SourceColumn& column, std::string_view text, calendar::Date& value) {
  const auto date = has_own_format(column) ? parse_date(text, column.mapping->date_format) : calendar::parse_date(text);
  if (date) value = *date;
  return date.has_value();
}

Refusal refusal_of_date(const SourceColumn& column, std::string_view text) {
  const bool own = has_own_format(column);
  return Refusal{std::string{column.field->name} + ": " + quoted(text) + " is not a date",
                 "write a day that exists as " + (own ? column.mapping->date_format : "YYYY-MM-DD") +
                     (own ? "" : ", or give date_format in a mapping file")};
}

std::optional<calendar::Date> parse_date(std::string_view text, std::string_view format) {
  int year = 0, month = 0, day = 1;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '%' && i + 1 < format.size()) {
      if (!take_part(format[++i], text, year, month, day)) return std::nullopt;
    } else if (text.empty() || text.front() != format[i]) {
      return std::nullopt;
    } else {
      text.remove_prefix(1);
    }
  }
  const calendar::Date date = calendar::make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  return text.empty() && date.ok() ? std::optional{date} : std::nullopt;
}

}  // namespace spillway::io
