#include "spillway/io/market_columns.h"

#include <algorithm>
#include <cmath>

namespace spillway::io {

namespace {

constexpr double kLowestRate = -5.0, kHighestRate = 50.0;  // percent a year
constexpr double kLooksLikeDecimal = 0.15;

std::string without_underscores(std::string_view name) {
  std::string made(name);
  std::erase(made, '_');
  return made;
}

}  // namespace

std::size_t MarketColumns::require(const std::string& name) {
  if (const auto at = csv_.position(name)) return *at;
  missing_ = true;
  issues_.push_back(result::error({file_, 1, 0}, "the column " + name + " is missing", result::suggestion(name, csv_.headers())));
  return 0;
}

double MarketColumns::rate(std::size_t column) {
  const double percent = number(column, kLowestRate, kHighestRate, "percent a year");
  highest_rate_ = std::max(highest_rate_, std::abs(percent));
  return percent / 100.0;
}

double MarketColumns::number(std::size_t column, double low, double high, const char* unit) {
  const auto value = read_decimal(csv_[column]);
  if (!value) {
    report(column, "is not a number", std::string("write a plain number, ") + unit);
    return 0.0;
  }
  if (*value < low || *value > high) report(column, "is out of range", std::string("the column is in ") + unit);
  return *value;
}

calendar::Date MarketColumns::date(std::size_t column) {
  if (const auto value = calendar::parse_date(csv_[column])) return *value;
  report(column, "is not a date", "write a date as 2003-12-25");
  return calendar::make_date(1900, 1, 1);
}

void MarketColumns::report(std::size_t column, const std::string& what, const std::string& remedy) {
  issues_.push_back(result::error(csv_.location(column), csv_.headers()[column] + " '" + std::string(csv_[column]) + "' " + what, remedy));
}

void MarketColumns::warn_of_decimals() {
  if (!(highest_rate_ > 0.0) || highest_rate_ >= kLooksLikeDecimal || result::has_errors(issues_)) return;
  issues_.push_back(result::warning({file_, 0, 0}, "every rate is below 0.15: these look like decimals, and are read as "
                                                   "percent a year", "write 4.25 for 4.25%"));
}

std::optional<std::string> index_called(std::string_view header, const std::vector<std::string>& known) {
  for (const std::string& name : known) {
    if (name == header || without_underscores(name) == without_underscores(header)) return name;
  }
  return std::nullopt;
}

}  // namespace spillway::io
