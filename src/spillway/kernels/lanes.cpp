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

// Cells of groups of kLanes lanes: those of one group, then at a distance those of the next.
template <std::size_t kGroups>
struct Cells {
  double* first;
  std::size_t apart;
};

// A cell's value in all lanes.
template <std::size_t kGroups>
struct Wide {
  static constexpr std::size_t kCount = kGroups * kVectors;
  V v[kCount];
};

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> same(double value) {
  Wide<kGroups> made;
  for (V& one : made.v) one = hn::Set(D(), value);
  return made;
}

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> load_at(const double* at, std::size_t apart) {
  Wide<kGroups> made;
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t i = 0; i < kVectors; ++i) made.v[g * kVectors + i] = hn::LoadU(D(), at + g * apart + i * kWidth);
  }
  return made;
}

template <std::size_t kGroups>
HWY_INLINE void store_at(const Wide<kGroups>& value, double* at, std::size_t apart) {
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t i = 0; i < kVectors; ++i) hn::StoreU(value.v[g * kVectors + i], D(), at + g * apart + i * kWidth);
  }
}

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> load(Cells<kGroups> cells, int place) {
  return load_at<kGroups>(cells.first + place, cells.apart);
}

template <std::size_t kGroups>
HWY_INLINE void store(const Wide<kGroups>& value, Cells<kGroups> cells, int place) {
  store_at(value, cells.first + place, cells.apart);
}

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

template <LaneOp kOp, std::size_t kGroups>
HWY_INLINE Wide<kGroups> apply(const Wide<kGroups>& a, const Wide<kGroups>& b) {
  Wide<kGroups> made;
  for (std::size_t i = 0; i < made.kCount; ++i) made.v[i] = apply<kOp>(a.v[i], b.v[i]);
  return made;
}

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> operator+(const Wide<kGroups>& a, const Wide<kGroups>& b) { return apply<LaneOp::add>(a, b); }
template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> operator-(const Wide<kGroups>& a, const Wide<kGroups>& b) { return apply<LaneOp::subtract>(a, b); }
template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> operator*(const Wide<kGroups>& a, const Wide<kGroups>& b) { return apply<LaneOp::multiply>(a, b); }
template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> least(const Wide<kGroups>& a, const Wide<kGroups>& b) { return apply<LaneOp::minimum>(a, b); }

// `value` where it is above 0, else 0; so too where it is no number.
template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> above_zero(const Wide<kGroups>& value) { return apply<LaneOp::maximum>(same<kGroups>(0.0), value); }

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> choose(const Wide<kGroups>& condition, const Wide<kGroups>& a, const Wide<kGroups>& b) {
  Wide<kGroups> made;
  for (std::size_t i = 0; i < made.kCount; ++i) {
    made.v[i] = hn::IfThenElse(hn::Eq(condition.v[i], hn::Zero(D())), b.v[i], a.v[i]);
  }
  return made;
}

template <std::size_t kGroups>
HWY_INLINE bool any_above_zero(const Wide<kGroups>& value) {
  auto found = hn::Gt(value.v[0], hn::Zero(D()));
  for (std::size_t i = 1; i < value.kCount; ++i) found = hn::Or(found, hn::Gt(value.v[i], hn::Zero(D())));
  return !hn::AllFalse(D(), found);
}

template <LanePay kPay, std::size_t kGroups>
HWY_INLINE Wide<kGroups> owed_to(const LanePayee& payee, Cells<kGroups> cells) {
  const Wide<kGroups> owed = load(cells, payee.owed);
  if constexpr (kPay == LanePay::due) return above_zero(owed - load(cells, payee.less) - load(cells, payee.lesser));
  return above_zero(owed);
}

template <std::size_t kGroups>
HWY_INLINE void move_up(Cells<kGroups> cells, int cell, const Wide<kGroups>& by) { store(load(cells, cell) + by, cells, cell); }
template <std::size_t kGroups>
HWY_INLINE void move_down(Cells<kGroups> cells, int cell, const Wide<kGroups>& by) { store(load(cells, cell) - by, cells, cell); }

