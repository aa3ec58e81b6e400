// Deal structures one by one, over a few months of collateral worked by hand.

#include <gtest/gtest.h>

#include <algorithm>

#include "small_deal.h"
#include "spillway/assumptions/scenario.h"
#include "spillway/book/decrement_tables.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::CollateralCashFlows;
using cashflow::DealCashFlows;
using small_deal::Month;
using Numbers = std::vector<double>;

namespace {

const std::string cash = "funds: {interest: pool.interest.net, principal: pool.principal}\n";
const std::string rest = "  - {pay: residual, from: [interest, principal], to: Owner}\n";
const std::string head = small_deal::head() + "parties: {Owner: residual}\n";

DealCashFlows flows_of(const deal::Deal& deal, const CollateralCashFlows& collateral, const small_deal::Options& options = {}) {
  auto flows = small_deal::run(deal, collateral, options);
  EXPECT_EQ(lines(flows.issues), Lines{});
  return flows.ok() ? std::move(*flows) : DealCashFlows{};
}

DealCashFlows flows_of(const std::string& text, double pool, const std::vector<Month>& months,
                       const small_deal::Options& options = {}) {
  return flows_of(small_deal::resolve(text), small_deal::collateral(pool, months), options);
}

// Several loan groups, each with months of its own.
CollateralCashFlows groups(const std::vector<std::pair<double, std::vector<Month>>>& parts) {
  CollateralCashFlows made;
  for (const auto& [balance, months] : parts) {
    made.groups.push_back(small_deal::collateral(balance, months).total);
    made.groups.back().name = "group_" + std::to_string(made.groups.size());
    if (made.groups.size() == 1) made.total.resize(months.size());
    made.total.add(made.groups.back());
  }
  return made;
}

const ClassCashFlows& bond(const DealCashFlows& flows, const std::string& name) {
  const auto found = std::find_if(flows.classes.begin(), flows.classes.end(), [&](const auto& c) { return c.name == name; });
  if (found == flows.classes.end()) throw std::out_of_range("no class " + name);
  return *found;
}

void expect_near(const Numbers& found, const Numbers& expected, const std::string& what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  for (std::size_t t = 0; t < found.size(); ++t) EXPECT_NEAR(found[t], expected[t], 1e-6) << what << ", period " << t + 1;
}

void expect_balances(const DealCashFlows& flows, const std::vector<std::pair<std::string, Numbers>>& expected) {
  for (const auto& [name, balances] : expected) expect_near(bond(flows, name).ending_balance, balances, name);
}

Lines problems_of(const std::string& text) {
  const auto definition = io::read_deal(text, "deal.yaml");
  Lines all = lines(definition.issues);
  if (!all.empty()) return all;
  return lines(deal::resolve(definition.value, {"all"}).issues);
}

// A pays 1% a month on 300; Z accrues 1% a month on 100, which goes to A until it is retired.
const std::string z_deal = head + cash +
    "classes: {defaults: {rate: 12%}, A: {balance: 300}, Z: {balance: 100, accrues: true}}\n"
    "combinations: {AZ: {of: [A, Z]}}\n"
    "waterfall:\n"
    "  - {pay: interest, from: interest, to: A}\n"
    "  - {pay: principal, from: interest, amount: Z.accrued, to: {sequential: [A, Z]}}\n"
    "  - {pay: principal, from: principal, to: {sequential: [A, Z]}}\n" + rest;
const std::vector<Month> z_months{{4, 99}, {3.01, 150}, {1.51, 50}, {1.01, 101}};

}  // namespace

