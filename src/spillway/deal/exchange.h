#pragma once
// Parts of one deal file in place of another's: what a comparison of two deals takes from the one or the other.

#include <set>
#include <string>

#include "spillway/deal/definition.h"

namespace spillway::deal {

/// Names of the quantities and schedules that state the overcollateralization target: `stated` (empty: none is), those that
/// `credit_enhancement_target` mentions, quantities with the word oc or overcollateralization in their name ("oc_floor"), and all
/// quantities and schedules that these stand on.
std::set<std::string> target_names(const DealDefinition& definition, const std::string& stated);

/// `base` with the overcollateralization of `other`: its `credit_enhancement_target`, and of the quantities and schedules called
/// `names` those that it has. Whether the formulas still find all they name, `resolve` says.
DealDefinition with_target_of(DealDefinition base, const DealDefinition& other, const std::set<std::string>& names);

/// `base` with the call of `other`, or without one if that has none.
DealDefinition with_call_of(DealDefinition base, const DealDefinition& other);

/// `base` with the hedges and caps of `other`.
DealDefinition with_hedges_of(DealDefinition base, const DealDefinition& other);

}  // namespace spillway::deal
