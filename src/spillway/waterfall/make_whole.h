#pragma once
// What a redemption owes the classes for the cash they forgo.

#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/rates/index_paths.h"

namespace spillway::waterfall {

/// The premium by class and period of a call of the whole deal in that period, dollars: the present value, on the
/// payment date, of what the class is paid in later periods of `to_maturity`, less its balance after the period; not
/// below 0. The rate is the index fixed at the start of the period's accrual plus the spread, on days / 360, compounded
/// every period. A class on a notional has no balance. The deal must have `make_whole`, the indices its index.
std::vector<std::vector<double>> make_whole_premiums(const deal::Deal& deal, const cashflow::DealCashFlows& to_maturity,
                                                     const rates::IndexPaths& indices);

}  // namespace spillway::waterfall
