#pragma once
// Pay-fixed interest-rate swaps held by a trust.

#include <span>
#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"

namespace spillway::hedges {

/// One accrual period of a swap.
struct SwapPeriod {
  calendar::Date accrual_start;
  calendar::Date payment;
  double notional = 0;  ///< dollars
};

/// A pay-fixed swap: the trust pays `fixed_rate` on 30/360, receives the floating index on actual/360.
/// Notional by accrual period; a forward start is a first period that starts later.
struct Swap {
  std::string name;
  double fixed_rate = 0;  ///< annual decimal
  std::vector<SwapPeriod> periods;
};

/// What all swaps together pay in each period of a deal, before any limit on their notional.
struct SwapSchedule {
  std::vector<double> notional;      ///< dollars, by deal period (0 = period 1)
  std::vector<double> fixed_amount;  ///< dollars the trust pays: sum of notional x fixed rate x 30/360 fraction
};

/// Lays swaps out on the deal's payment dates (nominal dates must match in month).
SwapSchedule lay_out(std::span<const Swap> swaps, std::span<const calendar::PaymentPeriod> schedule);

/// Net payment to the trust in a period, dollars, negative when the trust pays:
/// scale x (notional x index_rate x days / 360 - fixed amount).
double net_payment(double notional, double fixed_amount, double index_rate, double days, double scale);

/// The factor in [0, 1] that keeps the total notional within `limit`.
double limit_scale(double notional, double limit);

}  // namespace spillway::hedges
