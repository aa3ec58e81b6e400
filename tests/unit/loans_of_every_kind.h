#pragma once
// Loans with every feature that a projection knows.

#include <algorithm>
#include <random>

#include "small_pool.h"

namespace small_pool {

/// Loans with every feature: interest-only, balloon, late joining, caps, floors, odd reset intervals, zero rates, one month.
inline std::vector<Loan> loans_of_every_kind(int count = 700, unsigned seed = 20031201) {
  std::mt19937 random(seed);
  const auto pick = [&](int low, int high) { return low + static_cast<int>(random() % static_cast<unsigned>(high - low + 1)); };
  std::vector<Loan> loans;
  for (int i = 0; i < count; ++i) {
    Loan loan;
    loan.balance = pick(1'000'000, 90'000'000) * 0.01;
    loan.gross_rate = pick(0, 9) == 0 ? 0.0 : pick(1, 14'000) * 1e-5;
    const int terms[] = {1, 2, 59, 120, 177, 358, 359, 360};
    loan.remaining_term = terms[pick(0, 7)];
    loan.amortization_term = pick(0, 3) == 0 ? loan.remaining_term + pick(0, 240) : 0;
    loan.age = pick(0, 30);
    loan.interest_only_months = pick(0, 2) == 0 ? pick(1, 120) : 0;
    loan.first_period = pick(0, 3) == 0 ? std::min(loan.remaining_term, pick(1, 3)) : 1;
    loan.servicing = 0.0025;
    loan.trustee = pick(0, 1) * 1e-4;
    loan.mi_premium = pick(0, 9) == 0 ? pick(1, 100) * 1e-4 : 0.0;
    loan.mi_coverage = pick(0, 3) == 0 ? 0.25 : 0.0;
    if (pick(0, 2) != 0) {
      loan.group = 1;
      loan.index = 0;
      loan.months_to_roll = pick(1, 40);
      const int every[] = {1, 5, 6, 7, 12};
      loan.reset_months = every[pick(0, 4)];
      loan.rate_change_lag = pick(0, 2);
      loan.margin = pick(0, 600) * 1e-4;
      if (pick(0, 1)) loan.first_cap = pick(10, 300) * 1e-4;
      if (pick(0, 1)) loan.periodic_cap = pick(10, 200) * 1e-4;
      loan.min_rate = pick(0, 400) * 1e-4;
      if (pick(0, 1)) loan.max_rate = loan.min_rate + pick(100, 1'000) * 1e-4;
      const double roundings[] = {0.0, 0.00125, 0.0025};
      loan.rounding = roundings[pick(0, 2)];
    }
    loans.push_back(loan);
  }
  return loans;
}

}  // namespace small_pool
