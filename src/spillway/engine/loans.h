#pragma once
// Passing over the loans, whether the pool is held or comes in parts. Private to engine.

#include <functional>
#include <vector>

#include "spillway/collateral/cohort_pass.h"
#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// A projection wanted: a scenario along a rate path, and what differs from case to case.
struct Projection {
  struct Case {
    double speed = 1.0;
    CreditChange credit;

    bool operator==(const Case&) const = default;
  };
  const assumptions::Scenario* scenario = nullptr;
  rates::IndexPaths paths;
  std::vector<Case> cases;
};

/// The scenario's credit as its rules fall on the loans of a part; null: as it is stated.
const assumptions::Credit* credit_in(const Inputs& inputs, const LoanParts::Part& part, const assumptions::Scenario* scenario);

/// The cash flows of every case of every projection. Projections that differ in
/// their rate paths alone share a pass. Parts are read once for all of them; the errors are those of reading.
result::Result<std::vector<std::vector<cashflow::CollateralCashFlows>>> project_loans(
    const Inputs& inputs, const std::vector<Projection>& projections, const RunSettings& settings);

/// A pass, and the credit assumptions it was made for.
struct LoanPass {
  std::vector<assumptions::Credit> credits;
  collateral::CohortPass sums;
};

/// A pass for the credit assumptions that `credits` makes of the scenario's. `scenario` must be one of the inputs, and outlive it.
using CreditsOf = std::function<std::vector<assumptions::Credit>(const assumptions::Credit& stated)>;
LoanPass pass_over_loans(const Inputs& inputs, const assumptions::Scenario& scenario, const rates::IndexPaths& paths,
                         const CreditsOf& credits, std::vector<result::Issue>& issues);

}  // namespace spillway::engine
