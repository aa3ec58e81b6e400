#pragma once
// The general projection: each loan under survival of its own. Private to collateral.

#include "spillway/collateral/group_sums.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/project.h"
#include "spillway/collateral/survival.h"

namespace spillway::collateral {

/// One case, loan by loan: for assumptions under which what defaults depends on the loan's own balance, and the definition that
/// `CohortPass` is tested against. Several times slower than a shared pass.
cashflow::CollateralCashFlows project_loan_by_loan(const pool::Pool& pool, const assumptions::Scenario& scenario,
                                                   const Case& given, const rates::IndexPaths& indices,
                                                   const Settings& settings);

/// The loans of a part of the pool added to sums that are not yet finished; `groups` grows to the periods they need.
void add_loan_by_loan(const pool::Pool& pool, const assumptions::Scenario& scenario, const Case& given,
                      const rates::IndexPaths& indices, const Settings& settings, GroupSums& groups);

/// A loan's cohort; one that defaults by a multiple says so itself.
CohortKey cohort_of(const pool::Pool& pool, std::size_t loan, const LoanTerms& terms);

/// The cash of `v`, entry `from` first.
kernels::PoolSums sums_from(cashflow::PoolVectors& v, std::size_t from);

/// Adds a month (0 = period 1) before a loan joins to entry `at`: its balance counts, and fees where the settings charge them; nothing else.
void accumulate_waiting(const pool::Pool& pool, std::size_t loan, const Settings& settings, std::size_t month, std::size_t at,
                        cashflow::PoolVectors& sums);

}  // namespace spillway::collateral
