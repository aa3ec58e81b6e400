#pragma once
// What a book's figures are counted from. Private to engine.

#include "spillway/book/basis.h"
#include "spillway/engine/inputs.h"

namespace spillway::engine {

/// The deal's dates and balances, and which run each table of the plan is read from.
book::Basis book_basis(const Inputs& inputs);

}  // namespace spillway::engine