template <LanePay kPay, std::size_t kGroups>
HWY_INLINE void book(const LanePayee& payee, Cells<kGroups> cells, const Wide<kGroups>& paid, Wide<kGroups>& total) {
  move_down(cells, kPay == LanePay::due ? payee.take : payee.owed, paid);
  move_up(cells, payee.add, paid);
  if constexpr (kPay == LanePay::lower_into || kPay == LanePay::raise) move_up(cells, payee.also, paid);
  if constexpr (kPay == LanePay::lower || kPay == LanePay::lower_into) total = total - paid;
  if constexpr (kPay == LanePay::raise) total = total + paid;
}

template <LanePay kPay, std::size_t kGroups>
HWY_INLINE Wide<kGroups> pay_in_order(const LanePayee* payees, int count, Cells<kGroups> cells, const Wide<kGroups>& amount, Wide<kGroups>& total) {
  Wide<kGroups> paid = same<kGroups>(0.0);
  for (const LanePayee* payee = payees; payee != payees + count; ++payee) {
    const Wide<kGroups> owed = owed_to<kPay>(*payee, cells);
    if (!any_above_zero(owed)) continue;
    const Wide<kGroups> part = least(owed, above_zero(amount - paid));
    book<kPay>(*payee, cells, part, total);
    paid = paid + part;
  }
  return paid;
}

// In proportion to what each is owed, until all is spent or nothing but rounding is left.
template <LanePay kPay, std::size_t kGroups>
Wide<kGroups> pay_in_proportion(const LanePayee* payees, int count, Cells<kGroups> cells, const Wide<kGroups>& amount, Wide<kGroups>& total) {
  Wide<kGroups> owed[kMostLanePayees];
  const auto add_owed = [&] {
    Wide<kGroups> all = same<kGroups>(0.0);
    for (int i = 0; i < count; ++i) all = all + (owed[i] = owed_to<kPay>(payees[i], cells));
    return all;
  };
  Wide<kGroups> all_owed = add_owed();
  const Wide<kGroups> whole = apply<LaneOp::greater_equal>(amount, all_owed);
  const Wide<kGroups> in_order = choose(whole, amount, same<kGroups>(0.0));
  Wide<kGroups> paid = same<kGroups>(0.0);
  if (any_above_zero(in_order)) paid = pay_in_order<kPay>(payees, count, cells, in_order, total);
  // What the lanes still pay, round by round; 0 in those that are done.
  Wide<kGroups> to_share = choose(whole, same<kGroups>(0.0), amount), shared = same<kGroups>(0.0);
  for (int round = 0; round < count && any_above_zero(to_share); ++round) {
    Wide<kGroups> spent = same<kGroups>(0.0);
    for (int i = 0; i < count; ++i) {
      Wide<kGroups> share = to_share * owed[i];
      for (std::size_t v = 0; v < share.kCount; ++v) share.v[v] = hn::Div(share.v[v], all_owed.v[v]);
      const Wide<kGroups> part = least(owed_to<kPay>(payees[i], cells), above_zero(share));
      book<kPay>(payees[i], cells, part, total);
      spent = spent + part;
    }
    shared = shared + spent;
    const Wide<kGroups> done = apply<LaneOp::less_equal>(to_share - spent, same<kGroups>(1e-9) * to_share);
    to_share = choose(done, same<kGroups>(0.0), above_zero(amount - shared));
    if (!any_above_zero(to_share)) break;
    all_owed = add_owed();
    to_share = choose(apply<LaneOp::greater>(all_owed, same<kGroups>(0.0)), to_share, same<kGroups>(0.0));
  }
  return paid + shared;
}

template <LanePay kPay, std::size_t kGroups>
void pay(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  constexpr bool moves_total = kPay == LanePay::lower || kPay == LanePay::lower_into || kPay == LanePay::raise;
  const LanePayee* payees = program.payees.data() + batch.first;
  const Wide<kGroups> amount = above_zero(load(cells, batch.a));
  Wide<kGroups> total = moves_total ? load(cells, batch.c) : same<kGroups>(0.0);
  store(batch.op == LaneOp::pay ? pay_in_order<kPay>(payees, batch.count, cells, amount, total)
                                : pay_in_proportion<kPay>(payees, batch.count, cells, amount, total),
        cells, batch.to);
  if (moves_total) store(total, cells, batch.c);
}

