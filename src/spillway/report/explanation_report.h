#pragma once
// Explanations as text and JSON.

#include <string>

#include "spillway/explain/explanation.h"

namespace spillway::report {

/// The tree as indented text: title and value, formula, source, parts, lines, then what stands behind.
std::string to_text(const explain::Explanation& explanation);

/// The tree as JSON: {"name", "title", "value", "unit", "words", "formula", "filled", "source", "rule", "factor", "counted", "parts",
/// "lines", "behind"}, what is empty left out. `lines` are {"title", "columns", "rows", "total_rows"} as in book.json. Numbers at
/// full precision.
std::string to_json(const explain::Explanation& explanation);

}  // namespace spillway::report
