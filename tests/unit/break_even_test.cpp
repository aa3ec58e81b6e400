#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "spillway/analytics/break_even.h"
#include "spillway/analytics/loss.h"

using namespace spillway;
using analytics::BreakEven;
using analytics::find_break_even;

namespace {

constexpr double kTolerance = 1e-10;

BreakEven of(const std::function<double(double)>& value, double threshold = 0.5) {
  return find_break_even(value, threshold, 1.0, 0.005, kTolerance);
}

// No loss up to `start`, then `slope` a unit of rate and `bend` more of its square.
std::function<double(double)> loss_from(double start, double slope, double bend = 0.0) {
  return [=](double rate) {
    const double over = std::max(0.0, rate - start);
    return slope * over + bend * over * over;
  };
}

cashflow::ClassCashFlows class_of(std::size_t periods, double balance) {
  cashflow::ClassCashFlows flows;
  flows.original_balance = balance;
  flows.resize(periods);
  return flows;
}

}  // namespace

TEST(BreakEven, lies_where_a_loss_that_starts_at_a_rate_reaches_half_a_dollar) {
  const BreakEven found = of(loss_from(0.0731, 1e7));
  EXPECT_EQ(found.outcome, BreakEven::Outcome::found);
  EXPECT_NEAR(found.rate, 0.0731 + 0.5 / 1e7, kTolerance);
  EXPECT_LE(found.value, 0.5);
  EXPECT_GT(found.value_above, 0.5);
  EXPECT_LE(found.above - found.rate, kTolerance);
}

TEST(BreakEven, is_found_across_a_jump) {
  const BreakEven found = of([](double rate) { return rate > 0.25 ? 1e6 : 0.0; });
  EXPECT_NEAR(found.rate, 0.25, kTolerance);
  EXPECT_EQ(found.value, 0.0);
  EXPECT_EQ(found.value_above, 1e6);
}

TEST(BreakEven, never_comes_where_nothing_is_lost_and_always_where_all_is_short_from_the_start) {
  EXPECT_EQ(of([](double) { return 0.0; }).outcome, BreakEven::Outcome::never);
  const BreakEven always = of([](double rate) { return 10.0 + rate; });
  EXPECT_EQ(always.outcome, BreakEven::Outcome::always);
  EXPECT_EQ(always.value, 10.0);
}

TEST(BreakEven, needs_few_evaluations_of_smooth_values_and_fewer_where_some_are_known) {
  int calls = 0;
  const auto count = [&](double rate) {
    ++calls;
    return 1e8 * (rate - 0.0642) * (1.0 + rate);  // below 0 at 0: a yield, say
  };
  const BreakEven found = find_break_even(count, 0.5, 1.0, 0.005, kTolerance);
  EXPECT_NEAR(found.rate, 0.0642, 1e-8);
  EXPECT_EQ(found.evaluations, calls);
  EXPECT_LE(calls, 16);
  const double known[] = {0.0, 0.064, 0.065, 0.07};
  calls = 0;
  EXPECT_NEAR(find_break_even(count, 0.5, 1.0, 0.005, kTolerance, known).rate, found.rate, kTolerance);
  EXPECT_LE(calls, 10);
}

RC_GTEST_PROP(BreakEven, ends_with_values_on_both_sides_of_the_threshold, ()) {
  const double start = *rc::gen::inRange(0, 999'000) * 1e-6;
  const auto value = loss_from(start, std::pow(10.0, *rc::gen::inRange(1, 10)), std::pow(10.0, *rc::gen::inRange(0, 12)));
  RC_PRE(value(1.0) > 0.5);
  const BreakEven found = of(value);
  RC_ASSERT(found.outcome == BreakEven::Outcome::found);
  RC_ASSERT(found.value == value(found.rate) && found.value <= 0.5);
  RC_ASSERT(found.value_above == value(found.above) && found.value_above > 0.5);
  RC_ASSERT(found.above - found.rate <= kTolerance);
  RC_ASSERT(found.evaluations <= 70);
}

TEST(ClassLoss, adds_up_what_was_written_down_made_good_and_left_owing) {
  //   period  written down  written up  reimbursed  allocated after  balance after
  //     1          0            0           0             0              60
  //     2         10            0           0            10              40
  //     3         20            0           5            25              10
  //     4          0            3           0            22               5
  cashflow::ClassCashFlows flows = class_of(4, 100.0);
  flows.written_down = {0, 10, 20, 0};
  flows.written_up = {0, 0, 0, 3};
  flows.allocated_loss_paid = {0, 0, 5, 0};
  flows.allocated_loss = {0, 10, 25, 22};
  flows.ending_balance = {60, 40, 10, 5};
  flows.interest_due = {4, 3, 2, 1};
  flows.interest_paid = {4, 2, 0.5, 1};
  flows.unpaid_interest = {0, 1, 2.5, 2.25};
  flows.basis_risk = {0, 0, 0, 0.75};
  const analytics::ClassLoss loss = analytics::class_loss(flows);
  EXPECT_DOUBLE_EQ(loss.written_down, 30.0);
  EXPECT_DOUBLE_EQ(loss.made_good, 8.0);
  EXPECT_DOUBLE_EQ(loss.principal_loss, 27.0);
  EXPECT_DOUBLE_EQ(loss.part_of(flows.original_balance), 0.27);
  EXPECT_DOUBLE_EQ(loss.interest_shortfall, 2.5);
  EXPECT_DOUBLE_EQ(loss.unpaid_interest, 2.25);
  EXPECT_DOUBLE_EQ(loss.unpaid_basis_risk, 0.75);
  EXPECT_EQ(loss.first_written_down, 2);
}

TEST(ClassLoss, of_a_notional_is_no_principal) {
  cashflow::ClassCashFlows flows = class_of(1, 100.0);
  flows.is_notional = true;
  flows.ending_balance = {80.0};
  EXPECT_EQ(analytics::class_loss(flows).principal_loss, 0.0);
}

TEST(InternalRateOfReturn, solves_the_present_value_of_cash_on_30_360_times) {
  // $100 out, $10 after six months, $112.2 after a year: 100 = 10 v^0.5 + 112.2 v. With s = v^0.5: 112.2 s^2 + 10 s - 100 = 0,
  // s = (-10 + sqrt(100 + 44,880)) / 224.4, and the rate is 1 / s^2 - 1.
  const auto settlement = calendar::make_date(2004, 1, 25);
  std::vector<calendar::PaymentPeriod> schedule(2);
  schedule[0].payment = calendar::make_date(2004, 7, 25);
  schedule[1].payment = calendar::make_date(2005, 1, 25);
  const double cash[] = {10.0, 112.2};
  const double s = (-10.0 + std::sqrt(100.0 + 44'880.0)) / 224.4;
  const auto rate = analytics::internal_rate_of_return(100.0, cash, schedule, settlement);
  ASSERT_TRUE(rate.has_value());
  EXPECT_NEAR(*rate, 1.0 / (s * s) - 1.0, 1e-10);
  EXPECT_FALSE(analytics::internal_rate_of_return(0.0, cash, schedule, settlement).has_value());
}
