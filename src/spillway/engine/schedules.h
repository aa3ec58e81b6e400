#pragma once
// The deal's schedules laid out by period. Private to engine.

#include <cstddef>
#include <vector>

#include "spillway/engine/inputs.h"

namespace spillway::engine {

/// One series per schedule of the deal, entry 0 = period 1.
///
/// A derived balance starts at the schedule's start (unset: all planned principal) and falls each period after the
/// lockout by the least principal that the pool or group pays at any of the speeds: a planned amortization class has two
/// speeds, a targeted one has one.
/// `issues` takes errors of reading loans again.
std::vector<std::vector<double>> lay_out_schedules(const Inputs& inputs, std::size_t periods, std::vector<result::Issue>& issues);

}  // namespace spillway::engine
