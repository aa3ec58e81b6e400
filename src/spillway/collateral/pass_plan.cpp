#include "spillway/collateral/pass_plan.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;

const Credit& credit_of(const Case& given, const Scenario& scenario) { return given.credit ? *given.credit : scenario.credit; }

std::vector<CasesOfPass> passes_of(const Scenario& scenario, std::span<const Case> cases) {
  std::vector<CasesOfPass> passes;
  std::vector<bool> done(cases.size(), false);
  for (std::size_t first = 0; first < cases.size(); ++first) {
    if (done[first]) continue;
    const Credit& leads = credit_of(cases[first], scenario);
    CasesOfPass& pass = passes.emplace_back();
    pass.shared = shares_pass(leads);
    for (std::size_t c = first; c < (pass.shared ? cases.size() : first + 1); ++c) {
      const Credit& credit = credit_of(cases[c], scenario);
      if (done[c] || shares_pass(credit) != pass.shared || credit.loan_multiple != leads.loan_multiple) continue;
      pass.cases.push_back(c);
      done[c] = true;
    }
  }
  return passes;
}

std::vector<const Credit*> credits_of(const CasesOfPass& pass, const Scenario& scenario, std::span<const Case> cases) {
  std::vector<const Credit*> credits;
  for (std::size_t c : pass.cases) credits.push_back(&credit_of(cases[c], scenario));
  return credits;
}

}  // namespace spillway::collateral
