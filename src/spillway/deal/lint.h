#pragma once
// Lint: what is legal in a deal file but odd, and so worth a look before the deal is believed.

#include <string>
#include <vector>

#include "spillway/deal/deal.h"
#include "spillway/deal/definition.h"
#include "spillway/result/issue.h"

namespace spillway::deal {

/// What lies outside the deal file and bears on whether a thing in it is of use.
struct LintContext {
  std::vector<std::string> used_indices;  ///< by the pool's loans or the book's plan
  double pool_balance = 0;                ///< at cut-off, dollars; 0: unknown, the class total serves
};

/// Warnings, each with its place and remedy, in the order of the file's parts: classes and parties that no step pays,
/// interest that ranks behind the class's own principal, calls, funds, accounts, triggers, schedules and indices without use, step-ups
/// without a call, stated credit enhancement that the balances contradict, notionals that start at 0. `deal` is `definition` resolved.
std::vector<result::Issue> lint(const DealDefinition& definition, const Deal& deal, const LintContext& context = {});

}  // namespace spillway::deal
