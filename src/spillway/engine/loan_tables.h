#pragma once
// What a book shows of the loans themselves, in one pass over the tape or its parts. Private to engine.

#include <vector>

#include "spillway/book/largest_loans.h"
#include "spillway/engine/run_book.h"
#include "spillway/strat/average_sums.h"
#include "spillway/strat/cross_tab.h"
#include "spillway/table/table.h"

namespace spillway::engine {

struct LoanTables {
  table::Table pool_summary;
  std::vector<table::Table> strat_tables;
  std::vector<strat::AverageSums> strat_sums;
  strat::CrossSums cross;
  book::LargestLoansOfBook largest;
};

/// Nothing of a deal without a tape. `set`: the book's runs. The same for any number of threads; the errors are those of reading a
/// tape in parts.
result::Result<LoanTables> loan_tables(const Inputs& inputs, const RunSet& set, const RunSettings& settings);

}  // namespace spillway::engine
