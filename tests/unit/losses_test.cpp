// Who bears a loss, in small deals worked by hand.

#include <gtest/gtest.h>

#include <algorithm>

#include "small_deal.h"
#include "spillway/book/tables.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using small_deal::by_class;
using small_deal::expect_near;
using small_deal::flows_of;
using small_deal::Month;
using small_deal::named;

namespace {

// Classes of 1% a month; excess cash flow builds overcollateralization to the target, then reimburses, then is the owner's.
std::string deal_of(const std::string& classes, const std::string& names, const std::string& losses_to, const std::string& target) {
  return small_deal::head() +
         "classes:\n  defaults: {rate: 12%}\n" + classes +
         "class_groups: {Bonds: [" + names + "]}\n"
         "parties: {Owner: residual}\n"
         "funds:\n"
         "  interest_funds: pool.interest.net\n"
         "  principal_funds: pool.principal\n"
         "  all_funds: [principal_funds, interest_funds]\n"
         "quantities:\n"
         "  oc_deficiency: max(0, " + target + " - (pool.balance.ending - classes.balance))\n"
         "  unabsorbed_losses: max(0, classes.balance - pool.balance.ending)\n"
         "  left: classes.balance\n"
         "waterfall:\n"
         "  - {section: 1, pay: interest, from: interest_funds, to: {sequential: Bonds}}\n"
         "  - {section: 2, pay: principal, from: all_funds, amount: pool.principal, to: {pro_rata: Bonds}}\n"
         "  - {section: Recoveries, pay: write_up, amount: pool.subsequent_recoveries, to: {sequential: Bonds}}\n"
         "  - {section: 3, pay: principal, from: all_funds, amount: oc_deficiency, to: {pro_rata: Bonds}}\n"
         "  - {section: Losses, pay: write_down, amount: unabsorbed_losses, to: {sequential: [" + losses_to + "]}}\n"
         "  - {section: 4, pay: allocated_loss, from: all_funds, to: {sequential: Bonds}}\n"
         "  - {section: 5, pay: residual, from: all_funds, to: Owner}\n";
}

std::string four_classes(const std::string& target) {
  return deal_of("  A-1: {balance: 600}\n  A-2: {balance: 200}\n  M-1: {balance: 120}\n  M-2: {balance: 80}\n",
                 "A-1, A-2, M-1, M-2", "M-2, M-1, A-2", target);
}

void expect_borne(const DealCashFlows& flows, const std::vector<double>& excess, const std::vector<double>& oc,
                  const std::vector<double>& classes) {
  expect_near(flows.losses_by_excess, excess, "by excess cash flow");
  expect_near(flows.losses_by_oc, oc, "by overcollateralization");
  expect_near(flows.losses_written_down, classes, "by classes");
}

}  // namespace

TEST(Losses, are_borne_by_excess_then_overcollateralization_then_m_then_the_senior_subordinate_never_a_1) {
  // Pool 1,000, classes 950 (600 / 200 / 150), target 50; no principal. Due: 1% of the classes.
  //   month  loss  interest  due   excess  principal  pool  classes      written down         OC
  //     1      3    14.5     9.5      5        3       997    947                            50
  //     2     44    13.47    9.47     4        4       953    943                            10
  //     3    161    10.43    9.43     1        1       792    942        150: M 148.736842    0
  //                                                           - 150       and A-2 1.263158
  //     4    300     7.92    7.92     0        0       492    792        A-2 197.052632     -102.947368
  const auto flows = flows_of(deal_of("  A-1: {balance: 600}\n  A-2: {balance: 200}\n  M: {balance: 150}\n", "A-1, A-2, M",
                                      "M, A-2", "50"),
                              {{14.5, 0, 3}, {13.47, 0, 44}, {10.43, 0, 161}, {7.92, 0, 300}});
  expect_near(flows.overcollateralization, {50, 10, 0, -102.947368421}, "overcollateralization");
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 0), {600 * 3 / 950.0, 200 * 3 / 950.0, 150 * 3 / 950.0}, "principal");
  expect_near(flows.classes[2].written_down, {0, 0, 148.736842105, 0}, "M");
  expect_near(flows.classes[1].written_down, {0, 0, 1.263157895, 197.052631579}, "A-2");
  expect_near(flows.classes[0].written_down, {0, 0, 0, 0}, "A-1");
  expect_near(flows.classes[0].ending_balance, {598.105263158, 595.578947368, 594.947368421, 594.947368421}, "A-1");
  expect_near(named(flows.parties, "Owner"), {2, 0, 0, 0}, "owner");
  expect_borne(flows, {3, 4, 1, 0}, {0, 40, 10, 102.947368421}, {0, 0, 150, 197.052631579});
}

