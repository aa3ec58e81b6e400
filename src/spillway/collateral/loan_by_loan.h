#pragma once
// The general projection: each loan under survival of its own. Private to collateral.

#include "spillway/collateral/group_sums.h"
#include "spillway/collateral/project.h"

namespace spillway::collateral {

/// One case, loan by loan: for assumptions under which what defaults depends on the loan's own balance, and the definition that
/// `CohortPass` is tested against. Several times slower than a shared pass.
cashflow::CollateralCashFlows project_loan_by_loan(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                   const Case& given, const rates::IndexPaths& indices,
                                                   const Settings& settings);

/// The loans of a part of the pool added to sums that are not yet finished; `groups` grows to the periods they need.
void add_loan_by_loan(const pool::Pool& pool, const assumptions::Scenario& scenario, const Case& given,
                      const rates::IndexPaths& indices, const Settings& settings, GroupSums& groups);

}  // namespace spillway::collateral
