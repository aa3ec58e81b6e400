// Assumed loans and the schedules derived from them: deal files run by the engine on loans that are worked by hand.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;
using Numbers = std::vector<double>;

namespace {

// Writes the files of a deal to a folder of its own and loads it.
io::Loaded load(const std::string& deal, const std::string& speed, const std::string& tape = "") {
  const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) / (std::string("spillway_") + test->name());
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "deal.yaml") << deal << "scenarios: scenarios.yaml\n";
  std::ofstream(folder / "scenarios.yaml") << "spillway: 1\nscenarios:\n  run: {prepayment: {fixed: " << speed
                                           << "}, indices: {static: {libor_1m: 1%}}, to: [maturity]}\n";
  std::ofstream(folder / "tape.csv") << tape;
  auto loaded = io::load_inputs(folder / "deal.yaml");
  std::filesystem::remove_all(folder);
  return loaded;
}

cashflow::DealCashFlows run(const std::string& deal, const std::string& speed, const std::string& tape = "") {
  const auto loaded = load(deal, speed, tape);
  EXPECT_EQ(lines(loaded.issues), Lines{});
  if (!loaded.inputs) return {};
  auto set = engine::run_scenarios(*loaded.inputs, {{"run", 1.0, false, {}}}, {1, false});
  EXPECT_EQ(lines(set.issues), Lines{});
  return set.ok() ? std::move(set->runs[0].flows) : cashflow::DealCashFlows{};
}

std::string deal_of(const std::string& pool, const std::string& classes, const std::string& more, const std::string& steps) {
  return "spillway: 1\ndeal: Test\n"
         "dates: {cut_off: 2003-12-01, closing: 2003-12-25, payments: {first: 2004-01-25}, accrual: {day_count: 30/360}}\n"
         "pool: " + pool + "\nindices: {libor_1m: One-Month LIBOR}\nparties: {Owner: residual, Trustee: fees}\nclasses: {" + classes +
         "}\n" + more + "funds: {interest: pool.interest.net, principal: pool.principal}\nwaterfall:\n" + steps +
         "  - {pay: residual, from: [interest, principal], to: Owner}\n";
}

// Three months, no interest: at 0 SMM it pays 100, 100, 100; at 50 SMM 200, 75, 25; at 100 SMM 300 at once.
const std::string three_months = "{assumed_loans: {fixed: [{balance: 300, rate: 0%, remaining: 3}]}}";

// A planned class over its support.
std::string planned(const std::string& plan, int balance) {
  return deal_of(three_months,
                 "defaults: {rate: 0%}, P: {balance: " + std::to_string(balance) + "}, S: {balance: " + std::to_string(300 - balance) + "}",
                 "schedules: {plan: {principal_of: fixed, " + plan + "}}\n",
                 "  - {pay: principal, from: principal, to: {sequential: [{down_to: plan, pay: P}, S, P]}}\n");
}

void expect_balances(const cashflow::DealCashFlows& flows, const std::vector<Numbers>& expected, const std::string& what) {
  ASSERT_EQ(flows.classes.size(), expected.size()) << what;
  for (std::size_t c = 0; c < expected.size(); ++c) {
    ASSERT_GE(flows.periods(), expected[c].size()) << what;
    for (std::size_t t = 0; t < expected[c].size(); ++t) {
      EXPECT_NEAR(flows.classes[c].ending_balance[t], expected[c][t], 1e-9) << what << ", " << flows.classes[c].name << ", period " << t + 1;
    }
  }
}

}  // namespace

