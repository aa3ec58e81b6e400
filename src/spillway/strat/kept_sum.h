#pragma once
// Sums that are right to the last bit or two. Private to strat.

#include <array>
#include <cstddef>

namespace spillway::strat {

/// Running sums, side by side, that keep the bits each addition loses (Knuth), so that the loans' order does not show.
template <std::size_t count>
class KeptSums {
 public:
  void add(const std::array<double, count>& values) {
    for (std::size_t s = 0; s < count; ++s) {
      const double sum = sum_[s] + values[s], added = sum - sum_[s];
      lost_[s] += (sum_[s] - (sum - added)) + (values[s] - added);
      sum_[s] = sum;
    }
  }

  void add(const KeptSums& other) {
    add(other.sum_);
    for (std::size_t s = 0; s < count; ++s) lost_[s] += other.lost_[s];
  }

  double value(std::size_t s) const { return sum_[s] + lost_[s]; }

 private:
  std::array<double, count> sum_{}, lost_{};
};

/// One of them.
class KeptSum {
 public:
  void add(double value) { sum_.add({value}); }
  void add(const KeptSum& other) { sum_.add(other.sum_); }
  double value() const { return sum_.value(0); }

 private:
  KeptSums<1> sum_;
};

}  // namespace spillway::strat
