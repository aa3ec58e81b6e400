#include "spillway/analytics/yield.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace spillway::analytics;

namespace {

// A two-year 6% semiannual bond of $100.
TimedFlows bond() { return {100.0, 0.0, {0.5, 1.0, 1.5, 2.0}, {3.0, 3.0, 3.0, 103.0}}; }

}  // namespace

TEST(Yield, a_bond_at_its_coupon_is_worth_par) { EXPECT_NEAR(price_from_yield(bond(), 0.06), 100.0, 1e-12); }

TEST(Yield, price_is_the_sum_of_discounted_cash) {
  double by_hand = 0.0;
  for (int k = 1; k <= 4; ++k) by_hand += (k == 4 ? 103.0 : 3.0) / std::pow(1.04, k);
  EXPECT_NEAR(price_from_yield(bond(), 0.08), by_hand, 1e-12);
}

TEST(Yield, comes_back_from_its_price_at_every_compounding) {
  for (const auto compounding : {Compounding::annual, Compounding::semiannual, Compounding::monthly}) {
    for (double yield : {-0.2, 0.0, 0.0375, 0.4, 3.0}) {
      const double price = price_from_yield(bond(), yield, compounding);
      ASSERT_NEAR(yield_from_price(bond(), price, compounding).value(), yield, 1e-10) << yield;
    }
  }
}

TEST(Yield, bond_equivalent_of_a_monthly_rate_is_twice_six_months_of_it) {
  const double monthly = 0.005;
  EXPECT_NEAR(convert_yield(12.0 * monthly, Compounding::monthly, Compounding::semiannual),
              2.0 * (std::pow(1.0 + monthly, 6.0) - 1.0), 1e-15);
}

TEST(Yield, accrued_interest_is_paid_on_top_of_the_price) {
  TimedFlows flows = bond();
  flows.accrued = 1.0;
  EXPECT_NEAR(price_from_yield(flows, 0.06), 99.0, 1e-12);
  EXPECT_NEAR(yield_from_price(flows, 99.0).value(), 0.06, 1e-10);
}

TEST(Yield, sensitivities_are_the_derivatives_of_the_price) {
  const double step = 1e-4, yield = 0.07;
  const double down = price_from_yield(bond(), yield - step), at = price_from_yield(bond(), yield),
               up = price_from_yield(bond(), yield + step);
  const YieldSensitivities s = sensitivities(bond(), yield);
  EXPECT_NEAR(s.modified, effective_duration(down, at, up, step), 1e-6);
  EXPECT_NEAR(s.convexity, effective_convexity(down, at, up, step), 1e-4);
  EXPECT_NEAR(s.macaulay, s.modified * 1.035, 1e-12);
}

TEST(Yield, nothing_paid_has_no_yield) {
  EXPECT_FALSE(yield_from_price({100.0, 0.0, {1.0}, {0.0}}, 50.0).has_value());
}