TEST(Planned, class_follows_the_least_principal_of_its_two_speeds_and_the_support_takes_the_rest) {
  // The least of 100, 100, 100 and 200, 75, 25 is 100, 75, 25: 200 in all.
  const std::string deal = planned("speeds: [0 SMM, 50 SMM]", 200);
  expect_balances(run(deal, "0 SMM"), {{100, 25, 0}, {100, 75, 0}}, "at the lower speed");
  expect_balances(run(deal, "50 SMM"), {{100, 25, 0}, {0, 0, 0}}, "at the higher speed");
  // 20 SMM: 100 + 20% of 200 = 140; 80 + 20% of 80 = 96; 64.
  expect_balances(run(deal, "20 SMM"), {{100, 25, 0}, {60, 39, 0}}, "within the band");
  // 80 SMM: 100 + 160 = 260; 20 + 80% of 20 = 36; 4. The support is gone at once and the plan with it.
  expect_balances(run(deal, "80 SMM"), {{40, 4, 0}, {0, 0, 0}}, "above the band");
}

TEST(Planned, class_in_lockout_has_no_planned_principal) {
  const std::string deal = planned("speeds: [0 SMM, 50 SMM], lockout_months: 1", 100);
  expect_balances(run(deal, "0 SMM"), {{100, 25, 0}, {100, 75, 0}}, "at the lower speed");
  expect_balances(run(deal, "50 SMM"), {{100, 25, 0}, {0, 0, 0}}, "at the higher speed");
}

TEST(Planned, balance_may_start_below_all_planned_principal) {
  const std::string deal = planned("speeds: [0 SMM, 50 SMM], start: 150", 150);
  expect_balances(run(deal, "0 SMM"), {{50, 0, 0}, {150, 100, 0}}, "at the lower speed");
}

TEST(Targeted, class_follows_the_principal_of_its_one_speed) {
  // 250 less 200, 75, 25: 50, 0, 0.
  const std::string deal = planned("speeds: [50 SMM], start: 250", 250);
  expect_balances(run(deal, "50 SMM"), {{50, 0, 0}, {50, 25, 0}}, "at its speed");
  expect_balances(run(deal, "0 SMM"), {{150, 50, 0}, {50, 50, 0}}, "slower: it extends");
  expect_balances(run(deal, "80 SMM"), {{40, 4, 0}, {0, 0, 0}}, "faster than the support bears");
}

TEST(Stepped, rates_and_fees_hold_from_their_period_on) {
  // Interest only at 24%: 20 a month on 1,000. A pays 12%, 12%, 18%; the trustee is owed 2, 2, 5 after it.
  const auto flows = run(deal_of("{assumed_loans: {fixed: [{balance: 1000, rate: 24%, remaining: 3, interest_only_months: 3}]}}",
                                 "A: {balance: 1000, rate: coupon}",
                                 "schedules: {coupon: {steps: {1: 12%, 3: 18%}}, fee: {steps: {1: 2, 3: 5}}}\n",
                                 "  - {pay: interest, from: interest, to: A}\n"
                                 "  - {pay: fee, from: interest, amount: fee, to: Trustee}\n"
                                 "  - {pay: principal, from: principal, to: A}\n"), "0 SMM");
  const Numbers interest{10, 10, 15}, fee{2, 2, 5}, owner{8, 8, 0};
  ASSERT_EQ(flows.periods(), 3u);
  for (std::size_t t = 0; t < 3; ++t) {
    EXPECT_NEAR(flows.classes[0].interest_paid[t], interest[t], 1e-9) << t;
    EXPECT_NEAR(flows.parties[1].values[t], fee[t], 1e-9) << t;
    EXPECT_NEAR(flows.parties[0].values[t], owner[t], 1e-9) << t;
  }
}

TEST(AssumedLoans, prepay_on_absolute_speeds_until_none_is_left) {
  // 40 ABS: month 1 takes 0.4 of 200; month 2 0.4 / 0.6 of what its payment leaves; month 3 is the last.
  //   120 left; pays 60, then 40 of 60: 20 left; pays 20.
  const std::string deal = deal_of(three_months, "A: {balance: 300, rate: 0%}", "", "  - {pay: principal, from: principal, to: A}\n");
  expect_balances(run(deal, "40 ABS"), {{120, 20, 0}}, "40 ABS");
  expect_balances(run(deal, "50 ABS"), {{100, 0, 0}}, "50 ABS: all gone in month 2");
}

