// From default to liquidation: lags, advances, fees, severities, mortgage insurance, what ends after a loan's maturity.

#include <limits>

#include "credit_run.h"

using namespace spillway;
using assumptions::Advances;
using assumptions::Mdr;
using assumptions::Reimbursement;
using assumptions::Scenario;
using cashflow::PoolVectors;
using credit_run::defaulting;
using credit_run::expect_near;
using credit_run::flows_of;
using credit_run::in_periods;
using credit_run::sum;
using small_pool::Loan;

namespace {

// 1% a month on 1,000, all due in month 3.
const Loan kInterestOnly{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3, .interest_only_months = 600};

// 1,000 at 12% over 4 months, payment 256.281094:
//   month   opening      interest    principal
//     1    1000.000000  10.000000   246.281094
//     2     753.718906   7.537189   248.743905
//     3     504.975001   5.049750   251.231344
//     4     253.743657   2.537437   253.743657
const Loan kAmortizing{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 4};

// A tenth defaults in month 1, then nothing.
Scenario a_tenth(int lag, Advances advances, double severity = 0.4) {
  Scenario scenario = defaulting(in_periods({0.1}));
  scenario.credit.recovery_lag = lag;
  scenario.credit.advances = advances;
  scenario.credit.severity = {severity};
  return scenario;
}

Scenario two_months_of_defaults(int lag) {
  Scenario scenario = defaulting(in_periods({0.1, 0.2}));  // 100 of 1,000, then 180 of 900
  scenario.credit.recovery_lag = lag;
  scenario.credit.severity = {0.4};
  return scenario;
}

}  // namespace

