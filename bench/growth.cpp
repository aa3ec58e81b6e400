#include <numeric>

#include "inputs.h"
#include "spillway/collateral/project.h"
#include "spillway/pool/cohort_order.h"
#include "timing.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

template <class Value>
void repeat(std::vector<Value>& column, std::size_t was, std::size_t size) {
  if (column.size() != was) return;
  column.reserve(size);
  for (std::size_t i = was; i < size; ++i) column.push_back(column[i - was]);
  column.resize(size);
}

// The example's loans over and over, each time with other balances; without a tape, which for millions would be gigabytes.
pool::Pool repeated(pool::Pool pool, std::size_t size) {
  const std::size_t was = pool.size();
  pool.order.clear();
  for (auto* c : {&pool.balance, &pool.gross_rate, &pool.servicing_fee, &pool.master_servicing_fee, &pool.trustee_fee,
                  &pool.mi_premium, &pool.mi_coverage, &pool.margin, &pool.first_cap, &pool.periodic_cap, &pool.max_rate,
                  &pool.min_rate, &pool.rounding}) {
    repeat(*c, was, size);
  }
  for (auto* c : {&pool.group, &pool.remaining_term, &pool.amortization_term, &pool.age, &pool.interest_only_months,
                  &pool.first_period, &pool.index, &pool.months_to_roll, &pool.reset_months, &pool.rate_change_lag,
                  &pool.lookback_days}) {
    repeat(*c, was, size);
  }
  repeat(pool.tape_row, was, size);
  for (std::size_t i = 0; i < size; ++i) pool.balance[i] *= 1.0 - 0.5 * static_cast<double>(i / was) / static_cast<double>(size / was + 1);
  return pool::in_cohort_order(std::move(pool));
}

}  // namespace

void bench_growth(std::size_t largest, const Options& options) {
  const pool::Pool example = make_pool(read_tape(tape_text(3951)));
  const assumptions::Scenario assumed = scenario();
  const rates::IndexPaths indices = index_paths();
  for (std::size_t loans = 4'000; loans <= largest; loans *= 10) {
    const pool::Pool pool = repeated(example, loans);
    const double loan_months = std::accumulate(pool.remaining_term.begin(), pool.remaining_term.end(), 0.0);
    time_in_turn({"growth", loans, loan_months},
                 {{"ours", [&] { use(collateral::project(pool, assumed, indices).total.gross_interest[0]); }}}, options.rounds);
  }
}

}  // namespace bench
