#pragma once
// Sums, averages and extremes over loans of the tape, with the loans that weigh most. Private to explain.

#include <string>
#include <vector>

#include "spillway/explain/explanation.h"
#include "spillway/explain/source.h"

namespace spillway::explain {

/// Current balances: columns loan, balance, loans (1 each).
Explanation balances(const engine::Inputs& in, const std::vector<std::size_t>& loans, const Options& options);

/// An attribute averaged, by balance or not, over the loans that have it. No value if none has it.
Explanation average_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, bool by_balance,
                          const Options& options);

/// The sum of an attribute over the loans that have it.
Explanation total_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, const Options& options);

/// The lowest or highest value of an attribute, and loans that have it. No value if none has the attribute.
Explanation extreme_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, bool highest,
                          const Options& options);

}  // namespace spillway::explain
