#include "spillway/kernels/lanes.h"

#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/lanes.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<double, kLanes>;
using V = hn::Vec<D>;
constexpr std::size_t kWidth = hn::MaxLanes(D());
constexpr std::size_t kVectors = kLanes / kWidth;

// A cell's value in all lanes.
struct Wide {
  V v[kVectors];
};

HWY_INLINE Wide same(double value) {
  Wide made;
  for (std::size_t i = 0; i < kVectors; ++i) made.v[i] = hn::Set(D(), value);
  return made;
}

HWY_INLINE Wide load_at(const double* at) {
  Wide made;
  for (std::size_t i = 0; i < kVectors; ++i) made.v[i] = hn::LoadU(D(), at + i * kWidth);
  return made;
}

HWY_INLINE Wide load(const double* cells, int place) { return load_at(cells + place); }

HWY_INLINE void store_at(const Wide& value, double* at) {
  for (std::size_t i = 0; i < kVectors; ++i) hn::StoreU(value.v[i], D(), at + i * kWidth);
}

HWY_INLINE void store(const Wide& value, double* cells, int place) { store_at(value, cells + place); }
// As std::min and std::max have it: `a` where neither is the lesser or one is no number. So do these vectors, the other way round.
#define SPILLWAY_SECOND_IF_NEITHER (HWY_ARCH_X86 && HWY_TARGET != HWY_SCALAR && HWY_TARGET != HWY_EMU128)

HWY_INLINE V least(V a, V b) {
#if SPILLWAY_SECOND_IF_NEITHER
  return hn::Min(b, a);
#else
  return hn::IfThenElse(hn::Lt(b, a), b, a);
#endif
}

HWY_INLINE V most(V a, V b) {
#if SPILLWAY_SECOND_IF_NEITHER
  return hn::Max(b, a);
#else
  return hn::IfThenElse(hn::Lt(a, b), b, a);
#endif
}

// What is no number differs from every number, as in C++: hence no hn::Ne, of which vectors think otherwise.
template <LaneOp kOp>
HWY_INLINE V apply(V a, V b) {
  const D d;
  const V zero = hn::Zero(d), one = hn::Set(d, 1.0);
  if constexpr (kOp == LaneOp::copy) return a;
  if constexpr (kOp == LaneOp::add) return hn::Add(a, b);
  if constexpr (kOp == LaneOp::subtract) return hn::Sub(a, b);
  if constexpr (kOp == LaneOp::multiply) return hn::Mul(a, b);
  if constexpr (kOp == LaneOp::divide) {
    return hn::IfThenElse(hn::And(hn::Eq(a, zero), hn::Eq(b, zero)), zero, hn::Div(a, b));
  }
  if constexpr (kOp == LaneOp::negate) return hn::Neg(a);
  if constexpr (kOp == LaneOp::minimum) return least(a, b);
  if constexpr (kOp == LaneOp::maximum) return most(a, b);
  if constexpr (kOp == LaneOp::absolute) return hn::Abs(a);
  if constexpr (kOp == LaneOp::less) return hn::IfThenElseZero(hn::Lt(a, b), one);
  if constexpr (kOp == LaneOp::less_equal) return hn::IfThenElseZero(hn::Le(a, b), one);
  if constexpr (kOp == LaneOp::greater) return hn::IfThenElseZero(hn::Gt(a, b), one);
  if constexpr (kOp == LaneOp::greater_equal) return hn::IfThenElseZero(hn::Ge(a, b), one);
  if constexpr (kOp == LaneOp::equal) return hn::IfThenElseZero(hn::Eq(a, b), one);
  if constexpr (kOp == LaneOp::not_equal) return hn::IfThenZeroElse(hn::Eq(a, b), one);
  if constexpr (kOp == LaneOp::both) return hn::IfThenZeroElse(hn::Or(hn::Eq(a, zero), hn::Eq(b, zero)), one);
  if constexpr (kOp == LaneOp::either) return hn::IfThenZeroElse(hn::And(hn::Eq(a, zero), hn::Eq(b, zero)), one);
  if constexpr (kOp == LaneOp::negation) return hn::IfThenElseZero(hn::Eq(a, zero), one);
}

