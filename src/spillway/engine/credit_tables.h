#pragma once
// The book's tables on losses: which runs they need, and what is made of them. Private to engine.

#include <vector>

#include "spillway/book/tables.h"
#include "spillway/engine/break_evens.h"
#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// The runs that the loss tables of the plan need.
std::vector<RunRequest> credit_requests(const Inputs& inputs);

/// Those of the loss grid alone, in the order of its rows; none without one.
std::vector<RunRequest> loss_grid_requests(const Inputs& inputs);

/// The classes and combinations that the loss tables of the plan are about.
std::vector<std::string> credit_classes(const Inputs& inputs);

/// The loss tables of the plan, from these runs and break-evens.
std::vector<table::Table> credit_tables(const Inputs& inputs, const RunSet& set,
                                        std::span<const book::BreakEvenRow> break_evens);

}  // namespace spillway::engine
