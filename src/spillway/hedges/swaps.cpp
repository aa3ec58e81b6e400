#include "spillway/hedges/swaps.h"

#include <algorithm>

namespace spillway::hedges {

SwapSchedule lay_out(std::span<const Swap> swaps, std::span<const calendar::PaymentPeriod> schedule) {
  SwapSchedule laid;
  laid.notional.assign(schedule.size(), 0.0);
  laid.fixed_amount.assign(schedule.size(), 0.0);
  if (schedule.empty()) return laid;
  for (const Swap& swap : swaps) {
    for (const SwapPeriod& period : swap.periods) {
      const int t = calendar::months_between(schedule.front().payment, period.payment);
      if (t < 0 || static_cast<std::size_t>(t) >= schedule.size()) continue;
      const auto at = static_cast<std::size_t>(t);
      laid.notional[at] += period.notional;
      laid.fixed_amount[at] += period.notional * swap.fixed_rate *
                               calendar::year_fraction(calendar::DayCount::thirty_360, period.accrual_start,
                                                       period.payment);
    }
  }
  return laid;
}

double net_payment(double notional, double fixed_amount, double index_rate, double days, double scale) {
  return scale * (notional * index_rate * days / 360.0 - fixed_amount);
}

double limit_scale(double notional, double limit) {
  return notional > 0.0 && notional > limit ? std::max(0.0, limit) / notional : 1.0;
}

}  // namespace spillway::hedges