TEST(Liquidation, comes_at_once_without_a_lag) {
  const PoolVectors flows = flows_of({kInterestOnly}, two_months_of_defaults(0));
  expect_near(flows.beginning_balance, {1'000, 900, 720});
  expect_near(flows.defaulted_balance, {100, 180, 0});
  expect_near(flows.recoveries, {60, 108, 0});
  expect_near(flows.realized_losses, {40, 72, 0});
  expect_near(flows.foreclosure_balance, {0, 0, 0}, 0);
  expect_near(flows.gross_interest, {9, 7.2, 7.2});
  expect_near(flows.uncollected_interest, {1, 1.8, 0});
  expect_near(flows.scheduled_principal, {0, 0, 720});
}

TEST(Liquidation, comes_a_month_later) {
  //   month  performing  in foreclosure  defaults  liquidated  still in foreclosure
  //     1      1000           0             100        0            100
  //     2       900         100             180      100            180
  //     3       720         180               0      180              0
  const PoolVectors flows = flows_of({kInterestOnly}, two_months_of_defaults(1));
  expect_near(flows.beginning_balance, {1'000, 1'000, 900, 0});
  expect_near(flows.foreclosure_balance, {100, 180, 0, 0});
  expect_near(flows.recoveries, {0, 60, 108, 0});
  expect_near(flows.realized_losses, {0, 40, 72, 0});
  expect_near(flows.ending_balance, {1'000, 900, 0, 0});
  expect_near(flows.uncollected_interest, {1, 2.8, 1.8, 0});
}

TEST(Liquidation, may_come_after_the_last_maturity) {
  //   month  performing  in foreclosure  defaults  liquidated  still in foreclosure
  //     1      1000           0             100        0            100
  //     2       900         100             180        0            280
  //     3       720         280               0        0            280
  //     4         0         280               0      100            180
  //     5         0         180               0      180              0
  const PoolVectors flows = flows_of({kInterestOnly}, two_months_of_defaults(3));
  expect_near(flows.beginning_balance, {1'000, 1'000, 1'000, 280, 180, 0});
  expect_near(flows.foreclosure_balance, {100, 280, 280, 180, 0, 0});
  expect_near(flows.recoveries, {0, 0, 0, 60, 108, 0});
  expect_near(flows.realized_losses, {0, 0, 0, 40, 72, 0});
  expect_near(flows.gross_interest, {9, 7.2, 7.2, 0, 0, 0});
  expect_near(flows.uncollected_interest, {1, 2.8, 2.8, 2.8, 1.8, 0});
}

TEST(Severity, is_that_of_the_period_of_the_liquidation) {
  // Two months' lag: 100 goes in month 3 at 30%, 180 in month 4 and 72 in month 5 at 50%, which stays.
  Scenario scenario = defaulting(in_periods({0.1, 0.2, 0.1}));
  scenario.credit.recovery_lag = 2;
  scenario.credit.severity = {0.1, 0.2, 0.3, 0.5};
  const PoolVectors flows = flows_of({kInterestOnly}, scenario);
  expect_near(flows.realized_losses, {0, 0, 30, 90, 36});
  expect_near(flows.recoveries, {0, 0, 70, 90, 36});
}

TEST(Severity, may_be_a_loans_own) {
  Scenario scenario = a_tenth(1, Advances::none);
  scenario.credit.severities = {{0.9, 0.2}, {1.0}};
  scenario.credit.loan_severity = {-1, 0, 1};
  const PoolVectors flows = flows_of({kInterestOnly, kInterestOnly, kInterestOnly}, scenario);
  expect_near(flows.realized_losses, {0, 40 + 20 + 100, 0, 0});
}

TEST(Severity, of_nothing_said_is_nothing) {
  Scenario scenario = a_tenth(0, Advances::none);
  scenario.credit.severity = {};
  const PoolVectors flows = flows_of({kInterestOnly}, scenario);
  expect_near(flows.realized_losses, {0, 0, 0}, 0);
  expect_near(flows.recoveries, {100, 0, 0});
}

TEST(Advances, of_nothing_leave_the_balance_at_default_uncollected) {
  const PoolVectors flows = flows_of({kAmortizing}, a_tenth(2, Advances::none));
  expect_near(flows.foreclosure_balance, {100, 100, 0, 0, 0, 0});
  expect_near(flows.beginning_balance, {1'000, 778.347015, 554.477501, 228.369291, 0, 0});  // 90% of the path + 100
  expect_near(flows.scheduled_principal, {221.652985, 223.869514, 226.108210, 228.369291, 0, 0});
  expect_near(flows.gross_interest, {9, 6.783470, 4.544775, 2.283693, 0, 0});
  expect_near(flows.uncollected_interest, {1, 1, 1, 0, 0, 0});
  expect_near(flows.realized_losses, {0, 0, 40, 0, 0, 0});
}

TEST(Advances, of_interest_run_until_the_month_of_liquidation) {
  //   month  interest due  collected  advanced  not collected
  //     1        10            9          1          0
  //     2        10            9          1          0
  //     3        10            9          0          1      liquidated: 40 lost, 60 recovered
  const PoolVectors flows = flows_of({kInterestOnly}, a_tenth(2, Advances::interest));
  expect_near(flows.gross_interest, {10, 10, 9, 0, 0});
  expect_near(flows.advanced_interest, {1, 1, 0, 0, 0});
  expect_near(flows.advanced_principal, {0, 0, 0, 0, 0}, 0);
  expect_near(flows.uncollected_interest, {0, 0, 1, 0, 0});
  expect_near(flows.realized_losses, {0, 0, 40, 0, 0});
  expect_near(flows.recoveries, {0, 0, 60, 0, 0});
}

TEST(Advances, of_principal_too_let_the_foreclosure_amortize) {
  //   month  in foreclosure  advanced interest  advanced principal  left
  //     1      100.000000        1.000000           24.628109       75.371891
  //     2       75.371891        0.753719           24.874391       50.497500
  //     3       50.497500    liquidated: min(40% x 100, 50.497500) = 40 lost, 10.497500 recovered
  const PoolVectors flows = flows_of({kAmortizing}, a_tenth(2, Advances::principal_and_interest));
  expect_near(flows.beginning_balance, {1'000, 753.718906, 504.975001, 228.369291, 0, 0});
  expect_near(flows.foreclosure_balance, {75.371891, 50.497500, 0, 0, 0, 0});
  expect_near(flows.advanced_interest, {1, 0.753719, 0, 0, 0, 0});
  expect_near(flows.advanced_principal, {24.628109, 24.874391, 0, 0, 0, 0});
  expect_near(flows.gross_interest, {10, 7.537189, 4.544775, 2.283693, 0, 0});
  expect_near(flows.uncollected_interest, {0, 0, 0.504975, 0, 0, 0});
  expect_near(flows.realized_losses, {0, 0, 40, 0, 0, 0});
  expect_near(flows.recoveries, {0, 0, 10.497500, 0, 0, 0});
}

TEST(Advances, of_principal_limit_the_loss_to_the_balance_left) {
  // 80% x 100 is more than the 50.497500 left.
  const PoolVectors flows = flows_of({kAmortizing}, a_tenth(2, Advances::principal_and_interest, 0.8));
  expect_near(flows.realized_losses, {0, 0, 50.497500, 0, 0, 0});
  expect_near(flows.recoveries, {0, 0, 0, 0, 0, 0});
}

TEST(Advances, of_interest_may_come_back_out_of_recoveries) {
  const auto losses = [](const Loan& loan, Advances advances, double severity) {
    Scenario scenario = a_tenth(2, advances, severity);
    scenario.credit.reimbursement = Reimbursement::from_recoveries;
    const PoolVectors flows = flows_of({loan}, scenario);
    EXPECT_NEAR(sum(flows.recoveries) + sum(flows.advanced_principal) + sum(flows.realized_losses), 100, 1e-9);
    return flows.realized_losses[2];
  };
  EXPECT_NEAR(losses(kInterestOnly, Advances::none, 0.4), 40, 1e-9);
  EXPECT_NEAR(losses(kInterestOnly, Advances::interest, 0.4), 42, 1e-9);  // two months at 1% of 100
  EXPECT_NEAR(losses(kInterestOnly, Advances::interest, 0.99), 100, 1e-9);  // never more than the balance
  EXPECT_NEAR(losses(kAmortizing, Advances::interest, 0.4), 42, 1e-9);  // the balance at default pays it, not what amortizes
  EXPECT_NEAR(losses(kAmortizing, Advances::principal_and_interest, 0.4), 41.753719, 1e-6);
}

TEST(Fees, are_charged_on_loans_that_pay_or_are_advanced_and_premiums_on_those_that_pay) {
  // A month of 1,000: servicing 0.5, master servicing 0.1, trustee 0.2, premium 0.3.
  Loan loan = kInterestOnly;
  loan.servicing = 0.006;
  loan.master_servicing = 0.0012;
  loan.trustee = 0.0024;
  loan.mi_premium = 0.0036;
  const PoolVectors none = flows_of({loan}, a_tenth(2, Advances::none));
  expect_near(none.servicing_fee, {0.45, 0.45, 0.45, 0, 0});
  expect_near(none.uncollected_fees, {0.08, 0.08, 0.08, 0, 0});
  const PoolVectors advanced = flows_of({loan}, a_tenth(2, Advances::interest));
  expect_near(advanced.servicing_fee, {0.5, 0.5, 0.45, 0, 0});
  expect_near(advanced.master_servicing_fee, {0.1, 0.1, 0.09, 0, 0});
  expect_near(advanced.trustee_fee, {0.2, 0.2, 0.18, 0, 0});
  expect_near(advanced.uncollected_fees, {0, 0, 0.08, 0, 0});
  for (const PoolVectors& flows : {none, advanced}) {
    expect_near(flows.mi_premium, {0.27, 0.27, 0.27, 0, 0});
    // Due on the whole opening balance of 1,000: 10 of interest, 0.8 of fees; the premium is that of the month.
    for (std::size_t t : {0u, 1u, 2u}) EXPECT_NEAR(flows.net_interest_due(t), 10 - 0.8 - 0.27, 1e-9) << t;
  }
}

TEST(MortgageInsurance, pays_its_coverage_off_the_severity) {
  const auto run = [](double severity, double coverage, bool use = true) {
    Loan loan = kInterestOnly;
    loan.mi_coverage = coverage;
    Scenario scenario = a_tenth(0, Advances::none, severity);
    scenario.credit.use_mortgage_insurance = use;
    const PoolVectors flows = flows_of({loan}, scenario);
    return std::vector{flows.realized_losses[0], flows.mi_claims[0], flows.recoveries[0]};
  };
  expect_near(run(0.4, 0.25), {15, 25, 85});
  expect_near(run(0.4, 0.60), {0, 40, 100});  // no more than there is to lose
  expect_near(run(0.4, 0.0), {40, 0, 60});
  expect_near(run(0.4, 0.25, false), {40, 0, 60});
}

TEST(MortgageInsurance, of_a_rule_takes_the_place_of_the_pools) {
  Loan insured = kInterestOnly;
  insured.mi_coverage = 0.25;
  Scenario scenario = a_tenth(0, Advances::none);
  scenario.credit.loan_coverage = {std::numeric_limits<double>::quiet_NaN(), 0.0, 0.1};
  const PoolVectors flows = flows_of({insured, insured, insured}, scenario);
  expect_near(flows.realized_losses, {15 + 40 + 30, 0, 0});
  expect_near(flows.mi_claims, {25 + 0 + 10, 0, 0});
}

TEST(RealEstateOwned, is_what_has_been_in_foreclosure_longest) {
  // 600 at 0% over 6 months: 60 defaults, is advanced 10 a month, is liquidated in month 5; owned at the end of months 3, 4.
  const Loan loan{.balance = 600, .gross_rate = 0, .remaining_term = 6};
  Scenario scenario = a_tenth(4, Advances::principal_and_interest);
  scenario.credit.reo_months = 2;
  const PoolVectors flows = flows_of({loan}, scenario);
  expect_near(flows.foreclosure_balance, {50, 40, 30, 20, 0, 0, 0, 0, 0, 0});
  expect_near(flows.reo_balance, {0, 0, 30, 20, 0, 0, 0, 0, 0, 0});
  scenario.credit.advances = Advances::none;
  expect_near(flows_of({loan}, scenario).reo_balance, {0, 0, 60, 60, 0, 0, 0, 0, 0, 0});
  scenario.credit.reo_months = 9;  // all of the lag
  expect_near(flows_of({loan}, scenario).reo_balance, {60, 60, 60, 60, 0, 0, 0, 0, 0, 0});
  scenario.credit.reo_months = 0;
  expect_near(flows_of({loan}, scenario).reo_balance, std::vector<double>(10, 0.0), 0);
}

TEST(LastMonths, let_a_default_in_a_balloon_month_wait_unadvanced) {
  //   month  performing  in foreclosure  advanced          not collected
  //     3      1000            0         1 of interest          0          100 default, 900 are paid
  //     4         0          100         0                      1
  //     5         0          100         0                      1          liquidated: 40 lost
  for (Advances advances : {Advances::interest, Advances::principal_and_interest}) {
    Scenario scenario = a_tenth(2, advances);
    scenario.credit.defaults["all"] = in_periods({0, 0, 0.1});
    const PoolVectors flows = flows_of({kInterestOnly}, scenario);
    expect_near(flows.scheduled_principal, {0, 0, 900, 0, 0});
    expect_near(flows.advanced_principal, {0, 0, 0, 0, 0}, 0);
    expect_near(flows.advanced_interest, {0, 0, 1, 0, 0});
    expect_near(flows.foreclosure_balance, {0, 0, 100, 100, 0});
    expect_near(flows.beginning_balance, {1'000, 1'000, 1'000, 100, 100});
    expect_near(flows.uncollected_interest, {0, 0, 0, 1, 1});
    expect_near(flows.realized_losses, {0, 0, 0, 0, 40});
  }
}

TEST(LastMonths, keep_the_last_payment_of_a_foreclosure_in_its_balance) {
  // Advanced in months 1 to 3; the last payment of 25.374366 is not, and is what is liquidated in month 7.
  const PoolVectors flows = flows_of({kAmortizing}, a_tenth(6, Advances::principal_and_interest));
  expect_near(flows.advanced_principal, {24.628109, 24.874391, 25.123134, 0, 0, 0, 0, 0, 0, 0});
  expect_near(flows.advanced_interest, {1, 0.753719, 0.504975, 0.253744, 0, 0, 0, 0, 0, 0});
  expect_near(flows.foreclosure_balance, {75.371891, 50.497500, 25.374366, 25.374366, 25.374366, 25.374366, 0, 0, 0, 0});
  expect_near(flows.realized_losses, {0, 0, 0, 0, 0, 0, 25.374366, 0, 0, 0});
  expect_near(flows.uncollected_interest, {0, 0, 0, 0, 0.253744, 0.253744, 0.253744, 0, 0, 0});
}

TEST(LastMonths, of_a_loan_of_one_month) {
  const Loan loan{.balance = 500, .gross_rate = 0.06, .remaining_term = 1};
  const PoolVectors flows = flows_of({loan}, a_tenth(2, Advances::principal_and_interest));
  expect_near(flows.scheduled_principal, {450, 0, 0});
  expect_near(flows.defaulted_balance, {50, 0, 0});
  expect_near(flows.gross_interest, {2.5, 0, 0});
  expect_near(flows.advanced_interest, {0.25, 0, 0});
  expect_near(flows.foreclosure_balance, {50, 50, 0});
  expect_near(flows.uncollected_interest, {0, 0.25, 0.25});
  expect_near(flows.realized_losses, {0, 0, 20});
  expect_near(flows.recoveries, {0, 0, 30});
}
