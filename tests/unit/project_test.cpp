#include "spillway/collateral/project.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "small_pool.h"

using namespace spillway;
using calendar::make_date;
using cashflow::CollateralCashFlows;
using cashflow::PoolVectors;
using collateral::project;
using small_pool::Loan;

namespace {

void expect_near(const std::vector<double>& found, const std::vector<double>& expected, double tolerance) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t t = 0; t < found.size(); ++t) EXPECT_NEAR(found[t], expected[t], tolerance) << "period " << t + 1;
}

PoolVectors flows_of(const Loan& loan, const assumptions::Scenario& scenario = small_pool::no_prepayment(),
                     const rates::IndexPaths& indices = small_pool::flat(0.012),
                     const collateral::Settings& settings = {}) {
  return project(small_pool::make({loan}), scenario, indices, settings).total;
}

std::vector<double> rates_of(const Loan& loan, const rates::IndexPaths& indices) {
  return collateral::rate_path(small_pool::make({loan}), 0, small_pool::no_prepayment(), indices);
}

const std::pair<const char*, std::vector<double> PoolVectors::*> kVectors[] = {
    {"beginning", &PoolVectors::beginning_balance},   {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},       {"master servicing", &PoolVectors::master_servicing_fee},
    {"trustee", &PoolVectors::trustee_fee},           {"premium", &PoolVectors::mi_premium},
    {"scheduled", &PoolVectors::scheduled_principal}, {"prepaid", &PoolVectors::prepaid_principal},
    {"ending", &PoolVectors::ending_balance}};

// A mixed pool: fixed, interest-only, balloon, adjustable, late, of two groups.
std::vector<Loan> mixed_loans() {
  std::vector<Loan> loans{
      {.balance = 211'345.17, .gross_rate = 0.0675, .remaining_term = 177, .age = 3, .servicing = 0.0025},
      {.balance = 99'999.99, .gross_rate = 0.055, .remaining_term = 60, .amortization_term = 240, .age = 0},
      {.balance = 350'000, .gross_rate = 0.0525, .remaining_term = 355, .age = 5, .interest_only_months = 60,
       .first_period = 2, .servicing = 0.00375, .mi_premium = 0.009, .group = 1, .index = 0, .months_to_roll = 19,
       .reset_months = 6, .margin = 0.0325, .first_cap = 0.03, .periodic_cap = 0.01, .max_rate = 0.1125,
       .min_rate = 0.0325}};
  // Four hundred more, so that sums run over several blocks.
  for (int i = 0; i < 400; ++i) {
    Loan more = loans[static_cast<std::size_t>(i % 3)];
    more.balance += 137.77 * i;
    more.gross_rate += 1e-5 * i;
    more.age = i % 17;
    loans.push_back(more);
  }
  return loans;
}

const std::vector<std::string> kTwoGroups{"fixed", "arm"};

}  // namespace

TEST(Project, a_fixed_rate_loan_month_by_month) {
  // 1,000 at 12% over 3 months: payment 1,000 x 0.01 / (1 - 1.01^-3) = 340.022111.
  //   month  opening     interest   principal
  //     1    1000.000000 10.000000  330.022111
  //     2     669.977889  6.699779  333.322332
  //     3     336.655556  3.366556  336.655556 (what is left; 340.022111 - 3.366556 too)
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3, .servicing = 0.006,
                                      .master_servicing = 0.0012, .trustee = 0.0024, .mi_premium = 0.0036});
  expect_near(flows.beginning_balance, {1'000, 669.977889, 336.655556}, 1e-6);
  expect_near(flows.gross_interest, {10, 6.699779, 3.366556}, 1e-6);
  expect_near(flows.scheduled_principal, {330.022111, 333.322332, 336.655556}, 1e-6);
  expect_near(flows.ending_balance, {669.977889, 336.655556, 0}, 1e-6);
  expect_near(flows.prepaid_principal, {0, 0, 0}, 0);
  // Fees at a twelfth of their rate on the opening balance: 0.05%, 0.01%, 0.02%, 0.03% a month.
  expect_near(flows.servicing_fee, {0.5, 0.334989, 0.168328}, 1e-6);
  expect_near(flows.master_servicing_fee, {0.1, 0.066998, 0.033666}, 1e-6);
  expect_near(flows.trustee_fee, {0.2, 0.133996, 0.067331}, 1e-6);
  expect_near(flows.mi_premium, {0.3, 0.200993, 0.100997}, 1e-6);
  EXPECT_NEAR(flows.net_interest(0), 10 - 1.1, 1e-9);
  EXPECT_DOUBLE_EQ(flows.cut_off_balance, 1'000);
}

TEST(Project, prepays_the_smm_of_what_scheduled_principal_leaves) {
  // 1,200 at 0% over 3 months, SMM 50%: the level payment is that of the surviving balance.
  //   month  opening  scheduled  prepaid  closing
  //     1     1200       400       400      400
  //     2      400       200       100      100
  //     3      100       100         0        0
  const PoolVectors flows = flows_of({.balance = 1'200, .gross_rate = 0, .remaining_term = 3},
                                     small_pool::prepaying(assumptions::Smm{0.5}));
  expect_near(flows.scheduled_principal, {400, 200, 100}, 1e-9);
  expect_near(flows.prepaid_principal, {400, 100, 0}, 1e-9);
  expect_near(flows.ending_balance, {400, 100, 0}, 1e-9);
  expect_near(flows.gross_interest, {0, 0, 0}, 0);
}

TEST(Project, pays_all_at_once_at_100_percent_cpr) {
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3},
                                     small_pool::prepaying(assumptions::Cpr{1.0}));
  EXPECT_NEAR(flows.scheduled_principal[0] + flows.prepaid_principal[0], 1'000, 1e-9);
  expect_near(flows.ending_balance, {0, 0, 0}, 1e-9);
  expect_near(flows.gross_interest, {10, 0, 0}, 1e-9);
}

TEST(Project, counts_loan_age_from_cut_off_for_the_prepayment_curve) {
  // Age 4 at cut-off: period 1 is month 5 of the loan's life, where this vector prepays everything.
  assumptions::CprVector all_in_month_5{{0, 0, 0, 0, 1.0, 0}, true};
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.06, .remaining_term = 12, .age = 4},
                                     small_pool::prepaying(all_in_month_5));
  EXPECT_NEAR(flows.ending_balance[0], 0.0, 1e-9);
}

