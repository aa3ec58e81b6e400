#pragma once
// What lanes read of their runs. Private to waterfall.

#include <span>

#include "spillway/waterfall/fixings.h"
#include "spillway/waterfall/lane_program.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// Puts first what runs of one schedule share, then what runs of the same swaps and indices do.
void put_shared_first(std::vector<LaneInput>& inputs);

/// How many inputs, from the first on, the runs share.
std::size_t count_shared(std::span<const LaneInput> inputs, std::span<const RunInputs> runs);

/// Writes what a lane's run is in kLanes periods from `first` on: for each input a row of periods, kLanes rows apart; 0 in periods
/// that the run does not have.
void fill_lane(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, std::size_t first, double* rows);

/// The same for `inputs` that all lanes share, as the longest of the runs has them: the numbers of a period side by side.
void fill_shared(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, std::size_t first,
                 double* numbers);

}  // namespace spillway::waterfall
