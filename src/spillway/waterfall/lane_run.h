#pragma once
// Up to eight runs of one deal side by side. Private to waterfall.

#include <optional>
#include <span>
#include <vector>

#include "spillway/waterfall/lane_program.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// True if the program of lanes knows all that such runs do.
bool goes_in_lanes(const deal::Deal& deal, const RunOptions& options);

/// What run_waterfall gives for each of at most kernels::kLanes runs; nothing for a run that has something to report, which goes alone.
/// `program` must be that of the deal and of what the options record.
std::vector<std::optional<cashflow::DealCashFlows>> run_in_lanes(const deal::Deal& deal, const LaneWaterfall& program,
                                                                 std::span<const RunInputs> runs, const RunOptions& options);

}  // namespace spillway::waterfall
