#pragma once
// A class along many rate paths: how its measures are distributed, and the spread over all paths.

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "spillway/analytics/floater.h"

namespace spillway::analytics {

/// How a measure is distributed over paths that count alike.
struct Distribution {
  std::size_t count = 0;               ///< paths that have the measure
  double mean = 0;
  std::optional<double> deviation;     ///< standard deviation, the squares divided by count - 1; empty of one path
  double low = 0, median = 0, high = 0;  ///< 5th, 50th and 95th percentile: in a line between neighbours in order
};

/// The distribution of the values, which may be in any order. Empty if there are none.
std::optional<Distribution> distribution(std::vector<double> values);

/// What the classes of a deal are discounted with along many paths.
struct PathRates {
  std::vector<double> days;                        ///< by period, from settlement or the payment date before
  std::vector<std::vector<double>> index_rates;    ///< by path and period, annual decimals, fixed at the start of accrual
};

/// One class's cash along the same paths. A path may end before others.
struct PathFlows {
  double original_balance = 0;                     ///< dollars
  std::vector<double> accrued;                     ///< by path, dollars of interest accrued at settlement
  std::vector<std::vector<double>> cash;           ///< by path and period, dollars

  /// Adds what a class is paid along one more path, and the path's rates where the class is the first of the deal to come to it.
  void add(FloaterFlows flows, PathRates& rates);
};

/// Price along each path, per 100 of original balance without accrued interest, at a spread over the path's own index: what
/// `price_from_discount_margin` gives for the path alone. `spread` annual decimal.
std::vector<double> prices_on_paths(const PathFlows& flows, const PathRates& rates, double spread);

/// The mean of those prices.
double mean_price(const PathFlows& flows, const PathRates& rates, double spread);

/// The spread over all paths (option-adjusted spread), annual decimal: the s at which
///   1/N x sum over paths p of ( sum_k cash_pk / prod_{j<=k} (1 + (L_pj + s) x days_j / 360) - accrued_p ) x 100 / original balance
/// is `price`, a price per 100 without accrued interest; within 1e-12. Of one path it is the discount margin, to the bit. Empty if none lies
/// between -50% and +200%, or there are no paths. Source: Fabozzi, Fixed Income Analysis, ch. on valuing mortgage-backed
/// securities by Monte Carlo simulation, with the discounting of the discount margin (BMA Standard Formulas).
std::optional<double> spread_over_paths(const PathFlows& flows, const PathRates& rates, double price);

}  // namespace spillway::analytics
