// Triggers, and quantities that look back on earlier periods.

#include <gtest/gtest.h>

#include "small_deal.h"

using namespace spillway;
using cashflow::DealCashFlows;
using small_deal::expect_near;
using small_deal::flows_of;
using small_deal::Month;
using small_deal::named;

namespace {

// A class of 1,000 without interest that is paid all principal; `parts` of the file are put in before the waterfall.
std::string deal_of(const std::string& parts, const std::string& step = "{pay: principal, from: cash, to: A}") {
  return small_deal::head() + "classes: {A: {balance: 1000, rate: 0}}\nparties: {Owner: residual}\n"
                              "funds: {cash: pool.interest.net + pool.principal}\n"
                              "schedules: {signal: {steps: {1: 0}}}\n" + parts +
         "waterfall:\n  - " + step + "\n  - {pay: residual, from: cash, to: Owner}\n";
}

// A run over the periods of a signal, nothing else happening.
DealCashFlows over(const std::vector<double>& signal, const std::string& parts) {
  return flows_of(deal_of(parts), std::vector<Month>(signal.size()), {.series = {signal}});
}

}  // namespace

TEST(Triggers, trip_after_so_many_periods_and_are_cured_after_so_many_or_never) {
  //                      signal          0  1  1  0  1  0  0  1
  const std::vector<double> signal{0, 1, 1, 0, 1, 0, 0, 1};
  const auto flows = over(signal, "triggers:\n"
                                  "  plain: {when: signal > 0}\n"
                                  "  slow: {when: signal > 0, after: 2}\n"
                                  "  two: {when: signal > 0, cure: 2}\n"
                                  "  lasting: {when: signal > 0, cure: never}\n"
                                  "  both: {when: signal > 0, after: 2, cure: 2}\n"
                                  "  at_once: {when: signal > 0, cure: immediately}\n");
  expect_near(named(flows.triggers, "plain"), {0, 1, 1, 0, 1, 0, 0, 1}, "plain");
  expect_near(named(flows.triggers, "slow"), {0, 0, 1, 0, 0, 0, 0, 0}, "after 2");
  expect_near(named(flows.triggers, "two"), {0, 1, 1, 1, 1, 1, 0, 1}, "cure 2");
  expect_near(named(flows.triggers, "lasting"), {0, 1, 1, 1, 1, 1, 1, 1}, "never");
  expect_near(named(flows.triggers, "both"), {0, 0, 1, 1, 1, 1, 0, 0}, "after 2, cure 2");
  expect_near(named(flows.triggers, "at_once"), {0, 1, 1, 0, 1, 0, 0, 1}, "immediately");
}

TEST(Triggers, are_conditions_of_steps_quantities_rates_and_other_triggers) {
  // Losses of 10, 20, 5 and none: 30 to date passes 2.5% of 1,000 in month 2. From then on the owner gets nothing.
  const auto flows = flows_of(
      deal_of("quantities:\n  limit: 2.5% * pool.balance.cut_off\n  held_back: if(loss and not calm, pool.principal, 0)\n"
              "triggers:\n  calm: {when: not loss and period < 9}\n"
              "  loss: {when: pool.losses.cumulative > limit, cure: never}\n",
              "{pay: principal, from: cash, when: loss, to: A}"),
      {{0, 100, 10}, {0, 100, 20}, {0, 100, 5}, {0, 100}}, {.series = {{0}}});
  expect_near(named(flows.triggers, "loss"), {0, 1, 1, 1}, "loss");
  expect_near(named(flows.triggers, "calm"), {1, 0, 0, 0}, "a trigger of a trigger");
  expect_near(named(flows.quantities, "held_back"), {0, 100, 100, 100}, "a quantity");
  expect_near(flows.classes[0].principal_paid, {0, 100, 100, 100}, "a step");
  expect_near(named(flows.parties, "Owner"), {100, 0, 0, 0}, "owner");
}

TEST(Memory, averages_and_sums_over_periods_as_many_as_there_have_been) {
  const auto flows = over({3, 6, 9, 12, 0}, "quantities:\n"
                                            "  mean: {formula: signal, average_over: 3}\n"
                                            "  two: {formula: signal, sum_over: 2}\n"
                                            "  all_so_far: {formula: signal, sum_over: all}\n"
                                            "  last: {formula: signal, at: previous_period}\n"
                                            "  first: {formula: signal, at: previous_period, initial: 5}\n"
                                            "  before_last: {formula: last, at: previous_period}\n");
  expect_near(named(flows.quantities, "mean"), {3, 4.5, 6, 9, 7}, "average over 3");
  expect_near(named(flows.quantities, "two"), {3, 9, 15, 21, 12}, "sum over 2");
  expect_near(named(flows.quantities, "all_so_far"), {3, 9, 18, 30, 30}, "sum over all");
  expect_near(named(flows.quantities, "last"), {0, 3, 6, 9, 12}, "previous");
  expect_near(named(flows.quantities, "first"), {5, 3, 6, 9, 12}, "previous, with a first value");
  expect_near(named(flows.quantities, "before_last"), {0, 0, 3, 6, 9}, "previous of previous");
}

