#pragma once
// Drawing of heads and rows at a place, whatever page it is. Private to pdf.

#include <cstddef>

#include "spillway/pdf/flow.h"
#include "spillway/pdf/table_fit.h"

namespace spillway::pdf {

/// Draws the heads with their rule from `y` down.
void draw_heads(Flow& flow, const FittedTable& table, double x, double y);

/// Draws rows `from` up to, not including, `to`, from `y` down; gives the height they took.
double draw_rows(Flow& flow, const FittedTable& table, std::size_t from, std::size_t to, double x, double y);

}  // namespace spillway::pdf
