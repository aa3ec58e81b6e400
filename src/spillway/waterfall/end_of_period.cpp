// What a period leaves behind: its record.

#include <algorithm>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using cashflow::ClassCashFlows;

// A notional is known at the start of a period: it ends one where it starts the next. What it starts the first one at is
// its original amount, which may stand on the pool.
void Runner::end_notionals() {
  for (std::size_t c = 0; c < out_.classes.size(); ++c) {
    ClassCashFlows& flows = out_.classes[c];
    if (!deal_.classes[c].is_notional || flows.beginning_balance.empty()) continue;
    flows.original_balance = flows.beginning_balance.front();
    std::copy(flows.beginning_balance.begin() + 1, flows.beginning_balance.end(), flows.ending_balance.begin());
  }
}

// What is left of the pool; returns what a call redeems of it.
double Runner::end_pool(std::size_t t) {
  out_.pool_ending_balance[t] = called_ ? 0.0 : pool(deal::pool_ending);
  if (!exercised_) return 0.0;
  const double redeemed = deal_.call_part * pool(deal::pool_ending);
  out_.call_period = static_cast<int>(t + 1);
  if (!called_) out_.pool_ending_balance[t] *= 1.0 - deal_.call_part;
  pool_part_ *= 1.0 - deal_.call_part;
  exercised_ = false;
  return redeemed;
}

void Runner::end_period(std::size_t t) {
  const double* slots = state_.slots.data();
  deal::evaluate(deal_.end, state_.slots.data());
  for (const Recorded& recorded : recorded_) recorded.series[t] = slots[recorded.slot];
  const double redeemed = end_pool(t);
  check_paid_out(t);
  if (!issues_.empty()) return;
  check_cash(t);
  check_accounts(t);
  check_balances(t);
  attribute_losses(t, redeemed);
  keep_previous_values();
}

}  // namespace spillway::waterfall
