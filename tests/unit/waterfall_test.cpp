#include "spillway/waterfall/run_waterfall.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "small_deal.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using small_deal::by_class;
using small_deal::expect_near;
using small_deal::flows_of;
using small_deal::Month;

namespace {

// Impac's priorities with four classes, $1,000 in all, that pay 1% a month; the target is a number of dollars.
std::string impac_like(const std::string& oc_target, const std::string& call = "") {
  return small_deal::head() +
         "hedges: {swaps: swaps.csv, index: libor_1m, notional_limit: classes.balance.beginning}\n"
         "classes:\n"
         "  defaults: {coupon: 12%, rate: \"coupon * if(call.passed, 2, 1)\"}\n"
         "  A-1: {balance: 600}\n"
         "  A-2: {balance: 200}\n"
         "  M-1: {balance: 120}\n"
         "  M-2: {balance: 80}\n"
         "class_groups: {Bonds: [A-1, A-2, M-1, M-2]}\n"
         "parties: {Certificates: residual}\n" + call +
         "funds:\n"
         "  interest_funds: pool.interest.net - hedges.payments\n"
         "  principal_funds: pool.principal + call.proceeds\n"
         "  derivative_receipts: hedges.receipts\n"
         "  available_funds: [principal_funds, interest_funds]\n"
         "  excess_funds: [available_funds, derivative_receipts]\n"
         "quantities:\n"
         "  principal_distribution: if(call.exercised, classes.balance.beginning, pool.principal)\n"
         "  oc_target: " + oc_target + "\n"
         "  oc_deficiency: max(0, oc_target - (pool.balance.ending - classes.balance))\n"
         "  excess_cash_flow: {formula: excess_funds, before: 3}\n"
         "  unabsorbed_losses: max(0, classes.balance - pool.balance.ending)\n"
         "waterfall:\n"
         "  - {section: 1, pay: interest, from: interest_funds, to: {sequential: Bonds}}\n"
         "  - {section: 2, pay: principal, from: available_funds, amount: principal_distribution, to: {pro_rata: Bonds}}\n"
         "  - {section: 3, pay: principal, from: excess_funds, amount: oc_deficiency, to: {pro_rata: Bonds}}\n"
         "  - {section: Losses, pay: write_down, amount: unabsorbed_losses, to: {sequential: [M-2, M-1, A-2]}}\n"
         "  - {section: 4, pay: allocated_loss, from: excess_funds, to: {sequential: [A-2, M-1, M-2]}}\n"
         "  - {section: 5, pay: unpaid_interest, from: excess_funds, to: {sequential: Bonds}}\n"
         "  - {section: 7, pay: residual, from: excess_funds, to: Certificates}\n";
}

}  // namespace

