// Late payments, interest that prepayments leave unpaid, and what comes back of losses.

#include "credit_run.h"

using namespace spillway;
using assumptions::Advances;
using assumptions::Delinquency;
using assumptions::Scenario;
using cashflow::PoolVectors;
using credit_run::defaulting;
using credit_run::expect_near;
using credit_run::flows_of;
using credit_run::in_periods;
using credit_run::sum;
using small_pool::Loan;

namespace {

// 100 of principal a month, no interest.
const Loan kPrincipal{.balance = 600, .gross_rate = 0, .remaining_term = 6};
// 10 of interest a month, all of the principal in month 4.
const Loan kInterest{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 4, .interest_only_months = 600};

Scenario late(const Delinquency& delinquency, Advances advances = Advances::none) {
  Scenario scenario = small_pool::no_prepayment();
  scenario.credit.delinquency = delinquency;
  scenario.credit.advances = advances;
  return scenario;
}

// 10% owe one payment, 5% two, 2% three: 0.26 of a month's payment.
const Delinquency kFixed{.days_30 = 0.10, .days_60 = 0.05, .days_90 = 0.02};

double all_cash(const PoolVectors& flows) {
  double total = 0.0;
  for (std::size_t t = 0; t < flows.periods(); ++t) total += flows.net_interest(t) + flows.principal(t);
  return total;
}

}  // namespace

TEST(LatePayments, build_arrears_of_principal_that_the_last_month_pays) {
  //   month  due  collected  arrears  balance with arrears
  //     1    100     74        26       500 + 26
  //    2-5   100    100        26       400 + 26 ...
  //     6    100    126         0         0
  const PoolVectors flows = flows_of({kPrincipal}, late(kFixed));
  expect_near(flows.scheduled_principal, {74, 100, 100, 100, 100, 126});
  expect_near(flows.arrears, {26, 26, 26, 26, 26, 0});
  expect_near(flows.beginning_balance, {600, 526, 426, 326, 226, 126});
  expect_near(flows.ending_balance, {526, 426, 326, 226, 126, 0});
  expect_near(flows.delinquent_30, {50, 40, 30, 20, 10, 0});
  expect_near(flows.delinquent_60, {25, 20, 15, 10, 5, 0});
  expect_near(flows.delinquent_90, {10, 8, 6, 4, 2, 0});
  EXPECT_TRUE(flows.has_credit);
}