TEST(Memory, makes_a_rolling_delinquency_trigger) {
  // 60 days late: 20, 40, 90, 0, 0; three-month average 20, 30, 50, 43.3, 30; over 4% of a pool of 1,000 from month 3.
  const auto flows = flows_of(deal_of("quantities:\n  rolling: {formula: pool.delinquent_60_plus / pool.balance.ending, average_over: 3}\n"
                                      "triggers:\n  delinquency: {when: rolling > 4%}\n"),
                              {{0, 0, 0, 0, 0, 20}, {0, 0, 0, 0, 0, 40}, {0, 0, 0, 0, 0, 90}, {}, {}}, {.series = {{0}}});
  expect_near(named(flows.quantities, "rolling"), {0.02, 0.03, 0.05, 0.13 / 3, 0.03}, "rolling");
  expect_near(named(flows.triggers, "delinquency"), {0, 0, 1, 1, 0}, "trigger");
}

TEST(Memory, of_the_period_before_may_look_at_moving_amounts_and_at_what_is_figured_from_it) {
  // The target is 10% of the pool, but stays what it was while the signal is on. A's balance is that after payments.
  const auto flows = flows_of(deal_of("quantities:\n  target: if(signal > 0, last_target, 10% * pool.balance.ending)\n"
                                      "  last_target: {formula: target, at: previous_period, initial: 7}\n"
                                      "  left: {formula: A.balance, at: previous_period}\n"
                                      "  share: {formula: A.balance / A.balance.original, at: previous_period, initial: 100%}\n"),
                              {{0, 100}, {0, 100}, {0, 100}, {0, 100}}, {.series = {{1, 0, 1, 0}}});
  expect_near(named(flows.quantities, "target"), {7, 80, 80, 60}, "target");
  expect_near(named(flows.quantities, "left"), {0, 900, 800, 700}, "balance");
  expect_near(named(flows.quantities, "share"), {1, 0.9, 0.8, 0.7}, "a rate");
}

TEST(Triggers, that_stand_on_themselves_or_on_what_moves_are_refused) {
  EXPECT_EQ(small_deal::issues_of(deal_of("triggers:\n  one: {when: not two}\n  two: {when: one or period > 3}\n")),
            (Lines{"deal.yaml:11:15: error: one is defined through itself: one -> two -> one; break the circle"}));
  EXPECT_EQ(small_deal::issues_of(deal_of("triggers:\n  paid: {when: A.balance <= 0}\n")),
            (Lines{"deal.yaml:11:16: error: 'A.balance <= 0' uses an amount that moves while payments are made; use its value at a "
                   "fixed moment, such as classes.balance.beginning"}));
}

TEST(Triggers, with_faults_are_all_reported_each_in_its_place) {
  EXPECT_EQ(small_deal::issues_of(deal_of("triggers:\n"
                              "  loss: {when: pool.losses.cumulativ > 5, cure: 0}\n"
                              "  late: {when: pool.delinquent_60_plus, cure: -2}\n"
                              "  signal: {when: period > 3, after: 0}\n"
                              "  cash_out: {when: period > 3, cure: later}\n"
                              "  none: {cure: never}\n")),
            (Lines{"deal.yaml:11:49: error: cure fits none of the forms allowed here: it is the number 0; write immediately, never, or a whole number of periods from 1 to 120",
                   "deal.yaml:12:47: error: cure fits none of the forms allowed here: it is the number -2; write immediately, never, or a whole number of periods from 1 to 120",
                   "deal.yaml:13:37: error: after must be at least 1, not 0; write a whole number of periods from 1 to 120",
                   "deal.yaml:14:38: error: cure cannot be the text \"later\"; known: immediately, never",
                   "deal.yaml:15:9: error: none has no when; add when: ...",
                   "deal.yaml:13:3: error: signal is already the name of a schedule; choose another name",
                   "deal.yaml:11:16: error: nothing is called pool.losses.cumulativ; did you mean pool.losses.cumulative?",
                   "deal.yaml:12:16: error: 'pool.delinquent_60_plus' is a money amount; a condition is due here"}));
}

TEST(Memory, with_faults_is_reported_in_its_place) {
  EXPECT_EQ(small_deal::issues_of(deal_of("quantities:\n"
                              "  a: {formula: signal, average_over: 121}\n"
                              "  b: {formula: signal, average_over: 0}\n"
                              "  c: {formula: signal, sum_over: some}\n"
                              "  d: {formula: signal, at: next_period}\n"
                              "  e: {formula: A.balance, average_over: 3}\n"
                              "  f: {formula: signal > 0, sum_over: all}\n"
                              "  g: {formula: pool.net_rate, at: previous_period}\n"
                              "  h: {formula: signal, at: previous_period, initial: 5%}\n"
                              "  i: {formula: i, average_over: 3}\n")),
            (Lines{"deal.yaml:11:38: error: average_over must be at most 120, not 121; write a whole number of periods from 1 to 120",
                   "deal.yaml:12:38: error: average_over must be at least 1, not 0; write a whole number of periods from 1 to 120",
                   "deal.yaml:13:34: error: sum_over must be all, not the text \"some\"; write a whole number of periods from 1 to 120, or all",
                   "deal.yaml:14:28: error: at must be previous_period, not the text \"next_period\"",
                   "deal.yaml:15:16: error: 'A.balance' uses an amount that moves while payments are made; average_over takes fixed amounts; use its value at a fixed moment, such as classes.balance.beginning, or a quantity 'at: previous_period'",
                   "deal.yaml:16:16: error: 'signal > 0' is a condition; sum_over takes amounts, rates and numbers; count periods with if(signal > 0, 1, 0)",
                   "deal.yaml:19:16: error: i is defined through itself: i -> i; break the circle",
                   "deal.yaml:17:16: error: 'pool.net_rate' is a rate; a money amount is due here; for a rate or a number, state initial as a rate: initial: 0%",
                   "deal.yaml:18:16: error: 'signal' is a money amount; a rate is due here; state initial in dollars, as in initial: 0"}));
}
