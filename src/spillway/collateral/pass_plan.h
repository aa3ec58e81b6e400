#pragma once
// Which cases share a pass over the loans. Private to collateral.

#include <span>
#include <vector>

#include "spillway/collateral/project.h"

namespace spillway::collateral {

/// Cases of one pass, by position; one that shares none is by itself.
struct CasesOfPass {
  std::vector<std::size_t> cases;
  bool shared = true;
};

/// The credit assumptions of a case: its own, else the scenario's.
const assumptions::Credit& credit_of(const Case& given, const assumptions::Scenario& scenario);

/// Every case in the pass it belongs to: cases of one multiple by loan share one.
std::vector<CasesOfPass> passes_of(const assumptions::Scenario& scenario, std::span<const Case> cases);

/// The credit assumptions of the pass's cases, in their order.
std::vector<const assumptions::Credit*> credits_of(const CasesOfPass& pass, const assumptions::Scenario& scenario,
                                                   std::span<const Case> cases);

}  // namespace spillway::collateral
