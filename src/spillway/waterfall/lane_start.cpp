// How a period starts in lanes: what is computed, what the hedges pay, what the classes are due.

#include "spillway/waterfall/lane_compiler.h"

namespace spillway::waterfall {

using deal::Assignment;
using Kind = LaneInput::Kind;

void LaneCompiler::compute(const deal::Stage& stage) {
  code_.append(stage.block);
  if (stage.assignment < 0) return;
  const Assignment& assignment = deal_.assignments[static_cast<std::size_t>(stage.assignment)];
  switch (assignment.kind) {
    case Assignment::Kind::formula: return;  // in the block
    case Assignment::Kind::hedges: return settle_hedges();
    case Assignment::Kind::trigger: return test_trigger(deal_.triggers[static_cast<std::size_t>(assignment.position)], stage.value_slot);
    case Assignment::Kind::total: return code_.add_to(assignment.slot, stage.value_slot);
    case Assignment::Kind::average:
    case Assignment::Kind::sum: return look_back(assignment, stage.value_slot);
  }
}

void LaneCompiler::test_trigger(const deal::Trigger& trigger, int holds) {
  const int held = code_.new_cell(), failed = code_.new_cell(), on = code_.new_cell();
  const int zero = code_.zero(), one = code_.constant(1.0);
  const int longer_held = code_.make(Op::add, held, one), longer_failed = code_.make(Op::add, failed, one);
  code_.set(held, Op::choose, holds, longer_held, zero);
  code_.set(failed, Op::choose, holds, zero, longer_failed);
  const int stays = trigger.cure == deal::kNeverCured ? one : code_.make(Op::less, failed, code_.constant(trigger.cure));
  const int trips = code_.make(Op::greater_equal, held, code_.constant(trigger.after));
  code_.set(on, Op::choose, on, stays, trips);
  code_.copy(trigger.slot, on);
}

void LaneCompiler::look_back(const Assignment& assignment, int value) {
  int first = -1;
  for (int i = 0; i < assignment.window; ++i) {
    const int cell = code_.new_cell();
    if (i == 0) first = cell;
  }
  kernels::LaneBatch& batch = code_.add(Op::remember);
  batch.to = assignment.slot;
  batch.a = value;
  batch.b = assignment.kind == Assignment::Kind::average;
  batch.first = first;
  batch.count = assignment.window;
}

void LaneCompiler::settle_hedges() {
  int exists = 0, notional = 0, fixed = 0;
  for (const LaneInput& read : made_.inputs) {
    if (read.kind == Kind::swap_exists) exists = read.cell;
    if (read.kind == Kind::swap_notional) notional = read.cell;
    if (read.kind == Kind::swap_fixed) fixed = read.cell;
  }
  const int zero = code_.zero();
  for (int slot : {deal::slot_hedge_notional, deal::slot_hedge_net, deal::slot_hedge_receipts, deal::slot_hedge_payments,
                   deal::slot_hedge_unpaid}) {
    code_.copy(slot, zero);
  }
  const int start = code_.place();
  kernels::LaneBatch& batch = code_.add(Op::start_step);  // passed over where no lane has swaps
  batch.to = code_.new_cell();
  batch.a = exists;
  batch.b = batch.c = -1;
  // As hedges::limit_scale and hedges::net_payment.
  const int is_limited = code_.make(Op::both, code_.make(Op::greater, notional, zero),
                                    code_.make(Op::greater, notional, deal::slot_hedge_limit));
  const int within = code_.make(Op::divide, code_.above_zero(deal::slot_hedge_limit), notional);
  const int scale = code_.make(Op::choose, is_limited, within, code_.constant(1.0));
  const int floating = code_.make(Op::multiply, code_.make(Op::multiply, notional, deal_.index_slot + deal_.hedge_index),
                                  deal::slot_actual_days);
  const int net = code_.make(Op::multiply, scale,
                             code_.make(Op::subtract, code_.make(Op::divide, floating, code_.constant(360.0)), fixed));
  const int owed = code_.above_zero(code_.make(Op::negate, net));
  const int most = code_.above_zero(code_.make(Op::add, pool(deal::pool_net_interest), pool(deal::pool_principal)));
  const int paid = code_.make(Op::minimum, owed, most);
  const int is_short = code_.make(Op::greater, owed, paid);
  const int settled = code_.make(Op::choose, is_short, code_.make(Op::negate, paid), net);
  const auto put = [&](int slot, int value) { code_.set(slot, Op::choose, exists, value, zero); };
  put(deal::slot_hedge_notional, code_.make(Op::multiply, scale, notional));
  put(deal::slot_hedge_net, settled);
  put(deal::slot_hedge_receipts, code_.above_zero(net));
  put(deal::slot_hedge_payments, paid);
  put(deal::slot_hedge_unpaid, code_.make(Op::subtract, owed, paid));
  code_.at(start).skip = code_.place() - start - 1;
}

void LaneCompiler::begin_classes() {
  std::vector<kernels::LaneCarry> carries;
  std::vector<int> unpaid, due;
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const deal::BondClass& bond = deal_.classes[c];
    unpaid.push_back(slot_of(c, deal::class_unpaid_interest));
    if (bond.has_unpaid_interest_rate) {
      const int bears = code_.make(Op::multiply, unpaid[c], code_.above_zero(slot_of(c, deal::class_unpaid_interest_rate)));
      code_.add_to(unpaid[c], code_.make(Op::multiply, bears, deal::slot_year_fraction));
    }
    if (!bond.has_basis_risk) continue;
    carries.push_back({slot_of(c, deal::class_rate), slot_of(c, deal::class_stated_rate), slot_of(c, deal::class_beginning),
                       slot_of(c, deal::class_basis_risk), bond.has_basis_risk_rate ? slot_of(c, deal::class_basis_risk_rate) : -1});
  }
  kernels::LaneBatch& batch = code_.add(Op::carry);
  batch.to = deal::slot_classes_basis_risk_shortfall;
  batch.a = deal::slot_year_fraction;
  code_.list(batch, carries);
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const int accrued = slot_of(c, deal::class_accrued), all_due = slot_of(c, deal::class_interest_due);
    due.push_back(is_zero(accrued) ? all_due : code_.make(Op::subtract, all_due, accrued));
  }
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) code_.add_to(unpaid[c], due[c]);
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const int accrued = slot_of(c, deal::class_accrued);
    if (is_zero(accrued)) continue;
    code_.add_to(slot_of(c, deal::class_balance), accrued);
    code_.add_to(deal::slot_classes_balance, accrued);
  }
}

}  // namespace spillway::waterfall
