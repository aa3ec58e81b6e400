#pragma once
// Prose: a deal back in numbered English sentences, for counsel to compare with the document.

#include <string>
#include <vector>

#include "spillway/deal/definition.h"

namespace spillway::deal {

/// One step of the waterfall as a sentence, then a line for each lettered clause of a nested tree, indented. `number`
/// counts from 1 and serves steps without a section.
std::vector<std::string> step_prose(const StepDefinition& step, const DealDefinition& definition, std::size_t number);

/// The whole deal, a line each: dates, pool, classes, defined terms, schedules, call, funds, priority of payments.
/// Formulas stay formulas, with known names, functions and comparisons in words.
std::vector<std::string> prose(const DealDefinition& definition);

}  // namespace spillway::deal