template <LaneOp kOp>
HWY_INLINE Wide apply(const Wide& a, const Wide& b) {
  Wide made;
  for (std::size_t i = 0; i < kVectors; ++i) made.v[i] = apply<kOp>(a.v[i], b.v[i]);
  return made;
}

HWY_INLINE Wide operator+(const Wide& a, const Wide& b) { return apply<LaneOp::add>(a, b); }
HWY_INLINE Wide operator-(const Wide& a, const Wide& b) { return apply<LaneOp::subtract>(a, b); }
HWY_INLINE Wide operator*(const Wide& a, const Wide& b) { return apply<LaneOp::multiply>(a, b); }
HWY_INLINE Wide least(const Wide& a, const Wide& b) { return apply<LaneOp::minimum>(a, b); }

// `value` where it is above 0, else 0; so too where it is no number.
HWY_INLINE Wide above_zero(const Wide& value) { return apply<LaneOp::maximum>(same(0.0), value); }

HWY_INLINE Wide choose(const Wide& condition, const Wide& a, const Wide& b) {
  Wide made;
  for (std::size_t i = 0; i < kVectors; ++i) {
    made.v[i] = hn::IfThenElse(hn::Eq(condition.v[i], hn::Zero(D())), b.v[i], a.v[i]);
  }
  return made;
}

HWY_INLINE bool any_above_zero(const Wide& value) {
  auto found = hn::Gt(value.v[0], hn::Zero(D()));
  for (std::size_t i = 1; i < kVectors; ++i) found = hn::Or(found, hn::Gt(value.v[i], hn::Zero(D())));
  return !hn::AllFalse(D(), found);
}

template <LanePay kPay>
HWY_INLINE Wide owed_to(const LanePayee& payee, const double* cells) {
  const Wide owed = load(cells, payee.owed);
  if constexpr (kPay == LanePay::due) return above_zero(owed - load(cells, payee.less) - load(cells, payee.lesser));
  return above_zero(owed);
}

HWY_INLINE void move_up(double* cells, int cell, const Wide& by) { store(load(cells, cell) + by, cells, cell); }
HWY_INLINE void move_down(double* cells, int cell, const Wide& by) { store(load(cells, cell) - by, cells, cell); }

template <LanePay kPay>
HWY_INLINE void book(const LanePayee& payee, double* cells, const Wide& paid, Wide& total) {
  move_down(cells, kPay == LanePay::due ? payee.take : payee.owed, paid);
  move_up(cells, payee.add, paid);
  if constexpr (kPay == LanePay::lower_into || kPay == LanePay::raise) move_up(cells, payee.also, paid);
  if constexpr (kPay == LanePay::lower || kPay == LanePay::lower_into) total = total - paid;
  if constexpr (kPay == LanePay::raise) total = total + paid;
}

template <LanePay kPay>
HWY_INLINE Wide pay_in_order(const LanePayee* payees, int count, double* cells, const Wide& amount, Wide& total) {
  Wide paid = same(0.0);
  for (const LanePayee* payee = payees; payee != payees + count; ++payee) {
    const Wide owed = owed_to<kPay>(*payee, cells);
    if (!any_above_zero(owed)) continue;
    const Wide part = least(owed, above_zero(amount - paid));
    book<kPay>(*payee, cells, part, total);
    paid = paid + part;
  }
  return paid;
}