TEST(Losses, once_overcollateralization_is_rebuilt_are_reimbursed_in_class_order) {
  // Month 1: 250 lost, no excess: M-2 80, M-1 120, A-2 50. Target 10.
  //   month  interest  due   excess  to OC  A-2  M-1  M-2
  //     2      27.5    7.5     20     10     10
  //     3      97.4    7.4     90      -     40   50
  //     4     117.4    7.4    110      -          70   40
  const auto flows = flows_of(four_classes("10"), {{10, 0, 250}, {27.5}, {97.4}, {117.4}});
  expect_near(by_class(flows, &ClassCashFlows::written_down, 0), {0, 50, 120, 80}, "written down");
  expect_near(flows.overcollateralization, {0, 10, 10, 10}, "rebuilt");
  expect_near(flows.classes[1].allocated_loss_paid, {0, 10, 40, 0}, "A-2");
  expect_near(flows.classes[2].allocated_loss_paid, {0, 0, 50, 70}, "M-1");
  expect_near(flows.classes[3].allocated_loss_paid, {0, 0, 0, 40}, "M-2");
  expect_near(flows.classes[3].allocated_loss, {80, 80, 80, 40}, "M-2 carried");
  expect_borne(flows, {0, 10, 0, 0}, {0, -10, 0, 0}, {250, 0, 0, 0});
}

TEST(Losses, are_netted_with_recoveries_that_come_with_them) {
  // 100 liquidated for 60: principal 60, loss 40, all of it M-2's.
  const auto flows = flows_of(four_classes("0"), {{10, 0, 40, 60}});
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 0), {36, 12, 7.2, 4.8}, "principal");
  expect_near(by_class(flows, &ClassCashFlows::written_down, 0), {0, 0, 0, 40}, "written down");
  expect_borne(flows, {0}, {0}, {40});
}

TEST(WriteUps, raise_classes_in_order_by_no_more_than_they_were_written_down) {
  // Month 1: M-2 80, M-1 120, A-2 50 written down; 600 and 150 are left.
  // Month 2: 60 comes for old losses: principal 48 and 12; then A-2 up by 50, M-1 by 10.
  // Month 3: 300 comes: principal 40% of 552, 188, 10; then M-1 up by 110, M-2 by 80, and 110 is overcollateralization.
  const auto flows = flows_of(four_classes("0"), {{10, 0, 250}, {7.5, 0, 0, 0, 60}, {7.5, 0, 0, 0, 300}});
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 1), {48, 12, 0, 0}, "principal");
  expect_near(by_class(flows, &ClassCashFlows::written_up, 1), {0, 50, 10, 0}, "written up");
  expect_near(by_class(flows, &ClassCashFlows::ending_balance, 1), {552, 188, 10, 0}, "balances");
  expect_near(by_class(flows, &ClassCashFlows::allocated_loss, 1), {0, 0, 110, 80}, "carried");
  expect_near(by_class(flows, &ClassCashFlows::interest_due, 2), {5.52, 1.88, 0.10, 0}, "interest on what was raised");
  expect_near(by_class(flows, &ClassCashFlows::written_up, 2), {0, 0, 110, 80}, "written up");
  expect_near(by_class(flows, &ClassCashFlows::ending_balance, 2), {331.2, 112.8, 116, 80}, "balances");
  expect_near(flows.overcollateralization, {0, 0, 110}, "overcollateralization");
  expect_near(named(flows.quantities, "left"), {750, 750, 640}, "all classes, as formulas see them");
  expect_borne(flows, {0, 60, 300}, {0, 0, -110}, {250, -60, -190});
}

