// The example's runs, many at once: each is what it is alone, whatever runs beside it and on however many threads.

#include <gtest/gtest.h>

#include "../unit/same_in_lanes.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;
using same_in_lanes::difference;

namespace {

const engine::Inputs& impac() {
  static const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml", {});
  return *loaded.inputs;
}

// To maturity and to call, at several speeds, with index and credit changes among them: 21 runs.
std::vector<engine::RunRequest> requests() {
  std::vector<engine::RunRequest> all;
  for (const bool to_call : {true, false}) {
    for (const double speed : {0.0, 0.8, 1.0, 1.5, 2.0}) {
      for (const double shift : {0.0, 0.02}) all.push_back({.scenario = "pricing", .speed = speed, .to_call = to_call, .index_shift = shift});
    }
  }
  engine::RunRequest with_losses{.scenario = "pricing"};
  with_losses.credit.cdr = 0.15;
  with_losses.credit.severity = 0.6;
  all.push_back(with_losses);
  return all;
}

}  // namespace

TEST(SideBySide, runs_are_what_they_are_alone_to_the_bit) {
  const auto set = engine::run_scenarios(impac(), requests(), {1, false});
  ASSERT_TRUE(set.ok());
  for (const engine::Run& run : set->runs) {
    const auto alone = engine::run_scenarios(impac(), {run.request}, {1, true});  // what is traced goes alone
    ASSERT_TRUE(alone.ok());
    EXPECT_EQ(difference(run.flows, alone->runs[0].flows), "") << run.request.speed << ' ' << run.request.to_call;
  }
}

TEST(SideBySide, runs_do_not_depend_on_the_number_of_threads) {
  const auto one = engine::run_scenarios(impac(), requests(), {1, false}), two = engine::run_scenarios(impac(), requests(), {2, false});
  ASSERT_TRUE(one.ok() && two.ok());
  for (std::size_t r = 0; r < one->runs.size(); ++r) EXPECT_EQ(difference(two->runs[r].flows, one->runs[r].flows), "");
}

TEST(SideBySide, runs_keep_what_prices_need_if_that_is_asked_for) {
  const auto all = engine::run_scenarios(impac(), requests(), {1, false});
  const auto cash = engine::run_scenarios(impac(), requests(), {1, false, {}, waterfall::Record::cash()});
  ASSERT_TRUE(all.ok() && cash.ok());
  for (std::size_t r = 0; r < all->runs.size(); ++r) EXPECT_EQ(difference(cash->runs[r].flows, all->runs[r].flows, true), "");
  EXPECT_TRUE(cash->runs[0].flows.classes[0].interest_due.empty());
  EXPECT_FALSE(cash->runs[0].flows.classes[0].principal_paid.empty());
}

TEST(SideBySide, runs_of_which_the_steps_are_wanted_go_alone_among_the_others) {
  const std::vector<engine::RunRequest> wanted = {requests()[3], requests()[12]};
  const auto plain = engine::run_scenarios(impac(), requests(), {2, false}), some = engine::run_scenarios(impac(), requests(), {2, false}, wanted);
  ASSERT_TRUE(plain.ok() && some.ok());
  for (std::size_t r = 0; r < some->runs.size(); ++r) {
    EXPECT_EQ(difference(some->runs[r].flows, plain->runs[r].flows), "") << r;
    EXPECT_EQ(some->runs[r].flows.trace.empty(), r != 3 && r != 12) << r;
  }
}
