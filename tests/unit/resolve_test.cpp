#include "spillway/deal/deal.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "issue_lines.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

/// A deal file with parts to replace.
struct DealText {
  std::string dates = "{cut_off: 2003-12-01, closing: 2003-12-18, payments: {first: 2004-01-25}}";
  std::string indices = "{libor_1m: One-Month LIBOR}";
  std::string hedges;
  std::string classes =
      "  A: {balance: 900, margin: 0.35%, rate: libor_1m + margin}\n"
      "  B: {balance: 100, margin: 0.70%, rate: libor_1m + margin}\n";
  std::string class_groups = "{Bonds: [A, B]}";
  std::string parties = "{Owner: holder of the residual}";
  std::string call;
  std::string funds = "{interest_funds: pool.interest.net, principal_funds: pool.principal, available: [interest_funds, principal_funds]}";
  std::string quantities;
  std::string waterfall =
      "  - {section: 1, pay: interest, from: interest_funds, to: {sequential: Bonds}}\n"
      "  - {section: 2, pay: principal, from: available, to: {sequential: Bonds}}\n"
      "  - {section: 3, pay: residual, from: available, to: Owner}\n";

  std::string text() const {
    std::string all = "spillway: 1\ndeal: Test\ndates: " + dates + "\npool: {tape: tape.csv}\nindices: " + indices + "\n";
    if (!hedges.empty()) all += "hedges: " + hedges + "\n";
    all += "classes:\n" + classes + "class_groups: " + class_groups + "\nparties: " + parties + "\n";
    if (!call.empty()) all += "call: " + call + "\n";
    all += "funds: " + funds + "\n";
    if (!quantities.empty()) all += "quantities:\n" + quantities;
    return all + "waterfall:\n" + waterfall;
  }

