#pragma once
// W1 in QuantLib's nearest construction: an amortizing bond a loan, its balances given, the rate floating with a spread.

#include <functional>

#include "scalar_projection.h"

namespace bench {

/// The loans as bonds: what is left to time is building each bond and asking for its cash flows.
struct QuantLibWork {
  std::function<double()> run;  ///< gives the principal paid by all bonds
  double principal = 0;         ///< what it should be
  double loan_months = 0;
};

/// For the first `loans` loans, without prepayment: QuantLib has none.
QuantLibWork quantlib_work(const ScalarInputs& inputs, std::size_t loans);

}  // namespace bench