// In proportion to what each is owed, until all is spent or nothing but rounding is left.
template <LanePay kPay>
Wide pay_in_proportion(const LanePayee* payees, int count, double* cells, const Wide& amount, Wide& total) {
  Wide owed[kMostLanePayees];
  const auto add_owed = [&] {
    Wide all = same(0.0);
    for (int i = 0; i < count; ++i) all = all + (owed[i] = owed_to<kPay>(payees[i], cells));
    return all;
  };
  Wide all_owed = add_owed();
  const Wide whole = apply<LaneOp::greater_equal>(amount, all_owed);
  const Wide in_order = choose(whole, amount, same(0.0));
  Wide paid = same(0.0);
  if (any_above_zero(in_order)) paid = pay_in_order<kPay>(payees, count, cells, in_order, total);
  // What the lanes still pay, round by round; 0 in those that are done.
  Wide to_share = choose(whole, same(0.0), amount), shared = same(0.0);
  for (int round = 0; round < count && any_above_zero(to_share); ++round) {
    Wide spent = same(0.0);
    for (int i = 0; i < count; ++i) {
      Wide share = to_share * owed[i];
      for (std::size_t v = 0; v < kVectors; ++v) share.v[v] = hn::Div(share.v[v], all_owed.v[v]);
      const Wide part = least(owed_to<kPay>(payees[i], cells), above_zero(share));
      book<kPay>(payees[i], cells, part, total);
      spent = spent + part;
    }
    shared = shared + spent;
    const Wide done = apply<LaneOp::less_equal>(to_share - spent, same(1e-9) * to_share);
    to_share = choose(done, same(0.0), above_zero(amount - shared));
    if (!any_above_zero(to_share)) break;
    all_owed = add_owed();
    to_share = choose(apply<LaneOp::greater>(all_owed, same(0.0)), to_share, same(0.0));
  }
  return paid + shared;
}

template <LanePay kPay>
void pay(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  constexpr bool moves_total = kPay == LanePay::lower || kPay == LanePay::lower_into || kPay == LanePay::raise;
  const LanePayee* payees = program.payees.data() + batch.first;
  const Wide amount = above_zero(load(cells, batch.a));
  Wide total = moves_total ? load(cells, batch.c) : same(0.0);
  store(batch.op == LaneOp::pay ? pay_in_order<kPay>(payees, batch.count, cells, amount, total)
                                : pay_in_proportion<kPay>(payees, batch.count, cells, amount, total),
        cells, batch.to);
  if (moves_total) store(total, cells, batch.c);
}

void pay(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  switch (batch.pay) {
    case LanePay::due: return pay<LanePay::due>(program, batch, cells);
    case LanePay::claim: return pay<LanePay::claim>(program, batch, cells);
    case LanePay::lower: return pay<LanePay::lower>(program, batch, cells);
    case LanePay::lower_into: return pay<LanePay::lower_into>(program, batch, cells);
    case LanePay::raise: return pay<LanePay::raise>(program, batch, cells);
  }
}

template <LaneOp kOp>
HWY_INLINE void formulas(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  const LaneOperation* at = program.operations.data() + batch.first;
  for (const LaneOperation* end = at + batch.count; at != end; ++at) {
    if constexpr (kOp == LaneOp::choose) store(choose(load(cells, at->a), load(cells, at->b), load(cells, at->c)), cells, at->to);
    else store(apply<kOp>(load(cells, at->a), load(cells, at->b)), cells, at->to);
  }
}

HWY_INLINE Wide sum(const int* at, int count, const double* cells) {
  Wide made = load(cells, at[0]);
  for (int i = 1; i < count; ++i) made = made + load(cells, at[i]);
  return made;
}

// True if any lane has something to pay.
HWY_INLINE bool start_step(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  Wide amount = same(std::numeric_limits<double>::infinity());
  if (batch.count > 0) amount = same(0.0) + sum(program.cells.data() + batch.first, batch.count, cells);
  if (batch.a >= 0) amount = least(amount, load(cells, batch.a));
  if (batch.b >= 0) amount = choose(load(cells, batch.b), amount, same(0.0));
  amount = above_zero(choose(load(cells, program.running), amount, same(0.0)));
  store(amount, cells, batch.to);
  const bool any = any_above_zero(amount);
  if (!any && batch.c >= 0) store(same(0.0), cells, batch.c);
  return any;
}

HWY_INLINE void carry(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  const Wide fraction = load(cells, batch.a);
  Wide shortfalls = same(0.0);
  const LaneCarry* at = program.carries.data() + batch.first;
  for (const LaneCarry* end = at + batch.count; at != end; ++at) {
    const Wide rate = above_zero(load(cells, at->rate));
    const Wide shortfall = above_zero(load(cells, at->stated_rate) - rate) * load(cells, at->beginning) * fraction;
    const Wide carried = load(cells, at->carried);
    const Wide carried_rate = at->carried_rate < 0 ? rate : above_zero(load(cells, at->carried_rate));
    store(carried + (carried * carried_rate * fraction + shortfall), cells, at->carried);
    shortfalls = shortfalls + shortfall;
  }
  store(shortfalls, cells, batch.to);
}