TEST(Project, an_interest_only_loan_then_recast_over_what_is_left) {
  // 12% for 4 months, interest-only through month 3 of its life, one month old: two more months of interest, then
  // level over the last two (payment 1,000 x 0.01 / (1 - 1.01^-2) = 507.512438).
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 4, .age = 1, .interest_only_months = 3});
  expect_near(flows.scheduled_principal, {0, 0, 497.512438, 502.487562}, 1e-6);
  expect_near(flows.gross_interest, {10, 10, 10, 5.024876}, 1e-6);
}

TEST(Project, an_interest_only_loan_to_the_end_pays_all_at_maturity) {
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3, .interest_only_months = 36});
  expect_near(flows.scheduled_principal, {0, 0, 1'000}, 1e-9);
}

TEST(Project, an_interest_only_period_already_over_does_not_count) {
  const PoolVectors flows = flows_of({.balance = 900, .gross_rate = 0, .remaining_term = 3, .age = 60, .interest_only_months = 60});
  expect_near(flows.scheduled_principal, {300, 300, 300}, 1e-9);
}

TEST(Project, a_balloon_pays_what_is_left_at_maturity) {
  // Set for 12 months, due in 3, at 0%: 100 a month, then the rest.
  const PoolVectors flows = flows_of({.balance = 1'200, .gross_rate = 0, .remaining_term = 3, .amortization_term = 12});
  expect_near(flows.scheduled_principal, {100, 100, 1'000}, 1e-9);
  expect_near(flows.ending_balance, {1'100, 1'000, 0}, 1e-9);
}

TEST(Project, a_loan_of_one_month) {
  const PoolVectors flows = flows_of({.balance = 500, .gross_rate = 0.06, .remaining_term = 1});
  expect_near(flows.scheduled_principal, {500}, 0);
  expect_near(flows.gross_interest, {2.5}, 1e-12);
}

TEST(Project, the_pool_runs_to_its_last_maturity) {
  const auto flows = project(small_pool::make({{.balance = 100, .gross_rate = 0, .remaining_term = 1},
                                               {.balance = 100, .gross_rate = 0, .remaining_term = 4}}),
                             small_pool::no_prepayment(), small_pool::flat(0.0));
  expect_near(flows.total.scheduled_principal, {125, 25, 25, 25}, 1e-9);
}

TEST(LateLoan, counts_but_pays_nothing_before_it_joins_and_keeps_its_maturity) {
  // 3 months on the calendar, first paying in period 2: level over two payments. SMM 50% does not touch it in period 1.
  const Loan loan{.balance = 1'000, .gross_rate = 0, .remaining_term = 3, .first_period = 2};
  const PoolVectors flows = flows_of(loan, small_pool::prepaying(assumptions::Smm{0.5}));
  expect_near(flows.beginning_balance, {1'000, 1'000, 250}, 1e-9);
  expect_near(flows.scheduled_principal, {0, 500, 250}, 1e-9);
  expect_near(flows.prepaid_principal, {0, 250, 0}, 1e-9);
  expect_near(flows.gross_interest, {0, 0, 0}, 0);
}

TEST(LateLoan, is_charged_fees_before_it_joins_as_the_switch_says) {
  const Loan loan{.balance = 1'200, .gross_rate = 0.12, .remaining_term = 4, .amortization_term = 1'200, .first_period = 3,
                  .servicing = 0.01, .master_servicing = 0.02, .trustee = 0.03, .mi_premium = 0.04};
  const auto fees = [&](collateral::FeesBeforeJoining when) {
    const PoolVectors flows = flows_of(loan, small_pool::no_prepayment(), small_pool::flat(0.0), {when});
    EXPECT_DOUBLE_EQ(flows.gross_interest[0], 0.0);
    EXPECT_DOUBLE_EQ(flows.gross_interest[1], 0.0);
    EXPECT_NEAR(flows.gross_interest[2], 12.0, 1e-12);
    EXPECT_NEAR(flows.net_interest(2), 12.0 - 10.0, 1e-12);
    return std::vector<double>{-flows.net_interest(0), -flows.net_interest(1)};
  };
  expect_near(fees(collateral::FeesBeforeJoining::never), {0, 0}, 1e-12);
  expect_near(fees(collateral::FeesBeforeJoining::first_period), {10, 0}, 1e-12);  // 10% of 1,200 a year
  expect_near(fees(collateral::FeesBeforeJoining::always), {10, 10}, 1e-12);
}

TEST(LateLoan, ages_and_resets_on_the_calendar) {
  // Adjusts one month after cut-off, so period 2 is the first at the new rate, also for a loan that joins in period 2.
  const Loan loan{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 12, .interest_only_months = 12, .first_period = 2,
                  .index = 0, .months_to_roll = 1, .reset_months = 12, .margin = 0.048};
  const PoolVectors flows = flows_of(loan, small_pool::no_prepayment(), small_pool::flat(0.012));
  EXPECT_NEAR(flows.gross_interest[1], 5.0, 1e-9);  // 1.2% + 4.8% = 6%
  // The month of its life in period 2 is age + 2, though it is the first payment.
  const PoolVectors prepaid = flows_of({.balance = 1'000, .gross_rate = 0, .remaining_term = 12, .first_period = 2},
                                       small_pool::prepaying(assumptions::CprVector{{0, 1.0}, true}));
  EXPECT_NEAR(prepaid.ending_balance[1], 0.0, 1e-9);
}

TEST(LateLoan, that_would_join_after_its_maturity_pays_all_on_that_day) {
  const PoolVectors flows = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 2, .first_period = 5});
  expect_near(flows.scheduled_principal, {0, 1'000}, 1e-9);
  expect_near(flows.gross_interest, {0, 10}, 1e-9);
}

TEST(AdjustableRate, is_index_and_margin_from_the_month_after_the_adjustment) {
  const Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 8, .index = 0, .months_to_roll = 2, .reset_months = 3, .margin = 0.03};
  // Adjusted 2 and 5 months after cut-off: first paid in periods 3 and 6.
  expect_near(rates_of(loan, small_pool::flat(0.012)), {0.05, 0.05, 0.042, 0.042, 0.042, 0.042, 0.042, 0.042}, 1e-15);
}

TEST(AdjustableRate, binds_first_and_then_periodic_caps_both_ways) {
  Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 5, .index = 0, .months_to_roll = 1, .reset_months = 1,
            .margin = 0.03, .first_cap = 0.02, .periodic_cap = 0.01};
  // Wants 13%: up 2 points at the first adjustment, then 1 a time.
  expect_near(rates_of(loan, small_pool::flat(0.10)), {0.05, 0.07, 0.08, 0.09, 0.10}, 1e-15);
  // Wants 3%: down 2 to 3%; there it stays.
  expect_near(rates_of(loan, small_pool::flat(0.0)), {0.05, 0.03, 0.03, 0.03, 0.03}, 1e-15);
  loan.gross_rate = 0.075;  // 7.5 - 2 = 5.5, 4.5, 3.5, and then the 3% it wants
  expect_near(rates_of(loan, small_pool::flat(0.0)), {0.075, 0.055, 0.045, 0.035, 0.03}, 1e-15);
}

TEST(AdjustableRate, stays_within_the_lifetime_maximum_and_the_floor) {
  Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 4, .index = 0, .months_to_roll = 1, .reset_months = 1,
            .margin = 0.03, .first_cap = 0.03, .periodic_cap = 0.02, .max_rate = 0.09, .min_rate = 0.04};
  expect_near(rates_of(loan, small_pool::flat(0.10)), {0.05, 0.08, 0.09, 0.09}, 1e-15);
  expect_near(rates_of(loan, small_pool::flat(0.0)), {0.05, 0.04, 0.04, 0.04}, 1e-15);
  // The caps count from the floored rate, not from the index.
  loan.periodic_cap = 0.001;
  const rates::IndexPaths up({{"libor_6m", {make_date(2004, 1, 1), make_date(2004, 2, 1)}, {0.0, 0.10}}});
  expect_near(rates_of(loan, up), {0.05, 0.04, 0.041, 0.042}, 1e-15);
}

TEST(AdjustableRate, is_rounded_before_the_caps_bind) {
  Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 2, .index = 0, .months_to_roll = 1, .reset_months = 6,
            .margin = 0.0275, .rounding = 0.00125};
  // 1.23% + 2.75% = 3.98% -> 4.00% to the nearest eighth.
  expect_near(rates_of(loan, small_pool::flat(0.0123)), {0.05, 0.04}, 1e-15);
  loan.first_cap = 0.0037;
  expect_near(rates_of(loan, small_pool::flat(0.0123)), {0.05, 0.0463}, 1e-15);  // the capped rate stays as it is
}

TEST(AdjustableRate, fixes_its_index_lookback_days_before_the_adjustment_date) {
  // Adjustment 2004-03-01; 45 days before is January 16 (2004 has a February 29): exactly half way from 1% to 2%.
  const rates::IndexPaths rising({{"libor_6m", {make_date(2004, 1, 1), make_date(2004, 1, 31)}, {0.01, 0.02}}});
  Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 4, .index = 0, .months_to_roll = 3, .reset_months = 6,
            .lookback_days = 45, .margin = 0.03};
  expect_near(rates_of(loan, rising), {0.05, 0.05, 0.05, 0.045}, 1e-15);
  loan.lookback_days = 0;
  expect_near(rates_of(loan, rising), {0.05, 0.05, 0.05, 0.05}, 1e-15);
}

TEST(AdjustableRate, is_paid_later_by_its_rate_change_lag) {
  const Loan loan{.balance = 1, .gross_rate = 0.05, .remaining_term = 6, .index = 0, .months_to_roll = 1, .reset_months = 3,
                  .rate_change_lag = 1, .margin = 0.03, .periodic_cap = 0.001};
  expect_near(rates_of(loan, small_pool::flat(0.01)), {0.05, 0.05, 0.04, 0.04, 0.04, 0.04}, 1e-15);
}

TEST(AdjustableRate, recasts_the_payment_at_each_adjustment) {
  // 1,000 at 12% over 4 months: payment 256.281094.
  //   1: interest 10, principal 246.281094 -> 753.718906
  //   2: interest 7.537189, principal 248.743905 -> 504.975001
  // Then 0%: 252.487501 twice.
  const Loan loan{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 4, .index = 0, .months_to_roll = 2, .reset_months = 12};
  const PoolVectors flows = flows_of(loan, small_pool::no_prepayment(), small_pool::flat(0.0));
  expect_near(flows.scheduled_principal, {246.281094, 248.743905, 252.487501, 252.487501}, 1e-6);
  expect_near(flows.gross_interest, {10, 7.537189, 0, 0}, 1e-6);
}

TEST(AssumedTerms, replace_the_tapes) {
  assumptions::Scenario scenario = small_pool::prepaying(assumptions::CprVector{{0, 0, 1.0}, true});
  scenario.assumed_terms["all"] = {.remaining_term = 4, .age = 1, .gross_rate = 0.24};
  // Two loans of different terms become one: 4 months, 24%, in month 2 of life in period 1 and so prepaid in period 2.
  const auto flows = project(small_pool::make({{.balance = 300, .gross_rate = 0.05, .remaining_term = 2, .age = 40},
                                               {.balance = 700, .gross_rate = 0.06, .remaining_term = 300, .age = 0}}),
                             scenario, small_pool::flat(0.0)).total;
  ASSERT_EQ(flows.periods(), 4u);
  EXPECT_NEAR(flows.gross_interest[0], 20.0, 1e-9);
  EXPECT_NEAR(flows.scheduled_principal[0], 1'000 * 0.02 / (1 - std::pow(1.02, -4)) - 20, 1e-9);
  EXPECT_NEAR(flows.ending_balance[1], 0.0, 1e-9);
}

TEST(AssumedTerms, move_a_balloon_by_as_much_and_leave_adjustment_dates_alone) {
  assumptions::Scenario scenario = small_pool::no_prepayment();
  scenario.assumed_terms["all"].remaining_term = 5;
  // Due in 3, set for 12: with 5 to go it is set for 14.
  const auto balloon = project(small_pool::make({{.balance = 1'400, .gross_rate = 0, .remaining_term = 3, .amortization_term = 12}}),
                               scenario, small_pool::flat(0.0)).total;
  expect_near(balloon.scheduled_principal, {100, 100, 100, 100, 1'000}, 1e-9);
  const auto rates = collateral::rate_path(
      small_pool::make({{.balance = 1, .gross_rate = 0.05, .remaining_term = 3, .index = 0, .months_to_roll = 2, .reset_months = 2}}),
      0, scenario, small_pool::flat(0.03));
  expect_near(rates, {0.05, 0.05, 0.03, 0.03, 0.03}, 1e-15);
}

TEST(AssumedTerms, need_not_add_to_the_original_term) {
  // Interest-only for 60 months from origination, said to be 58 months old with 3 to go: two months of interest only.
  assumptions::Scenario scenario = small_pool::no_prepayment();
  scenario.assumed_terms["all"] = {.remaining_term = 3, .age = 58, .gross_rate = std::nullopt};
  const auto flows = project(small_pool::make({{.balance = 100, .gross_rate = 0, .remaining_term = 355, .age = 2, .interest_only_months = 60}}),
                             scenario, small_pool::flat(0.0)).total;
  expect_near(flows.scheduled_principal, {0, 0, 100}, 1e-9);
}

TEST(AssumedTerms, of_one_group_leave_the_other_alone) {
  assumptions::Scenario scenario;
  scenario.assumed_terms["arm"].remaining_term = 1;
  const auto flows = project(small_pool::make({{.balance = 200, .gross_rate = 0, .remaining_term = 2, .group = 0},
                                               {.balance = 300, .gross_rate = 0, .remaining_term = 3, .group = 1}}, kTwoGroups),
                             scenario, small_pool::flat(0.0));
  expect_near(flows.groups[0].scheduled_principal, {100, 100}, 1e-9);
  expect_near(flows.groups[1].scheduled_principal, {300, 0}, 1e-9);
  expect_near(flows.total.scheduled_principal, {400, 100}, 1e-9);
  EXPECT_EQ(flows.groups[0].name, "fixed");
}

TEST(ProjectSpeeds, equals_one_speed_at_a_time_to_the_last_bit) {
  const auto pool = small_pool::make(mixed_loans(), kTwoGroups);
  assumptions::Scenario scenario = small_pool::prepaying(assumptions::Ramp{0.02, 0.20, 12}, 1.0, kTwoGroups);
  const double speeds[] = {0.0, 0.8, 1.0, 1.5, 1.8};
  const auto together = collateral::project_speeds(pool, scenario, speeds, small_pool::flat(0.012));
  ASSERT_EQ(together.size(), std::size(speeds));
  for (std::size_t s = 0; s < std::size(speeds); ++s) {
    scenario.speed = speeds[s];
    const CollateralCashFlows alone = project(pool, scenario, small_pool::flat(0.012));
    for (const auto& [name, vector] : kVectors) {
      EXPECT_EQ(together[s].total.*vector, alone.total.*vector) << name << " at speed " << speeds[s];
      EXPECT_EQ(together[s].groups[1].*vector, alone.groups[1].*vector) << name << " at speed " << speeds[s];
    }
  }
}

TEST(Project, the_order_of_loans_changes_last_bits_only) {
  std::vector<Loan> loans = mixed_loans();
  const auto scenario = small_pool::prepaying(assumptions::Cpr{0.3}, 1.0, kTwoGroups);
  const auto forwards = project(small_pool::make(loans, kTwoGroups), scenario, small_pool::flat(0.012)).total;
  std::reverse(loans.begin(), loans.end());
  const auto backwards = project(small_pool::make(loans, kTwoGroups), scenario, small_pool::flat(0.012)).total;
  for (const auto& [name, vector] : kVectors) {
    for (std::size_t t = 0; t < forwards.periods(); ++t) {
      EXPECT_NEAR((forwards.*vector)[t], (backwards.*vector)[t], 1e-13 * std::abs((forwards.*vector)[t])) << name << ' ' << t;
    }
  }
}

TEST(Project, two_halves_of_a_pool_add_up_to_it) {
  const std::vector<Loan> loans = mixed_loans();
  const std::vector<Loan> first(loans.begin(), loans.begin() + 150), second(loans.begin() + 150, loans.end());
  const auto scenario = small_pool::prepaying(assumptions::Cpr{0.3}, 1.0, kTwoGroups);
  const auto run = [&](const std::vector<Loan>& part) {
    return project(small_pool::make(part, kTwoGroups), scenario, small_pool::flat(0.012)).total;
  };
  const PoolVectors whole = run(loans), one = run(first), other = run(second);
  ASSERT_EQ(one.periods(), whole.periods());
  ASSERT_EQ(other.periods(), whole.periods());
  for (const auto& [name, vector] : kVectors) {
    for (std::size_t t = 0; t < whole.periods(); ++t) {
      const double sum = (one.*vector)[t] + (other.*vector)[t];
      EXPECT_NEAR((whole.*vector)[t], sum, 1e-13 * std::abs(sum)) << name << ' ' << t;
    }
  }
}

TEST(Project, needs_a_path_for_every_index_of_the_pool) {
  const auto pool = small_pool::make({{.balance = 1, .gross_rate = 0, .remaining_term = 2, .index = 0}}, {"all"}, {"cmt_1y"});
  EXPECT_THROW(project(pool, small_pool::no_prepayment(), small_pool::flat(0.0)), result::InvariantViolation);
}

TEST(PoolIdentities, throw_and_name_the_period_when_they_do_not_hold) {
  const PoolVectors good = flows_of({.balance = 1'000, .gross_rate = 0.12, .remaining_term = 3});
  EXPECT_NO_THROW(cashflow::check_identities(good));
  const auto said = [](const PoolVectors& broken) -> std::string {
    try {
      cashflow::check_identities(broken);
    } catch (const result::InvariantViolation& violation) {
      return violation.what();
    }
    return "nothing";
  };
  PoolVectors lost = good;
  lost.prepaid_principal[1] += 1e-5;
  EXPECT_NE(said(lost).find("period 2: performing opening = scheduled + prepaid + defaulted + performing closing"), std::string::npos) << said(lost);
  PoolVectors jumped = good;
  jumped.beginning_balance[2] += 5;
  jumped.scheduled_principal[2] += 5;
  EXPECT_NE(said(jumped).find("period 3: opening = prior closing"), std::string::npos) << said(jumped);
  PoolVectors unknown = good;
  unknown.ending_balance[0] = std::nan("");
  EXPECT_NE(said(unknown), "nothing");
}
