// What a period leaves behind: its record.

#include <algorithm>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

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

// The classes' series, written out one after the other: this is where most of a run's memory is filled.
template <std::size_t... kSeries>
void Runner::record_class(std::size_t c, std::size_t t, std::index_sequence<kSeries...>) {
  const double* s = state_.of_class(static_cast<int>(c));
  double* const* series = class_series_[c].data();
  ((series[kSeries][t] = s[kSeries]), ...);
}

void Runner::record(std::size_t t) {
  for (std::size_t c = 0; c < class_series_.size(); ++c) {
    record_class(c, t, std::make_index_sequence<deal::class_recorded_count>{});
  }
  const double* slots = state_.slots.data();
  for (const Recorded& recorded : recorded_) recorded.series[t] = slots[recorded.slot];
}

void Runner::end_period(std::size_t t) {
  deal::evaluate(deal_.end, state_.slots.data());
  record(t);
  const double redeemed = end_pool(t);
  check_paid_out(t);
  if (!issues_.empty()) return;
  const ClassTotals totals = add_classes(t);
  check_cash(t, totals);
  check_accounts(t);
  check_balances(t, totals);
  attribute_losses(t, totals, redeemed);
  keep_previous_values();
}

}  // namespace spillway::waterfall
