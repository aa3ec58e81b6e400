#include "spillway/analytics/floater.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "spillway/analytics/root_finder.h"

using namespace spillway;
using namespace spillway::analytics;
using calendar::make_date;

namespace {

// Settles 2004-01-25; a month of 31 days, then one of 29: half of 1,000 back in each, 1.2% LIBOR + 0.6% paid on what is out.
//   February 25: 1,000 x 1.8% x 31/360 = 1.55, and 500;   March 25: 500 x 1.8% x 29/360 = 0.725, and 500.
FloaterFlows two_periods() {
  return {make_date(2004, 1, 25), 1'000, 0, {make_date(2004, 2, 25), make_date(2004, 3, 25)}, {31, 29}, {0.012, 0.012},
          {501.55, 500.725}, {500, 500}};
}

// A bullet of 36 monthly payments at `margin` over LIBOR, paid actual/360, each accrual as long as its discount period.
FloaterFlows bullet(double libor, double margin) {
  cashflow::ClassCashFlows bond;
  bond.original_balance = 1e6;
  bond.resize(36);
  const auto schedule = calendar::make_schedule({.closing = make_date(2003, 12, 18), .first_payment = make_date(2004, 1, 25)}, {}, 36);
  std::vector<double> libors(36, libor);
  for (std::size_t t = 0; t < 36; ++t) {
    bond.rate[t] = libor + margin;
    bond.interest_paid[t] = 1e6 * bond.rate[t] * schedule[t].days / 360;
  }
  bond.principal_paid[35] = 1e6;
  return make_floater_flows(bond, schedule, libors, make_date(2003, 12, 18));
}

}  // namespace

TEST(DiscountMargin, of_a_par_bond_is_its_margin_and_the_price_there_is_100) {
  EXPECT_NEAR(price_from_discount_margin(bullet(0.0112, 0.0035), 0.0035), 100.0, 1e-11);
  EXPECT_NEAR(*discount_margin_from_price(bullet(0.0112, 0.0035), 100.0), 0.0035, 1e-12);
  EXPECT_NEAR(*discount_margin_from_price(two_periods(), 100.0), 0.006, 1e-12);
}

TEST(DiscountMargin, discounts_each_period_at_index_plus_margin_on_actual_360) {
  // At 2.4% over 1.2%: 3.6% x 31/360 = 0.31%, so 501.55 / 1.0031 = 500; 3.6% x 29/360 = 0.29%, so
  // 500.725 / (1.0031 x 1.0029) = 497.734121.
  EXPECT_NEAR(price_from_discount_margin(two_periods(), 0.024), (500.0 + 497.734121) / 10, 1e-7);
  EXPECT_NEAR(*discount_margin_from_price(two_periods(), (500.0 + 500.725 / (1.0031 * 1.0029)) / 10), 0.024, 1e-11);
}

