#include "spillway/kernels/cohort.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/cohort.cpp"
#include <hwy/foreach_target.h>

#include "spillway/kernels/lanes.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

void add_up(const double* lanes, std::size_t months, double* sums) {
  const hn::CappedTag<double, kSumLanes / 2> half;
  const hn::CappedTag<double, kSumLanes / 4> quarter;
  for (std::size_t t = 0; t < months; ++t) {
    HWY_ALIGN double fours[kSumLanes / 2], twos[kSumLanes / 4];
    const double* of = lanes + t * kSumLanes;
    for (std::size_t i = 0; i < kSumLanes / 2; i += hn::MaxLanes(half)) {
      hn::Store(hn::Add(hn::LoadU(half, of + i), hn::LoadU(half, of + i + kSumLanes / 2)), half, fours + i);
    }
    for (std::size_t i = 0; i < kSumLanes / 4; i += hn::MaxLanes(quarter)) {
      hn::Store(hn::Add(hn::Load(quarter, fours + i), hn::Load(quarter, fours + i + kSumLanes / 4)), quarter, twos + i);
    }
    sums[t] += twos[0] + twos[1];
  }
}

template <class Tag>
HWY_INLINE void survive(Tag d, const CohortMonths& cohort, const Survival& survival, const PoolSums& sums, std::size_t t) {
  const auto add = [&](double* sum, auto amount) { hn::StoreU(hn::Add(hn::LoadU(d, sum + t), amount), d, sum + t); };
  const auto survived = hn::LoadU(d, survival.survived + t);
  const auto balance = hn::LoadU(d, cohort.balance + t), left = hn::LoadU(d, cohort.balance + t + 1);
  double* const fees[] = {sums.servicing_fee, sums.master_servicing_fee, sums.trustee_fee, sums.mi_premium};
  add(sums.gross_interest, hn::Mul(survived, hn::LoadU(d, cohort.interest + t)));
  for (std::size_t f = 0; f < 4; ++f) {
    if (cohort.fees[f] != nullptr) add(fees[f], hn::Mul(survived, hn::LoadU(d, cohort.fees[f] + t)));
  }
  add(sums.balance, hn::Mul(survived, balance));
  add(sums.scheduled, hn::Mul(survived, hn::Sub(balance, left)));
  add(sums.prepaid, hn::Mul(hn::Mul(survived, hn::LoadU(d, survival.smm + t)), left));
}

void add(const CohortMonths& cohort, const Survival& survival, const PoolSums& sums, std::size_t from, std::size_t months) {
  std::size_t t = from;
  for (; t + kWidth <= months; t += kWidth) survive(D(), cohort, survival, sums, t);
  for (; t < months; ++t) survive(hn::CappedTag<double, 1>(), cohort, survival, sums, t);
}

template <class Tag>
HWY_INLINE void add_product(Tag d, const double* parts, const Addend& to, std::size_t t) {
  const auto product = hn::Mul(hn::LoadU(d, parts + t), hn::LoadU(d, to.amounts + t));
  hn::StoreU(hn::Add(hn::LoadU(d, to.sums + t), product), d, to.sums + t);
}

void add_parts(const double* parts, const Addend* addends, std::size_t count, std::size_t begin, std::size_t end) {
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t t = begin;
    for (; t + kWidth <= end; t += kWidth) add_product(D(), parts, addends[i], t);
    for (; t < end; ++t) add_product(hn::CappedTag<double, 1>(), parts, addends[i], t);
  }
}

template <class Tag>
HWY_INLINE void add_window(Tag d, const double* parts, std::size_t lag, std::size_t early, double* all, double* earlier) {
  auto sum = hn::Zero(d);
  for (std::size_t i = 1; i <= early; ++i) sum = hn::Add(sum, hn::LoadU(d, parts + i));
  hn::StoreU(sum, d, earlier);
  for (std::size_t i = early + 1; i <= lag; ++i) sum = hn::Add(sum, hn::LoadU(d, parts + i));
  hn::StoreU(sum, d, all);
}

void windows(const double* parts, std::size_t lag, std::size_t early, std::size_t months, double* all, double* earlier) {
  std::size_t t = 0;
  for (; t + kWidth <= months; t += kWidth) add_window(D(), parts + t, lag, early, all + t, earlier + t);
  for (; t < months; ++t) add_window(hn::CappedTag<double, 1>(), parts + t, lag, early, all + t, earlier + t);
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(add_up);
HWY_EXPORT(add);
HWY_EXPORT(add_parts);
HWY_EXPORT(windows);

void add_lanes(const double* lanes, std::size_t months, double* sums) { HWY_DYNAMIC_DISPATCH(add_up)(lanes, months, sums); }

void add_surviving(const CohortMonths& cohort, const Survival& survival, const PoolSums& sums, std::size_t from,
                   std::size_t months) {
  HWY_DYNAMIC_DISPATCH(add)(cohort, survival, sums, from, months);
}

void add_products(const double* parts, std::span<const Addend> addends, std::size_t begin, std::size_t end) {
  HWY_DYNAMIC_DISPATCH(add_parts)(parts, addends.data(), addends.size(), begin, end);
}

void add_windows(const double* parts, std::size_t lag, std::size_t early, std::size_t months, double* all, double* earlier) {
  HWY_DYNAMIC_DISPATCH(windows)(parts, lag, early, months, all, earlier);
}

}  // namespace spillway::kernels
#endif
