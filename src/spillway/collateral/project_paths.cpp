#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/path_lanes.h"
#include "spillway/collateral/project.h"
#include "spillway/kernels/paths.h"
#include "spillway/kernels/turn_lanes.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using cashflow::CollateralCashFlows;
using cashflow::CollateralSideBySide;
using cashflow::PoolsSideBySide;
using cashflow::PoolVectors;
using kernels::kPathGroup;
using pool::Pool;

namespace {

// Calls `project` for a few paths at a time.
void in_groups(std::span<const rates::IndexPaths> paths, const UsePaths& use,
               const std::function<std::span<const CollateralCashFlows>(std::span<const rates::IndexPaths>)>& project) {
  for (std::size_t first = 0; first < paths.size(); first += kPathGroup) {
    use(first, project(paths.subspan(first, std::min(kPathGroup, paths.size() - first))));
  }
}

void project_side_by_side(const CohortPlan& plan, std::span<const rates::IndexPaths> paths, Keep keep, const UseSideBySide& use) {
  PathLanes lanes(plan, plan.scenario.speed, keep);
  for (std::size_t first = 0; first < paths.size(); first += kPathGroup) {
    use(first, lanes.project(paths.subspan(first, std::min(kPathGroup, paths.size() - first))));
  }
}

// From side by side to one after the other, in vectors that are used again.
class TurnedOut {
 public:
  std::span<const CollateralCashFlows> turn(const CollateralSideBySide& flows) {
    while (made_.size() < flows.runs) made_.push_back(empty(flows));
    turn(flows, flows.total, [](CollateralCashFlows& one) -> PoolVectors& { return one.total; });
    for (std::size_t g = 0; g < flows.groups.size(); ++g) {
      turn(flows, flows.groups[g], [g](CollateralCashFlows& one) -> PoolVectors& { return one.groups[g]; });
    }
    return std::span(made_).first(flows.runs);
  }

 private:
  static PoolVectors empty(const PoolsSideBySide& pools, std::size_t periods) {
    PoolVectors made;
    made.name = pools.name;
    made.cut_off_balance = pools.cut_off_balance;
    made.resize(periods);
    return made;
  }

  static CollateralCashFlows empty(const CollateralSideBySide& flows) {
    CollateralCashFlows made;
    for (const PoolsSideBySide& group : flows.groups) made.groups.push_back(empty(group, flows.periods));
    made.total = empty(flows.total, flows.periods);
    return made;
  }

  template <class Of>
  void turn(const CollateralSideBySide& flows, const PoolsSideBySide& pools, Of of) {
    for (const cashflow::SideBySideVector& vector : cashflow::side_by_side_vectors()) {
      turn(flows, (pools.*vector.many).data(), [&](CollateralCashFlows& one) { return (of(one).*vector.one).data(); });
    }
    turn(flows, pools.beginning_balance.data() + flows.stride, [&](CollateralCashFlows& one) { return of(one).ending_balance.data(); });
  }

  template <class To>
  void turn(const CollateralSideBySide& flows, const double* from, To to) {
    double* columns[kPathGroup] = {};
    for (std::size_t r = 0; r < flows.runs; ++r) columns[r] = to(made_[r]);
    std::size_t t = 0;
    for (; t + kernels::kLanes <= flows.periods; t += kernels::kLanes) {
      kernels::turn_out(from + t * flows.stride, kPathGroup / kernels::kLanes, flows.stride, columns, t);
    }
    for (std::size_t r = 0; r < flows.runs; ++r) {
      for (std::size_t rest = t; rest < flows.periods; ++rest) columns[r][rest] = from[rest * flows.stride + r];
    }
  }

  std::vector<CollateralCashFlows> made_;
};

bool goes_side_by_side(const CohortPlan& plan, std::size_t paths) { return fits_path_lanes(plan) && gains_by_path_lanes(plan, paths); }

}  // namespace

void project_paths(const Pool& pool, const Scenario& scenario, std::span<const rates::IndexPaths> paths,
                   const Settings& settings, const UsePaths& use) {
  std::vector<CollateralCashFlows> flows;
  if (!shares_pass(scenario.credit)) {
    return in_groups(paths, use, [&](std::span<const rates::IndexPaths> some) {
      flows.clear();
      for (const rates::IndexPaths& path : some) flows.push_back(project(pool, scenario, path, settings));
      return std::span<const CollateralCashFlows>(flows);
    });
  }
  const Credit* credits[] = {&scenario.credit};
  const CohortPlan plan(pool, scenario, settings, credits);
  if (goes_side_by_side(plan, paths.size())) {
    TurnedOut turned;
    return project_side_by_side(plan, paths, Keep::groups, [&](std::size_t first, const auto& many) { use(first, turned.turn(many)); });
  }
  in_groups(paths, use, [&](std::span<const rates::IndexPaths> some) {
    flows = CohortPass(pool, scenario, some, settings, credits).cash_on_paths(scenario.speed, &scenario.credit);
    return std::span<const CollateralCashFlows>(flows);
  });
}

bool project_side_by_side(const Pool& pool, const Scenario& scenario, std::span<const rates::IndexPaths> paths,
                          const Settings& settings, Keep keep, const UseSideBySide& use) {
  if (!shares_pass(scenario.credit)) return false;
  const Credit* credits[] = {&scenario.credit};
  const CohortPlan plan(pool, scenario, settings, credits);
  if (!goes_side_by_side(plan, paths.size())) return false;
  project_side_by_side(plan, paths, keep, use);
  return true;
}

std::vector<CollateralCashFlows> project_paths(const Pool& pool, const Scenario& scenario,
                                               std::span<const rates::IndexPaths> paths, const Settings& settings) {
  std::vector<CollateralCashFlows> all;
  all.reserve(paths.size());
  project_paths(pool, scenario, paths, settings, [&](std::size_t, std::span<const CollateralCashFlows> flows) {
    all.insert(all.end(), flows.begin(), flows.end());
  });
  return all;
}

}  // namespace spillway::collateral
