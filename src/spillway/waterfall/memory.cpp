// What a run remembers from period to period: triggers, averages, sums, previous values.

#include <algorithm>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using deal::Assignment;

// Formulas first, then the assignment that is more than one.
void Runner::compute(const deal::Stage& stage, std::size_t t) {
  deal::evaluate(stage.block, state_.slots.data());
  if (stage.assignment < 0) return;
  const Assignment& assignment = deal_.assignments[static_cast<std::size_t>(stage.assignment)];
  switch (assignment.kind) {
    case Assignment::Kind::formula: return;  // in the block
    case Assignment::Kind::hedges: settle_hedges(t); return;
    case Assignment::Kind::trigger: {
      const auto position = static_cast<std::size_t>(assignment.position);
      const bool holds = slot(stage.value_slot) != 0.0;
      slot(assignment.slot) = test_trigger(deal_.triggers[position], trigger_states_[position], holds);
      return;
    }
    case Assignment::Kind::total: slot(assignment.slot) += slot(stage.value_slot); return;
    case Assignment::Kind::average:
    case Assignment::Kind::sum: look_back(assignment, slot(stage.value_slot), t); return;
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
void Runner::look_back(const Assignment& assignment, double value, std::size_t t) {
  double* ring = remembered_.data() + assignment.position;
  const auto window = static_cast<std::size_t>(assignment.window);
  ring[t % window] = value;
  const std::size_t held = std::min(t + 1, window);
  double sum = 0.0;
  for (std::size_t i = 0; i < held; ++i) sum += ring[i];
  slot(assignment.slot) = assignment.kind == Assignment::Kind::average ? sum / static_cast<double>(held) : sum;
}

// All are figured, in `Deal::end`, before any is changed: one may look back on another.
void Runner::keep_previous_values() {
  for (const deal::PreviousValue& previous : deal_.previous_values) slot(previous.slot) = slot(previous.next_slot);
}

}  // namespace spillway::waterfall
