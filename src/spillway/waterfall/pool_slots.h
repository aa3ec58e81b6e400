#pragma once
// What formulas see of the pool and of loan groups in a period. Private to waterfall.

#include <cstddef>
#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// Pools of runs that lie side by side, from one period on: entry t * stride + l is lane l, t periods on. They have no credit.
struct PoolLanes {
  const double *beginning_balance, *ending_balance, *gross_interest, *servicing_fee, *master_servicing_fee, *trustee_fee, *mi_premium,
      *scheduled_principal, *prepaid_principal;

  double net_interest(std::size_t l) const {
    return gross_interest[l] - servicing_fee[l] - master_servicing_fee[l] - trustee_fee[l] - mi_premium[l];
  }
};

/// The value of one slot, of the part of the collateral that earlier calls left; of entry t of `pool`, PoolVectors or PoolLanes.
/// Not of those that are to date. A pool without credit has nothing but zeros in the series of defaults and losses: they are not read.
template <deal::PoolSlot kSlot, bool kHasCredit = true, class Pool>
double pool_value(const Pool& pool, std::size_t t, double part) {
  using namespace deal;
  using Of = cashflow::PoolVectors;
  const auto credit = [&](std::vector<double> Of::*series) {
    if constexpr (kHasCredit) return (pool.*series)[t];
    else return 0.0;
  };
  const auto rate = [&](double interest) {
    const double balance = part * pool.beginning_balance[t];
    return balance > 0.0 ? 12.0 * (part * interest) / balance : 0.0;
  };
  if constexpr (kSlot == pool_beginning) return part * pool.beginning_balance[t];
  if constexpr (kSlot == pool_ending) return part * pool.ending_balance[t];
  if constexpr (kSlot == pool_gross_interest) return part * pool.gross_interest[t];
  if constexpr (kSlot == pool_net_interest) return part * pool.net_interest(t);
  if constexpr (kSlot == pool_fees) return part * pool.gross_interest[t] - part * pool.net_interest(t);
  if constexpr (kSlot == pool_principal && kHasCredit) return part * pool.principal(t);
  if constexpr (kSlot == pool_principal) return part * (pool.scheduled_principal[t] + pool.prepaid_principal[t] + 0.0);
  if constexpr (kSlot == pool_scheduled) return part * pool.scheduled_principal[t];
  if constexpr (kSlot == pool_prepaid) return part * pool.prepaid_principal[t];
  if constexpr (kSlot == pool_gross_rate) return rate(pool.gross_interest[t] + credit(&Of::uncollected_interest));
  if constexpr (kSlot == pool_net_rate && kHasCredit) return rate(pool.net_interest_due(t));
  if constexpr (kSlot == pool_net_rate) return rate(pool.net_interest(t) + 0.0);
  if constexpr (kSlot == pool_net_rate_collected) return rate(pool.net_interest(t));
  if constexpr (kSlot == pool_recoveries) return part * credit(&Of::recoveries);
  if constexpr (kSlot == pool_losses) return part * credit(&Of::realized_losses);
  if constexpr (kSlot == pool_defaults) return part * credit(&Of::defaulted_balance);
  if constexpr (kSlot == pool_subsequent_recoveries) return part * credit(&Of::subsequent_recoveries);
  if constexpr (kSlot == pool_advanced) return part * credit(&Of::advanced_principal);
  if constexpr (kSlot == pool_performing) return part * (pool.ending_balance[t] - credit(&Of::foreclosure_balance));
  if constexpr (kSlot == pool_foreclosure) return part * credit(&Of::foreclosure_balance);
  if constexpr (kSlot == pool_reo) return part * credit(&Of::reo_balance);
  if constexpr (kSlot == pool_delinquent_30) return part * credit(&Of::delinquent_30);
  if constexpr (kSlot == pool_delinquent_60) return part * credit(&Of::delinquent_60);
  if constexpr (kSlot == pool_delinquent_90) return part * credit(&Of::delinquent_90);
  if constexpr (kSlot == pool_delinquent_60_plus) {
    return part * credit(&Of::delinquent_60) + part * credit(&Of::delinquent_90) + part * credit(&Of::foreclosure_balance);
  }
  if constexpr (kSlot == pool_prepayment_interest_shortfall) {
    return part * (credit(&Of::prepayment_interest_shortfall) - credit(&Of::compensating_interest));
  }
  return 0.0;
}

}  // namespace spillway::waterfall