TEST(Interest, is_paid_in_class_order_and_what_is_short_is_carried_without_interest) {
  // Due each month: 6, 2, 1.2, 0.8 = 10.
  //   month  comes in   A-1  A-2  M-1  M-2   left   unpaid M-1  M-2
  //     1      8.5       6    2   0.5   -     -        0.7      0.8
  //     2     11.0       6    2   1.2  0.8   1.0     0.7 paid   0.3 paid: 0.5 carried
  //     3     10.4       6    2   1.2  0.8   0.4        -       0.4 paid: 0.1 carried
  //     4     10.3       6    2   1.2  0.8   0.3        -       0.1 paid; 0.2 to the certificates
  const auto flows = flows_of(impac_like("0"), {{8.5}, {11.0}, {10.4}, {10.3, 1'000}});
  const auto& m1 = flows.classes[2];
  const auto& m2 = flows.classes[3];
  EXPECT_NEAR(flows.classes[0].interest_paid[0], 6, 1e-9);
  expect_near(m1.interest_due, {1.2, 1.2, 1.2, 1.2}, "due");
  expect_near(m1.interest_paid, {0.5, 1.2, 1.2, 1.2}, "paid");
  expect_near(m1.unpaid_interest_paid, {0, 0.7, 0, 0}, "unpaid interest paid");
  expect_near(m1.unpaid_interest, {0.7, 0, 0, 0}, "carried");
  expect_near(m2.interest_paid, {0, 0.8, 0.8, 0.8}, "paid");
  expect_near(m2.unpaid_interest_paid, {0, 0.3, 0.4, 0.1}, "unpaid interest paid");
  expect_near(m2.unpaid_interest, {0.8, 0.5, 0.1, 0}, "carried");
  expect_near(flows.parties[0].values, {0, 0, 0, 0.2}, "certificates");
  expect_near(m2.ending_balance, {80, 80, 80, 0}, "balance");
}

TEST(Interest, of_one_month_is_never_paid_from_principal) {
  // 100 of principal comes in, but step 1 draws on interest funds alone.
  const auto flows = flows_of(impac_like("0"), {{7.0, 100}, {9.0, 900}});
  expect_near(by_class(flows, &ClassCashFlows::interest_paid, 0), {6, 1, 0, 0}, "interest");
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 0), {60, 20, 12, 8}, "principal pro rata");
  expect_near(by_class(flows, &ClassCashFlows::interest_due, 1), {5.4, 1.8, 1.08, 0.72}, "on what is left");
}

TEST(Interest, of_a_negative_rate_is_none_and_leaves_no_debt_of_the_class) {
  // LIBOR at -12%: the stated 1% (margin 13%) against a cap at LIBOR itself: all of the stated rate is basis risk.
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 1000, stated_rate: libor_1m + 13%, rate: libor_1m}}\n"
                           "parties: {Owner: residual}\nfunds: {cash: pool.interest.net + pool.principal}\nwaterfall:\n"
                           "  - {pay: interest, from: cash, to: A}\n"
                           "  - {pay: principal, from: cash, amount: pool.principal, to: A}\n"
                           "  - {pay: basis_risk, from: cash, when: period == 2, to: A}\n"
                           "  - {pay: residual, from: cash, to: Owner}\n";
  const auto flows = flows_of(text, {{5}, {5, 1'000}}, {.libor = -0.12});
  expect_near(flows.classes[0].interest_due, {0, 0}, "due");
  expect_near(flows.classes[0].unpaid_interest, {0, 0}, "unpaid");
  expect_near(flows.classes[0].basis_risk, {10 / 12.0, 0}, "basis risk");
  expect_near(flows.parties[0].values, {5, 5 - 20 / 12.0}, "owner");
}

TEST(Losses, are_absorbed_by_excess_cash_flow_then_overcollateralization_then_the_lowest_class) {
  // Pool 1,000, no principal, 14 of interest a month, target 10. Classes stay 60 / 20 / 12 / 8 percent until written down.
  //   month  loss   classes    due     excess    to OC     written   reimbursed  certificates  OC
  //     1          1000       10       4         4                                              4
  //     2           996        9.96    4.04      4.04                                           8.04
  //     3           991.96     9.9196  4.0804    1.96                             2.1204       10
  //     4     7     990        9.90    4.10      4.10 (of 7 short)                              7.10
  //     5    30     985.90     9.859   4.141     4.141 (of 32.9)   18.759                       0
  //     6           963        9.63    4.37      4.37                                           4.37
  //     7           958.63     9.5863  4.4137    4.4137                                         8.7837
  //     8           954.2163   9.542163 4.457837 1.2163             3.241537                   10
  const auto flows = flows_of(impac_like("10 + 0 * pool.balance.cut_off"),
                              {{14}, {14}, {14}, {14, 0, 7}, {14, 0, 30}, {14}, {14}, {14}});
  expect_near(flows.overcollateralization, {4, 8.04, 10, 7.1, 0, 4.37, 8.7837, 10}, "overcollateralization");
  expect_near(flows.parties[0].values, {0, 0, 2.1204, 0, 0, 0, 0, 0}, "certificates");
  expect_near(flows.quantities[3].values, {4, 4.04, 4.0804, 4.1, 4.141, 4.37, 4.4137, 4.457837}, "excess cash flow");
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 0), {2.4, 0.8, 0.48, 0.32}, "OC is built pro rata");
  const auto& m2 = flows.classes[3];
  expect_near(m2.written_down, {0, 0, 0, 0, 18.759, 0, 0, 0}, "written down");
  EXPECT_NEAR(m2.ending_balance[4], 0.08 * 981.759 - 18.759, 1e-9);
  EXPECT_NEAR(m2.interest_due[5], 0.01 * (0.08 * 981.759 - 18.759), 1e-9);  // none on the allocated amount
  expect_near(m2.allocated_loss, {0, 0, 0, 0, 18.759, 18.759, 18.759, 15.517463}, "carried without interest");
  expect_near(m2.allocated_loss_paid, {0, 0, 0, 0, 0, 0, 0, 3.241537}, "reimbursed");
  EXPECT_DOUBLE_EQ(m2.ending_balance[7] + m2.principal_paid[7], m2.beginning_balance[7]);  // reimbursement is no principal
  for (std::size_t c = 0; c < 3; ++c) EXPECT_NEAR(flows.classes[c].written_down[4], 0, 0) << c;
}

