#include "spillway/kernels/block.h"

#include <algorithm>

#include "spillway/kernels/amortization.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/block.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
using D = hn::CappedTag<double, kSumLanes>;
using V = hn::Vec<D>;
constexpr std::size_t kWidth = hn::MaxLanes(D());
// Wide vectors come with registers enough for twice the loans, whose chains of dependent steps then overlap.
constexpr std::size_t kAtOnce = kWidth >= kSumLanes ? 2 * kSumGroup : kSumGroup;
constexpr std::size_t kVectors = kAtOnce / kWidth;
constexpr std::size_t kParts = kSumLanes / kWidth;            // vectors of a month's sums
constexpr std::size_t kSumVectors = kSumGroup / kWidth;       // vectors added to them at once
constexpr double kPerMonth = 1.0 / 12.0;

// Adds a group's vectors to a month's sums, lane by lane in one order.
HWY_INLINE void add_to(double* sums, const V* values) {
  const D d;
  for (std::size_t p = 0; p < kParts; ++p) {
    V sum = hn::LoadU(d, sums + p * kWidth);
    for (std::size_t first = p; first < kVectors; first += kSumVectors) {
      V total = values[first];
      for (std::size_t v = first + kParts; v < first - p + kSumVectors; v += kParts) total = hn::Add(total, values[v]);
      sum = hn::Add(sum, total);
    }
    hn::StoreU(sum, d, sums + p * kWidth);
  }
}

// Half away from zero, as std::round.
HWY_INLINE V round_half_away(V value) {
  const D d;
  const V whole = hn::Trunc(value);
  const V up = hn::CopySign(hn::Set(d, 1.0), value);
  return hn::IfThenElse(hn::Ge(hn::Abs(hn::Sub(value, whole)), hn::Set(d, 0.5)), hn::Add(whole, up), whole);
}

// index + margin, rounded, within the cap of the current rate both ways, within floor and maximum.
HWY_INLINE V reset(V current, double index, const BlockLoans& loans, const double* caps, std::size_t at) {
  const D d;
  V rate = hn::Add(hn::Set(d, index), hn::LoadU(d, loans.margin + at));
  const V rounding = hn::LoadU(d, loans.rounding + at);
  const auto rounds = hn::Gt(rounding, hn::Zero(d));
  const V step = hn::IfThenElse(rounds, rounding, hn::Set(d, 1.0));
  rate = hn::IfThenElse(rounds, hn::Mul(round_half_away(hn::Div(rate, step)), step), rate);
  const V cap = hn::LoadU(d, caps + at);
  rate = hn::Min(hn::Max(rate, hn::Sub(current, cap)), hn::Add(current, cap));
  return hn::Min(hn::Max(rate, hn::LoadU(d, loans.min_rate + at)), hn::LoadU(d, loans.max_rate + at));
}

// How level payments are worked out: (1 + i)^-n by multiplication loses digits that count where the payment runs long or nearly
// to the end. There the scalar formula serves, or for few months the sum of their discount factors, which loses none.
enum class Annuity { power, sum, scalar };

Annuity annuity_for(std::size_t months, std::size_t paid) {
  constexpr std::size_t kFew = 40, kLong = 120;
  if (months <= kFew) return Annuity::sum;
  return paid > kLong || 3 * paid > months ? Annuity::scalar : Annuity::power;
}

HWY_INLINE V scalar_payment(V balance, V monthly_rate, std::size_t months) {
  const D d;
  HWY_ALIGN double b[kWidth], i[kWidth];
  hn::Store(balance, d, b);
  hn::Store(monthly_rate, d, i);
  for (std::size_t k = 0; k < kWidth; ++k) b[k] = level_payment(b[k], i[k], static_cast<int>(months));
  return hn::Load(d, b);
}

// Each vector's discount factor to the power of `months`; no branch hangs on a bit of it, and the vectors go side by side.
HWY_INLINE void powers(const V* factor, std::size_t months, V* power) {
  const D d;
  const V one = hn::Set(d, 1.0);
  V base[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    base[v] = factor[v];
    power[v] = one;
  }
  for (std::size_t n = months; n != 0; n >>= 1) {
    const auto odd = hn::Gt(hn::Set(d, static_cast<double>(n & 1)), hn::Zero(d));
    for (std::size_t v = 0; v < kVectors; ++v) {
      power[v] = hn::Mul(power[v], hn::IfThenElse(odd, base[v], one));
      base[v] = hn::Mul(base[v], base[v]);
    }
  }
}

