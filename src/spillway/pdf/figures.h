#pragma once
// Charts the book's tables and views hold without saying so: average life and margin against speed, overcollateralization
// against its target, excess spread, losses. Private to pdf.

#include <vector>

#include "spillway/book/book.h"
#include "spillway/pdf/chart.h"

namespace spillway::pdf {

/// Average life and discount margin against speed, from the price-DM tables of a section; none if it has none.
std::vector<Plot> speed_figures(const book::Section& section);

/// Overcollateralization against its target and excess spread, from the view of the first scenario to maturity at the speed
/// nearest 100; none if the book has no views or neither was ever above zero.
std::vector<Plot> enhancement_figures(const book::Book& book);

/// Columns of a table by period against its first dates: of the credit schedule and of the collateral's losses.
std::vector<Plot> schedule_figures(const table::Table& table);

}  // namespace spillway::pdf