TEST(Losses, rise_through_the_classes_but_never_reach_the_senior_one_and_are_reimbursed_in_class_order) {
  // Month 1: 500 lost, no excess: M-2 80, M-1 120, A-2 200 written down; the last 100 stay unallocated (OC -100).
  // Month 2: 5 comes in against 6 due to A-1: 1 unpaid.
  // Month 3: 206: 6 interest; 100 to A-1 as principal (deficiency -(-100)); 100 reimburses A-2 half.
  // Month 4: 241: 5 interest; A-2 100, M-1 120, M-2 16.
  // Month 5: 75: 5 interest; M-2 64; A-1's unpaid 1; 5 to the certificates.
  const auto flows = flows_of(impac_like("0"), {{10, 0, 500}, {5}, {206}, {241}, {75}});
  expect_near(by_class(flows, &ClassCashFlows::written_down, 0), {0, 200, 120, 80}, "written down");
  expect_near(by_class(flows, &ClassCashFlows::ending_balance, 0), {600, 0, 0, 0}, "balances");
  expect_near(flows.overcollateralization, {-100, -100, 0, 0, 0}, "pool less classes");
  expect_near(flows.classes[0].unpaid_interest, {0, 1, 1, 1, 0}, "A-1 unpaid");
  expect_near(flows.classes[0].principal_paid, {0, 0, 100, 0, 0}, "A-1 principal");
  expect_near(flows.classes[1].allocated_loss_paid, {0, 0, 100, 100, 0}, "A-2 reimbursed");
  expect_near(flows.classes[2].allocated_loss_paid, {0, 0, 0, 120, 0}, "M-1 reimbursed");
  expect_near(flows.classes[3].allocated_loss_paid, {0, 0, 0, 16, 64}, "M-2 reimbursed");
  expect_near(flows.classes[0].unpaid_interest_paid, {0, 0, 0, 0, 1}, "A-1 unpaid paid");
  expect_near(flows.parties[0].values, {0, 0, 0, 0, 5}, "certificates");
}

