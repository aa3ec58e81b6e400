#pragma once
// What lanes read of their runs. Private to waterfall.

#include <span>

#include "spillway/waterfall/fixings.h"
#include "spillway/waterfall/lane_program.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

struct PeriodRange {
  std::size_t first = 0, count = 0;
};

/// Writes what a lane's run is in the periods, for each period a cell for each input; 0 in those the run does not have.
/// `lane` is the lane's place in the first cell.
void fill_lane(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, PeriodRange periods, double* lane);

}  // namespace spillway::waterfall
