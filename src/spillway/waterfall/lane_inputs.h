#pragma once
// What lanes read of their runs. Private to waterfall.

#include <span>

#include "spillway/cashflow/side_by_side.h"
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

/// Where the runs lie side by side, if they do: lane 0 is run `first`, a multiple of kLanes.
struct SideBySide {
  const cashflow::CollateralSideBySide* collateral = nullptr;
  const FixingsSideBySide* fixings = nullptr;
  std::size_t first = 0;
};

/// How many inputs, at the end of all, are then read as they lie; the runs share the others.
std::size_t count_side_by_side(std::span<const LaneInput> inputs);

/// Writes those: what kLanes lanes from `lane` on are in kLanes periods from `first` on, in the cells of a period one after the other,
/// `apart` cells from one period's to the next one's.
void fill_side_by_side(std::span<const LaneInput> inputs, const SideBySide& runs, std::size_t lane, std::size_t first,
                       std::size_t apart, kernels::LaneCell* cells);

}  // namespace spillway::waterfall