namespace {

// One class of 1,000 at 1% a month; what its interest is short of is carried.
DealCashFlows carried(const std::string& keys, const std::vector<Month>& months) {
  return flows_of(small_deal::head() + "classes: {A: {balance: 1000, " + keys +
                      "}}\nparties: {Owner: residual}\n"
                      "funds: {interest: pool.interest.net, principal: pool.principal}\nwaterfall:\n"
                      "  - {pay: interest, from: interest, to: A}\n"
                      "  - {pay: unpaid_interest, from: interest, to: A}\n"
                      "  - {pay: principal, from: principal, to: A}\n"
                      "  - {pay: basis_risk, from: interest, when: period == 3, to: A}\n"
                      "  - {pay: residual, from: interest, to: Owner}\n",
                  months);
}

}  // namespace

TEST(UnpaidInterest, bears_interest_only_where_the_class_states_a_rate) {
  //   month  interest  due    carried at 0%     at 1% a month
  //     1        4      10     6                 6
  //     2       10      10     6                 6 x 1.01 = 6.06
  //     3       13.06   10     6 - 3.06 = 2.94   6.06 x 1.01 - 3.06 = 3.0606
  const std::vector<Month> months{{4}, {10}, {13.06}};
  expect_near(carried("rate: 12%", months).classes[0].unpaid_interest, {6, 6, 2.94}, "without");
  expect_near(carried("rate: 12%, unpaid_interest_rate: rate", months).classes[0].unpaid_interest, {6, 6.06, 3.0606}, "with");
  expect_near(carried("rate: 12%, unpaid_interest_rate: 0 - 5%", months).classes[0].unpaid_interest, {6, 6, 2.94}, "never negative");
}

TEST(BasisRisk, bears_the_class_rate_or_one_stated_for_it) {
  // Stated 2% a month, paid 1%: 10 a month short. Carried at 1% a month: 10, 20.1; at 2%: 10, 20.2. All paid in month 3.
  const std::vector<Month> months{{10}, {10}, {10 + 50}};
  const auto at_rate = carried("stated_rate: 24%, rate: 12%", months);
  expect_near(at_rate.classes[0].basis_risk, {10, 20.1, 0}, "at the class rate");
  const auto at_stated = carried("stated_rate: 24%, rate: 12%, basis_risk_rate: stated_rate", months);
  expect_near(at_stated.classes[0].basis_risk, {10, 20.2, 0}, "at the stated rate");
  expect_near(at_stated.classes[0].basis_risk_paid, {0, 0, 20.2 * 1.02 + 10}, "paid");
}

