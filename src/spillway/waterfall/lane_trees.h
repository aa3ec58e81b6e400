#pragma once
// Payment trees as lane operations. Private to waterfall.

#include "spillway/deal/deal.h"
#include "spillway/waterfall/lane_code.h"

namespace spillway::waterfall {

/// Adds what `distribute` does: pays up to the cell `amount` into the tree. The cell of what was paid comes back.
int distribute_in_lanes(const deal::Deal& deal, const deal::Node& node, deal::Pay pay, int amount, LaneCode& code);

}  // namespace spillway::waterfall
