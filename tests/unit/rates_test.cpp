#include <gtest/gtest.h>

#include "spillway/rates/index_paths.h"
#include "spillway/result/issue.h"

using namespace spillway;
using calendar::make_date;
using rates::IndexPath;
using rates::IndexPaths;

namespace {

// 1% on January 1, 2% thirty days later, 5% on March 1 (30 more days: 2004 is a leap year).
IndexPath bent() {
  return {"libor_1m", {make_date(2004, 1, 1), make_date(2004, 1, 31), make_date(2004, 3, 1)}, {0.01, 0.02, 0.05}};
}

}  // namespace

TEST(IndexPaths, are_linear_in_days_between_their_dates) {
  const IndexPaths paths({bent()});
  EXPECT_DOUBLE_EQ(paths.rate(0, make_date(2004, 1, 1)), 0.01);
  EXPECT_NEAR(paths.rate(0, make_date(2004, 1, 16)), 0.015, 1e-15);  // 15 of 30 days
  EXPECT_DOUBLE_EQ(paths.rate(0, make_date(2004, 1, 31)), 0.02);
  EXPECT_NEAR(paths.rate(0, make_date(2004, 2, 10)), 0.03, 1e-15);  // 10 of 30 days from 2% to 5%
}

TEST(IndexPaths, are_flat_before_the_first_date_and_after_the_last) {
  const IndexPaths paths({bent()});
  EXPECT_DOUBLE_EQ(paths.rate(0, make_date(1990, 6, 1)), 0.01);
  EXPECT_DOUBLE_EQ(paths.rate(0, make_date(2040, 6, 1)), 0.05);
}

TEST(IndexPaths, a_shock_moves_every_index_fixed_on_its_date_or_later) {
  const IndexPaths paths({bent(), rates::flat_path("cmt_1y", 0.03)}, rates::Shock{0.10, make_date(2004, 1, 31)});
  EXPECT_NEAR(paths.rate(0, make_date(2004, 1, 16)), 0.015, 1e-15);
  EXPECT_DOUBLE_EQ(paths.rate(1, make_date(2004, 1, 30)), 0.03);
  EXPECT_DOUBLE_EQ(paths.rate(0, make_date(2004, 1, 31)), 0.12);
  EXPECT_DOUBLE_EQ(paths.rate(1, make_date(2035, 1, 1)), 0.13);
}

TEST(IndexPaths, another_shock_replaces_the_first_one_and_leaves_the_original_alone) {
  const IndexPaths shocked({bent()}, rates::Shock{0.10, make_date(2004, 1, 1)});
  EXPECT_DOUBLE_EQ(shocked.with_shock(rates::Shock{-0.005, make_date(2004, 1, 1)}).rate(0, make_date(2004, 1, 31)), 0.015);
  EXPECT_DOUBLE_EQ(shocked.with_shock(std::nullopt).rate(0, make_date(2004, 1, 31)), 0.02);
  EXPECT_DOUBLE_EQ(shocked.rate(0, make_date(2004, 1, 31)), 0.12);
}

TEST(IndexPaths, a_shift_adds_to_every_index_on_every_date_on_top_of_the_shock_and_leaves_the_original_alone) {
  const IndexPaths shocked({bent(), rates::flat_path("cmt_1y", 0.03)}, rates::Shock{0.10, make_date(2004, 1, 31)});
  const IndexPaths shifted = shocked.shifted(-0.0025);
  EXPECT_NEAR(shifted.rate(0, make_date(1990, 6, 1)), 0.0075, 1e-15);
  EXPECT_NEAR(shifted.rate(0, make_date(2004, 1, 16)), 0.0125, 1e-15);
  EXPECT_NEAR(shifted.rate(1, make_date(2004, 1, 30)), 0.0275, 1e-15);
  EXPECT_NEAR(shifted.rate(1, make_date(2035, 1, 1)), 0.1275, 1e-15);
  EXPECT_DOUBLE_EQ(shocked.rate(1, make_date(2004, 1, 30)), 0.03);
}

TEST(IndexPaths, are_found_by_name) {
  const IndexPaths paths({bent(), rates::flat_path("cmt_1y", 0.03)});
  EXPECT_EQ(paths.find("cmt_1y"), 1);
  EXPECT_EQ(paths.find("cmt_2y"), std::nullopt);
}

TEST(IndexPaths, refuse_dates_that_do_not_ascend_and_rates_that_do_not_match_them) {
  IndexPath repeated = bent(), short_of_rates = bent();
  repeated.dates[1] = repeated.dates[0];
  short_of_rates.rates.pop_back();
  EXPECT_THROW(IndexPaths({repeated}), result::InvariantViolation);
  EXPECT_THROW(IndexPaths({short_of_rates}), result::InvariantViolation);
  EXPECT_THROW(IndexPaths({IndexPath{"none", {}, {}}}), result::InvariantViolation);
}

TEST(IndexPaths, fix_many_dates_as_each_alone) {
  const IndexPaths paths({rates::flat_path("cmt_1y", 0.03), bent()}, rates::Shock{0.001, make_date(2004, 2, 10)});
  std::vector<std::chrono::sys_days> fixings;
  for (int day = -40; day < 120; day += 3) fixings.push_back(std::chrono::sys_days{calendar::add_days(make_date(2004, 1, 1), day)});
  std::vector<double> found(fixings.size() * 2, -1.0);
  rates::Fixer(fixings).fix(paths, 1, found.data() + 1, 2);
  for (std::size_t k = 0; k < fixings.size(); ++k) {
    EXPECT_EQ(found[2 * k + 1], paths.rate(1, calendar::Date{fixings[k]}));
    EXPECT_EQ(found[2 * k], -1.0);  // the other path's place
  }
}

TEST(Fixer, fixes_one_path_after_another_and_several_side_by_side_as_each_alone) {
  IndexPath other = bent();
  other.rates = {0.04, 0.01, 0.03};
  const std::vector<IndexPaths> alike{IndexPaths({bent()}), IndexPaths({other}), IndexPaths({bent()})};
  // Other dates, and a shock: no longer alike.
  const std::vector<IndexPaths> unlike{alike[0], IndexPaths({rates::flat_path("libor_1m", 0.03)}),
                                       IndexPaths({bent()}, rates::Shock{0.001, make_date(2004, 2, 10)})};
  std::vector<std::chrono::sys_days> fixings;
  for (int day = -40; day < 120; day += 3) fixings.push_back(std::chrono::sys_days{calendar::add_days(make_date(2004, 1, 1), day)});
  rates::Fixer fixer(fixings);
  for (const auto& paths : {alike, unlike}) {
    std::vector<const IndexPaths*> all;
    for (const IndexPaths& one : paths) all.push_back(&one);
    std::vector<double> found(fixings.size() * 3), alone(fixings.size());
    fixer.fix_all(all, "libor_1m", found.data());
    for (std::size_t p = 0; p < 3; ++p) {
      fixer.fix(paths[p], 0, alone.data());
      for (std::size_t k = 0; k < fixings.size(); ++k) {
        EXPECT_EQ(found[3 * k + p], paths[p].rate(0, calendar::Date{fixings[k]})) << p << " " << k;
        EXPECT_EQ(alone[k], found[3 * k + p]) << p << " " << k;
      }
    }
    EXPECT_THROW(fixer.fix_all(all, "prime", found.data()), result::InvariantViolation);
  }
}
