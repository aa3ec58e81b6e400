#pragma once
// Formulas in words, for prose(). Private to deal.

#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/deal/definition.h"

namespace spillway::deal {

/// "A, B and C".
std::string in_a_row(const std::vector<std::string>& words, const std::string& last = " and ");

/// "December 1, 2003".
std::string date_words(calendar::Date date);

/// "$861,000,000"; cents only where there are any.
std::string dollars(double amount);

/// "0.35%".
std::string percent(double rate);

/// The formula with its known names, functions and comparisons in words. Names of the deal's own (quantities,
/// schedules) stay as they are. `scope`: the class whose formula it is, as "its"; empty: none.
std::string formula_words(const Text& formula, const DealDefinition& definition, const std::string& scope = {});

}  // namespace spillway::deal
