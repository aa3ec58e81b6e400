#include "spillway/kernels/block.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/block.cpp"
#include <hwy/foreach_target.h>

#include "spillway/kernels/lanes.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

// Wide vectors come with registers enough for twice the loans, whose chains of dependent steps then overlap.
constexpr std::size_t kAtOnce = kWidth >= kSumLanes ? 2 * kSumGroup : kSumGroup;
constexpr std::size_t kParts = kSumLanes / kWidth;            // vectors of a month's sums
constexpr std::size_t kSumVectors = kSumGroup / kWidth;       // vectors added to them at once

// Adds a group's vectors to a month's sums, lane by lane in one order.
template <std::size_t N>
HWY_INLINE void add_to(double* sums, const V* values) {
  const D d;
  for (std::size_t p = 0; p < kParts; ++p) {
    V sum = hn::LoadU(d, sums + p * kWidth);
    for (std::size_t first = p; first < N; first += kSumVectors) {
      V total = values[first];
      for (std::size_t v = first + kParts; v < first - p + kSumVectors && v < N; v += kParts) total = hn::Add(total, values[v]);
      sum = hn::Add(sum, total);
    }
    hn::StoreU(sum, d, sums + p * kWidth);
  }
}

// The terms of loans from `at` on, side by side.
template <std::size_t N>
struct LoanLanes {
  const BlockLoans& loans;
  std::size_t at, path;
  bool has_rounding = false;
  V inverse[N];

  LoanLanes(const BlockLoans& all, std::size_t from, std::size_t on_path) : loans(all), at(from), path(on_path) {
    if (loans.rounding == nullptr) return;
    for (std::size_t v = 0; v < N; ++v) {
      has_rounding = has_rounding || !hn::AllTrue(D(), hn::Eq(rounding(v), hn::Zero(D())));
      inverse[v] = inverse_step(rounding(v));
    }
  }

  HWY_INLINE V load(const double* column, std::size_t v) const { return hn::LoadU(D(), column + at + v * kWidth); }
  HWY_INLINE V index(const BlockSegment& segment, std::size_t) const { return hn::Set(D(), segment.index[path]); }
  HWY_INLINE V margin(std::size_t v) const { return load(loans.margin, v); }
  HWY_INLINE V first_cap(std::size_t v) const { return load(loans.first_cap, v); }
  HWY_INLINE V periodic_cap(std::size_t v) const { return load(loans.periodic_cap, v); }
  HWY_INLINE V min_rate(std::size_t v) const { return load(loans.min_rate, v); }
  HWY_INLINE V max_rate(std::size_t v) const { return load(loans.max_rate, v); }
  HWY_INLINE bool rounds() const { return has_rounding; }
  HWY_INLINE V rounding(std::size_t v) const { return load(loans.rounding, v); }
  HWY_INLINE V per_rounding(std::size_t v) const { return inverse[v]; }
};

// One group of N vectors of loans on its way through the months.
template <std::size_t N>
class Group {
 public:
  Group(const BlockLoans& loans, std::size_t at, std::size_t count, std::size_t rates, const BlockSums& sums, double* path)
      : terms_(loans, at, rates), sums_(sums), path_(path) {
    for (const double* fee : loans.fees) {
      if (fee == nullptr) continue;
      for (std::size_t i = 0; i < N * kWidth; ++i) has_fees_ = has_fees_ || fee[at + i] != 0.0;
    }
    for (std::size_t v = 0; v < N; ++v) {
      const std::size_t here = count > v * kWidth ? count - v * kWidth : 0;
      state_.balance[v] = before_last_[v] = hn::IfThenElseZero(hn::FirstN(D(), here), terms_.load(loans.balance, v));
      state_.rate[v] = terms_.load(loans.rate, v);
      state_.monthly[v] = hn::Mul(state_.rate[v], hn::Set(D(), kPerMonth));
      state_.payment[v] = hn::Zero(D());
    }
  }

  HWY_INLINE void run(const BlockSegment& segment, std::size_t amortization) {
    start(state_, segment, amortization, terms_);
    if (segment.kind == BlockSegment::Kind::waiting) return keep(segment);
    if (segment.kind == BlockSegment::Kind::interest_only) return pay<false>(segment);
    pay<true>(segment);
  }

  HWY_INLINE void finish(double* last, double* last_rate) const {
    const D d;
    for (std::size_t v = 0; v < N; ++v) {
      if (last != nullptr) hn::StoreU(before_last_[v], d, last + terms_.at + v * kWidth);
      if (last_rate != nullptr) hn::StoreU(state_.rate[v], d, last_rate + terms_.at + v * kWidth);
    }
  }

 private:
  HWY_INLINE void keep(const BlockSegment& segment) {
    if (path_ == nullptr) return;
    for (std::size_t t = segment.begin; t < segment.end; ++t) store(state_.balance, t);
  }

  HWY_INLINE void store(const V* balance, std::size_t t) const {
    for (std::size_t v = 0; v < N; ++v) hn::StoreU(balance[v], D(), path_ + t * kAtOnce + v * kWidth);
  }

