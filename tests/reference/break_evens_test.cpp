// Break-evens of Impac CMB Trust 2003-12 on its synthetic tape: there is no published record of them, so each is held to what a
// break-even is.

#include <gtest/gtest.h>

#include "spillway/analytics/loss.h"
#include "spillway/engine/break_evens.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

const engine::Inputs& impac() {
  static const io::Loaded loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml");
  return *loaded.inputs;
}

engine::BreakEvenRequest asked(const std::string& name, double severity, book::BreakEvenTarget target) {
  engine::BreakEvenRequest request;
  request.class_name = name;
  request.target = target;
  request.run.scenario = "credit";
  request.run.credit.severity = severity;
  return request;
}

// What the class has lost when the run is made apart, with no pass shared.
analytics::ClassLoss loss_at(const engine::BreakEvenRequest& asked_for, double cdr) {
  engine::RunRequest request = asked_for.run;
  request.credit.cdr = cdr;
  const auto set = engine::run_scenarios(impac(), {request});
  EXPECT_TRUE(set.ok());
  for (const auto& flows : set->runs.front().flows.classes) {
    if (flows.name == asked_for.class_name) return analytics::class_loss(flows);
  }
  return {};
}

}  // namespace

TEST(ImpacBreakEvens, break_even_and_lose_just_above) {
  std::vector<engine::BreakEvenRequest> requests;
  for (const auto& bond : impac().deal.classes) {
    for (double severity : {0.4, 0.6}) requests.push_back(asked(bond.name, severity, book::BreakEvenTarget::principal));
  }
  const auto rows = engine::find_break_evens(impac(), requests);
  ASSERT_TRUE(rows.ok());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const book::BreakEvenRow& row = (*rows)[i];
    ASSERT_EQ(row.found.outcome, analytics::BreakEven::Outcome::found) << row.class_name;
    EXPECT_LE(loss_at(requests[i], row.found.rate).principal_loss, 1.0) << row.class_name;
    EXPECT_GT(loss_at(requests[i], row.found.above).principal_loss, 0.0) << row.class_name;
    EXPECT_LE(row.found.above - row.found.rate, 1e-10) << row.class_name;
    ASSERT_EQ(row.beyond.size(), 3u);
    for (const auto& [above, loss] : row.beyond) {
      EXPECT_NEAR(loss_at(requests[i], row.found.rate + above).principal_loss, loss, 1e-3) << row.class_name;
      EXPECT_GT(loss, 0.1) << row.class_name << ' ' << above;
    }
  }
}

TEST(ImpacBreakEvens, never_rise_down_the_ladder_and_fall_with_severity) {
  for (const auto target : {book::BreakEvenTarget::principal, book::BreakEvenTarget::zero_yield}) {
    std::vector<double> above(2, 1.0);
    for (const auto& bond : impac().deal.classes) {
      const auto rows = engine::find_break_evens(impac(), {asked(bond.name, 0.4, target), asked(bond.name, 0.6, target)});
      ASSERT_TRUE(rows.ok());
      for (std::size_t s = 0; s < 2; ++s) {
        EXPECT_LE((*rows)[s].found.rate, above[s] + 1e-10) << bond.name;
        above[s] = (*rows)[s].found.rate;
      }
      EXPECT_LT((*rows)[1].found.rate, (*rows)[0].found.rate) << bond.name;
    }
  }
}

TEST(ImpacBreakEvens, a_margin_asked_for_is_the_margin_at_the_break_even) {
  engine::BreakEvenRequest request = asked("M-2", 0.4, book::BreakEvenTarget::discount_margin);
  request.margin = 0.0050;
  request.index = "libor_1m";
  const auto rows = engine::find_break_evens(impac(), {request});
  ASSERT_TRUE(rows.ok());
  engine::RunRequest at = request.run;
  at.credit.cdr = rows->front().found.rate;
  const auto set = engine::run_scenarios(impac(), {at});
  ASSERT_TRUE(set.ok());
  const engine::Run& run = set->runs.front();
  const auto flows = analytics::make_floater_flows(run.flows.classes[3], run.flows.schedule,
                                                   engine::index_rates(impac(), run, "libor_1m"), impac().deal.settlement);
  const auto margin = analytics::discount_margin_from_price(flows, 100.0);
  ASSERT_TRUE(margin.has_value());
  EXPECT_NEAR(*margin, 0.0050, 1e-7);
}
