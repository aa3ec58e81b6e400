#pragma once
// A pool along many rate paths at once, paths in lanes. Private to collateral.

#include <memory>
#include <span>

#include "spillway/cashflow/side_by_side.h"
#include "spillway/collateral/cohort_plan.h"

namespace spillway::collateral {

/// True if lanes of paths serve: nothing defaults, and each cohort is summed in one go.
bool fits_path_lanes(const CohortPlan& plan);

/// True if they are quicker than lanes of loans, path by path: where blocks have few loans.
bool gains_by_path_lanes(const CohortPlan& plan, std::size_t paths);

/// Projects a plan's loans, a few paths at a time. The plan must outlive it.
class PathLanes {
 public:
  /// `speed` in place of the scenario's.
  PathLanes(const CohortPlan& plan, double speed, Keep keep);
  ~PathLanes();

  /// The cash flows along at most kernels::kPathGroup paths; they are overwritten by the next call.
  const cashflow::CollateralSideBySide& project(std::span<const rates::IndexPaths> paths);

 private:
  class Run;
  std::unique_ptr<Run> run_;
};

}  // namespace spillway::collateral
