// What lanes of loans and lanes of rate paths share: how a rate resets and a payment is recast. Private to kernels.
//
// Included once for every instruction set, by the sources that Highway compiles so.

#if defined(SPILLWAY_KERNELS_LANES_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef SPILLWAY_KERNELS_LANES_INL_H
#undef SPILLWAY_KERNELS_LANES_INL_H
#else
#define SPILLWAY_KERNELS_LANES_INL_H
#endif

#include <hwy/highway.h>

#include <bit>

#include "spillway/kernels/block.h"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<double, kSumLanes>;
using V = hn::Vec<D>;
constexpr std::size_t kWidth = hn::MaxLanes(D());
constexpr double kPerMonth = 1.0 / 12.0;

// Half away from zero, as std::round.
HWY_INLINE V round_half_away(V value) {
  const D d;
  const V whole = hn::Trunc(value);
  const V up = hn::CopySign(hn::Set(d, 1.0), value);
  return hn::IfThenElse(hn::Ge(hn::Abs(hn::Sub(value, whole)), hn::Set(d, 0.5)), hn::Add(whole, up), whole);
}

// To the nearest multiple of `step`, what std::round(rate / step) x step is; unchanged where the step is 0. `per_step` is its
// inverse: a product stands in for the quotient, which takes long, unless a lane is so near to half a step that it might round
// the other way (or has no inverse).
HWY_INLINE V round_to(V rate, V step, V per_step) {
  const D d;
  const V half = hn::Set(d, 0.5), near = hn::Set(d, 1e-6);
  V steps = hn::Mul(rate, per_step);
  if (!hn::AllTrue(d, hn::Ge(hn::Abs(hn::Sub(hn::Abs(hn::Sub(steps, hn::Trunc(steps))), half)), near))) {
    steps = hn::Div(rate, hn::IfThenElse(hn::Gt(step, hn::Zero(d)), step, hn::Set(d, 1.0)));
  }
  return hn::IfThenElse(hn::Gt(step, hn::Zero(d)), hn::Mul(round_half_away(steps), step), rate);
}

// (1 + i)^months - 1 of each vector, by its digits in base 4. Of numbers all above 0 nothing cancels: it is right to the last
// few bits however small i or long the term, and 0 where i is. No branch hangs on a digit.
template <std::size_t N>
HWY_INLINE void compound(const V* i, std::size_t months, V* grown) {
  const D d;
  const V one = hn::Set(d, 1.0), two = hn::Set(d, 2.0);
  V part[4][N];
  for (std::size_t v = 0; v < N; ++v) {
    part[0][v] = hn::Zero(d);
    part[1][v] = i[v];
    part[2][v] = hn::Mul(i[v], hn::Add(two, i[v]));
    part[3][v] = hn::Add(hn::Mul(part[2][v], hn::Add(one, i[v])), i[v]);
  }
  auto shift = static_cast<std::size_t>(std::bit_width(months) - 1) / 2 * 2;
  for (std::size_t v = 0; v < N; ++v) grown[v] = part[months >> shift][v];
  while (shift > 0) {
    shift -= 2;
    const std::size_t digit = (months >> shift) & 3;
    for (std::size_t v = 0; v < N; ++v) {
      const V twice = hn::Mul(grown[v], hn::Add(two, grown[v]));
      const V four_times = hn::Mul(twice, hn::Add(two, twice));
      grown[v] = hn::Add(hn::Mul(four_times, hn::Add(one, part[digit][v])), part[digit][v]);
    }
  }
}

// 1 / step for `round_to`: 0 without a step; NaN of one so small that no product stands in for a quotient.
HWY_INLINE V inverse_step(V step) {
  const D d;
  const V least = hn::Set(d, 1e-6), nan = hn::NaN(d);
  const V inverse = hn::IfThenElse(hn::Ge(step, least), hn::Div(hn::Set(d, 1.0), step), nan);
  return hn::IfThenElseZero(hn::Gt(step, hn::Zero(d)), inverse);
}

// What stands for a group of N vectors from month to month. Rates are annual but for `monthly`.
template <std::size_t N>
struct State {
  V balance[N], rate[N], monthly[N], payment[N];
  bool has_reset = false, has_payment = false;
};

// A level payment at a rate that stays is that of before; for the last months it is worked out anew, to the last digit.
constexpr std::size_t kFewMonths = 40;

// Sets the level payment over `months` months: of all lanes, or of those whose rate has changed.
template <std::size_t N>
HWY_INLINE void recast(State<N>& state, std::size_t months, const V* changed) {
  const D d;
  const V none = hn::Zero(d);
  V grown[N];
  compound<N>(state.monthly, months, grown);
  for (std::size_t v = 0; v < N; ++v) {
    const V i = state.monthly[v];
    const V part = hn::IfThenElse(hn::Gt(grown[v], none), hn::Add(i, hn::Div(i, grown[v])),
                                  hn::Set(d, 1.0 / static_cast<double>(months)));
    const V made = hn::Mul(state.balance[v], part);
    state.payment[v] = changed == nullptr ? made : hn::IfThenElse(hn::Eq(changed[v], none), state.payment[v], made);
  }
}

// Brings a group to the beginning of a segment: rates set anew (index + margin, rounded, within the cap of the current rate
// both ways, within floor and maximum) and the payment recast. `terms` gives vector v of each of the loans' terms.
template <std::size_t N, class Terms>
HWY_INLINE void start(State<N>& state, const BlockSegment& segment, std::size_t amortization, const Terms& terms) {
  const D d;
  V changed[N];
  bool any_changed = false;
  if (segment.index != nullptr) {
    for (std::size_t v = 0; v < N; ++v) {
      V rate = hn::Add(terms.index(segment, v), terms.margin(v));
      if (terms.rounds()) rate = round_to(rate, terms.rounding(v), terms.per_rounding(v));
      const V current = state.rate[v], cap = state.has_reset ? terms.periodic_cap(v) : terms.first_cap(v);
      rate = hn::Min(hn::Max(rate, hn::Sub(current, cap)), hn::Add(current, cap));
      rate = hn::Min(hn::Max(rate, terms.min_rate(v)), terms.max_rate(v));
      const auto same = hn::Eq(rate, current);
      changed[v] = hn::IfThenElse(same, hn::Zero(d), hn::Set(d, 1.0));
      any_changed = any_changed || !hn::AllTrue(d, same);
      state.rate[v] = rate;
      state.monthly[v] = hn::Mul(rate, hn::Set(d, kPerMonth));
    }
    state.has_reset = true;
  }
  if (segment.kind != BlockSegment::Kind::amortizing) return;
  const std::size_t months = amortization - segment.begin;
  const bool anew = !state.has_payment || months <= kFewMonths;
  state.has_payment = true;
  if (anew || any_changed) recast<N>(state, months, anew ? nullptr : changed);
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
