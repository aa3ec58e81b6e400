#pragma once
// PartedProjection: a pool too large to hold, projected part by part.

#include <memory>
#include <span>
#include <vector>

#include "spillway/collateral/project.h"

namespace spillway::collateral {

/// Cases under one scenario and rate path, over a pool whose loans come in parts, one part after another. What `take` gives
/// equals `project_cases` over all loans at once but for the last bits: each part is summed apart.
class PartedProjection {
 public:
  /// `names`: a pool of no loans with the whole pool's groups and indices. All must outlive the projection.
  PartedProjection(const pool::Pool& names, const assumptions::Scenario& scenario, std::span<const Case> cases,
                   const rates::IndexPaths& indices, const Settings& settings);
  ~PartedProjection();
  PartedProjection(PartedProjection&&) noexcept;

  /// Adds loans whose groups and indices are numbered as those of the whole. `cases`: the same with the credit rules as they fall
  /// on these loans; a case without credit of its own takes the scenario's, which then has no rules.
  void add(const pool::Pool& part, std::span<const Case> cases);

  /// The cash flows, one for each case, once every part has been added.
  std::vector<cashflow::CollateralCashFlows> take();

 private:
  class Passes;
  std::unique_ptr<Passes> passes_;
};

}  // namespace spillway::collateral
