#pragma once
// The example's priority of payments as one would write it by hand for this deal alone: the peer of W4.

#include <span>
#include <vector>

#include "scalar_projection.h"
#include "spillway/calendar/calendar.h"
#include "spillway/waterfall/record.h"

namespace bench {

/// What the classes of Impac CMB Trust 2003-12 are paid in all, to maturity, dollars. Pool without losses, no hedges.
struct ScalarDeal {
  double interest = 0, principal = 0, basis_risk = 0, residual = 0;
};

/// `index`: one-month LIBOR of each period, annual decimals. `cut_off`: the pool's balance at cut-off, dollars.
ScalarDeal scalar_waterfall(const ScalarFlows& pool, double cut_off, std::span<const double> index,
                            std::span<const spillway::calendar::PaymentPeriod> schedule);

/// The series of a run whose sums these are: what a run keeps that is compared with one by hand.
spillway::waterfall::Record series_by_hand();

}  // namespace bench
