#pragma once
// Rows of stratification tables run as pools of their own.

#include <span>
#include <vector>

#include "spillway/book/contributions.h"
#include "spillway/engine/run_book.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::engine {

/// The collateral of a row alone: its loans by the scenario of `run`, entry r = row r of `rows`, then the loans outside, if any. In
/// each row the groups are the pool's own. What a group does as a whole (late payments, compensating interest) is figured row by row.
std::vector<cashflow::CollateralCashFlows> project_rows(const Inputs& inputs, const RunRequest& run, const strat::LoanRows& rows);

/// What the rows of each table contribute under one run, over its whole life or in one period (1-based; 0: all). Rows add up to
/// the total; where something is figured for a group as a whole, a row of its own closes the sum. Loans of the tape that the pool left out have no
/// part. The loans must be held (InvariantViolation otherwise).
std::vector<book::Contributions> contributions(const Inputs& inputs, const RunRequest& run, std::span<const strat::LoanRows> tables,
                                               int period = 0, const RunSettings& settings = {});

/// The same of tables by their definitions, over loans that are held or come in parts. The errors are those of reading parts.
result::Result<std::vector<book::Contributions>> contributions(const Inputs& inputs, const RunRequest& run,
                                                               std::span<const strat::TableDefinition> tables, int period = 0,
                                                               const RunSettings& settings = {});

}  // namespace spillway::engine
