#pragma once
// The loans behind a line of the pool summary.

#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// By loan of the tape, 1 or 0.
struct SummaryLoans {
  std::vector<char> in;      ///< the line is about it
  std::vector<char> counts;  ///< and counts it: it has the value averaged, or one of the values of a share
};

/// The loans of one line. The item must have passed `check_definitions`.
SummaryLoans summary_loans(const pool::LoanTape& tape, const pool::ProductTable& products, const SummaryItem& item);

/// The table whose rows a block of largest shares shows, by falling balance.
TableDefinition table_of(const TopBlock& block);

}  // namespace spillway::strat
