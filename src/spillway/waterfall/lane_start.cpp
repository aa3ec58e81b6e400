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
  batch.b = -1;
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

// Operation by operation for all classes, so that those of a kind go in a row.
void LaneCompiler::begin_classes() {
  const std::size_t classes = deal_.classes.size();
  const int fraction = deal::slot_year_fraction;
  std::vector<int> rate(classes), excess(classes), shortfall(classes), carried(classes);
  const auto for_each = [&](auto use) {
    for (std::size_t c = 0; c < classes; ++c) use(c, deal_.classes[c]);
  };
  const auto with_basis_risk = [&](auto use) {
    for_each([&](std::size_t c, const deal::BondClass& bond) {
      if (bond.has_basis_risk) use(c, bond);
    });
  };
  with_basis_risk([&](std::size_t c, const auto&) { rate[c] = code_.above_zero(slot_of(c, deal::class_rate)); });
  with_basis_risk([&](std::size_t c, const auto&) { excess[c] = code_.make(Op::subtract, slot_of(c, deal::class_stated_rate), rate[c]); });
  with_basis_risk([&](std::size_t c, const auto&) { excess[c] = code_.above_zero(excess[c]); });
  with_basis_risk([&](std::size_t c, const auto& bond) {
    carried[c] = bond.has_basis_risk_rate ? code_.above_zero(slot_of(c, deal::class_basis_risk_rate)) : rate[c];
  });
  with_basis_risk([&](std::size_t c, const auto&) { shortfall[c] = code_.make(Op::multiply, excess[c], slot_of(c, deal::class_beginning)); });
  with_basis_risk([&](std::size_t c, const auto&) { shortfall[c] = code_.make(Op::multiply, shortfall[c], fraction); });
  with_basis_risk([&](std::size_t c, const auto&) { carried[c] = code_.make(Op::multiply, slot_of(c, deal::class_basis_risk), carried[c]); });
  with_basis_risk([&](std::size_t c, const auto&) { carried[c] = code_.make(Op::multiply, carried[c], fraction); });
  with_basis_risk([&](std::size_t c, const auto&) { carried[c] = code_.make(Op::add, carried[c], shortfall[c]); });
  with_basis_risk([&](std::size_t c, const auto&) { code_.add_to(slot_of(c, deal::class_basis_risk), carried[c]); });
  std::vector<int> shortfalls;
  with_basis_risk([&](std::size_t c, const auto&) { shortfalls.push_back(shortfall[c]); });
  code_.copy(deal::slot_classes_basis_risk_shortfall, code_.sum(shortfalls));
  for_each([&](std::size_t c, const deal::BondClass& bond) {
    const int unpaid = slot_of(c, deal::class_unpaid_interest);
    if (!bond.has_unpaid_interest_rate) return;
    const int bears = code_.make(Op::multiply, unpaid, code_.above_zero(slot_of(c, deal::class_unpaid_interest_rate)));
    code_.add_to(unpaid, code_.make(Op::multiply, bears, fraction));
  });
  for_each([&](std::size_t c, const auto&) {
    const int due = slot_of(c, deal::class_interest_due), accrued = slot_of(c, deal::class_accrued);
    code_.add_to(slot_of(c, deal::class_unpaid_interest), is_zero(accrued) ? due : code_.make(Op::subtract, due, accrued));
  });
  for_each([&](std::size_t c, const auto&) {
    const int accrued = slot_of(c, deal::class_accrued);
    if (is_zero(accrued)) return;
    code_.add_to(slot_of(c, deal::class_balance), accrued);
    code_.add_to(deal::slot_classes_balance, accrued);
  });
}

}  // namespace spillway::waterfall
