#include "spillway/analytics/spread.h"

#include <gtest/gtest.h>

#include <cmath>

#include "spillway/result/issue.h"

using namespace spillway;
using namespace spillway::analytics;
using calendar::make_date;

namespace {

const calendar::Date settlement = make_date(2003, 12, 18);

std::vector<calendar::Date> half_years() {
  std::vector<calendar::Date> dates;
  for (int k = 0; k <= 6; ++k) dates.push_back(calendar::add_months(settlement, 6 * k));
  return dates;
}

double years_to(calendar::Date date) { return calendar::year_fraction(calendar::DayCount::thirty_360, settlement, date); }

// A curve whose zero yields at the half years are `first`, and `step` more each half year.
DiscountCurve curve(double first, double step) {
  std::vector<double> factors;
  for (int k = 0; k <= 6; ++k) factors.push_back(std::pow(1.0 + (first + step * k) / 2.0, -k));
  return {half_years(), factors};
}

// Three years of a 6% bond of $100, with $1 accrued.
TimedFlows bond() {
  TimedFlows flows{100.0, 1.0, {}, {}};
  for (int k = 1; k <= 6; ++k) {
    flows.years.push_back(years_to(half_years()[static_cast<std::size_t>(k)]));
    flows.cash.push_back(k == 6 ? 103.0 : 3.0);
  }
  return flows;
}

std::vector<double> zeros(const DiscountCurve& from) {
  std::vector<double> yields;
  for (int k = 1; k <= 6; ++k) yields.push_back(zero_yield(from, settlement, half_years()[static_cast<std::size_t>(k)]));
  return yields;
}

}  // namespace

TEST(DiscountCurve, is_log_linear_between_its_dates_and_goes_on_at_its_last_forward) {
  const DiscountCurve made({make_date(2004, 1, 1), make_date(2004, 1, 31), make_date(2004, 3, 1)}, {1.0, 0.99, 0.97});
  EXPECT_DOUBLE_EQ(made.discount(make_date(2004, 1, 31)), 0.99);
  EXPECT_NEAR(made.discount(make_date(2004, 1, 16)), std::sqrt(0.99), 1e-15);  // 15 of 30 days
  EXPECT_NEAR(made.discount(make_date(2004, 2, 15)), std::sqrt(0.99 * 0.97), 1e-15);
  EXPECT_NEAR(made.discount(make_date(2004, 3, 31)), 0.97 * 0.97 / 0.99, 1e-15);  // 30 days on
  EXPECT_NEAR(made.discount(make_date(2003, 12, 2)), 1.0 / 0.99, 1e-15);
}

TEST(DiscountCurve, refuses_dates_that_do_not_ascend_and_factors_that_do_not_match_or_are_not_above_0) {
  const auto a = make_date(2004, 1, 1), b = make_date(2004, 2, 1);
  EXPECT_THROW(DiscountCurve({a}, {1.0}), result::InvariantViolation);
  EXPECT_THROW(DiscountCurve({a, b}, {1.0}), result::InvariantViolation);
  EXPECT_THROW(DiscountCurve({b, a}, {1.0, 0.9}), result::InvariantViolation);
  EXPECT_THROW(DiscountCurve({a, b}, {1.0, 0.0}), result::InvariantViolation);
}

TEST(ZeroYield, is_that_of_the_discount_factor_from_settlement) {
  EXPECT_NEAR(zero_yield(curve(0.02, 0.001), settlement, half_years()[4]), 0.024, 1e-14);
  EXPECT_EQ(zero_yield(curve(0.02, 0.001), settlement, settlement), 0.0);
}

TEST(ZSpread, of_a_flow_priced_off_the_curve_is_0) {
  const DiscountCurve steep = curve(0.02, 0.002);
  const calendar::Date date = half_years()[5];
  const TimedFlows flow{100.0, 0.0, {years_to(date)}, {100.0}};
  const std::vector<double> yields{zero_yield(steep, settlement, date)};
  EXPECT_NEAR(z_spread(flow, yields, 100.0 * steep.discount(date) / steep.discount(settlement)).value(), 0.0, 1e-12);
}

TEST(ZSpread, falls_by_what_the_zero_yields_rise) {
  const double price = 101.25;
  const double before = z_spread(bond(), zeros(curve(0.02, 0.002)), price).value();
  EXPECT_NEAR(z_spread(bond(), zeros(curve(0.0275, 0.002)), price).value(), before - 0.0075, 1e-11);
}

TEST(ZSpread, over_a_flat_curve_is_yield_less_its_level) {
  for (double price : {80.0, 99.0, 104.5}) {
    const double yield = yield_from_price(bond(), price).value();
    EXPECT_NEAR(z_spread(bond(), zeros(curve(0.03, 0.0)), price).value(), yield - 0.03, 1e-11) << price;
  }
}

TEST(ZSpread, gives_back_the_price_it_was_found_from) {
  const auto yields = zeros(curve(0.015, 0.003));
  for (double price : {35.0, 90.0, 100.0, 111.0}) {
    EXPECT_NEAR(price_from_z_spread(bond(), yields, z_spread(bond(), yields, price).value()), price, 1e-9) << price;
  }
}

TEST(ZSpread, of_nothing_paid_is_none) {
  EXPECT_FALSE(z_spread({100.0, 0.0, {1.0}, {0.0}}, std::vector<double>{0.02}, 50.0).has_value());
}

TEST(NominalSpread, is_the_bond_equivalent_yield_less_the_zero_yield_at_the_average_life) {
  const DiscountCurve flat = curve(0.03, 0.0);
  const double monthly = convert_yield(0.05, Compounding::semiannual, Compounding::monthly);
  // Between half years the curve is log-linear in actual days, the time 30/360: not quite 3% there.
  EXPECT_NEAR(nominal_spread(monthly, Compounding::monthly, flat, settlement, 2.0), 0.02, 1e-4);
  const DiscountCurve steep = curve(0.02, 0.002);
  const calendar::Date date = calendar::add_days(settlement, 730);  // 365.25 x 1.9986
  EXPECT_NEAR(nominal_spread(0.05, Compounding::semiannual, steep, settlement, 730 / 365.25),
              0.05 - zero_yield(steep, settlement, date), 1e-15);
}