// 1 where the two are not within the tolerance, else `failed`.
HWY_INLINE Wide not_held(const Wide& a, const Wide& b, const Wide& tolerance, const Wide& failed) {
  Wide made;
  for (std::size_t i = 0; i < kVectors; ++i) {
    made.v[i] = hn::IfThenElse(hn::Le(hn::Abs(hn::Sub(a.v[i], b.v[i])), tolerance.v[i]), failed.v[i], hn::Set(D(), 1.0));
  }
  return made;
}

HWY_INLINE void total(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  Wide all[lane_totals];
  for (Wide& one : all) one = same(0.0);
  Wide failed = load(cells, program.failed);
  const Wide tolerance = load(cells, batch.a);
  const LaneRoll* at = program.rolls.data() + batch.first;
  for (const LaneRoll* end = at + batch.count; at != end; ++at) {
    const Wide principal = load(cells, at->principal);
    all[total_cash] = all[total_cash] + (load(cells, at->interest) + load(cells, at->unpaid_interest) + load(cells, at->basis_risk) +
                                         principal + load(cells, at->allocated_loss) + load(cells, at->premium));
    if (at->balance < 0) continue;
    const Wide accrued = load(cells, at->accrued), balance = load(cells, at->balance);
    const Wide written_down = load(cells, at->written_down), written_up = load(cells, at->written_up);
    const Wide change = accrued - principal - written_down + written_up;
    all[total_change] = all[total_change] + change;
    all[total_balance] = all[total_balance] + balance;
    all[total_principal] = all[total_principal] + principal;
    all[total_accrued] = all[total_accrued] + accrued;
    all[total_written_down] = all[total_written_down] + (written_down - written_up);
    failed = not_held(load(cells, at->beginning) + change, balance, tolerance, failed);
  }
  for (int i = 0; i < lane_totals; ++i) store(all[i], cells, batch.to + i * static_cast<int>(kLanes));
  store(failed, cells, program.failed);
}

HWY_INLINE void hold(const LaneProgram& program, const LaneBatch& batch, double* cells) {
  Wide failed = load(cells, program.failed);
  const LaneOperation* at = program.operations.data() + batch.first;
  for (const LaneOperation* end = at + batch.count; at != end; ++at) {
    failed = not_held(load(cells, at->a), load(cells, at->b), load(cells, at->c), failed);
  }
  store(failed, cells, program.failed);
}

HWY_INLINE void draw(const int* at, int count, double* cells, int amount) {
  Wide left = load(cells, amount);
  for (const int* end = at + 2 * count; at != end; at += 2) {
    const Wide remaining = load(cells, at[0]);
    const Wide part = least(left, above_zero(remaining));
    store(remaining - part, cells, at[0]);
    left = left - part;
    if (at[1] >= 0) move_up(cells, at[1], part);
  }
}

HWY_INLINE void remember(const LaneBatch& batch, double* cells, std::size_t period) {
  const auto window = static_cast<std::size_t>(batch.count);
  const auto kept = [&](std::size_t i) { return batch.first + static_cast<int>(i * kLanes); };
  store(load(cells, batch.a), cells, kept(period % window));
  const std::size_t held = period + 1 < window ? period + 1 : window;
  Wide all = same(0.0);
  for (std::size_t i = 0; i < held; ++i) all = all + load(cells, kept(i));
  if (batch.b != 0) {
    for (std::size_t i = 0; i < kVectors; ++i) all.v[i] = hn::Div(all.v[i], hn::Set(D(), static_cast<double>(held)));
  }
  store(all, cells, batch.to);
}