TEST(Accrual, goes_to_the_accretion_directed_class_and_then_to_the_accruing_class_itself) {
  //   month  interest  to A    Z accrues  principal  A ends   Z ends
  //     1     4        3        1           99       200      101
  //     2     3.01     2        1.01       150        48.99   102.01
  //     3     1.51     0.4899   1.0201      50         0      102.01 + 1.0201 - 2.0301 = 101
  //     4     1.01     -        1.01       101         -      101 + 1.01 - 1.01 - 101 = 0
  const auto flows = flows_of(z_deal, 400, z_months);
  expect_balances(flows, {{"A", {200, 48.99, 0, 0}}, {"Z", {101, 102.01, 101, 0}}});
  expect_near(bond(flows, "Z").accrued, {1, 1.01, 1.0201, 1.01}, "accrued");
  expect_near(bond(flows, "Z").interest_paid, {0, 0, 0, 0}, "an accruing class is paid no interest");
  expect_near(bond(flows, "Z").unpaid_interest, {0, 0, 0, 0}, "and none is owed to it");
  expect_near(bond(flows, "Z").principal_paid, {0, 0, 2.0301, 102.01}, "Z principal");
  expect_near(bond(flows, "A").interest_paid, {3, 2, 0.4899, 0}, "A interest");
  expect_near(flows.parties[0].values, {0, 0, 0, 0}, "owner");
  expect_near(flows.overcollateralization, {0, 0, 0, 0}, "the accretion of Z is what A is paid with");
}

TEST(Combinations, of_a_class_and_its_own_interest_only_class_have_the_balance_of_the_one) {
  cashflow::ClassCashFlows bond, interest_only;
  bond.resize(1), interest_only.resize(1);
  bond.original_balance = interest_only.original_balance = 500;
  bond.beginning_balance = interest_only.beginning_balance = {400};
  bond.rate = {0.05}, interest_only.rate = {0.01};
  interest_only.is_notional = true;
  const auto both = cashflow::combine("B", {&bond, &interest_only});
  EXPECT_DOUBLE_EQ(both.original_balance, 500);
  EXPECT_DOUBLE_EQ(both.beginning_balance[0], 400);
  EXPECT_DOUBLE_EQ(both.rate[0], 0.06);
  EXPECT_FALSE(both.is_notional);
  EXPECT_DOUBLE_EQ(cashflow::combine("I", {&interest_only, &interest_only}).original_balance, 1000);
}

TEST(Combinations, are_the_sum_of_their_parts_and_their_average_life_counts_declines_alone) {
  const auto deal = small_deal::resolve(z_deal);
  ASSERT_EQ(deal.combinations.size(), 1u);
  EXPECT_EQ(deal.combinations[0].parts, (std::vector<std::size_t>{0, 1}));
  const auto flows = flows_of(deal, small_deal::collateral(400, z_months));
  const auto& a = bond(flows, "A");
  const auto& z = bond(flows, "Z");
  const auto both = cashflow::combine("AZ", {&a, &z});
  EXPECT_DOUBLE_EQ(both.original_balance, 400);
  expect_near(both.ending_balance, {301, 151, 101, 0}, "AZ");
  for (std::size_t t = 0; t < 4; ++t) {
    EXPECT_NEAR(both.cash(t), a.cash(t) + z.cash(t), 1e-9) << t;
    EXPECT_NEAR(both.rate[t], 0.12, 1e-12) << t;
  }
  // Declines of 99, 150, 50, 101 after 1 to 4 months; what accrues to Z and pays A cancels out. Z alone declines by 1.01
  // in month 3 and by 101 in month 4, and A by 100, 151.01, 48.99.
  const auto life = [&](std::vector<std::size_t> classes) {
    return std::get<double>(book::decrement_average_life({"", std::move(classes)}, flows, deal.settlement).value);
  };
  EXPECT_NEAR(life({0, 1}), (99 * 1 + 150 * 2 + 50 * 3 + 101 * 4) / 400.0 / 12.0, 1e-9);
  EXPECT_NEAR(life({0}), (100 * 1 + 151.01 * 2 + 48.99 * 3) / 300.0 / 12.0, 1e-9);
  EXPECT_NEAR(life({1}), (1.01 * 3 + 101 * 4) / 102.01 / 12.0, 1e-9);
}

