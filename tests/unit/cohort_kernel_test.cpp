// What is added up month beside month: the same bits on every instruction set of the machine as in a plain loop.

#include "spillway/kernels/cohort.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "spillway/kernels/block.h"

using namespace spillway;

namespace {

std::vector<double> numbers(std::size_t count, double seed) {
  std::vector<double> made(count);
  for (std::size_t i = 0; i < count; ++i) made[i] = std::sin(seed + static_cast<double>(i) * 1.7) * 1e5;
  return made;
}

template <class Check>
void on_every_target(Check check) {
  for (const std::string& target : kernels::block_targets()) {
    SCOPED_TRACE(target);
    kernels::restrict_block_target(target);
    check();
  }
  kernels::restrict_block_target("");
}

}  // namespace

TEST(AddProducts, add_the_part_of_each_amount_in_the_months_asked_for) {
  constexpr std::size_t months = 61, begin = 3, end = 58;
  const auto parts = numbers(months, 1.0), one = numbers(months, 2.0), other = numbers(months, 3.0);
  on_every_target([&] {
    auto to_one = numbers(months, 4.0), to_other = numbers(months, 5.0);
    auto expected_one = to_one, expected_other = to_other;
    for (std::size_t t = begin; t < end; ++t) {
      expected_one[t] += parts[t] * one[t];
      expected_other[t] += parts[t] * other[t];
    }
    const kernels::Addend addends[] = {{one.data(), to_one.data()}, {other.data(), to_other.data()}};
    kernels::add_products(parts.data(), addends, begin, end);
    EXPECT_EQ(to_one, expected_one);
    EXPECT_EQ(to_other, expected_other);
  });
}

TEST(AddWindows, add_what_came_within_the_lag_and_what_of_it_came_early) {
  constexpr std::size_t months = 45;
  for (const auto& [lag, early] : {std::pair<std::size_t, std::size_t>{12, 4}, {12, 0}, {12, 12}, {1, 1}, {0, 0}}) {
    const auto parts = numbers(months + lag, 6.0);
    std::vector<double> expected_all(months), expected_early(months);
    for (std::size_t t = 0; t < months; ++t) {
      for (std::size_t i = 1; i <= lag; ++i) {
        expected_all[t] += parts[t + i];
        if (i == early) expected_early[t] = expected_all[t];
      }
    }
    on_every_target([&, lag = lag, early = early] {
      std::vector<double> all(months, 9.0), first(months, 9.0);
      kernels::add_windows(parts.data(), lag, early, months, all.data(), first.data());
      EXPECT_EQ(all, expected_all) << lag << " " << early;
      EXPECT_EQ(first, expected_early) << lag << " " << early;
    });
  }
}
