#include "spillway/collateral/group_credit.h"

#include <algorithm>

namespace spillway::collateral {

using assumptions::Advances;
using assumptions::Delinquency;
using cashflow::PoolVectors;

namespace {

// Parts of the performing balance that are late, and the payments they owe. `for_triggers` count as late and owe nothing.
struct Late {
  double days_30, days_60, days_90, for_triggers;

  double payments() const { return days_30 + 2.0 * days_60 + 3.0 * days_90; }
};

Late at_cut_off(const Delinquency& d) { return {d.days_30, d.days_60, d.days_90, d.foreclosure + d.reo}; }

// A month on: loans roll into the next bucket, and those that do not come current. What is 90 days late may stay so.
Late rolled(const Late& late, const Delinquency::Rolls& rolls) {
  const double current = std::max(0.0, 1.0 - late.days_30 - late.days_60 - late.days_90 - late.for_triggers);
  return {current * rolls.current_to_30, late.days_30 * rolls.to_60,
          late.days_60 * rolls.to_90 + late.days_90 * rolls.stay_90, late.for_triggers * rolls.stay_90};
}

}  // namespace

void add_subsequent_recoveries(const assumptions::SubsequentRecoveries& terms, PoolVectors& group) {
  if (!(terms.part > 0.0)) return;
  const auto lag = static_cast<std::size_t>(terms.lag);
  for (std::size_t t = lag; t < group.periods(); ++t) {
    group.subsequent_recoveries[t] += terms.part * group.realized_losses[t - lag];
  }
}

void settle_prepayment_interest(const assumptions::PrepaymentInterest& terms, PoolVectors& group) {
  if (!terms.short_interest) return;
  for (std::size_t t = 0; t < group.periods(); ++t) {
    const double shortfall = group.prepayment_interest_shortfall[t];
    const double made_up = terms.compensated ? std::min(shortfall, group.servicing_fee[t]) : 0.0;
    group.compensating_interest[t] = made_up;
    group.gross_interest[t] -= shortfall;
    group.servicing_fee[t] -= made_up;
    group.uncollected_interest[t] += shortfall;
    group.uncollected_fees[t] += made_up;
  }
}

void delay_payments(const Delinquency& delinquency, Advances advances, PoolVectors& group) {
  Late late = at_cut_off(delinquency);
  double owed_principal = 0.0, owed_interest = 0.0;
  for (std::size_t t = 0; t < group.periods(); ++t) {
    if (delinquency.rolls && t > 0) late = rolled(late, *delinquency.rolls);
    const double performing = group.ending_balance[t] - group.foreclosure_balance[t];
    const bool retired = !(performing > 0.0);
    group.delinquent_30[t] = late.days_30 * performing;
    group.delinquent_60[t] = late.days_60 * performing;
    group.delinquent_90[t] = (late.days_90 + late.for_triggers) * performing;
    group.beginning_balance[t] += owed_principal;
    if (advances != Advances::principal_and_interest) {
      // No more can be owed than is due by now, or than is left to pay.
      const double owed = retired ? 0.0 : std::min({late.payments() * group.scheduled_principal[t],
                                                    owed_principal + group.scheduled_principal[t], performing});
      group.scheduled_principal[t] += owed_principal - owed;
      owed_principal = owed;
    }
    if (advances == Advances::none) {
      const double due = group.gross_interest[t];  // nothing is advanced
      const double owed = retired ? 0.0 : std::min(late.payments() * due, owed_interest + due);
      group.gross_interest[t] += owed_interest - owed;
      group.uncollected_interest[t] += owed - owed_interest;
      owed_interest = owed;
    }
    group.arrears[t] = owed_principal;
    group.ending_balance[t] += owed_principal;
  }
}

}  // namespace spillway::collateral