  // The group's state stays in registers: locals that no pointer reaches.
  template <bool amortizes>
  HWY_INLINE void pay(const BlockSegment& segment) {
    V balance[N], before[N], monthly[N], payment[N];
    for (std::size_t v = 0; v < N; ++v) {
      balance[v] = before[v] = state_.balance[v];
      monthly[v] = state_.monthly[v];
      payment[v] = state_.payment[v];
    }
    for (std::size_t t = segment.begin; t < segment.end; ++t) {
      V interest[N];
      add_to<N>(sums_.balance + t * kSumLanes, balance);
      if (has_fees_) add_fees(balance, t);
      if (path_ != nullptr) store(balance, t);
      for (std::size_t v = 0; v < N; ++v) {
        before[v] = balance[v];
        interest[v] = hn::Mul(balance[v], monthly[v]);
        if constexpr (amortizes) balance[v] = hn::Add(hn::Sub(balance[v], payment[v]), interest[v]);  // one step fewer to wait for
      }
      add_to<N>(sums_.interest + t * kSumLanes, interest);
    }
    for (std::size_t v = 0; v < N; ++v) {
      state_.balance[v] = balance[v];
      before_last_[v] = before[v];
    }
  }

  HWY_INLINE void add_fees(const V* balance, std::size_t t) const {
    for (std::size_t f = 0; f < 4; ++f) {
      if (terms_.loans.fees[f] == nullptr) continue;
      V fee[N];
      for (std::size_t v = 0; v < N; ++v) {
        fee[v] = hn::Mul(hn::Mul(balance[v], hn::Set(D(), kPerMonth)), terms_.load(terms_.loans.fees[f], v));
      }
      add_to<N>(sums_.fees[f] + t * kSumLanes, fee);
    }
  }

  LoanLanes<N> terms_;
  const BlockSums& sums_;
  double* path_;
  State<N> state_;
  V before_last_[N];
  bool has_fees_ = false;
};

template <std::size_t N>
void add_losses(const BlockLosses& losses, const double* path, std::size_t from, std::size_t months, std::size_t at) {
  const D d;
  for (std::size_t t = from; t < months; ++t) {
    const double* now = path + t * kAtOnce;
    const double* then = path + std::min(t + losses.lag, months - 1) * kAtOnce;
    V loss[N], claims[N];
    for (std::size_t v = 0; v < N; ++v) {
      const V balance = hn::LoadU(d, now + v * kWidth), gross = hn::Set(d, losses.severity[t]);
      V net = gross;
      if (losses.net != nullptr) net = hn::Max(hn::Sub(gross, hn::LoadU(d, losses.net + at + v * kWidth)), hn::Zero(d));
      loss[v] = hn::Min(hn::Mul(net, balance), hn::LoadU(d, then + v * kWidth));
      claims[v] = hn::Mul(hn::Sub(gross, net), balance);
    }
    add_to<N>(losses.loss + t * kSumLanes, loss);
    if (losses.net != nullptr) add_to<N>(losses.claims + t * kSumLanes, claims);
  }
}

struct Work {
  const BlockMonths& calendar;
  const BlockLoans& loans;
  const BlockSums& sums;
  std::span<const BlockLosses> losses;
  double *last, *last_rate, *path;  // path null: no losses

  std::size_t first() const {
    const auto& segments = calendar.segments;
    const auto pays = std::find_if(segments.begin(), segments.end(),
                                   [](const BlockSegment& segment) { return segment.kind != BlockSegment::Kind::waiting; });
    return pays != segments.end() ? pays->begin : calendar.months;
  }
};

// `count` loans from `at` on, in groups of N vectors or fewer.
template <std::size_t N>
void project_from(const Work& work, std::size_t at, std::size_t count) {
  if constexpr (N > kParts) {
    if (count <= (N - kParts) * kWidth) return project_from<N - kParts>(work, at, count);
  }
  Group<N> group(work.loans, at, count, work.calendar.path, work.sums, work.path);
  for (const BlockSegment& segment : work.calendar.segments) group.run(segment, work.calendar.amortization);
  group.finish(work.last, work.last_rate);
  if (work.path == nullptr) return;
  const std::size_t first = work.first();
  for (const BlockLosses& wanted : work.losses) add_losses<N>(wanted, work.path, first, work.calendar.months, at);
}

void project(const BlockMonths& calendar, const BlockLoans& loans, const BlockSums& sums, std::span<const BlockLosses> losses,
             double* last, double* last_rate) {
  static thread_local std::vector<double> path;
  if (!losses.empty()) path.resize(std::max(path.size(), calendar.months * kAtOnce));
  const Work work{calendar, loans, sums, losses, last, last_rate, losses.empty() ? nullptr : path.data()};
  for (std::size_t at = 0; at < loans.count; at += kAtOnce) {
    project_from<kAtOnce / kWidth>(work, at, std::min(kAtOnce, loans.count - at));
  }
}

const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(project);
HWY_EXPORT(target_name);

void project_block(const BlockMonths& calendar, const BlockLoans& loans, const BlockSums& sums,
                   std::span<const BlockLosses> losses, double* last, double* last_rate) {
  HWY_DYNAMIC_DISPATCH(project)(calendar, loans, sums, losses, last, last_rate);
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
