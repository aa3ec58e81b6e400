#pragma once
// What leaving loans out of a pool moves.

#include <span>
#include <vector>

#include "spillway/engine/run_book.h"
#include "spillway/pool/pool.h"
#include "spillway/profile/tables.h"

namespace spillway::engine {

/// Rows of a tape, ascending or not.
using TapeRows = std::vector<std::size_t>;

/// Average lives of the pool's principal and of each class under a run, with all loans and without each set of rows of the tape;
/// the other loans are scaled to the same balance. The pool's counts periods as months from cut-off; the classes' is 30/360 from
/// settlement. Rows that are not in the pool move nothing; without any loan left there is no life. Problems that only a run can
/// show come back as issues; those of a run without loans leave its lives empty.
result::Result<profile::Effects> effects_on_deal(const Inputs& inputs, const RunRequest& run, std::span<const TapeRows> without,
                                                 const RunSettings& settings = {});

/// The same of a pool alone, at a constant prepayment rate (annual decimal). Adjustable loans stay at their current rates.
profile::Effects effects_on_pool(const pool::Pool& pool, double cpr, std::span<const TapeRows> without);

}  // namespace spillway::engine
