#pragma once
// What formulas see of the pool and of loan groups in a period. Private to waterfall.

#include <cstddef>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// The value of one slot, of the part of the collateral that earlier calls left. Not of those that are to date.
template <deal::PoolSlot kSlot>
double pool_value(const cashflow::PoolVectors& pool, std::size_t t, double part) {
  using namespace deal;
  const auto rate = [&](double interest) {
    const double balance = part * pool.beginning_balance[t];
    return balance > 0.0 ? 12.0 * (part * interest) / balance : 0.0;
  };
  if constexpr (kSlot == pool_beginning) return part * pool.beginning_balance[t];
  if constexpr (kSlot == pool_ending) return part * pool.ending_balance[t];
  if constexpr (kSlot == pool_gross_interest) return part * pool.gross_interest[t];
  if constexpr (kSlot == pool_net_interest) return part * pool.net_interest(t);
  if constexpr (kSlot == pool_fees) return part * pool.gross_interest[t] - part * pool.net_interest(t);
  if constexpr (kSlot == pool_principal) return part * pool.principal(t);
  if constexpr (kSlot == pool_scheduled) return part * pool.scheduled_principal[t];
  if constexpr (kSlot == pool_prepaid) return part * pool.prepaid_principal[t];
  if constexpr (kSlot == pool_gross_rate) return rate(pool.gross_interest[t] + pool.uncollected_interest[t]);
  if constexpr (kSlot == pool_net_rate) return rate(pool.net_interest_due(t));
  if constexpr (kSlot == pool_net_rate_collected) return rate(pool.net_interest(t));
  if constexpr (kSlot == pool_recoveries) return part * pool.recoveries[t];
  if constexpr (kSlot == pool_losses) return part * pool.realized_losses[t];
  if constexpr (kSlot == pool_defaults) return part * pool.defaulted_balance[t];
  if constexpr (kSlot == pool_subsequent_recoveries) return part * pool.subsequent_recoveries[t];
  if constexpr (kSlot == pool_advanced) return part * pool.advanced_principal[t];
  if constexpr (kSlot == pool_performing) return part * (pool.ending_balance[t] - pool.foreclosure_balance[t]);
  if constexpr (kSlot == pool_foreclosure) return part * pool.foreclosure_balance[t];
  if constexpr (kSlot == pool_reo) return part * pool.reo_balance[t];
  if constexpr (kSlot == pool_delinquent_30) return part * pool.delinquent_30[t];
  if constexpr (kSlot == pool_delinquent_60) return part * pool.delinquent_60[t];
  if constexpr (kSlot == pool_delinquent_90) return part * pool.delinquent_90[t];
  if constexpr (kSlot == pool_delinquent_60_plus) {
    return part * pool.delinquent_60[t] + part * pool.delinquent_90[t] + part * pool.foreclosure_balance[t];
  }
  if constexpr (kSlot == pool_prepayment_interest_shortfall) {
    return part * (pool.prepayment_interest_shortfall[t] - pool.compensating_interest[t]);
  }
  return 0.0;
}

}  // namespace spillway::waterfall
