#include "spillway/collateral/path_lanes.h"

#include <algorithm>

#include "spillway/collateral/group_sums.h"
#include "spillway/kernels/paths.h"

namespace spillway::collateral {

using cashflow::CollateralSideBySide;
using kernels::kPathGroup;
using kernels::PathCohort;
using kernels::PathLoan;
using pool::Pool;

namespace {

PathLoan loan_of(const CohortPlan& plan, const Block& block, std::size_t loan, const SharedFees& fees) {
  const Pool& pool = plan.pool;
  PathLoan made;
  made.calendar.months = static_cast<std::size_t>(block.key.months);
  made.calendar.amortization = static_cast<std::size_t>(block.key.amortization);
  made.balance = pool.balance[loan];
  made.rate = terms_of(pool, loan, plan.assumed).gross_rate;
  for (std::size_t f = 0; f < 4; ++f) made.fees[f] = fees.shared[f] ? 0.0 : (pool.*kFeeColumns[f])[loan];
  if (block.key.index < 0) return made;
  made.margin = pool.margin[loan];
  made.first_cap = pool.first_cap[loan];
  made.periodic_cap = pool.periodic_cap[loan];
  made.max_rate = pool.max_rate[loan];
  made.min_rate = pool.min_rate[loan];
  made.rounding = pool.rounding[loan];
  return made;
}

// The loans of a block in the order in which block kernels add them: i and i + 8 of every sixteen together.
void add_loans(const CohortPlan& plan, const Block& block, const PathLoan& like, const SharedFees& fees, PathCohort& cohort) {
  using kernels::kSumGroup;
  using kernels::kSumLanes;
  for (std::size_t group = 0; group < block.loans.size(); group += kSumGroup) {
    const std::size_t end = std::min(group + kSumGroup, block.loans.size());
    for (std::size_t lane = 0; lane < kSumLanes && group + lane < end; ++lane) {
      const bool paired = group + lane + kSumLanes < end;
      for (std::size_t i = group + lane; i < end; i += kSumLanes) {
        PathLoan& loan = cohort.loans.emplace_back(loan_of(plan, block, block.loans[i], fees));
        loan.calendar.segments = like.calendar.segments;
        loan.lane = lane;
        if (paired) loan.pair = i == group + lane ? PathLoan::Pair::first : PathLoan::Pair::second;
        while (cohort.lanes <= lane) cohort.lanes *= 2;
      }
    }
  }
}

kernels::PathSums sums_of(cashflow::PoolsSideBySide& pools) {
  kernels::PathSums made;
  const auto vectors = cashflow::side_by_side_vectors();  // in the order of PathSums
  if (pools.beginning_balance.empty()) return made;
  for (std::size_t v = 0; v < kernels::PathSums::kVectors; ++v) made.vectors[v] = (pools.*vectors[v].many).data();
  return made;
}

}  // namespace

bool fits_path_lanes(const CohortPlan& plan) {
  return plan.shapes.empty() && std::all_of(plan.cohorts.begin(), plan.cohorts.end(), [&](const PlannedCohort& cohort) {
           return chunks_of(plan.blocks_of(cohort)).size() == 1;
         });
}

bool gains_by_path_lanes(const CohortPlan& plan, std::size_t paths) {
  using kernels::kSumLanes;
  std::size_t of_loans = 0;
  for (const Block& block : plan.blocks) of_loans += (block.loans.size() + kSumLanes - 1) / kSumLanes * paths;
  const std::size_t of_paths = plan.order.size() * ((paths + kPathGroup - 1) / kPathGroup) * (kPathGroup / kSumLanes);
  return of_paths < of_loans;
}

class PathLanes::Run {
 public:
  Run(const CohortPlan& plan, double speed, Keep keep)
      : plan_(plan), months_(static_cast<std::size_t>(plan.maturity)), fixings_(plan.pool, kPathGroup, plan.maturity) {
    for (const Block& block : plan.blocks) cut_months(block.key, fixings_, segments_.emplace_back());
    groups_.resize(plan.pool.groups.size());
    add_cohorts(speed);
    flows_.total.name = "pool";
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      add_waiting(g);
      cashflow::PoolsSideBySide& made = flows_.groups.emplace_back();
      made.name = plan.pool.groups[g];
      made.cut_off_balance = groups_[g].cut_off_balance;
      flows_.total.cut_off_balance += made.cut_off_balance;
    }
    std::vector<std::size_t> without;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      if (keep == Keep::total && groups_[g].adjusts) without.push_back(g);  // the others are projected once, and kept for that
    }
    cashflow::resize(flows_, kPathGroup, kPathGroup, months_, without);
  }

  const CollateralSideBySide& project(std::span<const rates::IndexPaths> paths) {
    fixings_.fill(paths);
    std::vector<kernels::PathLoans> loans;
    for (std::size_t g = 0; g < groups_.size(); ++g) {
      Group& group = groups_[g];
      // One that adjusts to nothing is the same on every path.
      loans.push_back({group.cohorts, group.waiting, sums_of(flows_.groups[g]), group.is_done && !group.adjusts});
      group.is_done = true;
    }
    flows_.runs = paths.size();
    if (kernels::project_paths(loans, months_, kTolerance, sums_of(flows_.total))) return flows_;
    for (std::size_t p = 0; p < paths.size(); ++p) cashflow::run_of(flows_, p);  // holds to the tolerance of its balance, or throws
    return flows_;
  }

 private:
  static constexpr double kTolerance = 1e-6;  // dollars; cashflow::check_identities allows more above $1bn

  struct Group {
    std::vector<PathCohort> cohorts;
    double cut_off_balance = 0, open_balance = 0;
    bool adjusts = false, is_done = false;
    std::vector<std::vector<double>> waiting;

    void end_block() {
      cut_off_balance += open_balance;
      open_balance = 0.0;
    }
  };

  void add_cohorts(double speed) {
    Survival survival(plan_.pool, plan_.scenario, speed, nullptr);
    CohortSurvival own;
    for (const PlannedCohort& planned : plan_.cohorts) {
      Group& group = groups_[static_cast<std::size_t>(planned.key.group)];
      PathCohort& cohort = group.cohorts.emplace_back();
      survival.fill(own, planned.key, plan_.maturity);
      cohort.from = static_cast<std::size_t>(planned.key.first_period) - 1;
      cohort.survived = own.survived;
      cohort.smm = own.smm;
      std::copy_n(planned.fees.shared, 4, cohort.shared);
      std::copy_n(planned.fees.rate, 4, cohort.rate);
      for (std::size_t b = planned.first_block; b < planned.end_block; ++b) {
        const Block& block = plan_.blocks[b];
        PathLoan like;
        like.calendar.segments = segments_[b];
        add_loans(plan_, block, like, planned.fees, cohort);
        group.adjusts = group.adjusts || block.key.index >= 0;
      }
      // In blocks, as group sums are.
      group.open_balance += planned.cut_off_balance;
      if (group.cohorts.size() % kernels::kCohortBlock == 0) group.end_block();
    }
    for (Group& group : groups_) group.end_block();
  }

  void add_waiting(std::size_t g) {
    const std::vector<long double>& sums = plan_.waiting[g];
    for (std::size_t i = 0; i < sums.size(); i += 5) {
      std::vector<double>& month = groups_[g].waiting.emplace_back();
      for (std::size_t k = 0; k < 5; ++k) month.push_back(static_cast<double>(sums[i + k]));
    }
  }

  const CohortPlan& plan_;
  std::size_t months_;
  FixingTables fixings_;
  std::vector<std::vector<kernels::BlockSegment>> segments_;  // by block
  std::vector<Group> groups_;
  CollateralSideBySide flows_;
};

PathLanes::PathLanes(const CohortPlan& plan, double speed, Keep keep) : run_(std::make_unique<Run>(plan, speed, keep)) {}
PathLanes::~PathLanes() = default;

const CollateralSideBySide& PathLanes::project(std::span<const rates::IndexPaths> paths) { return run_->project(paths); }

}  // namespace spillway::collateral
