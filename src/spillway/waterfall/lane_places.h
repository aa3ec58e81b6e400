#pragma once
// Cells of a lane program that share a place. Private to waterfall.

#include <vector>

#include "spillway/kernels/lanes.h"

namespace spillway::waterfall {

/// Makes one cell of those that never hold something that is still read at the same time, so that a program that is run period
/// after period works on fewer. `kept` are cells that are read once it has run; they, those that a period reads before it sets them,
/// and cells that lie side by side stay the cells they are, though others may use them in between. Of `count` cells, written by their
/// numbers.
void share_cells(kernels::LaneProgram& program, std::size_t count, const std::vector<int>& kept);

}  // namespace spillway::waterfall
