#pragma once
// The loans that contribute most to the figures of a book. Private to engine.

#include <span>

#include "spillway/book/largest_loans.h"
#include "spillway/engine/run_book.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::engine {

/// Of every row of `tables`, and of the price-DM runs in `set`, save where the loans that reach the period x months to it
/// (with credit assumptions, loans x all months) are more than a million: loans are carried one by one.
book::LargestLoansOfBook largest_loans(const Inputs& inputs, std::span<const strat::LoanRows> tables, const RunSet& set);

}  // namespace spillway::engine
