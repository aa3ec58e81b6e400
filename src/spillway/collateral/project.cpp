#include "spillway/collateral/project.h"

#include <algorithm>

#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/loan_by_loan.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/pass_plan.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

bool shares_pass(const Credit& credit) {
  return credit.is_idle() || std::none_of(credit.defaults.begin(), credit.defaults.end(), [](const auto& entry) {
    return std::holds_alternative<assumptions::LossTiming>(entry.second);
  });
}

std::vector<std::vector<cashflow::CollateralCashFlows>> project_cases(const Pool& pool, const Scenario& scenario,
                                                                      std::span<const Case> cases,
                                                                      std::span<const rates::IndexPaths> paths,
                                                                      const Settings& settings) {
  std::vector<std::vector<cashflow::CollateralCashFlows>> flows(paths.size());
  for (auto& path : flows) path.resize(cases.size());
  for (const CasesOfPass& members : passes_of(scenario, cases)) {
    if (!members.shared) {
      const std::size_t c = members.cases.front();
      for (std::size_t p = 0; p < paths.size(); ++p) flows[p][c] = project_loan_by_loan(pool, scenario, cases[c], paths[p], settings);
      continue;
    }
    const std::vector<const Credit*> credits = credits_of(members, scenario, cases);
    const CohortPass pass(pool, scenario, paths, settings, credits);
    for (std::size_t m = 0; m < credits.size(); ++m) {
      auto found = pass.cash_on_paths(cases[members.cases[m]].speed, credits[m]);
      for (std::size_t p = 0; p < paths.size(); ++p) flows[p][members.cases[m]] = std::move(found[p]);
    }
  }
  return flows;
}

std::vector<cashflow::CollateralCashFlows> project_cases(const Pool& pool, const Scenario& scenario,
                                                         std::span<const Case> cases, const rates::IndexPaths& indices,
                                                         const Settings& settings) {
  return std::move(project_cases(pool, scenario, cases, std::span(&indices, 1), settings).front());
}

std::vector<cashflow::CollateralCashFlows> project_speeds(const Pool& pool, const Scenario& scenario,
                                                          std::span<const double> speeds,
                                                          const rates::IndexPaths& indices, const Settings& settings) {
  std::vector<Case> cases;
  for (double speed : speeds) cases.push_back({speed, nullptr});
  return project_cases(pool, scenario, cases, indices, settings);
}

cashflow::CollateralCashFlows project(const Pool& pool, const Scenario& scenario, const rates::IndexPaths& indices,
                                      const Settings& settings) {
  const double speed[] = {scenario.speed};
  return std::move(project_speeds(pool, scenario, speed, indices, settings).front());
}

std::vector<double> rate_path(const Pool& pool, std::size_t loan, const Scenario& scenario,
                              const rates::IndexPaths& indices) {
  const LoanTerms terms = terms_of(pool, loan, assumed_by_group(pool, scenario));
  const FixingTables fixings(pool, indices, terms.remaining_term);
  std::vector<RateSegment> segments;
  rate_segments(pool, loan, terms.gross_rate, terms.remaining_term, fixings, segments);
  std::vector<double> rates(static_cast<std::size_t>(terms.remaining_term));
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const int end = s + 1 < segments.size() ? segments[s + 1].first_period : terms.remaining_term + 1;
    for (int t = segments[s].first_period; t < end; ++t) rates[static_cast<std::size_t>(t - 1)] = segments[s].rate;
  }
  return rates;
}

}  // namespace spillway::collateral
