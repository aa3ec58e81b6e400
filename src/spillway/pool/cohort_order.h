#pragma once
// The order in which a pool's loans are summed.

#include <cstdint>
#include <vector>

#include "spillway/pool/pool.h"

namespace spillway::pool {

/// Positions of the loans, those that amortize and reset alike side by side (group, index, terms, age, reset calendar), then by
/// rate, fees and balance: loans that nothing tells apart are equal, so the order of the tape changes no bit of a sum.
std::vector<std::uint32_t> cohort_order(const Pool& pool);

/// The pool with its loans in that order, column by column, so that a pass reads them as they lie.
Pool in_cohort_order(Pool pool);

}  // namespace spillway::pool
