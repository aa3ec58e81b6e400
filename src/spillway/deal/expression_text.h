#pragma once
// A parsed formula written out again. Private to deal.

#include <string>
#include <vector>

#include "spillway/deal/formula.h"

namespace spillway::deal {

/// The expression as a formula: the same names and order, one way of spacing, brackets only where they are needed.
/// Percents as decimals of a percent: 0.115 as "11.50%".
std::string to_text(const Expression& expression);

/// What the least of is taken in `min(a, min(b, c))`: a, b and c; of any other expression, itself.
std::vector<Expression> least_of(const Expression& expression);

}  // namespace spillway::deal
