#pragma once
// The order of a lane program's batches, and of its cells. Private to waterfall.

#include <vector>

#include "spillway/kernels/lanes.h"

namespace spillway::waterfall {

/// Makes chains of formulas of which one alone waits for the one before, and brings operations of one kind together where none of
/// them waits for another, so that there are fewer batches to go through; what every operation works on, and so every bit, stays
/// as it was. What may be passed over or repeated stays together. Of `cells` cells, written by their numbers; those `kept` are
/// read once the program has run, others that nothing reads besides the next link of a chain are no longer set.
void gather_batches(kernels::LaneProgram& program, std::size_t cells, const std::vector<int>& kept);

/// For each of `count` cells the number that it gets so that the program's stand side by side, in the order in which it comes to
/// them; then all others.
std::vector<int> order_of_cells(kernels::LaneProgram& program, std::size_t count);

/// Makes of the numbers of cells their places, once they are in order.
void place_cells(kernels::LaneProgram& program, const std::vector<int>& order);

}  // namespace spillway::waterfall
