#include "spillway/pool/cohort_order.h"

#include <algorithm>
#include <numeric>
#include <utility>

namespace spillway::pool {

namespace {

using Whole = std::vector<int> Pool::*;
using Number = std::vector<double> Pool::*;

// Whole numbers that loans of a block share, with the bits each needs: ages and terms are under 2,048 months.
constexpr std::pair<Whole, int> kCalendar[] = {
    {&Pool::group, 10},          {&Pool::index, 8},         {&Pool::remaining_term, 11}, {&Pool::amortization_term, 11},
    {&Pool::age, 11},            {&Pool::first_period, 11}, {&Pool::interest_only_months, 11},
    {&Pool::months_to_roll, 11}, {&Pool::reset_months, 8},  {&Pool::rate_change_lag, 4}, {&Pool::lookback_days, 9}};
constexpr Number kAmounts[] = {&Pool::gross_rate, &Pool::servicing_fee, &Pool::master_servicing_fee, &Pool::trustee_fee,
                               &Pool::mi_premium, &Pool::mi_coverage,   &Pool::margin,               &Pool::first_cap,
                               &Pool::periodic_cap, &Pool::max_rate,    &Pool::min_rate,             &Pool::rounding,
                               &Pool::balance};

// A loan's calendar in a few bits; equal keys of loans that differ are told apart by their columns.
struct Key {
  std::uint64_t high = 0, low = 0;
  std::uint32_t loan = 0;
};

Key key_of(const Pool& pool, std::uint32_t loan) {
  Key key;
  key.loan = loan;
  for (const auto& [column, bits] : kCalendar) {
    if ((pool.*column).size() != pool.size()) continue;
    const auto most = (std::uint64_t{1} << bits) - 1;
    const auto value = static_cast<std::uint64_t>(std::max(0, (pool.*column)[loan] + 1));  // no index is -1
    key.high = key.high << bits | key.low >> (64 - bits);
    key.low = key.low << bits | std::min(value, most);
  }
  return key;
}

class Before {
 public:
  explicit Before(const Pool& pool) {
    for (const auto& [column, bits] : kCalendar) {
      if ((pool.*column).size() == pool.size()) calendar_.push_back(&(pool.*column));
    }
    for (Number column : kAmounts) {
      if ((pool.*column).size() == pool.size()) amounts_.push_back(&(pool.*column));
    }
  }

  bool operator()(const Key& a, const Key& b) const {
    if (a.high != b.high) return a.high < b.high;
    if (a.low != b.low) return a.low < b.low;
    for (const auto* column : calendar_) {
      if ((*column)[a.loan] != (*column)[b.loan]) return (*column)[a.loan] < (*column)[b.loan];
    }
    for (const auto* column : amounts_) {
      if ((*column)[a.loan] != (*column)[b.loan]) return (*column)[a.loan] < (*column)[b.loan];
    }
    return a.loan < b.loan;
  }

 private:
  std::vector<const std::vector<int>*> calendar_;
  std::vector<const std::vector<double>*> amounts_;
};

template <class Value>
void reorder(std::vector<Value>& column, const std::vector<std::uint32_t>& order) {
  if (column.size() != order.size()) return;
  std::vector<Value> made;
  made.reserve(column.size());
  for (std::uint32_t loan : order) made.push_back(column[loan]);
  column = std::move(made);
}

}  // namespace

std::vector<std::uint32_t> cohort_order(const Pool& pool) {
  std::vector<Key> keys(pool.size());
  for (std::uint32_t loan = 0; loan < keys.size(); ++loan) keys[loan] = key_of(pool, loan);
  std::sort(keys.begin(), keys.end(), Before(pool));
  std::vector<std::uint32_t> order(pool.size());
  for (std::size_t i = 0; i < keys.size(); ++i) order[i] = keys[i].loan;
  return order;
}

Pool in_cohort_order(Pool pool) {
  const std::vector<std::uint32_t> order = cohort_order(pool);
  for (const auto& [column, bits] : kCalendar) reorder(pool.*column, order);
  for (Number column : kAmounts) reorder(pool.*column, order);
  reorder(pool.tape_row, order);
  pool.order.resize(pool.size());
  std::iota(pool.order.begin(), pool.order.end(), 0u);
  return pool;
}

}  // namespace spillway::pool
