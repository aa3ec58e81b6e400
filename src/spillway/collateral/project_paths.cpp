#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/path_lanes.h"
#include "spillway/collateral/project.h"
#include "spillway/kernels/paths.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using cashflow::CollateralCashFlows;
using pool::Pool;

namespace {

// Calls `project` for a few paths at a time.
void in_groups(std::span<const rates::IndexPaths> paths, const UsePaths& use,
               const std::function<std::span<const CollateralCashFlows>(std::span<const rates::IndexPaths>)>& project) {
  for (std::size_t first = 0; first < paths.size(); first += kernels::kPathGroup) {
    use(first, project(paths.subspan(first, std::min(kernels::kPathGroup, paths.size() - first))));
  }
}

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
  if (fits_path_lanes(plan) && gains_by_path_lanes(plan, paths.size())) {
    PathLanes lanes(plan, scenario.speed);
    return in_groups(paths, use, [&](std::span<const rates::IndexPaths> some) { return lanes.project(some); });
  }
  in_groups(paths, use, [&](std::span<const rates::IndexPaths> some) {
    flows = CohortPass(pool, scenario, some, settings, credits).cash_on_paths(scenario.speed, &scenario.credit);
    return std::span<const CollateralCashFlows>(flows);
  });
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