TEST(Hedges, are_paid_no_more_than_the_pool_brings_interest_first_then_principal) {
  // 30 owed a month (index at 0, fixed leg 30). Class A of 1,000, 1% a month.
  //   month  interest  principal  paid  unpaid  interest left  principal left
  //     1        8         12      20     10          0               0
  //     2        8        100      30      -          0              78
  //     3       35          0      30      -          5               0
  const std::string text = small_deal::head() +
                           "hedges: {swaps: swaps.csv, index: libor_1m}\n"
                           "classes: {A: {balance: 1000, rate: 12%}}\nparties: {Owner: residual}\nfunds:\n"
                           "  interest_funds: max(0, pool.interest.net - hedges.payments)\n"
                           "  principal_funds: pool.principal - max(0, hedges.payments - pool.interest.net)\n"
                           "quantities: {lapsed: hedges.unpaid}\nwaterfall:\n"
                           "  - {pay: interest, from: interest_funds, to: A}\n"
                           "  - {pay: principal, from: principal_funds, to: A}\n"
                           "  - {pay: residual, from: interest_funds, to: Owner}\n";
  const auto flows = flows_of(text, {{8, 12}, {8, 100}, {35}}, {.swaps = {{1'000, 1'000, 1'000}, {30, 30, 30}}});
  expect_near(flows.hedge_net_payment, {-20, -30, -30}, "net payment");
  expect_near(flows.hedge_unpaid, {10, 0, 0}, "unpaid");
  expect_near(named(flows.quantities, "lapsed"), {10, 0, 0}, "by its name");
  expect_near(flows.classes[0].interest_paid, {0, 0, 5}, "interest");
  expect_near(flows.classes[0].principal_paid, {0, 78, 0}, "principal");
  expect_borne(flows, {-12, -22, 0}, {12, 22, 0}, {0, 0, 0});
}

TEST(Losses, leave_out_what_an_accrual_class_adds_and_what_a_part_call_redeems) {
  // A and Z of 500; Z accrues 1% a month, paid to A as principal. Month 2 redeems 40% of pool and classes.
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 500, rate: 0}, Z: {balance: 500, rate: 12%, accrues: true}}\n"
                           "parties: {Owner: residual}\ncall: {when: period == 2, part: 40%}\n"
                           "funds: {interest: pool.interest.net, principal: pool.principal + call.proceeds}\n"
                           "quantities: {redeemed: 'if(call.exercised, call.part * (classes.balance.beginning - pool.principal), 0)'}\n"
                           "waterfall:\n"
                           "  - {pay: principal, from: interest, amount: Z.accrued, to: A}\n"
                           "  - {pay: principal, from: principal, amount: pool.principal + redeemed, to: {pro_rata: [A, Z]}}\n"
                           "  - {pay: residual, from: [interest, principal], to: Owner}\n";
  const auto flows = flows_of(text, {{5}, {5.05, 100, 10}, {5}}, {.to_call = true});
  // Month 2: pool 1,000 - 110 = 890; classes 900 after principal; the call brings the larger, 900 x 40%.
  expect_near(flows.overcollateralization, {0, 0.6 * 890 - 540, 534 - 540}, "pool less classes");
  expect_borne(flows, {0, 4, 0}, {0, 6, 0}, {0, 0, 0});
}

TEST(Pool, has_names_for_what_defaults_and_what_is_due) {
  cashflow::PoolVectors pool;
  pool.name = "all";
  pool.cut_off_balance = 1'000;
  pool.has_credit = true;
  pool.resize(2);
  pool.beginning_balance = {1'000, 900};
  pool.gross_interest = {8, 7};
  pool.uncollected_interest = {2, 2};
  pool.servicing_fee = {0.8, 0.7};
  pool.uncollected_fees = {0.2, 0.2};
  pool.scheduled_principal = {80, 700};
  pool.defaulted_balance = {120, 0};
  pool.advanced_principal = {1, 0};
  pool.recoveries = {9, 60};
  pool.realized_losses = {10, 40};
  pool.subsequent_recoveries = {0, 3};
  pool.foreclosure_balance = {100, 0};
  pool.reo_balance = {30, 0};
  pool.delinquent_30 = {50, 0};
  pool.delinquent_60 = {20, 0};
  pool.delinquent_90 = {5, 0};
  pool.prepayment_interest_shortfall = {0.7, 0};
  pool.compensating_interest = {0.4, 0};
  pool.ending_balance = {900, 100};
  cashflow::check_identities(pool);
  const std::vector<std::pair<std::string, std::vector<double>>> expected{
      {"balance.performing", {800, 100}},      {"net_rate", {0.12 * 0.9, 12 * 8.1 / 900}}, {"gross_rate", {0.12, 12 * 9 / 900.0}},
      {"net_rate.collected", {12 * 7.2 / 1'000, 12 * 6.3 / 900}}, {"losses.cumulative", {10, 50}},
      {"defaults.cumulative", {120, 120}},     {"subsequent_recoveries", {0, 3}},  {"advanced", {1, 0}},
      {"foreclosure", {100, 0}},               {"reo", {30, 0}},                   {"delinquent_30", {50, 0}},
      {"delinquent_60", {20, 0}},              {"delinquent_90", {5, 0}},          {"delinquent_60_plus", {125, 0}},
      {"prepayment_interest_shortfall", {0.3, 0}}, {"principal", {90, 763}}};
  std::string quantities;
  for (const auto& [name, values] : expected) {
    std::string key = name;
    for (char& c : key) c = c == '.' ? '_' : c;
    quantities += "  q_" + key + ": pool." + name + "\n  g_" + key + ": all." + name + "\n";
  }
  const deal::Deal deal = small_deal::resolve(small_deal::head() +
                                              "classes: {A: {balance: 1000, rate: 0}}\nparties: {Owner: residual}\n"
                                              "funds: {cash: pool.interest.net + pool.principal}\nquantities:\n" + quantities +
                                              "waterfall:\n  - {pay: principal, from: cash, to: A}\n"
                                              "  - {pay: residual, from: cash, to: Owner}\n");
  const auto flows = small_deal::run(deal, {{pool}, pool});
  ASSERT_TRUE(flows.ok());
  for (const auto& [name, values] : expected) {
    std::string key = name;
    for (char& c : key) c = c == '.' ? '_' : c;
    expect_near(named(flows->quantities, "q_" + key), values, name);
    expect_near(named(flows->quantities, "g_" + key), values, name);
  }
}

TEST(Identities, that_fail_name_period_identity_and_both_sides) {
  // The pool claims 5 of loss that its balances do not show.
  auto collateral = small_deal::collateral(1'000, {{10}, {10, 0, 100}});
  collateral.total.realized_losses[1] = 105;
  try {
    small_deal::run(small_deal::resolve(four_classes("0")), collateral);
    FAIL() << "nothing was thrown";
  } catch (const result::InvariantViolation& violation) {
    EXPECT_STREQ(violation.what(),
                 "period 2, Test: realized losses to date = borne by excess cash flow + by overcollateralization + by the "
                 "classes does not hold: 105.000000 against 100.000000");
  }
}

TEST(Columns, of_credit_triggers_and_accounts_stand_there_only_where_there_are_any) {
  const std::string plain = four_classes("0");
  std::string full = plain;
  full.replace(full.find("quantities:"), 0, "triggers: {late: {when: period > 1}}\naccounts: {Reserve: {target: 0}}\n");
  const auto columns = [](const std::string& text, bool has_credit) {
    auto collateral = small_deal::collateral(1'000, {{10}, {10, 0, 5}});
    collateral.total.has_credit = has_credit;
    const auto flows = small_deal::run(small_deal::resolve(text), collateral);
    std::vector<std::string> names;
    for (const auto& column : book::class_cash_flows(*flows, collateral).columns) names.push_back(column.name);
    return names;
  };
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const auto few = columns(plain, false), many = columns(full, true);
  for (const char* name : {"pool_defaulted", "pool_delinquent_90", "losses_by_excess", "losses_by_oc", "losses_written_down",
                           "A-1_written_up", "Reserve_ending", "Reserve_draws", "late"}) {
    EXPECT_FALSE(has(few, name)) << name;
    EXPECT_TRUE(has(many, name)) << name;
  }
  EXPECT_EQ(many.size(), few.size() + 16 + 3 + 4 + 6 + 1);
  EXPECT_FALSE(has(many, "hedge_unpaid"));
}
