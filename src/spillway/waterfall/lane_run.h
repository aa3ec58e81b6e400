#pragma once
// Groups of sixteen runs of one deal side by side. Private to waterfall.

#include <optional>
#include <span>

#include "spillway/waterfall/lane_inputs.h"
#include "spillway/waterfall/lane_program.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// True if the program of lanes knows all that such runs do.
bool goes_in_lanes(const deal::Deal& deal, const RunOptions& options);

/// Makes each result what run_waterfall gives; nothing for a run that has something to report, which goes alone. `program`
/// must be that of the deal and of what the options record. Results given are of an earlier call with the same program:
/// their memory is used again. Where they lie side by side, collateral and fixings of the runs say no more than how long they
/// are, what it began with and what they share.
void run_in_lanes(const deal::Deal& deal, const LaneWaterfall& program, std::span<const RunInputs> runs, const SideBySide& lie,
                  const RunOptions& options, std::span<std::optional<cashflow::DealCashFlows>> results);

}  // namespace spillway::waterfall
