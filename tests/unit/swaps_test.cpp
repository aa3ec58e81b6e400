#include "spillway/hedges/swaps.h"

#include <gtest/gtest.h>

using namespace spillway;
using calendar::make_date;
using hedges::Swap;

namespace {

// Impac's schedule: closing 2003-12-18, payments on the 25th.
std::vector<calendar::PaymentPeriod> schedule(int periods) {
  return calendar::make_schedule({.closing = make_date(2003, 12, 18), .first_payment = make_date(2004, 1, 25)}, {}, periods);
}

}  // namespace

TEST(Swaps, pay_fixed_on_30_360_and_receive_the_index_on_actual_360) {
  // February 25 to March 25, 2004: 30 days on 30/360, 29 actual ones.
  const Swap swap{"a", 0.024, {{make_date(2004, 2, 25), make_date(2004, 3, 25), 1'000'000}}};
  const auto laid = hedges::lay_out({&swap, 1}, schedule(3));
  EXPECT_EQ(laid.notional, (std::vector<double>{0, 0, 1'000'000}));
  EXPECT_NEAR(laid.fixed_amount[2], 2'000.0, 1e-9);  // 1,000,000 x 2.4% x 30/360
  // 1,000,000 x 3.6% x 29/360 = 2,900 received, 2,000 paid.
  EXPECT_NEAR(hedges::net_payment(laid.notional[2], laid.fixed_amount[2], 0.036, 29, 1.0), 900.0, 1e-9);
  // At 1.2%: 966.67 received, 2,000 paid.
  EXPECT_NEAR(hedges::net_payment(laid.notional[2], laid.fixed_amount[2], 0.012, 29, 1.0), 29'000 / 30.0 - 2'000, 1e-9);
}

TEST(Swaps, of_one_period_add_up_each_at_its_own_rate) {
  const Swap both[] = {{"a", 0.024, {{make_date(2004, 1, 25), make_date(2004, 2, 25), 1'000'000}}},
                       {"b", 0.036, {{make_date(2004, 1, 25), make_date(2004, 2, 25), 500'000}}}};
  const auto laid = hedges::lay_out(both, schedule(2));
  EXPECT_DOUBLE_EQ(laid.notional[1], 1'500'000);
  EXPECT_NEAR(laid.fixed_amount[1], 2'000 + 1'500, 1e-9);
}

TEST(Swaps, that_start_forward_pay_nothing_before_and_those_past_the_deal_are_left_out) {
  const Swap swap{"a", 0.024, {{make_date(2004, 3, 25), make_date(2004, 4, 25), 1'000'000},
                               {make_date(2004, 4, 25), make_date(2004, 5, 25), 900'000},
                               {make_date(2004, 5, 25), make_date(2004, 6, 25), 800'000}}};
  const Swap matured{"b", 0.05, {{make_date(2003, 11, 25), make_date(2003, 12, 25), 7'000'000}}};
  const Swap both[] = {swap, matured};
  const auto laid = hedges::lay_out(both, schedule(5));  // January to May
  EXPECT_EQ(laid.notional, (std::vector<double>{0, 0, 0, 1'000'000, 900'000}));
  EXPECT_DOUBLE_EQ(laid.fixed_amount[0], 0.0);
  EXPECT_NEAR(laid.fixed_amount[4], 1'800, 1e-9);
}

TEST(Swaps, a_limit_scales_both_legs) {
  EXPECT_DOUBLE_EQ(hedges::limit_scale(800, 1'000), 1.0);
  EXPECT_DOUBLE_EQ(hedges::limit_scale(1'000, 1'000), 1.0);
  EXPECT_DOUBLE_EQ(hedges::limit_scale(1'000, 250), 0.25);
  EXPECT_DOUBLE_EQ(hedges::limit_scale(1'000, 0), 0.0);
  EXPECT_DOUBLE_EQ(hedges::limit_scale(1'000, -1), 0.0);
  EXPECT_NEAR(hedges::net_payment(1'000'000, 2'000, 0.036, 30, 0.25), 0.25 * (3'000 - 2'000), 1e-9);
}

TEST(Swaps, without_notional_pay_nothing) {
  EXPECT_DOUBLE_EQ(hedges::limit_scale(0, 0), 1.0);
  EXPECT_DOUBLE_EQ(hedges::net_payment(0, 0, 0.05, 31, hedges::limit_scale(0, 0)), 0.0);
  const auto none = hedges::lay_out({}, schedule(2));
  EXPECT_EQ(none.notional, (std::vector<double>{0, 0}));
  EXPECT_TRUE(hedges::lay_out({}, {}).notional.empty());
}
