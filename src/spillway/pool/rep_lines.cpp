#include "spillway/pool/rep_lines.h"

#include <algorithm>
#include <limits>

namespace spillway::pool {

namespace {

int group_position(Pool& pool, const std::string& group) {
  const auto found = std::find(pool.groups.begin(), pool.groups.end(), group);
  if (found != pool.groups.end()) return static_cast<int>(found - pool.groups.begin());
  pool.groups.push_back(group);
  return static_cast<int>(pool.groups.size()) - 1;
}

// A fixed-rate loan reads none of these.
void add_no_adjustment(Pool& pool) {
  constexpr double no_cap = std::numeric_limits<double>::infinity();
  pool.index.push_back(-1);
  for (auto* months : {&pool.months_to_roll, &pool.reset_months}) months->push_back(1);
  for (auto* months : {&pool.rate_change_lag, &pool.lookback_days}) months->push_back(0);
  for (auto* rates : {&pool.margin, &pool.min_rate, &pool.rounding}) rates->push_back(0.0);
  for (auto* caps : {&pool.first_cap, &pool.periodic_cap, &pool.max_rate}) caps->push_back(no_cap);
}

}  // namespace

Pool make_pool(std::span<const RepLine> lines, calendar::Date cut_off) {
  Pool pool;
  pool.cut_off = cut_off;
  for (const RepLine& line : lines) {
    pool.group.push_back(group_position(pool, line.group));
    pool.balance.push_back(line.balance);
    pool.gross_rate.push_back(line.gross_rate);
    pool.servicing_fee.push_back(line.gross_rate - line.net_rate);
    for (auto* fee : {&pool.master_servicing_fee, &pool.trustee_fee, &pool.mi_premium, &pool.mi_coverage}) fee->push_back(0.0);
    pool.remaining_term.push_back(line.remaining_term);
    pool.amortization_term.push_back(line.remaining_term);
    pool.age.push_back(line.age);
    pool.interest_only_months.push_back(line.interest_only_months);
    pool.first_period.push_back(1);
    add_no_adjustment(pool);
  }
  return pool;
}

}  // namespace spillway::pool
