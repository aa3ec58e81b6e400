#include "spillway/io/market_files.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "spillway/io/csv_reader.h"
#include "spillway/io/market_columns.h"

namespace spillway::io {

namespace {

using result::Issue;

constexpr double kLongestTenor = 600;  // months

std::optional<int> tenor_months(std::string_view text) {
  if (text.size() < 2) return std::nullopt;
  const char unit = static_cast<char>(std::toupper(static_cast<unsigned char>(text.back())));
  const auto count = read_decimal(text.substr(0, text.size() - 1));
  const double months = count && unit == 'M' ? *count : count && unit == 'Y' ? 12 * *count : 0.0;
  if (months < 1 || months > kLongestTenor || months != std::floor(months)) return std::nullopt;
  return static_cast<int>(months);
}

}  // namespace

result::Result<std::vector<rates::IndexPath>> read_forwards(const std::string& text, const std::string& file,
                                                            const std::vector<std::string>& known) {
  CsvReader csv(text, file);
  std::vector<Issue> issues;
  MarketColumns columns(csv, file, issues);
  const std::size_t date_column = columns.require("date");
  std::vector<rates::IndexPath> paths;
  std::vector<std::size_t> positions;
  for (std::size_t c = 0; c < csv.headers().size(); ++c) {
    const std::string& header = csv.headers()[c];
    if (header == "date" || header == "month") continue;
    if (const auto name = index_called(header, known)) {
      paths.push_back({*name, {}, {}});
      positions.push_back(c);
    } else {
      issues.push_back(result::warning(csv.header_location(c), "the column " + header + " is no index of the deal",
                                       result::suggestion(header, known)));
    }
  }
  while (columns.complete() && csv.next()) {
    const calendar::Date date = columns.date(date_column);
    if (!paths.empty() && !paths[0].dates.empty() && date <= paths[0].dates.back()) {
      columns.report(date_column, "does not come after the row before", "put the rows in order of date");
    }
    for (std::size_t p = 0; p < paths.size(); ++p) {
      paths[p].dates.push_back(date);
      paths[p].rates.push_back(columns.rate(positions[p]));
    }
  }
  result::append(issues, csv.issues());
  columns.warn_of_decimals();
  if (!result::has_errors(issues) && (paths.empty() || paths[0].dates.empty())) {
    issues.push_back(result::error({file, 0, 0}, "the file holds no index levels", "add a date column and one per index"));
  }
  return result::make_result(std::move(paths), std::move(issues));
}

result::Result<std::vector<market::Quote>> read_quotes(const std::string& text, const std::string& file) {
  CsvReader csv(text, file);
  std::vector<Issue> issues;
  MarketColumns columns(csv, file, issues);
  const std::size_t tenor = columns.require("tenor");
  const std::size_t rate = columns.require("rate_pct");
  std::vector<market::Quote> quotes;
  while (columns.complete() && csv.next()) {
    market::Quote quote;
    quote.where = csv.location(tenor);
    const auto months = tenor_months(csv[tenor]);
    if (!months) columns.report(tenor, "is not a tenor", "write it as 6M or 2Y");
    quote.tenor_months = months.value_or(0);
    quote.rate = columns.rate(rate);
    quotes.push_back(quote);
  }
  result::append(issues, csv.issues());
  columns.warn_of_decimals();
  return result::make_result(std::move(quotes), std::move(issues));
}

result::Result<rates::DiscountCurve> read_discount_curve(const std::string& text, const std::string& file,
                                                         calendar::Date as_of) {
  constexpr int months = 480;
  auto quotes = read_quotes(text, file);
  if (!quotes.ok()) return {std::nullopt, std::move(quotes.issues)};
  auto curve = market::bootstrap_discount_curve(*quotes, as_of, months);
  for (Issue& issue : curve.issues) {
    if (issue.where.file.empty()) issue.where = {file, 0, 0};
  }
  result::append(quotes.issues, std::move(curve.issues));
  return {std::move(curve.value), std::move(quotes.issues)};
}

result::Result<std::vector<hedges::Swap>> read_swaps(const std::string& text, const std::string& file) {
  CsvReader csv(text, file);
  std::vector<Issue> issues;
  MarketColumns columns(csv, file, issues);
  const std::size_t contract = columns.require("contract");
  const std::size_t fixed_rate = columns.require("fixed_rate_pct");
  const std::size_t start = columns.require("accrual_start");
  const std::size_t payment = columns.require("payment_date");
  const std::size_t notional = columns.require("notional");
  std::vector<hedges::Swap> swaps;
  while (columns.complete() && csv.next()) {
    const std::string name(csv[contract]);
    auto swap = std::find_if(swaps.begin(), swaps.end(), [&](const auto& s) { return s.name == name; });
    const double rate = columns.rate(fixed_rate);
    if (swap == swaps.end()) swap = swaps.insert(swaps.end(), {name, rate, {}});
    if (rate != swap->fixed_rate) {
      columns.report(fixed_rate, "differs from the rate of the contract's first row", "a contract has one fixed rate");
    }
    const hedges::SwapPeriod period{columns.date(start), columns.date(payment),
                                    columns.number(notional, 0.0, 1e13, "dollars, not negative")};
    if (period.payment <= period.accrual_start) {
      columns.report(payment, "does not come after accrual_start", "put the dates in order");
    }
    swap->periods.push_back(period);
  }
  result::append(issues, csv.issues());
  columns.warn_of_decimals();
  return result::make_result(std::move(swaps), std::move(issues));
}

}  // namespace spillway::io
