#include "spillway/kernels/amortization.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

using namespace spillway::kernels;

TEST(LevelPayment, agrees_with_published_payment_tables) {
  // Monthly payment per $100,000, as any mortgage table prints it.
  EXPECT_NEAR(level_payment(100'000, 0.06 / 12, 360), 599.55, 0.005);
  EXPECT_NEAR(level_payment(100'000, 0.08 / 12, 360), 733.76, 0.005);
  EXPECT_NEAR(level_payment(100'000, 0.055 / 12, 180), 817.08, 0.005);
  EXPECT_NEAR(level_payment(100'000, 0.095 / 12, 300), 873.70, 0.005);
}

TEST(LevelPayment, at_a_zero_rate_spreads_the_balance_evenly) {
  EXPECT_DOUBLE_EQ(level_payment(120'000, 0.0, 120), 1'000.0);
}

TEST(LevelPayment, of_one_month_is_balance_and_interest) {
  EXPECT_NEAR(level_payment(1'000, 0.01, 1), 1'010.0, 1e-10);
  EXPECT_DOUBLE_EQ(level_payment(1'000, 0.0, 1), 1'000.0);
}

TEST(LevelPayment, keeps_its_digits_at_tiny_rates) {
  // To first order in i, payment = balance (1 + i (n + 1) / 2) / n.
  EXPECT_NEAR(level_payment(360'000, 1e-12, 360) - 1'000.0, 1'000.0 * 1e-12 * 361 / 2, 1e-12);
}

TEST(Amortize, retires_a_loan_of_two_months_exactly) {
  // 1,000 at 1% a month over 2 months: payment 507.512438; interest 10, principal 497.512438; then 502.487562.
  std::vector<double> opening(2), scheduled(2);
  const double left = amortize(1'000, 0.01, level_payment(1'000, 0.01, 2), opening, scheduled);
  EXPECT_NEAR(scheduled[0], 497.512438, 5e-7);
  EXPECT_NEAR(opening[1], 502.487562, 5e-7);
  EXPECT_NEAR(scheduled[1], 502.487562, 5e-7);
  EXPECT_NEAR(left, 0.0, 1e-9);
}

TEST(Amortize, never_pays_more_than_the_balance) {
  std::vector<double> opening(3), scheduled(3);
  EXPECT_DOUBLE_EQ(amortize(100, 0.0, 60, opening, scheduled), 0.0);
  EXPECT_EQ(scheduled, (std::vector<double>{60, 40, 0}));
  EXPECT_EQ(opening, (std::vector<double>{100, 40, 0}));
}

TEST(Accumulate, adds_the_surviving_part_of_a_loan_to_the_sums) {
  const double opening[] = {1'200, 800}, scheduled[] = {400, 800}, rate[] = {0.12, 0.06};
  const double survived[] = {1.0, 0.5}, smm[] = {0.5, 1.0};
  std::vector<std::vector<double>> sums(8, std::vector<double>{1.0, 1.0});  // sums start from what is there
  const PoolSums into{sums[0].data(), sums[1].data(), sums[2].data(), sums[3].data(),
                      sums[4].data(), sums[5].data(), sums[6].data(), sums[7].data()};
  accumulate({opening, scheduled, rate}, {survived, smm}, {0.0012, 0.0024, 0.0036, 0.0048}, into, 2);
  const auto expect = [&](std::size_t which, double first, double second) {
    EXPECT_NEAR(sums[which][0], 1.0 + first, 1e-12) << which;
    EXPECT_NEAR(sums[which][1], 1.0 + second, 1e-12) << which;
  };
  expect(0, 1'200, 400);    // balances: half the loan is left in month 2
  expect(1, 12, 2);         // 1,200 x 1%; 400 x 0.5%
  expect(2, 0.12, 0.04);    // fees at a twelfth of their rate
  expect(3, 0.24, 0.08);
  expect(4, 0.36, 0.12);
  expect(5, 0.48, 0.16);
  expect(6, 400, 400);      // scheduled
  expect(7, 400, 0);        // prepaid: half of the 800 left; nothing is left in month 2
}
