#pragma once
// Print patterns, as spreadsheets write them: $#,##0.00, 0.000%, MM/YY. Private to io.

#include <optional>
#include <string_view>

#include "spillway/table/table.h"

namespace spillway::io {

/// Reads a pattern for numbers: a prefix, `0` or `#,##0`, a point and a 0 for every decimal (at most 9), a suffix.
/// The percent sign is a suffix like any other: it does not multiply. Empty if it is no pattern.
std::optional<table::Format> parse_number_pattern(std::string_view pattern);

/// Reads a pattern for dates: MM/YY (02/04), MMMYY (Feb04) or YYYY-MM-DD. Empty if it is none of them.
std::optional<table::Format> parse_date_pattern(std::string_view pattern);

}  // namespace spillway::io