TEST(AssumedLoans, pay_what_the_same_loan_on_a_tape_pays) {
  const std::string classes = "A: {balance: 100000, rate: 5%}";
  const std::string steps = "  - {pay: interest, from: interest, to: A}\n  - {pay: principal, from: principal, to: A}\n";
  const auto assumed = run(deal_of("{assumed_loans: {fixed: [{balance: 100_000, original_term: 360, remaining: 350, age: 8, rate: 6%, "
                                   "net_rate: 5.5%}]}}", classes, "", steps), "150 PSA");
  const auto taped = run(deal_of("{tape: tape.csv}", classes, "", steps), "150 PSA",
                         "loan_id,product,current_balance,gross_rate,servicing_fee,master_servicing_fee,trustee_fee,mi_premium,original_term,"
                         "remaining_term,age\n1,30Yr Fixed,100000,6,0.5,0,0,0,360,350,8\n");
  ASSERT_EQ(assumed.periods(), 350u);
  ASSERT_EQ(taped.periods(), 350u);
  for (std::size_t t = 0; t < 350; ++t) {
    EXPECT_NEAR(assumed.pool_ending_balance[t], taped.pool_ending_balance[t], 1e-9) << t;
    EXPECT_NEAR(assumed.classes[0].cash(t), taped.classes[0].cash(t), 1e-9) << t;
    EXPECT_NEAR(assumed.parties[0].values[t], taped.parties[0].values[t], 1e-9) << t;
  }
}

TEST(AssumedLoans, are_as_old_as_their_terms_say_where_no_age_is_given) {
  const std::string classes = "A: {balance: 300, rate: 0%}", steps = "  - {pay: principal, from: principal, to: A}\n";
  const auto pool = [](const std::string& terms) { return "{assumed_loans: {fixed: [{balance: 300, rate: 0%, " + terms + "}]}}"; };
  // 20 ABS in the third month of life: 0.2 / 0.6 of 200.
  for (const char* terms : {"remaining: 3, age: 2", "remaining: 3, original_term: 5", "remaining: 3, original_term: 9, age: 2"}) {
    expect_balances(run(deal_of(pool(terms), classes, "", steps), "20 ABS"), {{400.0 / 3}}, terms);
  }
  const auto loaded = load(deal_of(pool("remaining: 3, original_term: 2"), classes, "", steps), "0 SMM");
  EXPECT_FALSE(loaded.inputs.has_value());
  ASSERT_EQ(loaded.issues.size(), 1u);
  EXPECT_NE(to_text(loaded.issues[0]).find("more payments remain than the loan had"), std::string::npos);
}

TEST(AssumedLoans, may_not_pass_through_more_than_their_rate) {
  const auto loaded = load(deal_of("{assumed_loans: {fixed: [{balance: 300, rate: 5%, net_rate: 5.5%, remaining: 3}]}}",
                                   "A: {balance: 300, rate: 5%}", "", "  - {pay: principal, from: principal, to: A}\n"), "0 SMM");
  EXPECT_FALSE(loaded.inputs.has_value());
  ASSERT_EQ(loaded.issues.size(), 1u);
  EXPECT_NE(to_text(loaded.issues[0]).find("the rate passed through is above the mortgage rate"), std::string::npos);
}

TEST(IndexLevels, of_a_run_replace_the_scenarios_own) {
  const rates::IndexPaths paths({rates::flat_path("libor_1m", 0.01), rates::flat_path("cmt_1y", 0.02)});
  const auto held = paths.with_level("libor_1m", 0.05);
  const auto date = calendar::make_date(2004, 1, 25);
  EXPECT_DOUBLE_EQ(held.rate(0, date), 0.05);
  EXPECT_DOUBLE_EQ(held.rate(1, date), 0.02);
  EXPECT_DOUBLE_EQ(paths.rate(0, date), 0.01);
}
