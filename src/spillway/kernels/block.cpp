#include "spillway/kernels/block.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/block.cpp"
#include <hwy/foreach_target.h>

#include "spillway/kernels/block_groups.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

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
  for (const BlockSegment& segment : work.calendar.segments) {
    group.begin(segment, work.calendar.amortization);
    group.pay(segment.kind, segment.begin, segment.end);
  }
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

// A small block on its way through its months.
struct SmallBlock {
  using Kind = BlockSegment::Kind;

  const BlockMonths& calendar;
  Group<kParts> group;
  std::size_t at = 0;  // segment

  SmallBlock(const SmallBlockLoans& block, const BlockSums& sums)
      : calendar(block.calendar), group(block.loans, 0, block.loans.count, block.calendar.path, sums, nullptr) {}

  // What it does in month t, and until when: brings `stop` forward.
  HWY_INLINE Kind enter(std::size_t t, std::size_t& stop) {
    if (t >= calendar.months) return Kind::waiting;
    const BlockSegment& segment = calendar.segments[at];
    if (t == segment.begin) group.begin(segment, calendar.amortization);
    stop = std::min(stop, segment.end);
    return segment.kind;
  }

  HWY_INLINE void leave(std::size_t stop) {
    if (at < calendar.segments.size() && stop == calendar.segments[at].end) ++at;
  }
};

void project_two(const SmallBlockLoans& a, const SmallBlockLoans& b, const BlockSums& sums) {
  using Kind = BlockSegment::Kind;
  SmallBlock first(a, sums), second(b, sums);
  const std::size_t end = std::max(a.calendar.months, b.calendar.months);
  for (std::size_t t = 0; t < end;) {
    std::size_t stop = end;
    const Kind of_first = first.enter(t, stop), of_second = second.enter(t, stop);
    if (of_first == Kind::amortizing && of_second == of_first) {
      Group<kParts>::pay_two(first.group, second.group, t, stop);
    } else {
      first.group.pay(of_first, t, stop);
      second.group.pay(of_second, t, stop);
    }
    first.leave(stop);
    second.leave(stop);
    t = stop;
  }
}

const char* target_name() { return hwy::TargetName(HWY_TARGET); }

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(project);
HWY_EXPORT(project_two);
HWY_EXPORT(target_name);

void project_block(const BlockMonths& calendar, const BlockLoans& loans, const BlockSums& sums,
                   std::span<const BlockLosses> losses, double* last, double* last_rate) {
  HWY_DYNAMIC_DISPATCH(project)(calendar, loans, sums, losses, last, last_rate);
}

void project_small_blocks(const SmallBlockLoans& a, const SmallBlockLoans& b, const BlockSums& sums) {
  HWY_DYNAMIC_DISPATCH(project_two)(a, b, sums);
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
