#include "spillway/kernels/paths.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/paths.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/foreach_target.h>

#include "spillway/kernels/lanes.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

constexpr std::size_t kVectors = kPathGroup / kWidth;
constexpr std::size_t kTile = 12;                        // months at a time: their sums stay in the nearest cache
constexpr std::size_t kRows = (kTile + 1) * kPathGroup;  // the balance after the last month with them

// A loan's terms, the same on every path, and its index by path.
struct PathLanes {
  const PathLoan& loan;
  const V& inverse;

  HWY_INLINE V index(const BlockSegment& segment, std::size_t v) const { return hn::LoadU(D(), segment.index + v * kWidth); }
  HWY_INLINE V margin(std::size_t) const { return hn::Set(D(), loan.margin); }
  HWY_INLINE V first_cap(std::size_t) const { return hn::Set(D(), loan.first_cap); }
  HWY_INLINE V periodic_cap(std::size_t) const { return hn::Set(D(), loan.periodic_cap); }
  HWY_INLINE V min_rate(std::size_t) const { return hn::Set(D(), loan.min_rate); }
  HWY_INLINE V max_rate(std::size_t) const { return hn::Set(D(), loan.max_rate); }
  HWY_INLINE bool rounds() const { return loan.rounding > 0.0; }
  HWY_INLINE V rounding(std::size_t) const { return hn::Set(D(), loan.rounding); }
  HWY_INLINE V per_rounding(std::size_t) const { return inverse; }
};

// Where a loan stands between tiles.
struct Standing {
  State<kVectors> state;
  V inverse;  // of the step that rates are rounded to
  std::size_t segment;
};

// Months of a tile: sums by month and path.
struct Rows {
  double *balance, *interest, *fees[4];
};

HWY_INLINE void add_row(double* sums, const V* values) {
  const D d;
  for (std::size_t v = 0; v < kVectors; ++v) {
    hn::StoreU(hn::Add(hn::LoadU(d, sums + v * kWidth), values[v]), d, sums + v * kWidth);
  }
}

template <bool amortizes>
HWY_INLINE void pay(const PathLoan& loan, State<kVectors>& state, std::size_t begin, std::size_t end, const Rows& rows) {
  const D d;
  V balance[kVectors], monthly[kVectors], payment[kVectors];
  for (std::size_t v = 0; v < kVectors; ++v) {
    balance[v] = state.balance[v];
    monthly[v] = state.monthly[v];
    payment[v] = state.payment[v];
  }
  for (std::size_t t = begin; t < end; ++t) {
    V interest[kVectors];
    add_row(rows.balance + t * kPathGroup, balance);
    for (std::size_t f = 0; f < 4; ++f) {
      if (loan.fees[f] == 0.0) continue;
      V fee[kVectors];
      for (std::size_t v = 0; v < kVectors; ++v) {
        fee[v] = hn::Mul(hn::Mul(balance[v], hn::Set(d, kPerMonth)), hn::Set(d, loan.fees[f]));
      }
      add_row(rows.fees[f] + t * kPathGroup, fee);
    }
    for (std::size_t v = 0; v < kVectors; ++v) {
      interest[v] = hn::Mul(balance[v], monthly[v]);
      if constexpr (amortizes) balance[v] = hn::Add(hn::Sub(balance[v], payment[v]), interest[v]);  // one step fewer to wait for
    }
    add_row(rows.interest + t * kPathGroup, interest);
  }
  for (std::size_t v = 0; v < kVectors; ++v) state.balance[v] = balance[v];
}

// One loan from month `begin` to `end` - 1; row 0 is month `begin`. The balance it then has goes to the row after.
HWY_INLINE void run(const PathLoan& loan, Standing& at, std::size_t begin, std::size_t end, const Rows& rows) {
  using Kind = BlockSegment::Kind;
  const auto& segments = loan.calendar.segments;
  const std::size_t last = std::min(end, loan.calendar.months);
  for (std::size_t t = begin; t < last;) {
    const BlockSegment& segment = segments[at.segment];
    const std::size_t stop = std::min(segment.end, last);
    if (t == segment.begin) start(at.state, segment, loan.calendar.amortization, PathLanes{loan, at.inverse});
    if (segment.kind == Kind::interest_only) pay<false>(loan, at.state, t - begin, stop - begin, rows);
    if (segment.kind == Kind::amortizing) pay<true>(loan, at.state, t - begin, stop - begin, rows);
    if (stop == segment.end) ++at.segment;
    t = stop;
  }
  if (loan.calendar.months > end && segments[at.segment].kind != Kind::waiting) {
    add_row(rows.balance + (end - begin) * kPathGroup, at.state.balance);
  }
}

