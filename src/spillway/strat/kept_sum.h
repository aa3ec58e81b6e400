#pragma once
// A sum that is right to the last bit or two. Private to strat.

namespace spillway::strat {

/// A running sum that keeps the bits each addition loses (Knuth), so that the loans' order does not show.
class KeptSum {
 public:
  void add(double value) {
    const double sum = sum_ + value, added = sum - sum_;
    lost_ += (sum_ - (sum - added)) + (value - added);
    sum_ = sum;
  }

  void add(const KeptSum& other) {
    add(other.sum_);
    lost_ += other.lost_;
  }

  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

}  // namespace spillway::strat