TEST(Notional, of_one_class_and_of_two_pays_interest_alone) {
  //   month  A     B     IO1 6% on A   IO2 3% on A + B
  //     1    600   400   3             2.5
  //     2    300   400   1.5           1.75
  //     3      0   300   0             0.75
  const auto flows = flows_of(head + cash +
      "classes: {defaults: {rate: 12%}, A: {balance: 600}, B: {balance: 400}, IO1: {notional: A.balance.beginning, rate: 6%},\n"
      "          IO2: {notional: A.balance.beginning + B.balance.beginning, rate: 3%}}\n"
      "waterfall:\n"
      "  - {pay: interest, from: interest, to: {pro_rata: [A, B, IO1, IO2]}}\n"
      "  - {pay: principal, from: principal, to: {sequential: [A, B, IO1]}}\n" + rest,
      1'000, {{15.5, 300}, {10.25, 400}, {3.75, 300}});
  expect_near(bond(flows, "IO1").interest_paid, {3, 1.5, 0}, "IO1");
  expect_near(bond(flows, "IO2").interest_paid, {2.5, 1.75, 0.75}, "IO2");
  expect_near(bond(flows, "IO1").principal_paid, {0, 0, 0}, "no principal");
  expect_near(flows.parties[0].values, {0, 0, 0}, "owner");
  expect_near(flows.overcollateralization, {0, 0, 0}, "a notional is no part of the class total");
  EXPECT_DOUBLE_EQ(bond(flows, "IO2").original_balance, 1'000);
  expect_balances(flows, {{"IO1", {300, 0, 0}}, {"IO2", {700, 300, 0}}});
}

TEST(Notional, may_stand_on_a_notional_a_quantity_or_the_pool_in_any_order) {
  const auto flows = flows_of(head + cash +
      "quantities: {half: 50% * A.balance.beginning}\n"
      "classes: {IO3: {notional: 50% * IO2.balance.beginning, rate: 12%}, IO2: {notional: half, rate: 12%},\n"
      "          IO1: {notional: pool.balance.beginning, rate: 12%}, A: {balance: 800, rate: 12%}}\n"
      "waterfall:\n"
      "  - {pay: interest, from: interest, to: {pro_rata: [A, IO1, IO2, IO3]}}\n"
      "  - {pay: principal, from: principal, to: A}\n" + rest,
      1'000, {{24, 400}, {13, 600}});
  expect_near(bond(flows, "IO1").interest_paid, {10, 6}, "1% of the pool");
  expect_near(bond(flows, "IO2").interest_paid, {4, 2}, "1% of half of A");
  expect_near(bond(flows, "IO3").interest_paid, {2, 1}, "1% of half of IO2");
  EXPECT_DOUBLE_EQ(bond(flows, "IO1").original_balance, 1'000);
  EXPECT_DOUBLE_EQ(bond(flows, "IO2").original_balance, 400);
  EXPECT_DOUBLE_EQ(bond(flows, "IO3").original_balance, 200);
}

TEST(PrincipalOnly, has_a_rate_of_zero_and_shares_in_principal) {
  const auto flows = flows_of(head + cash +
      "classes: {A: {balance: 600, rate: 12%}, PO: {balance: 400, rate: 0%}}\n"
      "waterfall:\n"
      "  - {pay: interest, from: interest, to: {pro_rata: [A, PO]}}\n"
      "  - {pay: principal, from: principal, to: {pro_rata: [A, PO]}}\n" + rest,
      1'000, {{6, 500}, {3, 250}, {1.5, 250}});
  expect_balances(flows, {{"A", {300, 150, 0}}, {"PO", {200, 100, 0}}});
  expect_near(bond(flows, "PO").interest_paid, {0, 0, 0}, "PO");
  expect_near(flows.parties[0].values, {0, 0, 0}, "owner");
}

TEST(InverseFloater, and_its_floater_cost_the_same_at_any_index) {
  // F pays LIBOR + 0.5% up to 10% on 600; the inverse floater on 400 has the rest of 6%: (60 - 600 F) / 400.
  const auto deal = small_deal::resolve(head + cash +
      "classes: {F: {balance: 600, rate: 'min(libor_1m + 0.50%, 10%)'}, INV: {balance: 400, rate: 'max(1.5 * (9.5% - libor_1m), 0)'}}\n"
      "waterfall:\n"
      "  - {pay: interest, from: interest, to: {pro_rata: [F, INV]}}\n"
      "  - {pay: principal, from: principal, to: {pro_rata: [F, INV]}}\n" + rest);
  const auto collateral = small_deal::collateral(1'000, {{5, 500}, {2.5, 500}});
  //   LIBOR      0      3%     9.5%   20%
  //   F / month  0.25   1.75   5      5
  for (const auto& [libor, floater] : std::vector<std::pair<double, double>>{{0, 0.25}, {0.03, 1.75}, {0.095, 5}, {0.2, 5}}) {
    const auto flows = flows_of(deal, collateral, {.libor = libor});
    expect_near(bond(flows, "F").interest_paid, {floater, floater / 2}, "F");
    expect_near(bond(flows, "INV").interest_paid, {5 - floater, (5 - floater) / 2}, "INV");
    expect_near(flows.parties[0].values, {0, 0}, "owner");
  }
}

TEST(Trees, of_shares_sequences_and_pro_rata_nest) {
  // Month 1: 200. Half to A 60, then B 40; half by balance to C (100) and D then E (100): C 50, D 50.
  // Month 2: 260. 130 to B (160 left: 30); C 50 and E 50 take 100 of the other 130; the last 30 retire B.
  const auto flows = flows_of(head + cash +
      "classes: {defaults: {rate: 0%}, A: {balance: 60}, B: {balance: 200}, C: {balance: 100}, D: {balance: 50}, E: {balance: 50}}\n"
      "class_groups: {Front: [A, B], Back: [D, E]}\n"
      "waterfall:\n"
      "  - pay: principal\n"
      "    from: principal\n"
      "    to: {sequential: [{shares: [50%: {sequential: Front}, 50%: {pro_rata: [C, {sequential: Back}]}]}, B]}\n" + rest,
      460, {{0, 200}, {0, 260}});
  expect_balances(flows, {{"A", {0, 0}}, {"B", {160, 0}}, {"C", {50, 0}}, {"D", {0, 0}}, {"E", {50, 0}}});
}

TEST(Trees, bound_an_aggregate_by_the_balances_below_it_whatever_bounds_its_members) {
  // A and B together down to 100, within them A first down to 60; A is named twice and counts once.
  // Month 1: 100. A 40 to 60; B 40 makes the aggregate 100; C the other 20.
  // Month 2: 200. C 100; A 60 and B 40.
  const auto flows = flows_of(head + cash +
      "classes: {defaults: {rate: 0%}, A: {balance: 100}, B: {balance: 80}, C: {balance: 120}}\n"
      "waterfall:\n"
      "  - pay: principal\n"
      "    from: principal\n"
      "    to: {sequential: [{down_to: 100, pay: {sequential: [{down_to: 60, pay: A}, B, A]}}, C, A, B]}\n" + rest,
      300, {{0, 100}, {0, 200}});
  expect_balances(flows, {{"A", {60, 0}}, {"B", {40, 0}}, {"C", {100, 0}}});
}

TEST(Trees, bound_an_aggregate_that_a_limit_within_slows) {
  // 200 down to 100, at most 10 a month to A.
  const auto flows = flows_of(head + cash +
      "classes: {defaults: {rate: 0%}, A: {balance: 200}, B: {balance: 100}}\n"
      "waterfall:\n"
      "  - {pay: principal, from: principal, to: {sequential: [{down_to: 100, pay: {at_most: 10, pay: A}}, B, A]}}\n" + rest,
      300, {{0, 50}, {0, 250}});
  expect_balances(flows, {{"A", {190, 0}}, {"B", {60, 0}}});
}

TEST(Trees, weigh_a_class_named_twice_once) {
  // A planned class and its support (200 together) against C (200): 100 splits evenly.
  const auto flows = flows_of(head + cash +
      "classes: {defaults: {rate: 0%}, A: {balance: 100}, B: {balance: 100}, C: {balance: 200}}\n"
      "waterfall:\n"
      "  - {pay: principal, from: principal, to: {pro_rata: [{sequential: [{down_to: 80, pay: A}, B, A]}, C]}}\n" + rest,
      400, {{0, 100}, {0, 300}});
  expect_balances(flows, {{"A", {80, 0}}, {"B", {70, 0}}, {"C", {150, 0}}});
}

TEST(LoanGroups, pay_their_own_classes_first_and_what_they_have_over_covers_each_other) {
  // Group 1: 100, A 100 at 1% a month; group 2: 110, B 100.
  //   month  g1 int  g1 prin  g2 int  g2 prin   A interest          B interest  owner  A ends          B ends
  //     1     0.5      10       2       60      0.5 + 0.5 from g2   1           0.5    90              40
  //     2     0.9      10       0.4     50      0.9                 0.4         0      90 - 10 - 10    0
  //     3     0.8      80       0        0      0.7                 -           0.1 + 10   0           0
  const auto deal = small_deal::resolve(head +
      "classes: {defaults: {rate: 12%}, A: {balance: 100}, B: {balance: 100}}\n"
      "funds: {i1: group_1.interest.net, p1: group_1.principal, i2: group_2.interest.net, p2: group_2.principal}\n"
      "waterfall:\n"
      "  - {pay: interest, from: i1, to: A}\n"
      "  - {pay: interest, from: i2, to: B}\n"
      "  - {section: cross, pay: interest, from: [i1, i2], to: {sequential: [A, B]}}\n"
      "  - {pay: principal, from: p1, to: A}\n"
      "  - {pay: principal, from: p2, to: B}\n"
      "  - {section: cross, pay: principal, from: [p1, p2], to: {sequential: [A, B]}}\n"
      "  - {pay: residual, from: [i1, i2, p1, p2], to: Owner}\n", {"group_1", "group_2"});
  const auto flows = flows_of(deal, groups({{100, {{0.5, 10}, {0.9, 10}, {0.8, 80}}}, {110, {{2, 60}, {0.4, 50}, {0, 0}}}}));
  expect_near(bond(flows, "A").interest_paid, {1, 0.9, 0.7}, "A");
  expect_near(bond(flows, "B").interest_paid, {1, 0.4, 0}, "B");
  expect_balances(flows, {{"A", {90, 70, 0}}, {"B", {40, 0, 0}}});
  expect_near(flows.parties[0].values, {0.5, 0, 10.1}, "owner");
  expect_near(flows.overcollateralization, {10, 10, 0}, "pool less classes");
}

TEST(PlannedBalances, given_by_period_are_kept_while_the_support_lasts) {
  //   month  principal  plan  PAC        support
  //     1       50       80   100 -> 80  100 -> 70
  //     2       30       55        55         65
  //     3       10       30        45         65   too slow: the plan is missed
  //     4       60        0         0         50   caught up
  //     5       50        0         0          0
  const auto deal = small_deal::resolve(head + cash +
      "classes: {defaults: {rate: 0%}, PAC: {balance: 100}, SUP: {balance: 100}}\n"
      "schedules: {plan: {balances: [80, 55, 30, 0]}}\n"
      "waterfall: [{pay: principal, from: principal, to: {sequential: [{down_to: plan, pay: PAC}, SUP, PAC]}}]\n");
  ASSERT_EQ(deal.schedules.size(), 1u);
  const small_deal::Options options{.series = {deal.schedules[0].balances}};
  const auto flows = flows_of(deal, small_deal::collateral(200, {{0, 50}, {0, 30}, {0, 10}, {0, 60}, {0, 50}}), options);
  expect_balances(flows, {{"PAC", {80, 55, 45, 0, 0}}, {"SUP", {70, 65, 65, 50, 0}}});
  // Too fast: the support is gone in month 2, and the planned class takes what comes.
  const auto fast = flows_of(deal, small_deal::collateral(200, {{0, 110}, {0, 40}, {0, 50}}), options);
  expect_balances(fast, {{"PAC", {80, 50, 0}}, {"SUP", {10, 0, 0}}});
}

TEST(AbsoluteSpeed, is_a_part_of_the_loans_there_were_at_the_start) {
  const assumptions::Prepayment curve = assumptions::Abs{0.015};
  EXPECT_NEAR(assumptions::smm(curve, 1, 1, 1.0), 0.015, 1e-15);
  EXPECT_NEAR(assumptions::smm(curve, 2, 2, 1.0), 0.015 / 0.985, 1e-15);
  EXPECT_NEAR(assumptions::smm(curve, 31, 1, 1.0), 0.015 / (1 - 0.015 * 30), 1e-15);
  EXPECT_NEAR(assumptions::smm(curve, 2, 2, 2.0), 0.03 / 0.97, 1e-15);
  // After 66 months 0.01 of the loans is left: month 67 takes it, and all later months whatever there is.
  EXPECT_LT(assumptions::smm(curve, 66, 1, 1.0), 1.0);
  for (int month : {67, 68, 300}) EXPECT_EQ(assumptions::smm(curve, month, 1, 1.0), 1.0) << month;
  // Each month the same number of loans: survival falls along a line.
  double survived = 1.0;
  for (int month = 1; month <= 66; ++month) {
    survived *= 1.0 - assumptions::smm(curve, month, month, 1.0);
    EXPECT_NEAR(survived, 1.0 - 0.015 * month, 1e-12) << month;
  }
}

TEST(BadStructures, are_refused_where_they_stand) {
  const auto deal = [](const std::string& classes, const std::string& more = "") {
    return head + cash + "classes: {" + classes + "}\n" + more +
           "waterfall: [{pay: principal, from: principal, to: A}, {pay: residual, from: [interest, principal], to: Owner}]\n";
  };
  const auto says = [](const std::string& text, const std::string& what) {
    const Lines all = problems_of(text);
    EXPECT_EQ(all.size(), 1u) << what;
    for (const std::string& line : all) {
      EXPECT_NE(line.find(what), std::string::npos) << line;
      EXPECT_EQ(line.rfind("deal.yaml:", 0), 0u) << line;
    }
  };
  const std::string a = "A: {balance: 1000, rate: 12%}";
  EXPECT_EQ(problems_of(deal(a)), Lines{});
  says(deal(a + ", X: {rate: 12%}"), "give the class a balance, or a notional");
  says(deal(a + ", X: {notional: A.balance.beginning, accrues: true, rate: 12%}"), "a class on a notional has no balance to accrue to");
  says(deal(a + ", X: {notional: X.balance.beginning, rate: 12%}"), "X.balance.beginning is defined through itself");
  says(deal(a, "schedules: {plan: {principal_of: al, speeds: [100 PSA]}}\n"), "the pool has no loan group al; did you mean all?");
  says(deal(a, "schedules: {plan: {steps: {13: 2%, 1: 1%}}}\n"), "the steps are out of order");
  says(deal(a, "schedules: {A: {balances: [1]}}\n"), "A is already the name of a class");
  says(deal(a, "combinations: {AB: {of: [A, B]}}\n"), "no class is called B");
  says(deal(a, "combinations: {A: {of: [A]}}\n"), "A is already the name of a class");
}