TEST(LatePayments, hold_interest_back_and_pay_it_at_the_last) {
  const PoolVectors flows = flows_of({kInterest}, late(kFixed));
  expect_near(flows.gross_interest, {7.4, 10, 10, 12.6});
  expect_near(flows.uncollected_interest, {2.6, 0, 0, -2.6});
  expect_near(flows.scheduled_principal, {0, 0, 0, 1'000});
  for (std::size_t t = 0; t < flows.periods(); ++t) EXPECT_NEAR(flows.net_interest_due(t), 10, 1e-9);
}

TEST(LatePayments, are_not_late_to_the_trust_where_advanced) {
  const PoolVectors interest = flows_of({kInterest}, late(kFixed, Advances::interest));
  expect_near(interest.gross_interest, {10, 10, 10, 10});
  expect_near(flows_of({kPrincipal}, late(kFixed, Advances::interest)).arrears, {26, 26, 26, 26, 26, 0});
  const PoolVectors both = flows_of({kPrincipal}, late(kFixed, Advances::principal_and_interest));
  expect_near(both.scheduled_principal, {100, 100, 100, 100, 100, 100});
  expect_near(both.arrears, {0, 0, 0, 0, 0, 0}, 0);
  expect_near(both.delinquent_30, {50, 40, 30, 20, 10, 0});  // late they are all the same
}

TEST(LatePayments, owe_no_more_than_was_due_by_now_or_is_left) {
  // 90% owe three payments, 270: only 100 and 200 were due by months 1 and 2, and 200 and 100 are left after months 4 and 5.
  const PoolVectors flows = flows_of({kPrincipal}, late({.days_90 = 0.9}));
  expect_near(flows.arrears, {100, 200, 270, 200, 100, 0});
  expect_near(flows.scheduled_principal, {0, 0, 30, 170, 200, 200});
}

TEST(LatePayments, roll_from_month_to_month) {
  //   month  current  30 days           60 days           90 days                  payments owed
  //     1    0.9      0.1               0                 0                        0.1
  //     2    0.905    0.9 x .05  .045   0.1 x .5   .05    0                        0.045 + 0.1            = 0.145
  //     3             0.905 x .05 .04525 .045 x .5 .0225  .05 x .4         .02     0.04525 + .045 + .06   = 0.15025
  //     4             .91225 x .05     .04525 x .5      .0225 x .4 + .02 x .8
  //                   .0456125           .022625          .025                     0.0456125 + .04525 + .075 = 0.1658625
  Delinquency rolling{.days_30 = 0.1};
  rolling.rolls = Delinquency::Rolls{.current_to_30 = 0.05, .to_60 = 0.5, .to_90 = 0.4, .stay_90 = 0.8};
  const PoolVectors flows = flows_of({kPrincipal}, late(rolling));
  const std::vector<double> thirty{50, 0.045 * 400, 0.04525 * 300, 0.0456125 * 200}, sixty{0, 0.05 * 400, 0.0225 * 300, 0.022625 * 200},
      ninety{0, 0, 0.02 * 300, 0.025 * 200}, owed{10, 14.5, 15.025, 16.58625};
  expect_near({flows.delinquent_30.begin(), flows.delinquent_30.begin() + 4}, thirty);
  expect_near({flows.delinquent_60.begin(), flows.delinquent_60.begin() + 4}, sixty);
  expect_near({flows.delinquent_90.begin(), flows.delinquent_90.begin() + 4}, ninety);
  expect_near({flows.arrears.begin(), flows.arrears.begin() + 4}, owed);
  EXPECT_NEAR(sum(flows.scheduled_principal), 600, 1e-9);
}

TEST(LatePayments, count_fixed_foreclosures_for_triggers_only) {
  const PoolVectors flows = flows_of({kPrincipal}, late({.days_90 = 0.02, .foreclosure = 0.03, .reo = 0.01}));
  expect_near(flows.delinquent_90, {30, 24, 18, 12, 6, 0});
  expect_near(flows.arrears, {6, 6, 6, 6, 6, 0});  // 2% owe three payments of 100
  expect_near(flows.foreclosure_balance, {0, 0, 0, 0, 0, 0}, 0);
}

TEST(LatePayments, lose_nothing_over_the_life_of_the_loans) {
  std::vector<Loan> loans;
  for (int i = 0; i < 20; ++i) {
    loans.push_back({.balance = 90'000 + 1'001.7 * i, .gross_rate = 0.05 + 0.001 * i, .remaining_term = 30 + 5 * i, .age = i,
                     .interest_only_months = i % 3 ? 0 : 24, .first_period = 1 + i % 2, .servicing = 0.0025});
  }
  Delinquency rolling = kFixed;
  rolling.rolls = Delinquency::Rolls{.current_to_30 = 0.05, .to_60 = 0.5, .to_90 = 0.6, .stay_90 = 0.9};
  for (int lag : {0, 9}) {
    Scenario scenario = defaulting(assumptions::Cdr{0.04});
    scenario.prepayment["all"] = assumptions::Cpr{0.15};
    scenario.credit.severity = {0.35};
    scenario.credit.recovery_lag = lag;
    const double on_time = all_cash(flows_of(loans, scenario));
    for (const Delinquency& delinquency : {kFixed, rolling}) {
      scenario.credit.delinquency = delinquency;
      const PoolVectors flows = flows_of(loans, scenario);
      EXPECT_NEAR(all_cash(flows), on_time, 1e-6);
      EXPECT_GT(flows.arrears[5], 1.0);
      EXPECT_EQ(flows.arrears.back(), 0.0);
      EXPECT_NO_THROW(cashflow::check_identities(flows));
    }
  }
}

TEST(LatePayments, alone_add_no_periods) {
  Scenario scenario = late(kFixed);
  scenario.credit.recovery_lag = 12;  // of defaults that do not come
  scenario.credit.subsequent = {0.5, 6};
  EXPECT_EQ(flows_of({kPrincipal}, scenario).periods(), 6u);
}

namespace {

// 1,200 at 12%, interest-only, of which half prepays each month.
//   month  opening  prepaid  interest  half a month's interest on what prepays  servicing fee at 0.6%
//     1     1200      600       12            3                                     0.6
//     2      600      300        6            1.5                                   0.3
//     3      300        0        3            0                                     0.15
PoolVectors prepaying_short(const assumptions::PrepaymentInterest& terms, double servicing = 0.006) {
  Scenario scenario = small_pool::prepaying(assumptions::Smm{0.5});
  scenario.credit.prepayment_interest = terms;
  return flows_of({{.balance = 1'200, .gross_rate = 0.12, .remaining_term = 3, .interest_only_months = 600, .servicing = servicing}}, scenario);
}

}  // namespace

TEST(PrepaymentInterest, is_short_by_the_part_of_the_month_after_the_prepayment) {
  const PoolVectors flows = prepaying_short({.short_interest = true});
  expect_near(flows.prepaid_principal, {600, 300, 0});
  expect_near(flows.prepayment_interest_shortfall, {3, 1.5, 0});
  expect_near(flows.gross_interest, {9, 4.5, 3});
  expect_near(flows.uncollected_interest, {3, 1.5, 0});
  expect_near(flows.compensating_interest, {0, 0, 0}, 0);
  expect_near(flows.servicing_fee, {0.6, 0.3, 0.15});
  expect_near(prepaying_short({.short_interest = true, .month_part = 0.25}).prepayment_interest_shortfall, {4.5, 2.25, 0});
}

TEST(PrepaymentInterest, is_made_up_as_far_as_the_servicing_fee_goes) {
  const PoolVectors flows = prepaying_short({.short_interest = true, .compensated = true});
  expect_near(flows.compensating_interest, {0.6, 0.3, 0});
  expect_near(flows.servicing_fee, {0, 0, 0.15});
  expect_near(flows.gross_interest, {9, 4.5, 3});
  expect_near({flows.net_interest(0), flows.net_interest(1), flows.net_interest(2)}, {9, 4.5, 2.85});
  expect_near({flows.net_interest_due(0), flows.net_interest_due(1), flows.net_interest_due(2)}, {11.4, 5.7, 2.85});
  const PoolVectors ample = prepaying_short({.short_interest = true, .compensated = true}, 0.06);  // 6 a month of 1,200
  expect_near(ample.compensating_interest, {3, 1.5, 0});
  expect_near(ample.servicing_fee, {3, 1.5, 1.5});
}

TEST(PrepaymentInterest, is_paid_in_full_unless_it_is_short) {
  const PoolVectors flows = prepaying_short({.short_interest = false, .compensated = true});
  EXPECT_FALSE(flows.has_credit);
  expect_near(flows.gross_interest, {12, 6, 3});
}

TEST(PrepaymentInterest, that_is_short_is_not_owed_by_late_loans_too) {
  // 99% prepay at the start of the month: 0.1 of interest is left of 10; 60% of it is late.
  Scenario scenario = small_pool::prepaying(assumptions::Smm{0.99});
  scenario.credit.prepayment_interest = {.short_interest = true, .month_part = 0.0};
  scenario.credit.delinquency = Delinquency{.days_90 = 0.2};
  const PoolVectors flows = flows_of({kInterest}, scenario);
  EXPECT_NEAR(flows.prepayment_interest_shortfall[0], 9.9, 1e-9);
  EXPECT_NEAR(flows.gross_interest[0], 0.04, 1e-9);
  EXPECT_NEAR(flows.uncollected_interest[0], 9.96, 1e-9);
}

TEST(SubsequentRecoveries, bring_back_a_part_of_each_loss_later) {
  // 40 and 72 are lost in months 1 and 2; a quarter comes back two months on. No balance moves.
  Scenario scenario = defaulting(in_periods({0.1, 0.2}));
  scenario.credit.severity = {0.4};
  const Loan loan{.balance = 1'000, .gross_rate = 0, .remaining_term = 3, .interest_only_months = 600};
  const PoolVectors before = flows_of({loan}, scenario);
  scenario.credit.subsequent = {.part = 0.25, .lag = 2};
  const PoolVectors flows = flows_of({loan}, scenario);
  expect_near(flows.subsequent_recoveries, {0, 0, 10, 18, 0});
  expect_near(flows.realized_losses, {40, 72, 0, 0, 0});
  expect_near(flows.ending_balance, {900, 720, 0, 0, 0});
  EXPECT_NEAR(flows.principal(3), 18, 1e-9);
  EXPECT_NEAR(all_cash(flows), all_cash(before) + 28, 1e-9);
  scenario.credit.subsequent.lag = 0;
  expect_near(flows_of({loan}, scenario).subsequent_recoveries, {10, 18, 0});
}
