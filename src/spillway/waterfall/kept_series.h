#pragma once
// The series of a deal's cash flows, one after the other. Private to waterfall.

#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/waterfall/record.h"

namespace spillway::waterfall {

/// A series of a deal's cash flows.
struct SeriesAt {
  enum class Of { bond, account, party, quantity, trigger, total };
  Of of = Of::bond;
  std::size_t position = 0;  ///< class, account, party ...; of the totals: see kTotals
  std::size_t which = 0;     ///< of kClassSeries, kAccountSeries
};

/// The series of the deal as a whole.
inline constexpr std::vector<double> cashflow::DealCashFlows::*kTotals[] = {
    &cashflow::DealCashFlows::hedge_notional,      &cashflow::DealCashFlows::hedge_net_payment,
    &cashflow::DealCashFlows::hedge_unpaid,        &cashflow::DealCashFlows::pool_ending_balance,
    &cashflow::DealCashFlows::overcollateralization, &cashflow::DealCashFlows::losses_by_excess,
    &cashflow::DealCashFlows::losses_by_oc,        &cashflow::DealCashFlows::losses_written_down};

std::vector<double>& series_at(cashflow::DealCashFlows& flows, const SeriesAt& at);

/// The slot that holds a series when the period's payments are done; -1: it is worked out at the end of the period.
int slot_of(const deal::Deal& deal, const SeriesAt& at);

/// The series that a run of the deal keeps.
std::vector<SeriesAt> series_of(const deal::Deal& deal, const Record& record);

/// The cash flows of a deal with its names, without periods.
cashflow::DealCashFlows name_flows(const deal::Deal& deal);

/// A notional is known at the start of a period: it ends one where it starts the next. What it starts the first one at is its
/// original amount, which may stand on the pool.
void end_notionals(const deal::Deal& deal, cashflow::DealCashFlows& flows);

}  // namespace spillway::waterfall
