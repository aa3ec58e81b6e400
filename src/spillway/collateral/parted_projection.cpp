#include "spillway/collateral/parted_projection.h"

#include <optional>

#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/loan_by_loan.h"
#include "spillway/collateral/pass_plan.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

class PartedProjection::Passes {
 public:
  Passes(const Pool& names, const Scenario& scenario, std::span<const Case> cases, const rates::IndexPaths& indices,
         const Settings& settings)
      : scenario_(scenario), indices_(indices), settings_(settings), cases_(cases.begin(), cases.end()) {
    for (CasesOfPass& members : passes_of(scenario, cases)) {
      Pass& pass = passes_.emplace_back();
      if (members.shared) pass.sums.emplace(names, scenario, indices, settings, credits_of(members, scenario, cases));
      else pass.groups.emplace(names, 0, true);  // what shares no pass has defaults
      pass.members = std::move(members);
    }
  }

  void add(const Pool& part, std::span<const Case> cases) {
    for (Pass& pass : passes_) {
      if (pass.sums) {
        pass.sums->add(CohortPass(part, scenario_, indices_, settings_, credits_of(pass.members, scenario_, cases)));
      } else {
        add_loan_by_loan(part, scenario_, cases[pass.members.cases.front()], indices_, settings_, *pass.groups);
      }
    }
  }

  std::vector<cashflow::CollateralCashFlows> take() {
    std::vector<cashflow::CollateralCashFlows> flows(cases_.size());
    for (Pass& pass : passes_) {
      const std::vector<const Credit*> credits = credits_of(pass.members, scenario_, cases_);
      for (std::size_t m = 0; m < credits.size(); ++m) {
        const std::size_t c = pass.members.cases[m];
        flows[c] = pass.sums ? pass.sums->cash(cases_[c].speed, credits[m]) : finish(std::move(*pass.groups), credits[m]);
      }
    }
    return flows;
  }

 private:
  struct Pass {
    CasesOfPass members;
    std::optional<CohortPass> sums;
    std::optional<GroupSums> groups;  // of a case that is projected loan by loan
  };

  const Scenario& scenario_;
  const rates::IndexPaths& indices_;
  Settings settings_;
  std::vector<Case> cases_;
  std::vector<Pass> passes_;
};

PartedProjection::PartedProjection(const Pool& names, const Scenario& scenario, std::span<const Case> cases,
                                   const rates::IndexPaths& indices, const Settings& settings)
    : passes_(std::make_unique<Passes>(names, scenario, cases, indices, settings)) {}

PartedProjection::~PartedProjection() = default;
PartedProjection::PartedProjection(PartedProjection&&) noexcept = default;

void PartedProjection::add(const Pool& part, std::span<const Case> cases) { passes_->add(part, cases); }

std::vector<cashflow::CollateralCashFlows> PartedProjection::take() { return passes_->take(); }

}  // namespace spillway::collateral
