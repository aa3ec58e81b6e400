#pragma once
// W1 as others write it: an array of structs, one loan after another. The same model as collateral::project.

#include <array>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/pool/pool.h"
#include "spillway/rates/index_paths.h"

namespace bench {

/// A loan with all its terms side by side. Rates are annual decimals.
struct ScalarLoan {
  double balance, rate, fee, margin, first_cap, periodic_cap, max_rate, min_rate, rounding;
  int term, amortization, age, interest_only, first, group, fixings, roll, reset, lag;  // fixings -1: fixed rate
};

/// What the loops below need besides: tables made once, as a good engineer would.
struct ScalarInputs {
  std::vector<ScalarLoan> loans;
  std::vector<std::vector<double>> fixings;  ///< by index and lookback: its rate for an adjustment by month after cut-off
  std::vector<std::vector<double>> cpr, smm;  ///< by loan group and month of loan age
  int months = 0;                             ///< to the last maturity
};

ScalarInputs scalar_inputs(const spillway::pool::Pool& pool, const spillway::assumptions::Scenario& scenario,
                           const spillway::rates::IndexPaths& indices);

/// Pool sums by month.
struct ScalarFlows {
  std::vector<double> balance, interest, fees, scheduled, prepaid;
};

/// The good scalar loop: SMM from tables, payments by `pow` only where they are recast.
ScalarFlows good_scalar(const ScalarInputs& inputs);

/// The loop written first: payment and SMM by `pow` in every month.
ScalarFlows first_loop(const ScalarInputs& inputs);

}  // namespace bench
