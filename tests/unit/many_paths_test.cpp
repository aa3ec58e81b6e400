// Distributions over paths and the spread over all of them, worked by hand.

#include "spillway/analytics/many_paths.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace spillway;
using namespace spillway::analytics;
using calendar::make_date;

namespace {

// A month of 31 days, then one of 29: half of 1,000 back in each, 1.2% LIBOR + 0.6% paid on what is out, 0.3 accrued.
FloaterFlows two_periods() {
  return {make_date(2004, 1, 25), 1'000, 0.3, {make_date(2004, 2, 25), make_date(2004, 3, 25)}, {31, 29}, {0.012, 0.013},
          {501.55, 500.725}, {500, 500}};
}

// All of 100 back after 360 days with interest of `index` + 1%.
FloaterFlows bullet(double index) {
  return {make_date(2004, 1, 1), 100, 0, {make_date(2004, 12, 26)}, {360}, {index}, {100 * (1.01 + index)}, {100}};
}

}  // namespace

TEST(Distribution, has_mean_deviation_and_percentiles_between_neighbours) {
  // 1, 2, 3, 4, 10: mean 4; squares 9 + 4 + 1 + 0 + 36 = 50, over 4. The 5th percentile lies 0.2 of the way from 1 to 2, the 95th 0.8 of that from 4 to 10.
  const auto made = distribution({10, 1, 3, 2, 4});
  ASSERT_TRUE(made);
  EXPECT_EQ(made->count, 5u);
  EXPECT_DOUBLE_EQ(made->mean, 4.0);
  EXPECT_DOUBLE_EQ(*made->deviation, std::sqrt(12.5));
  EXPECT_DOUBLE_EQ(made->low, 1.2);
  EXPECT_DOUBLE_EQ(made->median, 3.0);
  EXPECT_DOUBLE_EQ(made->high, 8.8);
}

TEST(Distribution, of_one_value_has_no_deviation_and_of_none_there_is_none) {
  const auto one = distribution({2.5});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->deviation, std::nullopt);
  EXPECT_EQ(one->low, 2.5);
  EXPECT_EQ(one->high, 2.5);
  EXPECT_FALSE(distribution({}));
}

TEST(SpreadOverPaths, of_one_path_is_the_discount_margin_to_the_bit) {
  PathFlows flows;
  PathRates rates;
  flows.add(two_periods(), rates);
  for (double price : {97.0, 99.5, 100.0, 103.25}) {
    EXPECT_EQ(spread_over_paths(flows, rates, price), discount_margin_from_price(two_periods(), price)) << price;
  }
  EXPECT_EQ(mean_price(flows, rates, 0.0123), price_from_discount_margin(two_periods(), 0.0123));
}

TEST(SpreadOverPaths, is_the_root_of_the_mean_price_and_no_mean_of_margins) {
  // Indices of 2% and 6%: 103 / (1.02 + s) and 107 / (1.06 + s) come to twice the price P. That is
  //   2 P s^2 + (4.16 P - 210) s + 2.1624 P - 218.32 = 0, with P below 100 at s = 1%.
  PathFlows flows;
  PathRates rates;
  flows.add(bullet(0.02), rates);
  flows.add(bullet(0.06), rates);
  EXPECT_NEAR(*spread_over_paths(flows, rates, 100.0), 0.01, 1e-12);
  const double price = 90.0, a = 2 * price, b = 4.16 * price - 210, c = 2.1624 * price - 218.32;
  const double root = (-b + std::sqrt(b * b - 4 * a * c)) / (2 * a);
  EXPECT_NEAR(*spread_over_paths(flows, rates, price), root, 1e-12);
  const double margins = (103 / 90.0 - 1.02 + 107 / 90.0 - 1.06) / 2;
  EXPECT_GT(std::abs(root - margins), 1e-6);
}

TEST(SpreadOverPaths, takes_paths_that_end_early_and_classes_that_share_their_rates) {
  FloaterFlows early = two_periods();
  for (auto* series : {&early.days, &early.index_rates, &early.cash, &early.principal}) series->resize(1);
  early.dates.resize(1);
  early.cash = {1'001.55};
  PathFlows first, second;
  PathRates rates;
  for (const FloaterFlows& path : {early, two_periods()}) {
    first.add(path, rates);
    second.add(path, rates);
  }
  EXPECT_EQ(rates.index_rates.size(), 2u);
  EXPECT_EQ(rates.days.size(), 2u);
  const std::vector<double> expected{price_from_discount_margin(early, 0.01), price_from_discount_margin(two_periods(), 0.01)};
  EXPECT_EQ(prices_on_paths(first, rates, 0.01), expected);
  EXPECT_EQ(prices_on_paths(second, rates, 0.01), expected);
  EXPECT_DOUBLE_EQ(mean_price(first, rates, 0.01), (expected[0] + expected[1]) / 2);
}

TEST(SpreadOverPaths, is_empty_without_paths_or_where_none_gives_the_price) {
  PathFlows flows;
  PathRates rates;
  EXPECT_EQ(spread_over_paths(flows, rates, 100.0), std::nullopt);
  flows.add(two_periods(), rates);
  EXPECT_EQ(spread_over_paths(flows, rates, 1'000.0), std::nullopt);
  EXPECT_EQ(spread_over_paths(flows, rates, 0.0), std::nullopt);
}