TEST(DiscountMargin, has_no_solution_where_no_margin_gives_the_price) {
  EXPECT_EQ(discount_margin_from_price(two_periods(), 1'000.0), std::nullopt);
  EXPECT_EQ(discount_margin_from_price(two_periods(), 0.0), std::nullopt);
  EXPECT_EQ(discount_margin_from_price(two_periods(), -5.0), std::nullopt);
  EXPECT_EQ(discount_margin_from_price(two_periods(), std::nan("")), std::nullopt);
  FloaterFlows nothing = two_periods();
  nothing.cash = {0, 0};
  nothing.principal = {0, 0};
  EXPECT_EQ(discount_margin_from_price(nothing, 100.0), std::nullopt);
  const FloaterMeasures measures = measure(nothing, 100.0);
  EXPECT_EQ(measures.modified_duration, std::nullopt);
  EXPECT_EQ(measures.average_life, std::nullopt);
  EXPECT_FALSE(measures.window.has_value());
}

TEST(Price, is_without_accrued_interest) {
  // Closing December 18, settled January 7: 20 days at 1.8% of 1,000 are 1.00.
  cashflow::ClassCashFlows bond;
  bond.original_balance = 1'000;
  bond.resize(1);
  bond.rate[0] = 0.018;
  bond.interest_paid[0] = 1.9;  // 38 days
  bond.principal_paid[0] = 1'000;
  const auto schedule = calendar::make_schedule({.closing = make_date(2003, 12, 18), .first_payment = make_date(2004, 1, 25)}, {}, 1);
  const std::vector<double> libor{0.012};
  const FloaterFlows later = make_floater_flows(bond, schedule, libor, make_date(2004, 1, 7));
  EXPECT_NEAR(later.accrued, 1.0, 1e-12);
  EXPECT_DOUBLE_EQ(later.days[0], 18);
  EXPECT_NEAR(price_from_discount_margin(later, 0.006), (1'001.9 / (1 + 0.018 * 18 / 360) - 1.0) / 10, 1e-12);
  const FloaterFlows flat = make_floater_flows(bond, schedule, libor, make_date(2003, 12, 18));
  EXPECT_DOUBLE_EQ(flat.accrued, 0.0);
  EXPECT_DOUBLE_EQ(flat.days[0], 38);
}

TEST(AverageLife, weighs_years_from_settlement_by_principal) {
  // Half after one month, half after two.
  EXPECT_NEAR(*average_life(two_periods(), calendar::DayCount::thirty_360), 1.5 / 12, 1e-15);
  EXPECT_NEAR(*average_life(two_periods(), calendar::DayCount::actual_365), (31 + 60) / 2.0 / 365, 1e-15);
  FloaterFlows uneven = two_periods();
  uneven.principal = {900, 100};
  EXPECT_NEAR(*average_life(uneven, calendar::DayCount::thirty_360), (0.9 + 0.2) / 12, 1e-15);
}

TEST(PrincipalWindow, runs_from_first_to_last_principal_of_half_a_cent) {
  FloaterFlows flows = two_periods();
  EXPECT_EQ(principal_window(flows)->first, 1);
  EXPECT_EQ(principal_window(flows)->last, 2);
  flows.principal = {0.0049, 999};
  EXPECT_EQ(principal_window(flows)->first, 2);
  flows.principal = {999, 0.005};
  EXPECT_EQ(principal_window(flows)->last, 2);
}

TEST(Duration, actual_360_macaulay_over_one_and_half_the_bond_equivalent_yield) {
  // At 0.6% over 1.2%: present values 501.55 / 1.00155 = 500.773801 and 500.725 / (1.00155 x 1.00145) = 499.226199
  // (they add to 1,000); times 31/360 and 60/360.
  const double macaulay = (500.773801 * 31 + 499.226199 * 60) / 360 / 1'000;
  EXPECT_NEAR(macaulay_duration(two_periods(), 0.006, DurationConvention::actual_360_bey), macaulay, 1e-9);
  // BEY = 2 ((1 + 1.8% x 30.4375 / 360)^6 - 1) = 2 x (1.001521875^6 - 1) = 0.018332.
  EXPECT_NEAR(modified_duration(two_periods(), 0.006, DurationConvention::actual_360_bey), macaulay / (1 + 0.018332 / 2), 1e-7);
}

TEST(Duration, semiannual_30_360_at_the_yield_of_the_same_price) {
  // The yield that prices the flows at 1,000 on 30/360 months: with m = (1 + y/2)^(-1/6), 501.55 m + 500.725 m^2 = 1,000,
  // m = (-501.55 + sqrt(501.55^2 + 4 x 500.725 x 1,000)) / (2 x 500.725).
  const double m = (-501.55 + std::sqrt(501.55 * 501.55 + 4 * 500.725 * 1'000)) / (2 * 500.725);
  const double yield = 2 * (std::pow(m, -6) - 1);
  const double macaulay = (501.55 * m * 1 + 500.725 * m * m * 2) / 12 / 1'000;
  EXPECT_NEAR(macaulay_duration(two_periods(), 0.006, DurationConvention::semiannual_30_360), macaulay, 1e-10);
  EXPECT_NEAR(modified_duration(two_periods(), 0.006, DurationConvention::semiannual_30_360), macaulay / (1 + yield / 2), 1e-10);
}

TEST(Duration, margin_sensitivity_is_the_slope_of_the_price) {
  // d/dDM of 501.55 / a + 500.725 / (a b), a = 1.00155, b = 1.00145, da = 31/360, db = 29/360.
  const double a = 1.00155, b = 1.00145, da = 31 / 360.0, db = 29 / 360.0;
  const double slope = 501.55 * da / (a * a) + 500.725 * (da / (a * a * b) + db / (a * b * b));
  EXPECT_NEAR(modified_duration(two_periods(), 0.006, DurationConvention::margin_sensitivity), slope / 1'000, 1e-8);
}

TEST(Measure, gathers_all_of_a_column) {
  const FloaterMeasures measures = measure(two_periods(), 100.0, {calendar::DayCount::thirty_360, DurationConvention::margin_sensitivity});
  EXPECT_NEAR(*measures.discount_margin, 0.006, 1e-12);
  EXPECT_NEAR(*measures.average_life, 0.125, 1e-15);
  EXPECT_NEAR(*measures.modified_duration, modified_duration(two_periods(), 0.006, DurationConvention::margin_sensitivity), 1e-9);
  EXPECT_EQ(measures.window->last, 2);
}

TEST(RootFinder, finds_roots_of_awkward_functions_and_none_where_the_sign_does_not_change) {
  EXPECT_NEAR(*find_root([](double x) { return x * x * x; }, -1, 3, 1e-12), 0.0, 1e-12);
  EXPECT_NEAR(*find_root([](double x) { return x < 0.3 ? -1e9 : 1e-9; }, 0, 1, 1e-12), 0.3, 1e-12);
  EXPECT_NEAR(*find_root([](double x) { return std::exp(20 * x) - 5; }, -1, 1, 1e-13), std::log(5) / 20, 1e-13);
  EXPECT_DOUBLE_EQ(*find_root([](double x) { return x - 2; }, 2, 5, 1e-12), 2.0);
  EXPECT_EQ(find_root([](double x) { return x * x + 1; }, -1, 1, 1e-12), std::nullopt);
  EXPECT_EQ(find_root([](double) { return std::nan(""); }, -1, 1, 1e-12), std::nullopt);
}

RC_GTEST_PROP(DiscountMargin, of_a_price_gives_that_price_back, ()) {
  const double libor = *rc::gen::inRange(-50, 1'500) / 1e4, margin = *rc::gen::inRange(-100, 500) / 1e4;
  const double price = 60 + *rc::gen::inRange(0, 80'000) / 1e3;
  const FloaterFlows flows = bullet(libor, margin);
  const auto found = discount_margin_from_price(flows, price);
  RC_ASSERT(found.has_value());
  RC_ASSERT(std::abs(price_from_discount_margin(flows, *found) - price) <= 1e-8);
}

RC_GTEST_PROP(DiscountMargin, of_a_margin_s_price_is_that_margin, ()) {
  const FloaterFlows flows = bullet(*rc::gen::inRange(0, 1'000) / 1e4, *rc::gen::inRange(0, 300) / 1e4);
  const double margin = *rc::gen::inRange(-1'000, 5'000) / 1e4;
  const auto found = discount_margin_from_price(flows, price_from_discount_margin(flows, margin));
  RC_ASSERT(found.has_value());
  RC_ASSERT(std::abs(*found - margin) <= 1e-11);
}
