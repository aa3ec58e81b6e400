#pragma once
// Floating-rate classes: price, discount margin, average life, duration, principal window.

#include <optional>
#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"

namespace spillway::analytics {

/// How modified duration is taken.
enum class DurationConvention {
  /// Macaulay with the discount factors of the discount margin, times in actual/360 years from settlement, divided by
  /// 1 + BEY/2, BEY = 2((1 + (L + DM) x (365.25/12)/360)^6 - 1), L the index of the first period. Ties out Impac.
  actual_360_bey,
  /// BMA Standard Formulas: Macaulay and BEY on 30/360 times at the semiannual bond-equivalent yield.
  semiannual_30_360,
  /// -(dP/dDM) / P: the sensitivity of the price to the margin.
  margin_sensitivity
};

struct Conventions {
  calendar::DayCount average_life = calendar::DayCount::thirty_360;
  DurationConvention duration = DurationConvention::actual_360_bey;
};

/// A class's cash flows made ready for pricing.
struct FloaterFlows {
  calendar::Date settlement;
  double original_balance = 0;               ///< dollars
  double accrued = 0;                        ///< dollars of interest accrued at settlement; 0 when settling flat
  std::vector<calendar::Date> dates;         ///< nominal payment dates
  std::vector<double> days;                  ///< days from settlement or the previous payment date
  std::vector<double> index_rates;           ///< annual decimals, by period
  std::vector<double> cash;                  ///< dollars
  std::vector<double> principal;             ///< dollars
};

/// Takes one class's flows from a run. `index_rates`: the class's index by period. Accrued interest is from the first
/// accrual start to settlement at the first period's rate, none if they coincide.
FloaterFlows make_floater_flows(const cashflow::ClassCashFlows& flows,
                                std::span<const calendar::PaymentPeriod> schedule,
                                std::span<const double> index_rates, calendar::Date settlement);

/// Dollars at settlement of cash by period, discounted at the index of each period and a margin (annual decimals):
/// sum of cash_k / prod_{j<=k} (1 + (L_j + margin) x days_j / 360). As many days and rates as cash, or more.
double discounted_at_index(std::span<const double> cash, std::span<const double> days, std::span<const double> index_rates,
                           double margin);

/// Price per 100 of original balance, without accrued interest:
/// sum of cash_k / prod_{j<=k} (1 + (L_j + DM) x days_j / 360), less accrued. `discount_margin` annual decimal.
double price_from_discount_margin(const FloaterFlows& flows, double discount_margin);

/// Where margins are looked for, annual decimals, and how close to the root.
inline constexpr double kLowestMargin = -0.5, kHighestMargin = 2.0, kMarginTolerance = 1e-13;

/// Discount margin (annual decimal) at which the class is worth `price` per 100; within 1e-12. Empty if none lies
/// between -50% and +200%, or the class pays nothing.
std::optional<double> discount_margin_from_price(const FloaterFlows& flows, double price);

/// Years from settlement to principal, weighted by principal. Empty if no principal is paid.
std::optional<double> average_life(const FloaterFlows& flows, calendar::DayCount count);

/// Macaulay duration in years: times and discount factors as in the convention's own description.
double macaulay_duration(const FloaterFlows& flows, double discount_margin, DurationConvention convention);

/// Modified duration in years.
double modified_duration(const FloaterFlows& flows, double discount_margin, DurationConvention convention);

/// Periods (1-based) of first and last principal. Payments under half a cent do not count.
struct PrincipalWindow {
  int first = 0;
  int last = 0;
};
std::optional<PrincipalWindow> principal_window(const FloaterFlows& flows);

/// One column of a price-DM page.
struct FloaterMeasures {
  std::optional<double> discount_margin;   ///< annual decimal
  std::optional<double> average_life;      ///< years
  std::optional<double> modified_duration; ///< years
  std::optional<PrincipalWindow> window;
};

/// All measures of a class at a price per 100.
FloaterMeasures measure(const FloaterFlows& flows, double price, const Conventions& conventions = {});

}  // namespace spillway::analytics
