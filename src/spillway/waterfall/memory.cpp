// What a run remembers from period to period: triggers, averages, sums, previous values.

#include <algorithm>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using deal::Assignment;

void Runner::compute(const Assignment& assignment, std::size_t t) {
  switch (assignment.kind) {
    case Assignment::Kind::hedges: settle_hedges(t); return;
    case Assignment::Kind::formula: slot(assignment.slot) = state_.evaluate(assignment.program); return;
    case Assignment::Kind::trigger: {
      const auto position = static_cast<std::size_t>(assignment.position);
      const bool holds = state_.evaluate(assignment.program) != 0.0;
      slot(assignment.slot) = test_trigger(deal_.triggers[position], trigger_states_[position], holds);
      return;
    }
    case Assignment::Kind::total: slot(assignment.slot) += state_.evaluate(assignment.program); return;
    case Assignment::Kind::average:
    case Assignment::Kind::sum: look_back(assignment, t); return;
  }
}

// True while the trigger is on.
bool Runner::test_trigger(const deal::Trigger& trigger, TriggerState& state, bool holds) {
  state.held = holds ? state.held + 1 : 0;
  state.failed = holds ? 0 : state.failed + 1;
  if (state.on) {
    state.on = trigger.cure == deal::kNeverCured || state.failed < trigger.cure;
  } else {
    state.on = state.held >= trigger.after;
  }
  return state.on;
}

// The values looked back on lie in a ring; it is summed anew, so that no rounding builds up.
void Runner::look_back(const Assignment& assignment, std::size_t t) {
  double* ring = remembered_.data() + assignment.position;
  const auto window = static_cast<std::size_t>(assignment.window);
  ring[t % window] = state_.evaluate(assignment.program);
  const std::size_t held = std::min(t + 1, window);
  double sum = 0.0;
  for (std::size_t i = 0; i < held; ++i) sum += ring[i];
  slot(assignment.slot) = assignment.kind == Assignment::Kind::average ? sum / static_cast<double>(held) : sum;
}

// All are figured before any is changed: one may look back on another.
void Runner::keep_previous_values() {
  for (std::size_t i = 0; i < next_previous_.size(); ++i) {
    next_previous_[i] = state_.evaluate(deal_.previous_values[i].program);
  }
  for (std::size_t i = 0; i < next_previous_.size(); ++i) slot(deal_.previous_values[i].slot) = next_previous_[i];
}

}  // namespace spillway::waterfall
