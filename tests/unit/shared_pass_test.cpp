// Runs that share a pass over the loans have the bits they have alone.

#include <gtest/gtest.h>

#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

const engine::Inputs& impac() {
  static const io::Loaded loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml");
  return *loaded.inputs;
}

}  // namespace

TEST(SharedPass, gives_runs_that_differ_in_their_rates_the_bits_they_have_alone) {
  std::vector<engine::RunRequest> requests;
  for (double shift : {0.0, 0.01, -0.002}) {
    for (double speed : {1.0, 0.0}) {
      engine::RunRequest request{"pricing", speed, true};
      request.index_shift = shift;
      requests.push_back(request);
    }
  }
  requests.push_back(requests.front());
  requests.back().index_level = std::pair{impac().deal.indices.front(), 0.05};
  for (int threads : {1, 0}) {
    const auto together = engine::run_scenarios(impac(), requests, {threads, false});
    ASSERT_TRUE(together.ok());
    for (std::size_t r = 0; r < requests.size(); ++r) {
      const auto alone = engine::run_scenarios(impac(), {requests[r]}, {1, false});
      ASSERT_TRUE(alone.ok());
      const engine::Run& run = together->runs[r];
      const cashflow::PoolVectors &pool = together->collateral[run.collateral].total, &own = alone->collateral.front().total;
      EXPECT_EQ(pool.beginning_balance, own.beginning_balance) << r;
      EXPECT_EQ(pool.gross_interest, own.gross_interest) << r;
      EXPECT_EQ(pool.prepaid_principal, own.prepaid_principal) << r;
      EXPECT_EQ(run.flows.classes.front().interest_paid, alone->runs.front().flows.classes.front().interest_paid) << r;
    }
  }
}

TEST(SharedPass, tells_assumptions_apart_by_what_they_assume_and_not_by_name) {
  assumptions::Scenario one = impac().scenario("pricing")->assumptions, other = one;
  other.name = "another";
  other.speed = 0.5;  // each run has its own
  EXPECT_TRUE(one.assumes_the_same(other));
  other.credit.recovery_lag = 7;
  EXPECT_FALSE(one.assumes_the_same(other));
  other = one;
  other.prepayment.begin()->second = assumptions::Cpr{0.123};
  EXPECT_FALSE(one.assumes_the_same(other));
  other = one;
  other.assumed_terms["any"].age = 3;
  EXPECT_FALSE(one.assumes_the_same(other));
}
