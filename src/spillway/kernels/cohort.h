#pragma once
// The sums of a cohort, month by month: its lanes added up, and what survives of them. The same bits on every instruction set.

#include <cstddef>
#include <span>

#include "spillway/kernels/amortization.h"

namespace spillway::kernels {

/// Adds the eight lanes of each month (`kSumLanes`) to its sum, in one order.
void add_lanes(const double* lanes, std::size_t months, double* sums);

/// Sums of a cohort had no one prepaid or defaulted, entry 0 = period 1; one more balance than months.
struct CohortMonths {
  const double* balance;         ///< before the month's payment
  const double* interest;
  const double* fees[4];         ///< servicing, master servicing, trustee, mortgage insurance; null: none
};

/// Adds what survives of months `from` to `months` - 1 to the pool's sums: each amount times the part left, scheduled principal
/// being the decline of the balance, prepaid principal SMM times what is left of it.
void add_surviving(const CohortMonths& cohort, const Survival& survival, const PoolSums& sums, std::size_t from, std::size_t months);

/// An amount by month, and the sums that a part of it goes to.
struct Addend {
  const double* amounts;
  double* sums;
};

/// Adds `parts` times the amount to the sums of each addend, months `begin` to `end` - 1.
void add_products(const double* parts, std::span<const Addend> addends, std::size_t begin, std::size_t end);

/// For each of `months` months t the sum of parts[t + 1] to parts[t + lag], in that order, in `all`, and of those up to
/// parts[t + early] in `earlier` (early from 0 to lag).
void add_windows(const double* parts, std::size_t lag, std::size_t early, std::size_t months, double* all, double* earlier);

}  // namespace spillway::kernels
