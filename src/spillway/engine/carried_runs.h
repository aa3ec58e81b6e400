#pragma once
// What the page needs of runs that are no views. Private to engine.

#include <span>
#include <vector>

#include "spillway/book/carried_run.h"
#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// Of the loss grid: cash, write-downs and shortfalls of its classes, the pool's losses. Of decrement tables: balances of what the
/// views (`viewed`) do not hold. Of yield tables: the class's cash.
std::vector<book::CarriedRun> carried_runs(const Inputs& inputs, const RunSet& set, std::span<const RunRequest> viewed);

}  // namespace spillway::engine
