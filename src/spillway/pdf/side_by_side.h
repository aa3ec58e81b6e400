#pragma once
// Long tables as side-by-side ones: a row for each date or month, a column for each run of rows. Private to pdf.

#include <vector>

#include "spillway/table/table.h"

namespace spillway::pdf {

/// A table whose rows are texts, a date or month that rises, and figures: with the dates down, and the figures of each run of
/// rows with the same texts in columns of their own. Rows without a date come first, as a table of their own. A run of the
/// same first text and figures as one before is a note. Any other table, and one that would have more gaps than figures, is
/// given back as it is.
std::vector<table::Table> side_by_side(const table::Table& table);

}  // namespace spillway::pdf
