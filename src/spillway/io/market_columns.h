#pragma once
// The columns of a file of rates, every problem noted. Private to io.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/io/csv_reader.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// Typed access to the columns of a CSV. The reader, the file's name and the issues must outlive it.
class MarketColumns {
 public:
  MarketColumns(CsvReader& csv, const std::string& file, std::vector<result::Issue>& issues)
      : csv_(csv), file_(file), issues_(issues) {}

  /// Position of a required column; if it is missing, an issue, and `complete` is false from then on.
  std::size_t require(const std::string& name);
  bool complete() const { return !missing_; }

  /// A rate, percent a year in the file, as a decimal.
  double rate(std::size_t column);

  /// A number from `low` to `high`; 0 and an issue if it is none.
  double number(std::size_t column, double low, double high, const char* unit);

  /// A date; some date and an issue if it is none.
  calendar::Date date(std::size_t column);

  /// Reports what a field of the current row is or does, its column and text said before.
  void report(std::size_t column, const std::string& what, const std::string& remedy);

  /// Rates may be as low, but hardly all of a file: decimals where percent is due pass every other check.
  void warn_of_decimals();

 private:
  CsvReader& csv_;
  const std::string& file_;
  std::vector<result::Issue>& issues_;
  bool missing_ = false;
  double highest_rate_ = 0.0;
};

/// The index that a header names, with or without its underscores.
std::optional<std::string> index_called(std::string_view header, const std::vector<std::string>& known);

}  // namespace spillway::io