// What moves the place in the program besides; how many batches on it goes.
HWY_INLINE int run_other(const LaneProgram& program, const LaneBatch& batch, double* cells, std::size_t period,
                         const double* inputs, double* record) {
  const int* listed = program.cells.data() + (batch.op == LaneOp::remember ? 0 : batch.first);
  switch (batch.op) {
    case LaneOp::sum: store(sum(listed, batch.count, cells), cells, batch.to); break;
    case LaneOp::hold: hold(program, batch, cells); break;
    case LaneOp::carry: carry(program, batch, cells); break;
    case LaneOp::total: total(program, batch, cells); break;
    case LaneOp::clear:
      if (!any_above_zero(load(cells, batch.a))) break;
      for (int i = 0; i < batch.count; ++i) store(same(0.0), cells, listed[i]);
      break;
    case LaneOp::start_step: return start_step(program, batch, cells) ? 1 : 1 + batch.skip;
    case LaneOp::pay:
    case LaneOp::share: pay(program, batch, cells); break;
    case LaneOp::draw: draw(listed, batch.count, cells, batch.a); break;
    case LaneOp::remember: remember(batch, cells, period); break;
    case LaneOp::input:
      for (int i = 0; i < batch.count; ++i) store(load(inputs, place_of(i)), cells, listed[i]);
      break;
    case LaneOp::record:
      for (int i = 0; i < batch.count; ++i) store(load(cells, listed[i]), record, place_of(i));
      break;
    case LaneOp::again: return any_above_zero(load(cells, batch.a)) ? -batch.skip : 1;
    default: break;
  }
  return 1;
}

void run_period(const LaneProgram& program, double* cells, std::size_t period, const double* inputs, double* record) {
  const LaneBatch* end = program.batches.data() + program.batches.size();
  for (const LaneBatch* batch = program.batches.data(); batch != end;) {
    switch (batch->op) {
      case LaneOp::copy: formulas<LaneOp::copy>(program, *batch, cells); break;
      case LaneOp::add: formulas<LaneOp::add>(program, *batch, cells); break;
      case LaneOp::subtract: formulas<LaneOp::subtract>(program, *batch, cells); break;
      case LaneOp::multiply: formulas<LaneOp::multiply>(program, *batch, cells); break;
      case LaneOp::divide: formulas<LaneOp::divide>(program, *batch, cells); break;
      case LaneOp::negate: formulas<LaneOp::negate>(program, *batch, cells); break;
      case LaneOp::minimum: formulas<LaneOp::minimum>(program, *batch, cells); break;
      case LaneOp::maximum: formulas<LaneOp::maximum>(program, *batch, cells); break;
      case LaneOp::absolute: formulas<LaneOp::absolute>(program, *batch, cells); break;
      case LaneOp::less: formulas<LaneOp::less>(program, *batch, cells); break;
      case LaneOp::less_equal: formulas<LaneOp::less_equal>(program, *batch, cells); break;
      case LaneOp::greater: formulas<LaneOp::greater>(program, *batch, cells); break;
      case LaneOp::greater_equal: formulas<LaneOp::greater_equal>(program, *batch, cells); break;
      case LaneOp::equal: formulas<LaneOp::equal>(program, *batch, cells); break;
      case LaneOp::not_equal: formulas<LaneOp::not_equal>(program, *batch, cells); break;
      case LaneOp::both: formulas<LaneOp::both>(program, *batch, cells); break;
      case LaneOp::either: formulas<LaneOp::either>(program, *batch, cells); break;
      case LaneOp::negation: formulas<LaneOp::negation>(program, *batch, cells); break;
      case LaneOp::choose: formulas<LaneOp::choose>(program, *batch, cells); break;
      default: batch += run_other(program, *batch, cells, period, inputs, record); continue;
    }
    ++batch;
  }
}

void run(const LaneProgram& program, double* cells, const LanePeriods& periods) {
  std::size_t inputs = 0;
  for (const LaneBatch& batch : program.batches) inputs += batch.op == LaneOp::input ? static_cast<std::size_t>(batch.count) : 0;
  for (std::size_t t = 0; t < periods.count; ++t) {
    run_period(program, cells, periods.first + t, periods.inputs + t * inputs * kLanes, periods.record + t * periods.record_stride);
  }
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(run);

void run_lanes(const LaneProgram& program, double* cells, const LanePeriods& periods) {
  HWY_DYNAMIC_DISPATCH(run)(program, cells, periods);
}

}  // namespace spillway::kernels
#endif
