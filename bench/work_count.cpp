#include "work_count.h"

#include <algorithm>
#include <bit>
#include <cstdio>

namespace bench {

namespace {

using namespace spillway;

// A month (kernels/block.cpp, pay): the interest product, two subtractions, and the additions to two sums.
constexpr double kMonth = 5;
// A reset (kernels/lanes.inc, start): index + margin; to the step 5; the caps' bounds 2; four minima and maxima; the monthly rate.
constexpr double kReset = 13;
// A payment (recast): the parts of `compound` 5, then 7 for each digit in base 4 but the first; inverse, sum and product.
constexpr double kRecast = 8, kDigit = 7;

double recast(int months) { return kRecast + kDigit * ((std::bit_width(static_cast<unsigned>(months)) - 1) / 2); }

}  // namespace

WorkCount count_work(const pool::Pool& pool) {
  // Balance and rate; of an adjustable loan margin, caps, bounds and rounding too.
  constexpr double kFixedColumns = 2, kAdjustableColumns = 8;
  WorkCount work;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const int months = pool.remaining_term[i], amortization = pool.amortization_term[i];
    const int paying = std::max(0, pool.interest_only_months[i] - pool.age[i]);
    work.operations += kMonth * months + recast(amortization - std::min(paying, months - 1));
    work.bytes += 8 * (pool.index[i] < 0 ? kFixedColumns : kAdjustableColumns);
    if (pool.index[i] < 0) continue;
    for (int t = pool.months_to_roll[i] + pool.rate_change_lag[i]; t < months; t += pool.reset_months[i]) {
      work.operations += kReset + (t > paying ? recast(amortization - t) : 0.0);
    }
  }
  return work;
}

void print_bound(const std::string& workload, std::size_t size, double operations, double bytes) {
  std::printf("bound %s %zu %.6g %.6g\n", workload.c_str(), size, operations, bytes);
  std::fflush(stdout);
}

}  // namespace bench
