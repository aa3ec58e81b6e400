#pragma once
// What lanes read of their runs. Private to waterfall.

#include <span>

#include "spillway/waterfall/fixings.h"
#include "spillway/waterfall/lane_program.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// Writes what a lane's run is in kLanes periods from `first` on: for each input a row of periods, kLanes rows apart; 0 in periods
/// that the run does not have.
void fill_lane(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, std::size_t first, double* rows);

}  // namespace spillway::waterfall
