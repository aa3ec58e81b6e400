// Pools of trillions of dollars, whose last bits are more than a thousandth of a cent.

#include <gtest/gtest.h>

#include "issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

TEST(LargePool, rounding_breaks_no_identity_be_runs_traced_or_in_lanes) {
  io::Loaded loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml");
  ASSERT_TRUE(loaded.inputs);
  engine::Inputs& in = *loaded.inputs;
  for (const double times : {189.786, 10.5}) {  // $190bn, then two trillion
    for (double& balance : in.pool.balance) balance *= times;
    for (deal::BondClass& bond : in.deal.classes) bond.original_balance *= times;
    for (hedges::Swap& swap : in.swaps) {
      for (hedges::SwapPeriod& period : swap.periods) period.notional *= times;
    }
    std::vector<engine::RunRequest> requests;
    for (const char* scenario : {"pricing", "credit"}) {
      for (const bool to_call : {true, false}) {
        for (const double speed : {0.5, 1.0, 1.3}) requests.push_back({scenario, speed, to_call, {}});
      }
    }
    for (const bool trace : {false, true}) {
      const auto set = engine::run_scenarios(in, requests, {2, trace});
      ASSERT_TRUE(set.ok()) << testing::PrintToString(lines(set.issues));
      EXPECT_EQ(lines(set.issues), Lines{});
    }
  }
}
