#include "spillway/kernels/paths.h"

#include <algorithm>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "spillway/kernels/paths.cpp"
#include <hwy/aligned_allocator.h>
#include <hwy/foreach_target.h>

#include "spillway/kernels/lanes.inc"
#include "spillway/kernels/path_tiles.inc"

HWY_BEFORE_NAMESPACE();
namespace spillway::kernels::HWY_NAMESPACE {

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

// A group on its way through the tiles.
class Group {
 public:
  Group(const PathLoans& loans, double tolerance)
      : loans_(loans), blocks_(loans.cohorts.size() >= kCohortBlock), settling_(tolerance) {
    std::size_t count = 0;
    for (const PathCohort& cohort : loans.cohorts) count += cohort.loans.size();
    standing_ = hwy::AllocateAligned<Standing>(std::max<std::size_t>(count, 1));
    Standing* next = standing_.get();
    for (const PathCohort& cohort : loans.cohorts) {
      for (const PathLoan& loan : cohort.loans) *next++ = at_the_start(loan);
    }
  }

  void run(std::size_t begin, std::size_t end, Tile& tile, GroupTile& made) {
    if (loans_.is_known) return made.read(loans_.sums, begin, end);
    made.clear(blocks_);
    Standing* next = standing_.get();
    for (std::size_t c = 0; c < loans_.cohorts.size(); ++c) {
      const PathCohort& cohort = loans_.cohorts[c];
      made.add(cohort, tile.sum(cohort, next, begin, end), begin, end);
      next += cohort.loans.size();
      if ((c + 1) % kCohortBlock == 0) made.end_block();
    }
    for (std::size_t t = begin; t < std::min(end, loans_.waiting.size()); ++t) made.add_waiting(loans_.waiting[t], t - begin);
    made.close(blocks_);
    if (loans_.sums.vectors[0] != nullptr) made.write(loans_.sums, begin, end);
    settling_.add(made, end - begin);
  }

  bool settles() const { return loans_.is_known || settling_.holds(); }

 private:
  const PathLoans& loans_;
  bool blocks_;
  Settling settling_;
  hwy::AlignedFreeUniquePtr<Standing[]> standing_;
};

bool project(std::span<const PathLoans> all, std::size_t months, double tolerance, const PathSums& total) {
  std::vector<Group> groups;
  for (const PathLoans& loans : all) groups.emplace_back(loans, tolerance);
  Settling settling(tolerance);
  Tile tile;
  GroupTile made, sum;
  const bool many = all.size() > 2;
  for (std::size_t begin = 0; begin < months; begin += kTile) {
    const std::size_t end = std::min(begin + kTile, months);
    sum.clear(many);
    for (Group& group : groups) {
      group.run(begin, end, tile, made);
      sum.add(made);
      if (many) sum.end_block();
    }
    sum.close(many);
    sum.write(total, begin, end);
    settling.add(sum, end - begin);
  }
  return settling.holds() && std::all_of(groups.begin(), groups.end(), [](const Group& group) { return group.settles(); });
}

}  // namespace spillway::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace spillway::kernels {

HWY_EXPORT(project);

bool project_paths(std::span<const PathLoans> groups, std::size_t months, double tolerance, const PathSums& total) {
  return HWY_DYNAMIC_DISPATCH(project)(groups, months, tolerance, total);
}

}  // namespace spillway::kernels
#endif
