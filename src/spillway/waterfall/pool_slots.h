#pragma once
// What formulas see of the pool and of loan groups in a period. Private to waterfall.

#include <cstddef>
#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// The value of one slot, of the part of the collateral that earlier calls left. Not of those that are to date. A pool without
/// credit has nothing but zeros in the series of defaults and losses: they need not be read.
template <deal::PoolSlot kSlot, bool kHasCredit = true>
double pool_value(const cashflow::PoolVectors& pool, std::size_t t, double part) {
  using namespace deal;
  const auto credit = [&](const std::vector<double>& series) { return kHasCredit ? series[t] : 0.0; };
  const auto rate = [&](double interest) {
    const double balance = part * pool.beginning_balance[t];
    return balance > 0.0 ? 12.0 * (part * interest) / balance : 0.0;
  };
  if constexpr (kSlot == pool_beginning) return part * pool.beginning_balance[t];
  if constexpr (kSlot == pool_ending) return part * pool.ending_balance[t];
  if constexpr (kSlot == pool_gross_interest) return part * pool.gross_interest[t];
  if constexpr (kSlot == pool_net_interest) return part * pool.net_interest(t);
  if constexpr (kSlot == pool_fees) return part * pool.gross_interest[t] - part * pool.net_interest(t);
  if constexpr (kSlot == pool_principal) {
    return part * (kHasCredit ? pool.principal(t) : pool.scheduled_principal[t] + pool.prepaid_principal[t] + 0.0);
  }
  if constexpr (kSlot == pool_scheduled) return part * pool.scheduled_principal[t];
  if constexpr (kSlot == pool_prepaid) return part * pool.prepaid_principal[t];
  if constexpr (kSlot == pool_gross_rate) return rate(pool.gross_interest[t] + credit(pool.uncollected_interest));
  if constexpr (kSlot == pool_net_rate) return rate(kHasCredit ? pool.net_interest_due(t) : pool.net_interest(t) + 0.0);
  if constexpr (kSlot == pool_net_rate_collected) return rate(pool.net_interest(t));
  if constexpr (kSlot == pool_recoveries) return part * credit(pool.recoveries);
  if constexpr (kSlot == pool_losses) return part * credit(pool.realized_losses);
  if constexpr (kSlot == pool_defaults) return part * credit(pool.defaulted_balance);
  if constexpr (kSlot == pool_subsequent_recoveries) return part * credit(pool.subsequent_recoveries);
  if constexpr (kSlot == pool_advanced) return part * credit(pool.advanced_principal);
  if constexpr (kSlot == pool_performing) return part * (pool.ending_balance[t] - credit(pool.foreclosure_balance));
  if constexpr (kSlot == pool_foreclosure) return part * credit(pool.foreclosure_balance);
  if constexpr (kSlot == pool_reo) return part * credit(pool.reo_balance);
  if constexpr (kSlot == pool_delinquent_30) return part * credit(pool.delinquent_30);
  if constexpr (kSlot == pool_delinquent_60) return part * credit(pool.delinquent_60);
  if constexpr (kSlot == pool_delinquent_90) return part * credit(pool.delinquent_90);
  if constexpr (kSlot == pool_delinquent_60_plus) {
    return part * credit(pool.delinquent_60) + part * credit(pool.delinquent_90) + part * credit(pool.foreclosure_balance);
  }
  if constexpr (kSlot == pool_prepayment_interest_shortfall) {
    return part * (credit(pool.prepayment_interest_shortfall) - credit(pool.compensating_interest));
  }
  return 0.0;
}

}  // namespace spillway::waterfall