  // Line of the first text like this, for the places of issues.
  int line_of(const std::string& part) const {
    const std::string all = text();
    const std::size_t at = all.find(part);
    return 1 + static_cast<int>(std::count(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }

  result::Result<deal::Deal> resolve() const {
    const auto definition = io::read_deal(text(), "deal.yaml");
    EXPECT_EQ(lines(definition.issues), Lines{}) << text();
    return deal::resolve(definition.value, {"arm", "fixed"});
  }

  Lines issues() const { return lines(resolve().issues); }
};

DealText with_quantities(std::string quantities) {
  DealText text;
  text.quantities = std::move(quantities);
  return text;
}

DealText with_steps(std::string steps) {
  DealText text;
  text.waterfall += std::move(steps);
  return text;
}

void expect_one(const DealText& text, const std::string& part) {
  const Lines issues = text.issues();
  ASSERT_EQ(issues.size(), 1u) << testing::PrintToString(issues);
  EXPECT_NE(issues[0].find(part), std::string::npos) << issues[0];
}

}  // namespace

TEST(Resolve, takes_a_sound_deal) {
  const auto deal = DealText{}.resolve();
  EXPECT_EQ(lines(deal.issues), Lines{});
  ASSERT_TRUE(deal.ok());
  EXPECT_EQ(deal->classes.size(), 2u);
  EXPECT_EQ(deal->waterfall.size(), 3u);
  EXPECT_DOUBLE_EQ(deal->class_total(), 1'000);
  EXPECT_EQ(deal->waterfall[1].funds, (std::vector<int>{0, 1}));
}

TEST(Resolve, takes_definitions_in_any_order) {
  const auto deal = with_quantities(
      "  last: first + middle\n"
      "  middle: first * 2\n"
      "  first: pool.net_rate\n").resolve();
  ASSERT_TRUE(deal.ok()) << testing::PrintToString(lines(deal.issues));
  EXPECT_EQ(deal->quantities[0].name, "last");  // reported as written
  std::vector<double> slots = deal->initial_slots;
  slots[static_cast<std::size_t>(deal->pool_slot + deal::pool_net_rate)] = 0.05;
  for (const auto& assignment : deal->assignments) {
    if (assignment.kind == deal::Assignment::Kind::formula) {
      slots[static_cast<std::size_t>(assignment.slot)] = deal::evaluate(assignment.program, slots.data());
    }
  }
  EXPECT_DOUBLE_EQ(slots[static_cast<std::size_t>(deal->quantities[0].slot)], 0.15);
}

TEST(Resolve, reports_a_quantity_defined_through_itself_with_the_path) {
  const DealText text = with_quantities(
      "  first: second + 1\n"
      "  second: 2 * third\n"
      "  third: first - 1\n");
  EXPECT_EQ(text.issues(), (Lines{"deal.yaml:" + std::to_string(text.line_of("first: second")) +
                                  ":10: error: first is defined through itself: first -> second -> third -> first; break the circle"}));
  expect_one(with_quantities("  self: self + 1\n"), "self is defined through itself: self -> self");
}

TEST(Resolve, reports_a_class_rate_that_needs_a_quantity_that_needs_the_rate) {
  DealText text = with_quantities("  bond_cost: A.rate * 2\n");
  text.classes = "  A: {balance: 1000, rate: 'min(libor_1m, bond_cost)'}\n";
  text.class_groups = "{Bonds: [A]}";
  const Lines issues = text.issues();
  ASSERT_EQ(issues.size(), 1u) << testing::PrintToString(issues);
  EXPECT_NE(issues[0].find("deal.yaml:" + std::to_string(text.line_of("A: {"))), std::string::npos) << issues[0];
  EXPECT_NE(issues[0].find("-> bond_cost -> A"), std::string::npos) << issues[0];
}

TEST(Resolve, places_the_circle_of_a_call_or_a_fund) {
  DealText call;
  call.call = "{when: call.exercised}";
  EXPECT_EQ(call.issues(), (Lines{"deal.yaml:" + std::to_string(call.line_of("call:")) +
                                  ":14: error: call.exercised is defined through itself: call.exercised -> call.test -> "
                                  "call.exercised; break the circle"}));
  DealText fund;
  fund.funds = "{interest_funds: pool.interest.net, principal_funds: principal_funds.beginning, available: [interest_funds, principal_funds]}";
  expect_one(fund, "deal.yaml:" + std::to_string(fund.line_of("funds:")));
}

TEST(Resolve, suggests_the_class_fund_index_and_section_that_were_meant) {
  expect_one(with_steps("  - {pay: interest, from: available, to: {sequential: [A, Bond]}}\n"),
             "error: no class is called Bond; did you mean Bonds?");
  expect_one(with_steps("  - {pay: interest, from: availble, to: A}\n"), "error: no fund is called availble; did you mean available?");
  DealText index;
  index.classes = "  A: {balance: 900, rate: libor_1n}\n  B: {balance: 100, rate: libor_1m}\n";
  expect_one(index, "error: nothing is called libor_1n; did you mean libor_1m?");
  DealText hedge;
  hedge.hedges = "{swaps: swaps.csv, index: libor_6m}";
  expect_one(hedge, "error: no index is called libor_6m; did you mean libor_1m?");
  expect_one(with_quantities("  fixed_then: {formula: available, before: 9}\n"), "error: no step has the section 9");
}

TEST(Resolve, refuses_a_name_used_twice) {
  expect_one(with_quantities("  Owner: pool.net_rate\n"), "Owner is already the name of a party");
  expect_one(with_quantities("  interest_funds: pool.net_rate\n"), "interest_funds is already the name of a");
  expect_one(with_quantities("  libor_1m: pool.net_rate\n"), "libor_1m is already the name of a");
  expect_one(with_quantities("  arm: pool.net_rate\n"), "arm is already the name of a loan group");
  DealText group;
  group.class_groups = "{Bonds: [A, B], A: [B]}";
  expect_one(group, "A is already the name of a class");
}

TEST(Resolve, refuses_names_of_spillways_own) {
  for (const char* name : {"date", "days", "period", "hedges", "pool", "classes", "call", "min", "and"}) {
    expect_one(with_quantities(std::string("  ") + name + ": pool.net_rate\n"), std::string(name) + " is a name of Spillway's own");
    DealText index;
    index.indices = std::string("{libor_1m: LIBOR, ") + name + ": Index}";
    expect_one(index, std::string(name) + " is a name of Spillway's own");
    DealText party;
    party.parties = std::string("{Owner: holder, ") + name + ": holder}";
    expect_one(party, std::string(name) + " is a name of Spillway's own");
    DealText bond;
    bond.classes += std::string("  ") + name + ": {balance: 10, rate: libor_1m}\n";
    expect_one(bond, std::string(name) + " is a name of Spillway's own");
    DealText fund;
    fund.funds = std::string("{interest_funds: pool.interest.net, principal_funds: pool.principal, ") + name +
                 ": 0, available: [interest_funds, principal_funds]}";
    expect_one(fund, std::string(name) + " is a name of Spillway's own");
  }
}

TEST(Resolve, refuses_a_class_constant_that_hides_an_amount_of_the_class) {
  DealText text;
  text.classes = "  A: {balance: 900, basis_risk: 5, rate: libor_1m}\n  B: {balance: 100, rate: libor_1m}\n";
  expect_one(text, "basis_risk is a name of Spillway's own");
}

TEST(Resolve, refuses_moving_amounts_where_fixed_ones_are_due) {
  DealText rate;
  rate.classes = "  A: {balance: 900, rate: libor_1m * (classes.balance / classes.balance.original)}\n  B: {balance: 100, rate: libor_1m}\n";
  expect_one(rate, "uses an amount that moves while payments are made; use its value at a fixed moment");
  DealText fund;
  fund.funds = "{interest_funds: pool.interest.net, principal_funds: pool.principal + A.balance - A.balance, available: [interest_funds, principal_funds]}";
  expect_one(fund, "uses an amount that moves while payments are made");
  DealText call;
  call.call = "{when: classes.balance <= 100}";
  expect_one(call, "uses an amount that moves while payments are made");
  DealText through = with_quantities("  left: available - 5\n");
  through.call = "{when: left <= 100}";
  expect_one(through, "uses an amount that moves while payments are made");
}

TEST(Resolve, takes_moving_amounts_in_steps_and_reports_the_end_of_the_day) {
  auto text = with_quantities("  left: available * 2\n  then: {formula: left, before: 3}\n");
  text.waterfall =
      "  - {section: 1, pay: interest, from: interest_funds, amount: left / 2, to: {sequential: Bonds}}\n"
      "  - {section: 3, pay: residual, from: available, when: then > 0, to: Owner}\n";
  const auto deal = text.resolve();
  ASSERT_TRUE(deal.ok()) << testing::PrintToString(lines(deal.issues));
  EXPECT_EQ(deal->quantities[0].slot, -1);
  EXPECT_FALSE(deal->quantities[0].live.empty());
  EXPECT_GE(deal->quantities[1].slot, 0);
  EXPECT_EQ(deal->waterfall[0].before.size(), 0u);
  EXPECT_EQ(deal->waterfall[1].before.size(), 1u);
}

TEST(Resolve, refuses_a_step_that_uses_what_a_later_step_takes) {
  auto text = with_quantities("  taken: {formula: available, before: 3}\n  twice: taken * 2\n");
  EXPECT_EQ(text.issues(), Lines{});
  text.waterfall =
      "  - {section: 1, pay: interest, from: interest_funds, to: {sequential: Bonds}}\n"
      "  - {section: 2, pay: principal, from: available, to: {at_most: twice, pay: {sequential: Bonds}}}\n"
      "  - {section: 3, pay: residual, from: available, to: Owner}\n";
  expect_one(text, "deal.yaml:" + std::to_string(text.line_of("section: 2")) +
                       ":5: error: the step uses taken, which is not taken until section 3; take it before this step");
}

TEST(Resolve, refuses_moving_quantities_that_double_in_length_without_end) {
  std::string doubling = "  q0: classes.balance\n";
  for (int i = 1; i <= 40; ++i) {
    const std::string last = "q" + std::to_string(i - 1);
    doubling += "  q" + std::to_string(i) + ": " + last + " + " + last + "\n";
  }
  expect_one(with_quantities(doubling), "the formula is too long once the quantities it uses are written out");
}

TEST(Resolve, a_quantity_that_is_a_plain_number_serves_as_money_but_not_as_a_rate) {
  const auto deal = with_quantities("  floor: 5_000_000\n  none: 0\n  target: max(floor, none, 1% * pool.balance.cut_off)\n").resolve();
  EXPECT_EQ(lines(deal.issues), Lines{});
  auto amount = with_quantities("  floor: 5_000\n");
  amount.waterfall = "  - {pay: residual, from: available, amount: floor, to: Owner}\n";
  EXPECT_EQ(amount.issues(), Lines{});
  auto rate = with_quantities("  cap: 11.5\n");
  rate.classes = "  A: {balance: 900, rate: 'min(libor_1m, cap)'}\n  B: {balance: 100, rate: libor_1m}\n";
  expect_one(rate, "'min' joins a rate and a number; write the rate with a percent sign");
  rate.classes = "  A: {balance: 900, rate: cap}\n  B: {balance: 100, rate: libor_1m}\n";
  expect_one(rate, "'cap' stands where a rate is due, without a percent sign");
}

TEST(Resolve, refuses_dates_out_of_order) {
  DealText text;
  text.dates = "{cut_off: 2004-02-01, closing: 2003-12-18, payments: {first: 2003-12-10}}";
  const Lines issues = text.issues();
  EXPECT_EQ(issues, (Lines{"deal.yaml:3:8: error: closing 2003-12-18 comes before the cut-off date 2004-02-01; put the dates in order: cut_off, closing, first payment",
                           "deal.yaml:3:8: error: the first payment 2003-12-10 does not come after closing 2003-12-18; put the dates in order: cut_off, closing, first payment",
                           "deal.yaml:3:8: error: settlement 2003-12-18 is not between cut-off and first payment; put the dates in order: cut_off, settlement, first payment"}));
}

TEST(Resolve, refuses_balances_that_are_not_positive) {
  DealText text;
  text.classes = "  A: {balance: 900, rate: libor_1m}\n  B: {balance: 0, rate: libor_1m}\n";
  expect_one(text, "deal.yaml:" + std::to_string(text.line_of("B: {")) + ":16: error: the balance of class B is not a positive amount");
}

TEST(Resolve, refuses_steps_without_what_they_need) {
  expect_one(with_steps("  - {pay: interest, to: A}\n"), "the step has no source of funds");
  expect_one(with_steps("  - {pay: fee, from: available, to: Owner}\n"), "a fee needs an amount");
  expect_one(with_steps("  - {pay: write_down, to: A}\n"), "a write-down needs an amount");
  expect_one(with_steps("  - {pay: write_down, from: available, amount: 5, to: A}\n"), "a write-down moves no cash");
  expect_one(with_steps("  - {pay: residual, from: available, to: A}\n"), "a fee or residual goes to a party, and A is a class");
  expect_one(with_steps("  - {pay: interest, from: available, to: Owner}\n"), "Owner is a party, not a class");
  expect_one(with_steps("  - {pay: interest, from: available, to: Bonds}\n"), "Bonds is a group of classes; say how they share");
  expect_one(with_steps("  - {pay: interest, from: available, when: available, to: A}\n"), "'available' is a money amount; a condition is due here");
  expect_one(with_steps("  - {pay: interest, from: available, amount: libor_1m, to: A}\n"), "'libor_1m' is a rate; a money amount is due here");
  expect_one(with_steps("  - {pay: residual, from: available, to: {pro_rata: [Owner], by: 5}}\n"), "'by' weighs classes");
}

TEST(Resolve, refuses_pro_rata_among_parties_which_are_due_no_set_amount) {
  auto text = with_steps("  - {pay: residual, from: available, to: {pro_rata: [Owner, Issuer]}}\n");
  text.parties = "{Owner: one, Issuer: other}";
  expect_one(text, "is due no set amount to share by; give fixed parts");
  text.waterfall = "  - {pay: fee, from: available, amount: 5, to: {pro_rata: [{at_most: 2, pay: Owner}, {at_most: 3, pay: Issuer}]}}\n"
                   "  - {pay: residual, from: available, to: {shares: [{60%: Owner}, {40%: Issuer}]}}\n";
  EXPECT_EQ(text.issues(), Lines{});
}

TEST(Resolve, refuses_more_pro_rata_parts_than_a_period_has_room_for) {
  DealText text;
  text.classes.clear();
  text.class_groups = "{Bonds: [";
  for (int i = 0; i < 65; ++i) {
    text.classes += "  C" + std::to_string(i) + ": {balance: 10, rate: libor_1m}\n";
    text.class_groups += (i ? ", C" : "C") + std::to_string(i);
  }
  text.class_groups += "]}";
  EXPECT_EQ(text.issues(), Lines{});
  text.waterfall = "  - {pay: principal, from: available, to: {pro_rata: Bonds}}\n";
  expect_one(text, "at most 64");
}

TEST(Resolve, finds_every_problem_at_once) {
  DealText text;
  text.dates = "{cut_off: 2003-12-01, closing: 2003-12-18, payments: {first: 2003-12-18}}";  // 1: no period
  text.classes = "  A: {balance: 900, margin: 0.35%, rate: libor_1m + margn}\n"             // 2: name
                 "  B: {balance: 100, rate: 0.35}\n";                                       // 3: percent sign
  text.quantities = "  target: pool.balance.cut_off + 5%\n"                                 // 4: types
                    "  uses_it: target * 2\n";                                              // (not reported: follows from 4)
  text.waterfall = "  - {section: 1, pay: interest, from: interest_fund, to: {sequential: Bonds}}\n"  // 5: fund
                   "  - {section: 2, pay: principal, from: available, to: C}\n"                       // 6: class
                   "  - {section: 3, pay: residual, from: available, to: Owner}\n";
  EXPECT_EQ(text.issues().size(), 6u) << testing::PrintToString(text.issues());
  EXPECT_FALSE(text.resolve().ok());
}

TEST(Resolve, impac_resolves_whole) {
  // The six classes, ten steps and terms of the example; its quantities come back in the file's order.
  const auto loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml");
  ASSERT_TRUE(loaded.inputs.has_value());
  const deal::Deal& deal = loaded.inputs->deal;
  EXPECT_EQ(deal.classes.size(), 6u);
  EXPECT_EQ(deal.waterfall.size(), 10u);
  EXPECT_EQ(deal.quantities.front().name, "net_mortgage_rate");
  EXPECT_EQ(deal.classes[2].constant("step_up"), 1.5);
  EXPECT_EQ(deal.classes[0].constant("step_up"), 2.0);
  EXPECT_EQ(deal.classes[0].constant("step_down"), std::nullopt);
  EXPECT_DOUBLE_EQ(deal.enhancement_target_of(1e9), 5e6);
}
