#include "spillway/io/print_pattern.h"

#include <algorithm>
#include <string>

namespace spillway::io {

std::optional<table::Format> parse_number_pattern(std::string_view pattern) {
  constexpr std::size_t most_decimals = 9;
  const std::size_t body = pattern.find_first_of("#0");
  if (body == std::string_view::npos) return std::nullopt;
  table::Format format = table::number_format(0);
  format.prefix = pattern.substr(0, body);
  pattern.remove_prefix(body);
  format.thousands = pattern.starts_with("#,##0");
  pattern.remove_prefix(format.thousands ? 5 : 1);
  if (pattern.starts_with(".0")) {
    const std::size_t end = std::min(pattern.find_first_not_of('0', 1), pattern.size());
    if (end - 1 > most_decimals) return std::nullopt;
    format.decimals = static_cast<int>(end - 1);
    pattern.remove_prefix(end);
  }
  format.suffix = pattern;
  constexpr std::string_view digit_signs = "#0123456789.,";
  const bool plain_ends = format.prefix.find_first_of(digit_signs) == std::string::npos &&
                          format.suffix.find_first_of(digit_signs) == std::string::npos;
  return plain_ends ? std::optional{format} : std::nullopt;
}

std::optional<table::Format> parse_date_pattern(std::string_view pattern) {
  if (pattern == "YYYY-MM-DD") return table::date_format();
  if (pattern == "MMMYY") return table::month_format();
  if (pattern != "MM/YY") return std::nullopt;
  table::Format format = table::date_format();
  format.month_slash_year = true;
  return format;
}

}  // namespace spillway::io