TEST(BasisRisk, is_carried_with_interest_at_the_class_rate_and_covered_by_derivatives_first) {
  // Both classes accrue at the 12% cap; stated 24% and 15%, so the month's shortfall is 6 and 1.
  //   month  interest  receipts  derivative step  excess  step 6        carried A       B
  //     1      12         0         -               2      A 2            4             1
  //     2      17         4         A 4             7      A 6.04 B 0.96  4.04+6-10.04  1.01+1-0.96 = 1.05
  //     3      10        20         A 6  B 1       13      B 1.0605       0             1.0605+1-2.0605 = 0
  const std::string text = small_deal::head() +
                           "hedges: {swaps: swaps.csv, index: libor_1m}\n"
                           "classes:\n"
                           "  A: {balance: 600, stated_rate: 24%, rate: 'min(stated_rate, cap)'}\n"
                           "  B: {balance: 400, stated_rate: 15%, rate: 'min(stated_rate, cap)'}\n"
                           "class_groups: {Bonds: [A, B]}\n"
                           "parties: {Certificates: residual}\n"
                           "funds: {interest_funds: pool.interest.net - hedges.payments, principal_funds: pool.principal, "
                           "receipts: hedges.receipts, excess: [principal_funds, interest_funds, receipts]}\n"
                           "quantities: {cap: 12%}\n"
                           "waterfall:\n"
                           "  - {pay: interest, from: interest_funds, to: {sequential: Bonds}}\n"
                           "  - {pay: basis_risk, from: receipts, amount: classes.basis_risk_shortfall, to: {sequential: Bonds}}\n"
                           "  - {pay: basis_risk, from: excess, to: {sequential: Bonds}}\n"
                           "  - {pay: residual, from: excess, to: Certificates}\n";
  // A swap whose fixed leg comes to the trust, with the index at zero: 0, 4 and 20 received.
  const auto flows = flows_of(text, {{12}, {17}, {10}}, {.swaps = {{1, 1, 1}, {0, -4, -20}}});
  expect_near(flows.classes[0].basis_risk_paid, {2, 10.04, 6}, "A paid");
  expect_near(flows.classes[1].basis_risk_paid, {0, 0.96, 2.0605}, "B paid");
  expect_near(flows.classes[0].basis_risk, {4, 0, 0}, "A carried");
  expect_near(flows.classes[1].basis_risk, {1, 1.05, 0}, "B carried");
  expect_near(flows.parties[0].values, {0, 0, 11.9395}, "certificates");
  expect_near(flows.classes[0].stated_rate, {0.24, 0.24, 0.24}, "stated");
  expect_near(flows.classes[0].rate, {0.12, 0.12, 0.12}, "rate");
}

