#include "spillway/kernels/paths.h"

#include <algorithm>

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

// A cohort's loans, lane by lane in the order in which lanes are added up.
struct CohortLanes {
  std::vector<const PathLoan*> loans;
  std::vector<std::size_t> ends;  // of the lanes

  explicit CohortLanes(const PathCohort& cohort) { add(cohort, 0, 1); }

  // Whether a lane has no more than one term.
  bool is_single(std::size_t lane) const {
    const std::size_t first = lane > 0 ? ends[lane - 1] : 0, count = ends[lane] - first;
    return count < 2 || (count == 2 && loans[first]->pair == PathLoan::Pair::first);
  }

 private:
  // Lanes first, first + stride, ...
  void add(const PathCohort& cohort, std::size_t first, std::size_t stride) {
    if (stride < cohort.lanes) {
      add(cohort, first, 2 * stride);
      return add(cohort, first + stride, 2 * stride);
    }
    for (const PathLoan& loan : cohort.loans) {
      if (loan.lane == first) loans.push_back(&loan);
    }
    ends.push_back(loans.size());
  }
};

// The sums of a cohort over a tile: balance, interest and the fees that are not shared. Lanes are added up as those of loans are,
// ((0 + 4) + (2 + 6)) + ((1 + 5) + (3 + 7)), with no more of them at hand than that needs.
class Tile {
 public:
  Tile() : space_(hwy::AllocateAligned<double>((kDepth + 1) * kOne)) {}

  Rows sum(const PathCohort& cohort, const CohortLanes& lanes, Standing* standing, std::size_t begin, std::size_t end) {
    for (std::size_t f = 0; f < 4; ++f) used_[2 + f] = !cohort.shared[f];
    lanes_ = &lanes;
    standing_ = standing;
    begin_ = begin;
    end_ = end;
    next_ = 0;
    sum(lanes.ends.size(), 0);
    return rows(0);
  }

 private:
  static constexpr std::size_t kOne = 6 * kRows;
  static constexpr std::size_t kDepth = 4;  // sums at hand while up to eight lanes are added up; one more is for pairs

  void sum(std::size_t lanes, std::size_t depth) {
    if (lanes == 1) {
      clear(depth);
      return run_lane(depth);
    }
    sum(lanes / 2, depth);
    if (lanes == 2 && lanes_->is_single(next_)) return run_lane(depth);  // one term is added without a sum of its own
    sum(lanes / 2, depth + 1);
    add(depth, depth + 1);
  }

  void run_lane(std::size_t depth) {
    const std::size_t first = next_ > 0 ? lanes_->ends[next_ - 1] : 0, last = lanes_->ends[next_];
    ++next_;
    for (std::size_t i = first; i < last; ++i) {
      const PathLoan& loan = *lanes_->loans[i];
      if (loan.calendar.months <= begin_) continue;
      const bool paired = loan.pair != PathLoan::Pair::none;
      if (loan.pair == PathLoan::Pair::first) clear(kDepth);
      run(loan, standing_[i], begin_, end_, rows(paired ? kDepth : depth));
      if (loan.pair == PathLoan::Pair::second) add(depth, kDepth);
    }
  }

  double* at(std::size_t depth) const { return space_.get() + depth * kOne; }

  Rows rows(std::size_t depth) const {
    double* const first = at(depth);
    return {first, first + kRows, {first + 2 * kRows, first + 3 * kRows, first + 4 * kRows, first + 5 * kRows}};
  }

  void clear(std::size_t depth) const {
    for (std::size_t i = 0; i < 6; ++i) {
      if (used_[i]) std::fill_n(at(depth) + i * kRows, kRows, 0.0);
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
  const CohortLanes* lanes_ = nullptr;
  Standing* standing_ = nullptr;
  std::size_t begin_ = 0, end_ = 0, next_ = 0;
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
    for (const PathCohort& cohort : loans.cohorts) count += lanes_.emplace_back(cohort).loans.size();
    standing_ = hwy::AllocateAligned<Standing>(std::max<std::size_t>(count, 1));
    Standing* next = standing_.get();
    for (const CohortLanes& lanes : lanes_) {
      for (const PathLoan* loan : lanes.loans) *next++ = at_the_start(*loan);
    }
  }

  void run(std::size_t begin, std::size_t end, Tile& tile, GroupTile& made) {
    if (loans_.is_known) return made.read(loans_.sums, begin, end);
    made.clear(blocks_);
    Standing* next = standing_.get();
    for (std::size_t c = 0; c < loans_.cohorts.size(); ++c) {
      const PathCohort& cohort = loans_.cohorts[c];
      made.add(cohort, tile.sum(cohort, lanes_[c], next, begin, end), begin, end);
      next += cohort.loans.size();
      if ((c + 1) % kCohortBlock == 0) made.end_block();
    }
    for (std::size_t t = begin; t < std::min(end, loans_.waiting.size()); ++t) made.add_waiting(loans_.waiting[t], t - begin);
    made.close(blocks_);
    if (loans_.sums.vectors[0] != nullptr) made.write(loans_.sums, begin, end);
    settling_.add(made.rows(), 0, end - begin);
  }

  bool settles() const { return loans_.is_known || settling_.holds(); }

 private:
  const PathLoans& loans_;
  bool blocks_;
  Settling settling_;
  std::vector<CohortLanes> lanes_;  // by cohort
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
    if (many) sum.clear(true);
    for (Group& group : groups) {
      group.run(begin, end, tile, made);
      if (many) {
        sum.add(made);
        sum.end_block();
      } else if (&group == groups.data()) {
        made.add_to<true>(total, begin, end);
      } else {
        made.add_to<false>(total, begin, end);
      }
    }
    if (many) {
      sum.close(true);
      sum.write(total, begin, end);
    }
    settling.add(total, begin, end);
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
