// What defaults, and when: default models, the order of a month, loss timings.

#include <cmath>

#include "credit_run.h"

using namespace spillway;
using assumptions::Cdr;
using assumptions::DefaultOrder;
using assumptions::DefaultVector;
using assumptions::LossTiming;
using assumptions::Mdr;
using assumptions::Scenario;
using assumptions::Sda;
using cashflow::PoolVectors;
using credit_run::defaulting;
using credit_run::expect_near;
using credit_run::flows_of;
using credit_run::in_periods;
using credit_run::sum;
using small_pool::Loan;

namespace {

const Loan kThreeMonths{.balance = 1'200, .gross_rate = 0, .remaining_term = 3};
const Loan kInterestOnly{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3, .interest_only_months = 600};

Scenario prepaying_too(double mdr, double smm, DefaultOrder order) {
  Scenario scenario = defaulting(Mdr{mdr});
  scenario.prepayment["all"] = assumptions::Smm{smm};
  scenario.credit.order = order;
  return scenario;
}

}  // namespace

TEST(DefaultRates, convert_between_a_year_and_a_month) {
  EXPECT_DOUBLE_EQ(assumptions::mdr_from_cdr(0.0), 0.0);
  EXPECT_NEAR(assumptions::mdr_from_cdr(1 - std::pow(0.99, 12)), 0.01, 1e-15);  // 12 months at 1% leave 0.99^12
  EXPECT_NEAR(assumptions::mdr_from_cdr(0.06), 0.005143012, 1e-9);
  EXPECT_EQ(assumptions::mdr_from_cdr(1.0), 1.0);
  EXPECT_EQ(assumptions::mdr_from_cdr(1.7), 1.0);
}

TEST(DefaultRates, take_the_multiple_on_their_own_measure) {
  EXPECT_NEAR(assumptions::mdr(Cdr{0.03}, 1, 1, 2.0), assumptions::mdr_from_cdr(0.06), 1e-15);
  EXPECT_NEAR(assumptions::mdr(Mdr{0.03}, 1, 1, 2.0), 0.06, 1e-15);
  EXPECT_EQ(assumptions::mdr(Mdr{0.3}, 1, 1, 4.0), 1.0);
  EXPECT_EQ(assumptions::mdr(Cdr{0.3}, 1, 1, 4.0), 1.0);
  EXPECT_NEAR(assumptions::mdr(DefaultVector{{0.01}, false, false}, 1, 1, 3.0), assumptions::mdr_from_cdr(0.03), 1e-15);
  EXPECT_NEAR(assumptions::mdr(DefaultVector{{0.01}, true, false}, 1, 1, 3.0), 0.03, 1e-15);
}

TEST(DefaultRates, of_the_standard_assumption_rise_stay_fall_and_stay) {
  //   month of age      0   1       30     45     60     75        90        120      121      200
  //   annual rate in %  0   0.02    0.60   0.60   0.60   0.4575    0.315     0.03     0.03     0.03
  // From month 60 on 0.0095 points a month: 0.57 points in 60 months.
  const std::pair<int, double> table[] = {{0, 0.0},     {1, 0.0002},  {15, 0.0030},  {30, 0.0060},   {45, 0.0060},
                                          {60, 0.0060}, {61, 0.005905}, {75, 0.004575}, {90, 0.00315}, {119, 0.000395},
                                          {120, 0.0003}, {121, 0.0003}, {200, 0.0003}};
  for (const auto& [age, cdr] : table) {
    const double mdr = assumptions::mdr(Sda{1.0}, age, 1, 1.0);
    EXPECT_NEAR(1 - std::pow(1 - mdr, 12), cdr, 1e-14) << "month " << age;
    EXPECT_NEAR(1 - std::pow(1 - assumptions::mdr(Sda{2.0}, age, 7, 1.5), 12), 3 * cdr, 1e-14) << "month " << age;
  }
}

TEST(DefaultRates, come_from_vectors_by_period_or_by_age) {
  const DefaultVector by_period{{0.01, 0.02}, true, false}, by_age{{0.01, 0.02, 0.03, 0.04}, true, true};
  EXPECT_EQ(assumptions::mdr(by_period, 50, 1, 1.0), 0.01);
  EXPECT_EQ(assumptions::mdr(by_period, 50, 2, 1.0), 0.02);
  EXPECT_EQ(assumptions::mdr(by_period, 50, 9, 1.0), 0.02);  // the last stays
  EXPECT_EQ(assumptions::mdr(by_age, 3, 1, 1.0), 0.03);
  EXPECT_EQ(assumptions::mdr(by_age, 99, 1, 1.0), 0.04);
  EXPECT_EQ(assumptions::mdr(DefaultVector{}, 1, 1, 1.0), 0.0);
  // Two months old at cut-off: period 1 is month 3 of its life.
  Loan aged = kInterestOnly;
  aged.age = 2;
  expect_near(flows_of({aged}, defaulting(by_age)).defaulted_balance, {30, 38.8, 37.248});
  expect_near(flows_of({aged}, defaulting(by_period)).defaulted_balance, {10, 19.8, 19.404});
}

TEST(DefaultRates, of_a_loss_timing_do_not_exist_apart_from_a_loan) {
  EXPECT_THROW(assumptions::mdr(LossTiming{0.05, {1.0}}, 1, 1, 1.0), result::InvariantViolation);
}

TEST(OrderOfTheMonth, takes_both_on_the_opening_balance) {
  // 1,200 at 0% over 3 months, MDR 10%, SMM 50%, severity 40%, liquidated at once. Prepayment is SMM x opening x (1 - 1/3),
  // then x (1 - 1/2), then nothing.
  //   month  opening  defaults  scheduled      prepaid              closing   loss    recovery
  //     1     1200      120     1080/3 = 360   .5 x 1200 x 2/3 400    320     48.00    72.00
  //     2      320       32      288/2 = 144   .5 x  320 x 1/2  80     64     12.80    19.20
  //     3       64        6.4             57.6                  0       0      2.56     3.84
  Scenario scenario = prepaying_too(0.1, 0.5, DefaultOrder::on_opening);
  scenario.credit.severity = {0.4};
  const PoolVectors flows = flows_of({kThreeMonths}, scenario);
  expect_near(flows.beginning_balance, {1'200, 320, 64});
  expect_near(flows.defaulted_balance, {120, 32, 6.4});
  expect_near(flows.scheduled_principal, {360, 144, 57.6});
  expect_near(flows.prepaid_principal, {400, 80, 0});
  expect_near(flows.ending_balance, {320, 64, 0});
  expect_near(flows.realized_losses, {48, 12.8, 2.56});
  expect_near(flows.recoveries, {72, 19.2, 3.84});
  EXPECT_TRUE(flows.has_credit);
}

TEST(OrderOfTheMonth, caps_prepayment_at_what_is_left) {
  // MDR 60%, SMM 80%: 720 default, 160 of 480 is scheduled; 80% x 1,200 x 2/3 = 640 would prepay, 320 is left.
  const PoolVectors flows = flows_of({kThreeMonths}, prepaying_too(0.6, 0.8, DefaultOrder::on_opening));
  expect_near(flows.defaulted_balance, {720, 0, 0});
  expect_near(flows.scheduled_principal, {160, 0, 0});
  expect_near(flows.prepaid_principal, {320, 0, 0});
}

TEST(OrderOfTheMonth, takes_prepayment_on_what_defaults_and_schedule_left) {
  //   month  opening  defaults  scheduled  prepaid   closing
  //     1     1200      120       360      .5 x 720    360
  //     2      360       36       162      .5 x 162     81
  //     3       81        8.1      72.9     0            0
  const PoolVectors flows = flows_of({kThreeMonths}, prepaying_too(0.1, 0.5, DefaultOrder::before_prepayment));
  expect_near(flows.defaulted_balance, {120, 36, 8.1});
  expect_near(flows.scheduled_principal, {360, 162, 72.9});
  expect_near(flows.prepaid_principal, {360, 81, 0});
  expect_near(flows.ending_balance, {360, 81, 0});
}

TEST(Defaults, take_all_at_a_rate_of_100_percent) {
  const PoolVectors flows = flows_of({kInterestOnly}, prepaying_too(1.0, 0.5, DefaultOrder::on_opening));
  expect_near(flows.defaulted_balance, {1'000, 0, 0}, 0);
  expect_near(flows.scheduled_principal, {0, 0, 0}, 0);
  expect_near(flows.prepaid_principal, {0, 0, 0}, 0);
  expect_near(flows.gross_interest, {0, 0, 0}, 0);
}

TEST(Defaults, of_a_loan_that_joins_late_wait_for_it) {
  // Joins in period 3 of 4.
  //   month  opening  defaults  scheduled
  //    1, 2   1000        0        0
  //     3     1000      100      450
  //     4      450       45      405
  const PoolVectors flows = flows_of({{.balance = 1'000, .gross_rate = 0, .remaining_term = 4, .first_period = 3}}, defaulting(Mdr{0.1}));
  expect_near(flows.defaulted_balance, {0, 0, 100, 45});
  expect_near(flows.scheduled_principal, {0, 0, 450, 405});
  expect_near(flows.uncollected_interest, {0, 0, 0, 0}, 0);
  // A loss timing does not reach it before either: a quarter of it is missed twice.
  Scenario timed = defaulting(LossTiming{0.08, {0.25, 0.25, 0.25, 0.25}});
  timed.credit.severity = {0.4};
  expect_near(flows_of({{.balance = 1'000, .gross_rate = 0, .remaining_term = 4, .first_period = 3}}, timed).defaulted_balance, {0, 0, 50, 50});
}

TEST(Defaults, stop_for_the_last_lag_months_where_so_assumed) {
  const Loan loan{.balance = 1'000, .gross_rate = 0, .remaining_term = 5, .interest_only_months = 60};
  Scenario scenario = defaulting(Mdr{0.1});
  scenario.credit.recovery_lag = 2;
  expect_near(flows_of({loan}, scenario).defaulted_balance, {100, 90, 81, 72.9, 65.61, 0, 0});
  scenario.credit.stop_before_maturity = true;
  const PoolVectors stopped = flows_of({loan}, scenario);
  expect_near(stopped.defaulted_balance, {100, 90, 81, 0, 0, 0, 0});
  expect_near(stopped.foreclosure_balance, {100, 190, 171, 81, 0, 0, 0});  // all liquidated by maturity
  scenario.credit.recovery_lag = 5;
  EXPECT_EQ(sum(flows_of({loan}, scenario).defaulted_balance), 0.0);
}

TEST(Defaults, take_a_multiple_for_all_and_one_by_loan) {
  // 5% x 2 x 1 of one, 5% x 2 x 3 of another, none of the third.
  Scenario scenario = defaulting(in_periods({0.05}));
  scenario.credit.multiple = 2.0;
  scenario.credit.loan_multiple = {1.0, 3.0, 0.0};
  expect_near(flows_of({kInterestOnly, kInterestOnly, kInterestOnly}, scenario).defaulted_balance, {400, 0, 0});
  scenario.credit.defaults["all"] = LossTiming{0.01, {1.0}};  // 1% / 20% = 5% of the balance
  scenario.credit.severity = {0.2};
  expect_near(flows_of({kInterestOnly, kInterestOnly, kInterestOnly}, scenario).defaulted_balance, {400, 0, 0});
}

TEST(LossTimings, default_what_comes_to_the_loss_at_the_severity) {
  // 6% of 1,000 in two halves at a severity of 30%: 100 defaults a month, whatever is left.
  Scenario scenario = defaulting(LossTiming{0.06, {0.5, 0.5}});
  scenario.credit.severity = {0.3};
  const PoolVectors flows = flows_of({kInterestOnly}, scenario);
  expect_near(flows.defaulted_balance, {100, 100, 0});
  expect_near(flows.realized_losses, {30, 30, 0});
}

TEST(LossTimings, reach_their_loss_to_the_cent) {
  const Loan loan{.balance = 100'000, .gross_rate = 0.06, .remaining_term = 60, .amortization_term = 360};
  for (int lag : {0, 1, 12}) {
    for (auto advances : {assumptions::Advances::none, assumptions::Advances::principal_and_interest}) {
      for (const std::vector<double>& severity : {std::vector{0.4}, std::vector{0.25, 0.3, 0.35, 0.6}}) {
        Scenario scenario = defaulting(LossTiming{0.05, {0.1, 0.2, 0.3, 0.3, 0.1}});
        scenario.credit.recovery_lag = lag;
        scenario.credit.advances = advances;
        scenario.credit.severity = severity;
        const PoolVectors flows = flows_of({loan}, scenario);
        EXPECT_NEAR(sum(flows.realized_losses), 5'000, 0.005) << "lag " << lag << ", severities " << severity.size();
        expect_near({flows.realized_losses.begin() + lag, flows.realized_losses.begin() + lag + 5}, {500, 1'000, 1'500, 1'500, 500}, 0.005);
        EXPECT_EQ(sum({flows.realized_losses.begin(), flows.realized_losses.begin() + lag}), 0.0);
      }
    }
  }
}

TEST(LossTimings, go_by_a_loans_own_severity_before_its_insurance) {
  // 2% of each in month 1: at 40% 50 default, at 20% 100. Insurance pays 10 points of the severity: 15 + 10 are lost.
  Scenario scenario = defaulting(LossTiming{0.02, {1.0}});
  scenario.credit.severity = {0.4};
  scenario.credit.severities = {{0.2}};
  scenario.credit.loan_severity = {-1, 0};
  scenario.credit.loan_coverage = {0.1, 0.1};
  const PoolVectors flows = flows_of({kInterestOnly, kInterestOnly}, scenario);
  expect_near(flows.defaulted_balance, {150, 0, 0});
  expect_near(flows.realized_losses, {25, 0, 0});
  expect_near(flows.mi_claims, {15, 0, 0});
}

TEST(LossTimings, fall_short_when_too_little_performs) {
  // 300 of 1,200 would default each month; after two payments of what is left, less does.
  //   month  opening  defaults  scheduled
  //     1     1200      300       300
  //     2      600      300       150
  //     3      150      150         0
  Scenario scenario = defaulting(LossTiming{0.5, {0.25, 0.25, 0.25, 0.25}});
  scenario.credit.severity = {0.5};
  expect_near(flows_of({kThreeMonths}, scenario).defaulted_balance, {300, 300, 150});
  scenario.prepayment["all"] = assumptions::Smm{1.0};
  expect_near(flows_of({kThreeMonths}, scenario).defaulted_balance, {300, 0, 0});
  // Nothing is lost at a severity of 0, however much defaults: nothing does.
  for (const std::vector<double>& none : {std::vector<double>{}, std::vector{0.0}}) {
    scenario.credit.severity = none;
    EXPECT_EQ(sum(flows_of({kThreeMonths}, scenario).defaulted_balance), 0.0);
  }
}
