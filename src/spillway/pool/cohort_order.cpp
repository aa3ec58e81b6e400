#include "spillway/pool/cohort_order.h"

#include <algorithm>
#include <numeric>

namespace spillway::pool {

namespace {

using Whole = std::vector<int> Pool::*;
using Number = std::vector<double> Pool::*;

constexpr Whole kCalendar[] = {&Pool::group,          &Pool::index,        &Pool::remaining_term,  &Pool::amortization_term,
                               &Pool::age,            &Pool::first_period, &Pool::interest_only_months,
                               &Pool::months_to_roll, &Pool::reset_months, &Pool::rate_change_lag, &Pool::lookback_days};
constexpr Number kAmounts[] = {&Pool::gross_rate, &Pool::servicing_fee, &Pool::master_servicing_fee, &Pool::trustee_fee,
                               &Pool::mi_premium, &Pool::mi_coverage,   &Pool::margin,               &Pool::first_cap,
                               &Pool::periodic_cap, &Pool::max_rate,    &Pool::min_rate,             &Pool::rounding,
                               &Pool::balance};

}  // namespace

std::vector<std::uint32_t> cohort_order(const Pool& pool) {
  std::vector<const std::vector<int>*> calendar;
  std::vector<const std::vector<double>*> amounts;
  for (Whole column : kCalendar) {
    if ((pool.*column).size() == pool.size()) calendar.push_back(&(pool.*column));
  }
  for (Number column : kAmounts) {
    if ((pool.*column).size() == pool.size()) amounts.push_back(&(pool.*column));
  }
  std::vector<std::uint32_t> order(pool.size());
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    for (const auto* column : calendar) {
      if ((*column)[a] != (*column)[b]) return (*column)[a] < (*column)[b];
    }
    for (const auto* column : amounts) {
      if ((*column)[a] != (*column)[b]) return (*column)[a] < (*column)[b];
    }
    return a < b;
  });
  return order;
}

}  // namespace spillway::pool