TEST(Hedges, are_limited_by_the_classes_and_float_on_actual_days_whatever_the_deal_accrues_on) {
  // Notional 2,000 against classes of 1,000: halved. December 25 to January 25 is 31 days, though the deal counts 30.
  // Half of (2,000 x 12% x 31/360 - 30) = half of (20.666667 - 30) = -4.666667.
  const auto flows = flows_of(impac_like("0"), {{14.666667, 1'000}}, {.libor = 0.12, .swaps = {{2'000}, {30}}});
  expect_near(flows.hedge_notional, {1'000}, "notional");
  expect_near(flows.hedge_net_payment, {-4.666667}, "net payment");
  expect_near(flows.parties[0].values, {0.0}, "certificates");  // 14.666667 - 4.666667 - 10 of interest
}

TEST(Hedges, that_pay_the_trust_are_its_receipts) {
  const auto flows = flows_of(impac_like("0"), {{10, 1'000}}, {.libor = 0.12, .swaps = {{500}, {3}}});
  expect_near(flows.hedge_net_payment, {500 * 0.12 * 31 / 360 - 3}, "net payment");
  expect_near(flows.parties[0].values, {500 * 0.12 * 31 / 360 - 3}, "certificates");
}

TEST(Hedges, past_their_schedule_pay_nothing) {
  const auto flows = flows_of(impac_like("0"), {{10}, {10, 1'000}}, {.libor = 0.12, .swaps = {{500}, {3}}});
  EXPECT_DOUBLE_EQ(flows.hedge_notional[1], 0);
  EXPECT_DOUBLE_EQ(flows.hedge_net_payment[1], 0);
}

TEST(Call, is_exercised_on_the_first_date_its_test_is_met_and_pays_all_classes) {
  // Collections of 400, 400, 100, 100: 200 is left after the second, 25% is 250.
  const std::vector<Month> months{{10, 400}, {10, 400}, {10, 100}, {10, 100}};
  const auto after = flows_of(impac_like("0", "call: {when: pool.balance.ending <= 25% * pool.balance.cut_off}\n"), months, {.to_call = true});
  EXPECT_EQ(after.call_period, 2);
  EXPECT_EQ(after.first_callable_period, 2);
  ASSERT_EQ(after.periods(), 2u);
  expect_near(by_class(after, &ClassCashFlows::principal_paid, 1), {360, 120, 72, 48}, "in full");
  expect_near(by_class(after, &ClassCashFlows::ending_balance, 1), {0, 0, 0, 0}, "balances");
  EXPECT_DOUBLE_EQ(after.pool_ending_balance[1], 0);
  // Tested on the balance before the month's collections, it waits a month.
  const auto before = flows_of(impac_like("0", "call: {when: pool.balance.beginning <= 25% * pool.balance.cut_off}\n"), months, {.to_call = true});
  EXPECT_EQ(before.call_period, 3);
}

TEST(Call, brings_the_pool_and_what_classes_do_not_need_goes_to_the_certificates) {
  // 20 of OC: pool 1,020. Month 1: 600 collected, 420 left, 400 of classes left; 14 of interest against 10 due.
  const auto flows = flows_of(impac_like("20 + 0 * pool.balance.cut_off", "call: {when: date >= 2004-01-25}\n"), {{14, 600}, {4, 420}}, {.to_call = true}, 1'020);
  EXPECT_EQ(flows.call_period, 1);
  expect_near(flows.parties[0].values, {4 + 20}, "certificates");
}

TEST(Call, pays_classes_above_the_pool_in_full) {
  // Pool 990 under classes of 1,000: the call brings what the classes need.
  const auto flows = flows_of(impac_like("0", "call: {when: period >= 1}\n"), {{10, 590}, {10, 400}}, {.to_call = true}, 990);
  expect_near(by_class(flows, &ClassCashFlows::principal_paid, 0), {600, 200, 120, 80}, "in full");
  expect_near(by_class(flows, &ClassCashFlows::written_down, 0), {0, 0, 0, 0}, "written down");
}

TEST(Call, not_exercised_steps_margins_up_from_the_next_period) {
  const auto flows = flows_of(impac_like("0", "call: {when: pool.balance.ending <= 25% * pool.balance.cut_off}\n"),
                              {{10, 400}, {10, 400}, {10, 100}, {10, 100}});
  EXPECT_EQ(flows.call_period, 0);
  EXPECT_EQ(flows.first_callable_period, 2);
  ASSERT_EQ(flows.periods(), 4u);
  expect_near(flows.classes[0].rate, {0.12, 0.12, 0.24, 0.24}, "rate");
  EXPECT_EQ(flows_of(impac_like("0"), {{10, 1'000}}, {.to_call = true}).call_period, 0);  // no call in the deal
}

namespace {

// What classes A 100, B 200, C 300 get when `amount` of principal goes into a tree; the rest goes to the owner.
std::vector<double> paid(const std::string& tree, double amount) {
  const std::string text = small_deal::head() +
                           "classes:\n"
                           "  defaults: {rate: 0%}\n"
                           "  A: {balance: 100, weight: 3}\n  B: {balance: 200, weight: 1}\n  C: {balance: 300, weight: 0}\n"
                           "class_groups: {Bonds: [A, B, C]}\n"
                           "parties: {Owner: residual, Issuer: fees}\n"
                           "funds: {cash: pool.principal + pool.interest.net}\n"
                           "waterfall:\n"
                           "  - {pay: principal, from: cash, to: " + tree + "}\n"
                           "  - {pay: residual, from: cash, to: Owner}\n";
  const auto flows = flows_of(text, {{0, amount}}, {}, 600);
  std::vector<double> all = by_class(flows, &ClassCashFlows::principal_paid, 0);
  all.push_back(flows.parties[0].values[0]);
  return all;
}

}  // namespace

TEST(Tree, sequential_pays_each_until_satisfied) {
  expect_near(paid("{sequential: [B, A]}", 250), {50, 200, 0, 0}, "B, then A");
  expect_near(paid("{sequential: Bonds}", 600), {100, 200, 300, 0}, "all");
  expect_near(paid("A", 250), {100, 0, 0, 150}, "one class");
}

TEST(Tree, pro_rata_pays_by_what_is_due) {
  expect_near(paid("{pro_rata: Bonds}", 60), {10, 20, 30, 0}, "by balance");
  expect_near(paid("{pro_rata: [A, C]}", 500), {100, 0, 300, 100}, "no more than is due");
}

TEST(Tree, pro_rata_by_pays_by_a_formula_of_each_class_and_shares_again_what_one_cannot_take) {
  // Weights 3 x 100 and 1 x 200.
  expect_near(paid("{pro_rata: [A, B], by: weight * balance.original}", 50), {30, 20, 0, 0}, "300 to 200");
  expect_near(paid("{pro_rata: [A, B], by: weight * balance.original}", 250), {100, 150, 0, 0}, "A full at 100 of 150");
  expect_near(paid("{pro_rata: [A, C], by: weight * balance.original}", 150), {100, 0, 0, 50}, "C weighs nothing");
}

TEST(Tree, shares_are_fixed_parts) {
  expect_near(paid("{shares: [{60%: A}, {40%: B}]}", 100), {60, 40, 0, 0}, "60 and 40");
  expect_near(paid("{shares: [{60%: A}, {40%: B}]}", 300), {100, 120, 0, 80}, "A full");
}

TEST(Tree, down_to_and_at_most_bound_a_payment) {
  expect_near(paid("{down_to: 40, pay: A}", 100), {60, 0, 0, 40}, "down to 40");
  expect_near(paid("{down_to: 400, pay: {sequential: Bonds}}", 500), {100, 100, 0, 300}, "600 down to 400");
  expect_near(paid("{down_to: 700, pay: {sequential: Bonds}}", 500), {0, 0, 0, 500}, "already below");
  expect_near(paid("{at_most: 25, pay: {pro_rata: [A, B]}}", 100), {25 / 3.0, 50 / 3.0, 0, 75}, "25 at most");
  expect_near(paid("{at_most: 0 - 25, pay: A}", 100), {0, 0, 0, 100}, "a negative bound is none");
}

TEST(Tree, if_takes_one_branch) {
  expect_near(paid("{if: period == 1, then: A, else: B}", 50), {50, 0, 0, 0}, "then");
  expect_near(paid("{if: period > 1, then: A, else: B}", 50), {0, 50, 0, 0}, "else");
  expect_near(paid("{if: period > 1, then: A}", 50), {0, 0, 0, 50}, "no else");
}

TEST(Tree, nodes_nest) {
  expect_near(paid("{sequential: [{at_most: 30, pay: A}, {pro_rata: [B, C]}]}", 130), {30, 40, 60, 0}, "30, then pro rata");
  expect_near(paid("{pro_rata: [{sequential: [A, B]}, C]}", 300), {100, 50, 150, 0}, "300 against 300");
}

TEST(Tree, pro_rata_counts_what_a_bounded_or_chosen_part_can_take) {
  expect_near(paid("{pro_rata: [{down_to: 90, pay: A}, B]}", 21), {1, 20, 0, 0}, "10 to 200");
  expect_near(paid("{pro_rata: [{down_to: 100, pay: A}, B]}", 50), {0, 50, 0, 0}, "A is where it should be");
  expect_near(paid("{pro_rata: [{at_most: 50, pay: A}, B]}", 125), {25, 100, 0, 0}, "50 to 200");
  expect_near(paid("{pro_rata: [{if: period > 1, then: C, else: A}, B]}", 60), {20, 40, 0, 0}, "100 to 200");
}

TEST(Step, pays_only_when_its_condition_holds_and_a_fee_no_more_than_its_amount) {
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 100, rate: 12%}}\n"
                           "parties: {Owner: residual, Trustee: fees}\n"
                           "funds: {cash: pool.principal + pool.interest.net}\n"
                           "waterfall:\n"
                           "  - {pay: fee, from: cash, amount: 0.25, to: Trustee}\n"
                           "  - {pay: fee, from: cash, amount: 0.5, when: period == 2, to: Trustee}\n"
                           "  - {section: I, pay: interest, from: cash, to: A}\n"
                           "  - {pay: principal, from: cash, amount: pool.principal, to: A}\n"
                           "  - {pay: residual, from: cash, to: Owner}\n";
  const auto flows = flows_of(text, {{2}, {2}, {0.1}, {3, 100}}, {.trace = true}, 100);
  expect_near(flows.parties[1].values, {0.25, 0.75, 0.1, 0.25}, "trustee");
  expect_near(flows.parties[0].values, {0.75, 0.25, 0, 1.75}, "owner");  // no step pays the unpaid interest
  // The trace says which step paid whom.
  const auto interest = std::find_if(flows.trace.begin(), flows.trace.end(), [](const auto& payment) {
    return payment.section == "I" && payment.receiver == "A";
  });
  ASSERT_NE(interest, flows.trace.end());
  EXPECT_EQ(interest->pay, "interest");
  expect_near(interest->amounts, {1, 1, 0, 1}, "trace");
}

TEST(Quantities, taken_before_a_step_keep_that_value_for_the_day) {
  const auto flows = flows_of(impac_like("0"), {{14, 1'000}});
  EXPECT_NEAR(flows.quantities[3].values[0], 4, 1e-9);       // excess cash flow: taken before step 3
  EXPECT_NEAR(flows.quantities[2].values[0], 0, 1e-9);       // oc_deficiency: reported as it stands at the end
}

namespace {

Lines issues_of(const std::string& funds, const std::string& steps) {
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 100, rate: 12%}}\nparties: {Owner: residual}\nfunds: " + funds +
                           "\nwaterfall:\n  - {pay: interest, from: interest, to: A}\n" + steps;
  return lines(small_deal::run(small_deal::resolve(text), small_deal::collateral(100, {{1, 0}, {1.5, 100}})).issues);
}

}  // namespace

TEST(Cash, left_over_is_reported_with_fund_and_period) {
  EXPECT_EQ(issues_of("{interest: pool.interest.net, principal: pool.principal}", "  - {pay: principal, from: principal, to: A}\n"),
            (Lines{"deal.yaml: error: in period 2 (2004-02-25) $0.500000 of interest is left when all steps are done; add a "
                   "last step that pays what remains, such as {pay: residual, from: interest, to: ...}"}));
}

TEST(Cash, that_a_fund_lacks_from_the_start_is_reported_as_such) {
  // Fees of 0.5 more than the interest collected.
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 100, rate: 12%}}\nparties: {Owner: residual}\n"
                           "funds: {interest: pool.interest.net, principal: pool.principal}\nwaterfall:\n"
                           "  - {pay: principal, from: principal, to: A}\n  - {pay: residual, from: [interest, principal], to: Owner}\n";
  EXPECT_EQ(lines(small_deal::run(small_deal::resolve(text), small_deal::collateral(100, {{-0.5, 100}})).issues),
            (Lines{"deal.yaml: error: in period 1 (2004-01-25) interest is filled with $-0.500000, and no step can make that good; let "
                   "it be no less than 0, as in max(0, ...), and take what it lacks off another fund"}));
}

TEST(Cash, counted_twice_or_forgotten_is_reported_with_the_period) {
  const std::string steps = "  - {pay: principal, from: principal, to: A}\n  - {pay: residual, from: [interest, principal], to: Owner}\n";
  const Lines twice = issues_of("{interest: pool.interest.net + pool.principal, principal: pool.principal}", steps);
  ASSERT_EQ(twice.size(), 1u);
  EXPECT_NE(twice[0].find("in period 2 (2004-02-25) the funds hold $201.500000, but collateral, hedges and call brought $101.500000"),
            std::string::npos) << twice[0];
  const Lines forgotten = issues_of("{interest: pool.interest.net, principal: 0}", steps);
  ASSERT_EQ(forgotten.size(), 1u);
  EXPECT_NE(forgotten[0].find("the funds hold $1.500000, but collateral, hedges and call brought $101.500000"), std::string::npos);
}

TEST(Waterfall, needs_the_deals_indices_and_loan_groups) {
  const deal::Deal deal = small_deal::resolve(impac_like("0"));
  const auto flows = small_deal::collateral(1'000, {{10, 1'000}});
  const auto schedule = calendar::make_schedule(deal.schedule, {}, 1);
  const hedges::SwapSchedule none;
  EXPECT_THROW(waterfall::run_waterfall(deal, {flows, rates::IndexPaths{}, none, schedule}, {}), result::InvariantViolation);
  const rates::IndexPaths indices({rates::flat_path("libor_1m", 0)});
  EXPECT_THROW(waterfall::run_waterfall(deal, {{{}, flows.total}, indices, none, schedule}, {}), result::InvariantViolation);
  EXPECT_THROW(waterfall::run_waterfall(deal, {flows, indices, none, {}}, {}), result::InvariantViolation);
}