template <std::size_t kGroups>
void pay(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  switch (batch.pay) {
    case LanePay::due: return pay<LanePay::due>(program, batch, cells);
    case LanePay::claim: return pay<LanePay::claim>(program, batch, cells);
    case LanePay::lower: return pay<LanePay::lower>(program, batch, cells);
    case LanePay::lower_into: return pay<LanePay::lower_into>(program, batch, cells);
    case LanePay::raise: return pay<LanePay::raise>(program, batch, cells);
  }
}

template <LaneOp kOp, std::size_t kGroups>
HWY_INLINE void formulas(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  const LaneOperation* at = program.operations.data() + batch.first;
  for (const LaneOperation* end = at + batch.count; at != end; ++at) {
    if constexpr (kOp == LaneOp::choose) store(choose(load(cells, at->a), load(cells, at->b), load(cells, at->c)), cells, at->to);
    else store(apply<kOp>(load(cells, at->a), load(cells, at->b)), cells, at->to);
  }
}

constexpr int code_of(LaneOp op, LaneLink::Takes takes) { return static_cast<int>(op) * 4 + takes; }

#define SPILLWAY_LINKS(op)                                                                                       \
  case code_of(op, LaneLink::none): made = apply<op>(load(cells, at->of.a), load(cells, at->of.b)); break;       \
  case code_of(op, LaneLink::first): made = apply<op>(made, load(cells, at->of.b)); break;                       \
  case code_of(op, LaneLink::second): made = apply<op>(load(cells, at->of.a), made); break;

#define SPILLWAY_LINKS_OF_ONE(op)                                                                                \
  case code_of(op, LaneLink::none): made = load(cells, at->of.a); [[fallthrough]];                                \
  case code_of(op, LaneLink::first): made = apply<op>(made, made); break;

