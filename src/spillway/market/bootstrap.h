#pragma once
// Market quotes -> discount curve -> forward index paths.

#include <span>
#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/rates/discount_curve.h"
#include "spillway/rates/index_paths.h"
#include "spillway/result/issue.h"

namespace spillway::market {

/// A quoted rate. Tenors up to 12 months are deposits (simple, actual/360), longer ones par swaps (fixed semiannual
/// 30/360 against the curve itself).
struct Quote {
  int tenor_months = 0;
  double rate = 0;  ///< annual decimal
  result::Location where;
};

/// Index names that follow from a LIBOR curve: libor_1m, libor_3m, libor_6m, libor_1y.
std::vector<std::string> forward_index_names();

/// Bootstraps the quotes (natural cubic spline on the logarithm of the discount factor, knots at the quotes; flat
/// forwards past the last) and reads each LIBOR index's forwards at `as_of` and every month after: the simple
/// actual/360 rate from that day over the index's tenor. Errors: fewer than two quotes, a repeated tenor, quotes that
/// no curve fits.
result::Result<std::vector<rates::IndexPath>> bootstrap_forwards(std::span<const Quote> quotes, calendar::Date as_of,
                                                                 int months);

/// The same curve as discount factors at `as_of` (1 there) and every month after, `months` of them (at least 1).
result::Result<rates::DiscountCurve> bootstrap_discount_curve(std::span<const Quote> quotes, calendar::Date as_of,
                                                              int months);

}  // namespace spillway::market
