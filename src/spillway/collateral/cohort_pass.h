#pragma once
// CohortPass: loans that survive alike, summed once for any number of speeds and default rates.

#include <memory>
#include <span>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/collateral/project.h"
#include "spillway/pool/pool.h"
#include "spillway/rates/index_paths.h"

namespace spillway::collateral {

/// One pass over the loans of a pool along one rate path or several. Every flow of a loan scales with its balance, and survival depends on
/// its cohort alone; so the cash of a cohort under any speed and default rate is a product of its sums, which no speed and no
/// default rate enters, and its survival. That is exact where `shares_pass` holds. The pool and the scenario must outlive it.
class CohortPass {
 public:
  /// `credits`: every set of assumptions that `cash` will be asked for, or ones that differ from it in nothing but rates of
  /// default above 0; idle ones and null count as none. All must agree in `loan_multiple`, and outlive the pass.
  CohortPass(const pool::Pool& pool, const assumptions::Scenario& scenario, const rates::IndexPaths& indices,
             const Settings& settings, std::span<const assumptions::Credit* const> credits);
  /// The same along several rate paths, at least one.
  CohortPass(const pool::Pool& pool, const assumptions::Scenario& scenario, std::span<const rates::IndexPaths> paths,
             const Settings& settings, std::span<const assumptions::Credit* const> credits);
  ~CohortPass();
  CohortPass(CohortPass&&) noexcept;

  /// Adds the sums of another part of the pool: a pass along the same rate paths, whose group names are numbered alike and whose
  /// credits say the same but for rules by loan. The pool of `part` may go afterwards.
  void add(const CohortPass& part);

  /// The pool's cash under one case, on the (first) rate path. Its credit must treat defaults as one of the pass does (InvariantViolation otherwise).
  cashflow::CollateralCashFlows cash(double speed, const assumptions::Credit* credit) const;

  /// The same on every rate path, in their order.
  std::vector<cashflow::CollateralCashFlows> cash_on_paths(double speed, const assumptions::Credit* credit) const;

 private:
  class Sums;
  std::unique_ptr<Sums> sums_;
};

}  // namespace spillway::collateral