// The sums of a cohort over a tile: balance, interest and the fees that are not shared, in up to eight partial sums and a
// place for pairs.
class Tile {
 public:
  Tile() : space_(hwy::AllocateAligned<double>((kSumLanes + 1) * kOne)) {}

  Rows sum(const PathCohort& cohort, Standing* standing, std::size_t begin, std::size_t end) {
    for (std::size_t f = 0; f < 4; ++f) used_[2 + f] = !cohort.shared[f];
    for (std::size_t lane = 0; lane < cohort.lanes; ++lane) clear(lane);
    for (std::size_t i = 0; i < cohort.loans.size(); ++i) {
      const PathLoan& loan = cohort.loans[i];
      if (loan.calendar.months <= begin) continue;
      const bool paired = loan.pair != PathLoan::Pair::none;
      if (loan.pair == PathLoan::Pair::first) clear(kSumLanes);
      run(loan, standing[i], begin, end, rows(paired ? kSumLanes : loan.lane));
      if (loan.pair == PathLoan::Pair::second) add(loan.lane, kSumLanes);
    }
    // ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)), as the lanes of loans.
    for (std::size_t half = cohort.lanes / 2; half > 0; half /= 2) {
      for (std::size_t lane = 0; lane < half; ++lane) add(lane, lane + half);
    }
    return rows(0);
  }

 private:
  static constexpr std::size_t kOne = 6 * kRows;

  double* at(std::size_t lane) const { return space_.get() + lane * kOne; }

  Rows rows(std::size_t lane) const {
    double* const first = at(lane);
    return {first, first + kRows, {first + 2 * kRows, first + 3 * kRows, first + 4 * kRows, first + 5 * kRows}};
  }

  void clear(std::size_t lane) const {
    for (std::size_t i = 0; i < 6; ++i) {
      if (used_[i]) std::fill_n(at(lane) + i * kRows, kRows, 0.0);
    }
  }

  void add(std::size_t to, std::size_t from) const {
    const D d;
    for (std::size_t i = 0; i < 6; ++i) {
      if (!used_[i]) continue;
      double *sums = at(to) + i * kRows, *more = at(from) + i * kRows;
      for (std::size_t k = 0; k < kRows; k += kWidth) hn::Store(hn::Add(hn::Load(d, sums + k), hn::Load(d, more + k)), d, sums + k);
    }
  }

  hwy::AlignedFreeUniquePtr<double[]> space_;
  bool used_[6] = {true, true};  // balance, interest, the fees that are not shared
};

using Sums = PathSums;

// Adds what survives of a month of a cohort; the terms and their order are those of kernels::add_surviving.
HWY_INLINE void survive(const PathCohort& cohort, const Rows& rows, std::size_t row, std::size_t t, double* const* sums) {
  const D d;
  const V survived = hn::Set(d, cohort.survived[t]), smm = hn::Set(d, cohort.smm[t]), month = hn::Set(d, kPerMonth);
  const std::size_t first = row * kPathGroup;
  for (std::size_t at = first; at < first + kPathGroup; at += kWidth) {
    const auto add = [&](std::size_t vector, V amount) {
      hn::StoreU(hn::Add(hn::LoadU(d, sums[vector] + at), amount), d, sums[vector] + at);
    };
    const V balance = hn::LoadU(d, rows.balance + at), left = hn::LoadU(d, rows.balance + at + kPathGroup);
    add(Sums::interest, hn::Mul(survived, hn::LoadU(d, rows.interest + at)));
    for (std::size_t f = 0; f < 4; ++f) {
      if (cohort.shared[f] && cohort.rate[f] == 0.0) continue;
      const V fee = cohort.shared[f] ? hn::Mul(hn::Mul(balance, month), hn::Set(d, cohort.rate[f])) : hn::LoadU(d, rows.fees[f] + at);
      add(Sums::servicing + f, hn::Mul(survived, fee));
    }
    add(Sums::beginning, hn::Mul(survived, balance));
    add(Sums::scheduled, hn::Mul(survived, hn::Sub(balance, left)));
    add(Sums::prepaid, hn::Mul(hn::Mul(survived, smm), left));
  }
}

// Sums of a tile of the group, with what rounding dropped of them (Neumaier), and the cohorts not yet added.
class GroupTile {
 public:
  GroupTile() : space_(hwy::AllocateAligned<double>(3 * kAll)) {}

