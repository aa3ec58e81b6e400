#pragma once
// Yield of cash flows that do not float: price, yield, durations, convexity, on 30/360 times. BMA Standard Formulas, 1999.

#include <optional>
#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"

namespace spillway::analytics {

/// How often a yield compounds: semiannual is the bond-equivalent yield, monthly the mortgage yield.
enum class Compounding { annual = 1, semiannual = 2, monthly = 12 };

/// Cash flows with the times they arrive, in years from settlement.
struct TimedFlows {
  double original_balance = 0;   ///< dollars; what a price of 100 stands for (the notional of an interest-only class)
  double accrued = 0;            ///< dollars of interest accrued at settlement
  std::vector<double> years;
  std::vector<double> cash;      ///< dollars
};

/// Takes a class's flows from a run. Times are 30/360 from settlement to the nominal payment date. Accrued interest is
/// the first period's rate x balance x 30/360 from the first accrual start to settlement.
TimedFlows make_timed_flows(const cashflow::ClassCashFlows& flows, std::span<const calendar::PaymentPeriod> schedule,
                            calendar::Date settlement);

/// Price per 100 without accrued interest at a yield (annual decimal): sum of cash x (1 + y/m)^(-m t), less accrued.
double price_from_yield(const TimedFlows& flows, double yield, Compounding compounding = Compounding::semiannual);

/// Yield at a price per 100 without accrued interest, within 1e-12. Empty if none lies between -99.9% and +1,000,000% a year.
std::optional<double> yield_from_price(const TimedFlows& flows, double price,
                                       Compounding compounding = Compounding::semiannual);

/// The same yield at another compounding: (1 + y/m)^m is kept.
double convert_yield(double yield, Compounding from, Compounding to);

/// Macaulay duration in years, modified duration (Macaulay / (1 + y/m)) and convexity in years squared
/// (sum of cash x v x t (t + 1/m) / (price (1 + y/m)^2)), all on the price with accrued interest.
struct YieldSensitivities {
  double macaulay = 0;
  double modified = 0;
  double convexity = 0;
};
YieldSensitivities sensitivities(const TimedFlows& flows, double yield,
                                 Compounding compounding = Compounding::semiannual);

/// Effective duration and convexity from prices with rates moved by `move` (decimal) down and up:
/// (P- - P+) / (2 P move) and (P- + P+ - 2P) / (P move^2). Prices with accrued interest.
double effective_duration(double price_down, double price, double price_up, double move);
double effective_convexity(double price_down, double price, double price_up, double move);

}  // namespace spillway::analytics
