#pragma once
// The value of a formula of a deal file.

#include <functional>
#include <optional>
#include <string_view>

#include "spillway/deal/formula.h"
#include "spillway/explain/source.h"

namespace spillway::explain {

/// The value of a formula whose names have values; empty if some name has none.
using NameValue = std::function<std::optional<double>(std::string_view name)>;
std::optional<double> evaluate(const deal::Expression& formula, const NameValue& value);

/// The formula parsed, names of classes with a hyphen read as one. A deal that was resolved parses.
deal::Expression parsed(const Source& source, const deal::Text& formula);

}  // namespace spillway::explain