  // `blocks`: whether cohorts are added up with compensation; a few are not.
  void clear(bool blocks) { std::fill_n(space_.get(), blocks ? 3 * kAll : kAll, 0.0); }

  void add(const PathCohort& cohort, const Rows& rows, std::size_t begin, std::size_t end) {
    double* open[Sums::kVectors];
    for (std::size_t v = 0; v < Sums::kVectors; ++v) open[v] = space_.get() + v * kTile * kPathGroup;
    for (std::size_t t = std::max(begin, cohort.from); t < end; ++t) survive(cohort, rows, t - begin, t, open);
  }

  void add_waiting(std::span<const double> amounts, std::size_t row) {
    constexpr std::size_t kOf[] = {Sums::beginning, Sums::servicing, Sums::master, Sums::trustee, Sums::premium};
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      double* of = space_.get() + (kOf[i] * kTile + row) * kPathGroup;
      for (std::size_t p = 0; p < kPathGroup; ++p) of[p] += amounts[i];
    }
  }

  void end_block() {
    const D d;
    for (std::size_t i = 0; i < kAll; i += kWidth) {
      double *open = space_.get() + i, *sums = open + kAll, *lost = sums + kAll;
      const V from = hn::Load(d, open), to = hn::Load(d, sums), total = hn::Add(to, from);
      const V dropped = hn::IfThenElse(hn::Ge(hn::Abs(to), hn::Abs(from)), hn::Add(hn::Sub(to, total), from),
                                       hn::Add(hn::Sub(from, total), to));
      hn::Store(hn::Add(hn::Load(d, lost), dropped), d, lost);
      hn::Store(total, d, sums);
      hn::Store(hn::Zero(d), d, open);
    }
  }

  void take(PathSums& made, std::size_t begin, std::size_t end, bool blocks) const {
    for (std::size_t v = 0; v < Sums::kVectors; ++v) {
      const double *open = space_.get() + v * kTile * kPathGroup, *sums = open + kAll, *lost = sums + kAll;
      double* to = made.vectors[v].data() + begin * kPathGroup;
      for (std::size_t i = 0; i < (end - begin) * kPathGroup; ++i) to[i] = blocks ? sums[i] + lost[i] : open[i];
    }
  }

 private:
  static constexpr std::size_t kAll = Sums::kVectors * kTile * kPathGroup;

  hwy::AlignedFreeUniquePtr<double[]> space_;
};

Standing at_the_start(const PathLoan& loan) {
  const D d;
  Standing made;
  for (std::size_t v = 0; v < kVectors; ++v) {
    made.state.balance[v] = hn::Set(d, loan.balance);
    made.state.rate[v] = hn::Set(d, loan.rate);
    made.state.monthly[v] = hn::Mul(made.state.rate[v], hn::Set(d, kPerMonth));
    made.state.payment[v] = hn::Zero(d);
  }
  made.inverse = inverse_step(hn::Set(d, loan.rounding));
  made.segment = 0;
  return made;
}

void project(std::span<const PathCohort> cohorts, std::size_t months, std::span<const std::vector<double>> waiting,
             PathSums& sums) {
  std::size_t loans = 0;
  for (const PathCohort& cohort : cohorts) loans += cohort.loans.size();
  const auto standing = hwy::AllocateAligned<Standing>(std::max<std::size_t>(loans, 1));
  Standing* next = standing.get();
  for (const PathCohort& cohort : cohorts) {
    for (const PathLoan& loan : cohort.loans) *next++ = at_the_start(loan);
  }
  Tile tile;
  GroupTile group;
  const bool blocks = cohorts.size() >= kCohortBlock;
  for (std::size_t begin = 0; begin < months; begin += kTile) {
    const std::size_t end = std::min(begin + kTile, months);
    group.clear(blocks);
    next = standing.get();
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
      group.add(cohorts[c], tile.sum(cohorts[c], next, begin, end), begin, end);
      next += cohorts[c].loans.size();
      if ((c + 1) % kCohortBlock == 0) group.end_block();
    }
    for (std::size_t t = begin; t < std::min(end, waiting.size()); ++t) group.add_waiting(waiting[t], t - begin);
    if (blocks) group.end_block();
    group.take(sums, begin, end, blocks);
  }
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(project);

void project_paths(std::span<const PathCohort> cohorts, std::size_t months, std::span<const std::vector<double>> waiting,
                   PathSums& sums) {
  for (std::vector<double>& vector : sums.vectors) vector.resize(months * kPathGroup);
  HWY_DYNAMIC_DISPATCH(project)(cohorts, months, waiting, sums);
}

}  // namespace spillway::kernels
#endif
