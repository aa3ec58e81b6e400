#include "spillway/kernels/lanes.h"

#include <limits>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/lanes.cpp"
#include <hwy/foreach_target.h>

#include "spillway/kernels/lane_payments.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

template <LaneOp kOp, std::size_t kGroups>
HWY_INLINE void formulas(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  const LaneOperation* at = program.operations.data() + batch.first;
  for (const LaneOperation* end = at + batch.count; at != end; ++at) {
    if constexpr (kOp == LaneOp::choose) store(choose(load(cells, at->a), load(cells, at->b), load(cells, at->c)), cells, at->to);
    else store(apply<kOp>(load(cells, at->a), load(cells, at->b)), cells, at->to);
  }
}

constexpr int code_of(LaneOp op, LaneLink::Takes takes) { return static_cast<int>(op) * 4 + takes; }

// In `chain`: a link that stands first, or takes one operand or the other.
#undef SPILLWAY_LINKS
#define SPILLWAY_LINKS(op)                                                                           \
  case code_of(op, LaneLink::none): made = apply<op>(cell(at->of.a), cell(at->of.b)); break;         \
  case code_of(op, LaneLink::first): made = apply<op>(made, cell(at->of.b)); break;                  \
  case code_of(op, LaneLink::second): made = apply<op>(cell(at->of.a), made); break;

#undef SPILLWAY_LINKS_OF_ONE
#define SPILLWAY_LINKS_OF_ONE(op)                                                                    \
  case code_of(op, LaneLink::none): made = cell(at->of.a); [[fallthrough]];                          \
  case code_of(op, LaneLink::first): made = apply<op>(made, made); break;

template <std::size_t kGroups>
HWY_INLINE void chain(const LaneProgram& program, const LaneBatch& batch, Cells<kGroups> cells) {
  const auto cell = [&](int place) HWY_ATTR { return load(cells, place); };
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
      case code_of(LaneOp::choose, LaneLink::none): made = choose(cell(at->of.a), cell(at->of.b), cell(at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::first): made = choose(made, cell(at->of.b), cell(at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::second): made = choose(cell(at->of.a), made, cell(at->of.c)); break;
      case code_of(LaneOp::choose, LaneLink::third): made = choose(cell(at->of.a), cell(at->of.b), made); break;
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
HWY_INLINE Wide<kGroups> not_held(const Wide<kGroups>& a, const Wide<kGroups>& b, const Wide<kGroups>& tolerance,
                                  const Wide<kGroups>& failed) {
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
