#pragma once
// Spreads of cash flows over a discount curve: zero-volatility (z-spread) and nominal. All yields and spreads here are
// annual decimals compounded semiannually on 30/360 times from settlement. Source: Fabozzi, Fixed Income Analysis, ch. on
// yield measures and spreads.

#include <optional>
#include <span>
#include <vector>

#include "spillway/analytics/yield.h"
#include "spillway/calendar/calendar.h"
#include "spillway/rates/discount_curve.h"

namespace spillway::analytics {

using DiscountCurve = rates::DiscountCurve;

/// The curve's zero yield z from settlement to `date`: (1 + z/2)^(-2t) = D(date) / D(settlement), t the 30/360 years.
/// 0 where t is not above 0.
double zero_yield(const DiscountCurve& curve, calendar::Date settlement, calendar::Date date);

/// Zero yields to each payment date of a schedule, in the order of TimedFlows.
std::vector<double> zero_yields(const DiscountCurve& curve, calendar::Date settlement,
                                std::span<const calendar::PaymentPeriod> schedule);

/// Price per 100 without accrued interest: sum of cash_k x (1 + (z_k + spread)/2)^(-2 t_k), less accrued. As many zero
/// yields as flows.
double price_from_z_spread(const TimedFlows& flows, std::span<const double> zero_yields, double spread);

/// The constant spread over the zero yields at a price per 100 without accrued interest, within 1e-12. Empty if none lies
/// between -100% and +10,000%.
std::optional<double> z_spread(const TimedFlows& flows, std::span<const double> zero_yields, double price);

/// Yield less the curve's zero yield to the average life: both semiannual, the latter to the day nearest
/// settlement + 365.25 x average_life. `yield` at its own compounding, average_life in years, above 0.
double nominal_spread(double yield, Compounding compounding, const DiscountCurve& curve, calendar::Date settlement,
                      double average_life);

}  // namespace spillway::analytics
