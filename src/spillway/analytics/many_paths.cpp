#include "spillway/analytics/many_paths.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "spillway/analytics/root_finder.h"
#include "spillway/result/issue.h"
#include "spillway/table/quantile.h"

namespace spillway::analytics {

namespace {

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double price_on_path(const PathFlows& flows, const PathRates& rates, std::size_t path, double spread) {
  const double value = discounted_at_index(flows.cash[path], rates.days, rates.index_rates[path], spread);
  return 100.0 * (value - flows.accrued[path]) / flows.original_balance;
}

}  // namespace

std::optional<Distribution> distribution(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  Distribution made;
  made.count = values.size();
  made.mean = mean_of(values);
  if (values.size() > 1) {
    double squares = 0.0;
    for (double value : values) squares += (value - made.mean) * (value - made.mean);
    made.deviation = std::sqrt(squares / static_cast<double>(values.size() - 1));
  }
  std::sort(values.begin(), values.end());
  made.low = table::quantile(values, 0.05);
  made.median = table::quantile(values, 0.5);
  made.high = table::quantile(values, 0.95);
  return made;
}

void PathFlows::add(FloaterFlows flows, PathRates& rates) {
  original_balance = flows.original_balance;
  accrued.push_back(flows.accrued);
  cash.push_back(std::move(flows.cash));
  if (flows.days.size() > rates.days.size()) rates.days = std::move(flows.days);
  if (rates.index_rates.size() < cash.size()) rates.index_rates.push_back(std::move(flows.index_rates));
}

std::vector<double> prices_on_paths(const PathFlows& flows, const PathRates& rates, double spread) {
  std::vector<double> prices(flows.cash.size());
  for (std::size_t p = 0; p < prices.size(); ++p) prices[p] = price_on_path(flows, rates, p, spread);
  return prices;
}

double mean_price(const PathFlows& flows, const PathRates& rates, double spread) {
  result::require(!flows.cash.empty(), "a mean price needs a path");
  return mean_of(prices_on_paths(flows, rates, spread));
}

std::optional<double> spread_over_paths(const PathFlows& flows, const PathRates& rates, double price) {
  if (flows.cash.empty()) return std::nullopt;
  return find_root([&](double spread) { return mean_price(flows, rates, spread) - price; }, kLowestMargin, kHighestMargin,
                   kMarginTolerance);
}

}  // namespace spillway::analytics