// Level payments of a group.
HWY_INLINE void set_payments(const V* balance, const V* monthly_rate, std::size_t months, Annuity annuity, V* payment) {
  const D d;
  const V one = hn::Set(d, 1.0);
  V factor[kVectors], made[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) factor[v] = hn::Div(one, hn::Add(one, monthly_rate[v]));
  if (annuity == Annuity::sum) {
    for (std::size_t v = 0; v < kVectors; ++v) made[v] = factor[v];
    for (std::size_t k = 1; k < months; ++k) {
      for (std::size_t v = 0; v < kVectors; ++v) made[v] = hn::Mul(factor[v], hn::Add(one, made[v]));
    }
    for (std::size_t v = 0; v < kVectors; ++v) payment[v] = hn::Div(balance[v], made[v]);
    return;
  }
  constexpr double kLeast = 1e-5;
  bool by_power = annuity == Annuity::power;
  for (std::size_t v = 0; v < kVectors; ++v) by_power = by_power && hn::AllTrue(d, hn::Ge(monthly_rate[v], hn::Set(d, kLeast)));
  if (!by_power) {
    for (std::size_t v = 0; v < kVectors; ++v) payment[v] = scalar_payment(balance[v], monthly_rate[v], months);
    return;
  }
  powers(factor, months, made);
  for (std::size_t v = 0; v < kVectors; ++v) {
    payment[v] = hn::Div(hn::Mul(balance[v], monthly_rate[v]), hn::Sub(one, made[v]));
  }
}

// One group of loans on its way through the months.
class Group {
 public:
  Group(const BlockLoans& loans, std::size_t at, const BlockSums& sums, double* path)
      : loans_(loans), at_(at), sums_(sums), path_(path) {
    const D d;
    for (const double* fee : loans.fees) {
      if (fee == nullptr) continue;
      for (std::size_t i = 0; i < kAtOnce; ++i) has_fees_ = has_fees_ || fee[at + i] != 0.0;
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      balance_[v] = hn::LoadU(d, loans.balance + at + v * kWidth);
      rate_[v] = hn::LoadU(d, loans.rate + at + v * kWidth);
      monthly_[v] = hn::Div(rate_[v], hn::Set(d, 12.0));
      payment_[v] = changed_[v] = hn::Zero(d);
    }
  }

  HWY_INLINE void run(const BlockSegment& segment, std::size_t amortization) {
    const D d;
    if (segment.resets) set_rates(segment.index);
    if (segment.kind == BlockSegment::Kind::waiting) return keep(segment);
    if (segment.kind == BlockSegment::Kind::interest_only) return pay<false>(segment);
    const Annuity annuity = annuity_for(amortization - segment.begin, segment.end - segment.begin);
    // A level payment at a rate that stays is that of before; towards the end it is worked out anew, to the last digit.
    const bool stays = has_payment_ && annuity == Annuity::power;
    if (!stays || any_changed_) {
      V made[kVectors];
      set_payments(balance_, monthly_, amortization - segment.begin, annuity, made);
      for (std::size_t v = 0; v < kVectors; ++v) {
        payment_[v] = stays ? hn::IfThenElse(hn::Eq(changed_[v], hn::Zero(d)), payment_[v], made[v]) : made[v];
        changed_[v] = hn::Zero(d);
      }
      any_changed_ = false;
    }
    has_payment_ = true;
    pay<true>(segment);
  }

  HWY_INLINE void finish(double* last, double* last_rate) const {
    const D d;
    for (std::size_t v = 0; v < kVectors; ++v) {
      if (last != nullptr) hn::StoreU(before_last_[v], d, last + at_ + v * kWidth);
      if (last_rate != nullptr) hn::StoreU(rate_[v], d, last_rate + at_ + v * kWidth);
    }
  }

 private:
  HWY_INLINE void set_rates(double index) {
    const D d;
    const double* caps = has_reset_ ? loans_.periodic_cap : loans_.first_cap;
    for (std::size_t v = 0; v < kVectors; ++v) {
      const V made = reset(rate_[v], index, loans_, caps, at_ + v * kWidth);
      const auto same = hn::Eq(made, rate_[v]);
      changed_[v] = hn::IfThenElse(same, changed_[v], hn::Set(d, 1.0));
      any_changed_ = any_changed_ || !hn::AllTrue(d, same);
      rate_[v] = made;
      monthly_[v] = hn::Div(made, hn::Set(d, 12.0));
    }
    has_reset_ = true;
  }

  HWY_INLINE void keep(const BlockSegment& segment) {
    if (path_ == nullptr) return;
    const D d;
    for (std::size_t t = segment.begin; t < segment.end; ++t) {
      for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(balance_[v], d, path_ + t * kAtOnce + v * kWidth);
    }
  }