template <std::size_t kGroups>
HWY_INLINE void chain(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  Wide<kGroups> made = same<kGroups>(0.0);
  const LaneLink* at = program.links.data() + batch.first;
  for (const LaneLink* end = at + batch.count; at != end; ++at) {
    switch (code_of(at->op, at->takes)) {
      SPILLWAY_LINKS_OF_ONE(LaneOp::copy)
      SPILLWAY_LINKS(LaneOp::add)
      SPILLWAY_LINKS(LaneOp::subtract)
      SPILLWAY_LINKS(LaneOp::multiply)
      SPILLWAY_LINKS(LaneOp::divide)
      SPILLWAY_LINKS_OF_ONE(LaneOp::negate)
      SPILLWAY_LINKS(LaneOp::minimum)
      SPILLWAY_LINKS(LaneOp::maximum)
      SPILLWAY_LINKS_OF_ONE(LaneOp::absolute)
      SPILLWAY_LINKS(LaneOp::less)
      SPILLWAY_LINKS(LaneOp::less_equal)
      SPILLWAY_LINKS(LaneOp::greater)
      SPILLWAY_LINKS(LaneOp::greater_equal)
      SPILLWAY_LINKS(LaneOp::equal)
      SPILLWAY_LINKS(LaneOp::not_equal)
      SPILLWAY_LINKS(LaneOp::both)
      SPILLWAY_LINKS(LaneOp::either)
      SPILLWAY_LINKS_OF_ONE(LaneOp::negation)
      case code_of(LaneOp::choose, LaneLink::none): made = choose(load(cells, at->of.a), load(cells, at->of.b), load(cells, at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::first): made = choose(made, load(cells, at->of.b), load(cells, at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::second): made = choose(load(cells, at->of.a), made, load(cells, at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::third): made = choose(load(cells, at->of.a), load(cells, at->of.b), made); break;
      default: break;
    }
    if (at->of.to >= 0) store(made, cells, at->of.to);
  }
}

template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> sum(const int* at, int count, Cells<kGroups> cells) {
  Wide<kGroups> made = load(cells, at[0]);
  for (int i = 1; i < count; ++i) made = made + load(cells, at[i]);
  return made;
}

// True if any lane has something to pay.
template <std::size_t kGroups>
HWY_INLINE bool start_step(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  Wide<kGroups> amount = same<kGroups>(std::numeric_limits<double>::infinity());
  if (batch.count > 0) amount = same<kGroups>(0.0) + sum(program.cells.data() + batch.first, batch.count, cells);
  if (batch.a >= 0) amount = least(amount, load(cells, batch.a));
  if (batch.b >= 0) amount = choose(load(cells, batch.b), amount, same<kGroups>(0.0));
  amount = above_zero(choose(load(cells, program.running), amount, same<kGroups>(0.0)));
  store(amount, cells, batch.to);
  const bool any = any_above_zero(amount);
  if (!any && batch.c >= 0) store(same<kGroups>(0.0), cells, batch.c);
  return any;
}

template <std::size_t kGroups>
HWY_INLINE void carry(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  const Wide<kGroups> fraction = load(cells, batch.a);
  Wide<kGroups> shortfalls = same<kGroups>(0.0);
  const LaneCarry* at = program.carries.data() + batch.first;
  for (const LaneCarry* end = at + batch.count; at != end; ++at) {
    const Wide<kGroups> rate = above_zero(load(cells, at->rate));
    const Wide<kGroups> shortfall = above_zero(load(cells, at->stated_rate) - rate) * load(cells, at->beginning) * fraction;
    const Wide<kGroups> carried = load(cells, at->carried);
    const Wide<kGroups> carried_rate = at->carried_rate < 0 ? rate : above_zero(load(cells, at->carried_rate));
    store(carried + (carried * carried_rate * fraction + shortfall), cells, at->carried);
    shortfalls = shortfalls + shortfall;
  }
  store(shortfalls, cells, batch.to);
}

// 1 where the two are not within the tolerance, else `failed`.
template <std::size_t kGroups>
HWY_INLINE Wide<kGroups> not_held(const Wide<kGroups>& a, const Wide<kGroups>& b, const Wide<kGroups>& tolerance, const Wide<kGroups>& failed) {
  Wide<kGroups> made;
  for (std::size_t i = 0; i < made.kCount; ++i) {
    made.v[i] = hn::IfThenElse(hn::Le(hn::Abs(hn::Sub(a.v[i], b.v[i])), tolerance.v[i]), failed.v[i], hn::Set(D(), 1.0));
  }
  return made;
}

HWY_INLINE void total(const LaneProgram& program, const LaneBatch& batch, Cells<1> cells) {
  constexpr std::size_t kGroups = 1;
  Wide<kGroups> all[lane_totals];
  for (Wide<kGroups>& one : all) one = same<kGroups>(0.0);
  Wide<kGroups> failed = load(cells, program.failed);
  const Wide<kGroups> tolerance = load(cells, batch.a);
  const LaneRoll* at = program.rolls.data() + batch.first;
  for (const LaneRoll* end = at + batch.count; at != end; ++at) {
    const Wide<kGroups> principal = load(cells, at->principal);
    all[total_cash] = all[total_cash] + (load(cells, at->interest) + load(cells, at->unpaid_interest) + load(cells, at->basis_risk) +
                                         principal + load(cells, at->allocated_loss) + load(cells, at->premium));
    if (at->balance < 0) continue;
    const Wide<kGroups> accrued = load(cells, at->accrued), balance = load(cells, at->balance);
    const Wide<kGroups> written_down = load(cells, at->written_down), written_up = load(cells, at->written_up);
    const Wide<kGroups> change = accrued - principal - written_down + written_up;
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

template <std::size_t kGroups>
HWY_INLINE void hold(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  Wide<kGroups> failed = load(cells, program.failed);
  const LaneOperation* at = program.operations.data() + batch.first;
  for (const LaneOperation* end = at + batch.count; at != end; ++at) {
    failed = not_held(load(cells, at->a), load(cells, at->b), load(cells, at->c), failed);
  }
  store(failed, cells, program.failed);
}

template <std::size_t kGroups>
HWY_INLINE void draw(const int* at, int count, Cells<kGroups> cells, int amount) {
  Wide<kGroups> left = load(cells, amount);
  for (const int* end = at + 2 * count; at != end; at += 2) {
    const Wide<kGroups> remaining = load(cells, at[0]);
    const Wide<kGroups> part = least(left, above_zero(remaining));
    store(remaining - part, cells, at[0]);
    left = left - part;
    if (at[1] >= 0) move_up(cells, at[1], part);
  }
}

template <std::size_t kGroups>
HWY_INLINE void remember(const LaneBatch& batch, Cells<kGroups> cells, std::size_t period) {
  const auto window = static_cast<std::size_t>(batch.count);
  const auto kept = [&](std::size_t i) { return batch.first + static_cast<int>(i * kLanes); };
  store(load(cells, batch.a), cells, kept(period % window));
  const std::size_t held = period + 1 < window ? period + 1 : window;
  Wide<kGroups> all = same<kGroups>(0.0);
  for (std::size_t i = 0; i < held; ++i) all = all + load(cells, kept(i));
  if (batch.b != 0) {
    for (std::size_t i = 0; i < all.kCount; ++i) all.v[i] = hn::Div(all.v[i], hn::Set(D(), static_cast<double>(held)));
  }
  store(all, cells, batch.to);
}

// What a period reads and writes: a group's inputs and record, then at a distance those of the next.
struct Period {
  std::size_t number;
  const double* shared;
  int shared_count;
  const double* inputs;
  double* record;
  std::size_t inputs_apart, record_apart;
};

// What moves the place in the program besides; how many batches on it goes.
template <std::size_t kGroups>
HWY_INLINE int run_other(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells, const Period& period) {
  const int* listed = program.cells.data() + (batch.op == LaneOp::remember ? 0 : batch.first);
  switch (batch.op) {
    case LaneOp::sum: store(sum(listed, batch.count, cells), cells, batch.to); break;
    case LaneOp::hold: hold(program, batch, cells); break;
    case LaneOp::carry: carry(program, batch, cells); break;
    case LaneOp::total:
      for (std::size_t g = 0; g < kGroups; ++g) total(program, batch, Cells<1>{cells.first + g * cells.apart, 0});
      break;
    case LaneOp::clear:
      if (!any_above_zero(load(cells, batch.a))) break;
      for (int i = 0; i < batch.count; ++i) store(same<kGroups>(0.0), cells, listed[i]);
      break;
    case LaneOp::start_step: return start_step(program, batch, cells) ? 1 : 1 + batch.skip;
    case LaneOp::pay:
    case LaneOp::share: pay(program, batch, cells); break;
    case LaneOp::draw: draw(listed, batch.count, cells, batch.a); break;
    case LaneOp::remember: remember(batch, cells, period.number); break;
    case LaneOp::input:
      for (int i = 0; i < period.shared_count; ++i) store(same<kGroups>(period.shared[i]), cells, listed[i]);
      for (int i = period.shared_count; i < batch.count; ++i) {
        store(load_at<kGroups>(period.inputs + place_of(i - period.shared_count), period.inputs_apart), cells, listed[i]);
      }
      break;
    case LaneOp::record:
      for (int i = 0; i < batch.count; ++i) store_at(load(cells, listed[i]), period.record + place_of(i), period.record_apart);
      break;
    case LaneOp::again: return any_above_zero(load(cells, batch.a)) ? -batch.skip : 1;
    default: break;
  }
  return 1;
}

template <std::size_t kGroups>
void run_period(const LaneProgram& program, Cells<kGroups> cells, const Period& period) {
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
      case LaneOp::chain: chain(program, *batch, cells); break;
      default: batch += run_other(program, *batch, cells, period); continue;
    }
    ++batch;
  }
}

template <std::size_t kGroups>
void run_groups(const LaneProgram& program, double* cells, const LanePeriods& periods, std::size_t first) {
  std::size_t inputs = 0;
  for (const LaneBatch& batch : program.batches) inputs += batch.op == LaneOp::input ? static_cast<std::size_t>(batch.count) : 0;
  const std::size_t own = inputs - periods.shared_count;
  const Cells<kGroups> all{cells + first * periods.cells_apart, periods.cells_apart};
  for (std::size_t t = 0; t < periods.count; ++t) {
    run_period(program, all,
               {periods.first + t, periods.shared + t * periods.shared_count, static_cast<int>(periods.shared_count),
                periods.inputs + first * periods.inputs_apart + t * own * kLanes,
                periods.record + first * periods.record_apart + t * periods.record_stride, periods.inputs_apart, periods.record_apart});
  }
}

void run(const LaneProgram& program, double* cells, const LanePeriods& periods) {
  // Two groups at a time where the registers hold as much.
  std::size_t done = 0;
  if constexpr (kVectors <= 2) {
    for (; done + 2 <= periods.groups; done += 2) run_groups<2>(program, cells, periods, done);
  }
  for (; done < periods.groups; ++done) run_groups<1>(program, cells, periods, done);
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
