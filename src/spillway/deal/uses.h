#pragma once
// Which names a deal's formulas mention. Private to deal.

#include <set>
#include <string>
#include <vector>

#include "spillway/deal/definition.h"

namespace spillway::deal {

/// Names of the classes with a hyphen in them, which formulas must not read as a subtraction.
std::vector<std::string> hyphenated_names(const DealDefinition& definition);

/// Every name that some formula of the deal mentions. A name in a class's own formula stands there twice: as written,
/// and as the class's ("margin", "A-1.margin"), since either may be meant.
std::set<std::string> names_in_formulas(const DealDefinition& definition);

/// The names that one formula mentions; none if it cannot be parsed.
std::set<std::string> names_in(const Text& formula, const std::vector<std::string>& hyphenated);

/// The classes and parties a tree pays, groups written out.
std::set<std::string> receivers_of(const Distribution& to, const DealDefinition& definition);

}  // namespace spillway::deal