  // The group's state stays in registers: locals that no pointer reaches.
  template <bool amortizes>
  HWY_INLINE void pay(const BlockSegment& segment) {
    const D d;
    V balance[kVectors], before[kVectors], monthly[kVectors], payment[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) {
      balance[v] = before[v] = balance_[v];
      monthly[v] = monthly_[v];
      payment[v] = payment_[v];
    }
    double* const path = path_;
    for (std::size_t t = segment.begin; t < segment.end; ++t) {
      V interest[kVectors];
      add_to(sums_.balance + t * kSumLanes, balance);
      if (has_fees_) add_fees(balance, t);
      if (path != nullptr) {
        for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(balance[v], d, path + t * kAtOnce + v * kWidth);
      }
      for (std::size_t v = 0; v < kVectors; ++v) {
        before[v] = balance[v];
        interest[v] = hn::Mul(balance[v], monthly[v]);
        if constexpr (amortizes) balance[v] = hn::Sub(balance[v], hn::Sub(payment[v], interest[v]));
      }
      add_to(sums_.interest + t * kSumLanes, interest);
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      balance_[v] = balance[v];
      before_last_[v] = before[v];
    }
  }

  HWY_INLINE void add_fees(const V* balance, std::size_t t) const {
    const D d;
    for (std::size_t f = 0; f < 4; ++f) {
      if (loans_.fees[f] == nullptr) continue;
      V fee[kVectors];
      for (std::size_t v = 0; v < kVectors; ++v) {
        fee[v] = hn::Mul(hn::Mul(balance[v], hn::Set(d, kPerMonth)), hn::LoadU(d, loans_.fees[f] + at_ + v * kWidth));
      }
      add_to(sums_.fees[f] + t * kSumLanes, fee);
    }
  }

  const BlockLoans& loans_;
  std::size_t at_;
  const BlockSums& sums_;
  double* path_;
  V balance_[kVectors], rate_[kVectors], monthly_[kVectors], payment_[kVectors], before_last_[kVectors];
  V changed_[kVectors];  // not 0 where the rate has changed since the payment was set
  bool any_changed_ = false, has_reset_ = false, has_payment_ = false, has_fees_ = false;
};

void add_losses(const BlockLosses& losses, const double* path, std::size_t from, std::size_t months, std::size_t at) {
  const D d;
  for (std::size_t t = from; t < months; ++t) {
    const double* now = path + t * kAtOnce;
    const double* then = path + std::min(t + losses.lag, months - 1) * kAtOnce;
    V loss[kVectors], claims[kVectors];
    for (std::size_t v = 0; v < kVectors; ++v) {
      const V balance = hn::LoadU(d, now + v * kWidth), gross = hn::Set(d, losses.severity[t]);
      V net = gross;
      if (losses.net != nullptr) net = hn::Max(hn::Sub(gross, hn::LoadU(d, losses.net + at + v * kWidth)), hn::Zero(d));
      loss[v] = hn::Min(hn::Mul(net, balance), hn::LoadU(d, then + v * kWidth));
      claims[v] = hn::Mul(hn::Sub(gross, net), balance);
    }
    add_to(losses.loss + t * kSumLanes, loss);
    if (losses.net != nullptr) add_to(losses.claims + t * kSumLanes, claims);
  }
}

void project(std::span<const BlockSegment> segments, std::size_t months, std::size_t amortization, const BlockLoans& loans,
             const BlockSums& sums, std::span<const BlockLosses> losses, double* last, double* last_rate) {
  static thread_local std::vector<double> path;
  if (!losses.empty()) path.resize(std::max(path.size(), months * kAtOnce));
  std::size_t from = 0;
  while (from < segments.size() && segments[from].kind == BlockSegment::Kind::waiting) ++from;
  const std::size_t first = from < segments.size() ? segments[from].begin : months;
  for (std::size_t at = 0; at < loans.count; at += kAtOnce) {
    Group group(loans, at, sums, losses.empty() ? nullptr : path.data());
    for (const BlockSegment& segment : segments) group.run(segment, amortization);
    group.finish(last, last_rate);
    for (const BlockLosses& wanted : losses) add_losses(wanted, path.data(), first, months, at);
  }
}

const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(project);
HWY_EXPORT(target_name);

void project_block(std::span<const BlockSegment> segments, std::size_t months, std::size_t amortization,
                   const BlockLoans& loans, const BlockSums& sums, std::span<const BlockLosses> losses, double* last,
                   double* last_rate) {
  HWY_DYNAMIC_DISPATCH(project)(segments, months, amortization, loans, sums, losses, last, last_rate);
}

std::vector<std::string> block_targets() {
  std::vector<std::string> names;
  for (const auto target : hwy::SupportedAndGeneratedTargets()) names.push_back(hwy::TargetName(target));
  return names;
}

std::string block_target() { return HWY_DYNAMIC_DISPATCH(target_name)(); }

void restrict_block_target(const std::string& name) {
  hwy::SetSupportedTargetsForTest(0);
  if (!name.empty()) {
    for (const auto target : hwy::SupportedAndGeneratedTargets()) {
      if (name == hwy::TargetName(target)) hwy::SetSupportedTargetsForTest(target);
    }
  }
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace spillway::kernels
#endif
