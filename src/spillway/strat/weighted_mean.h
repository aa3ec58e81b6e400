#pragma once
// A weighted mean over the loans that have the value. Private to strat.

#include <cmath>

#include "spillway/table/table.h"

namespace spillway::strat {

class WeightedMean {
 public:
  /// Counts a value; an unknown one (NaN) has no weight.
  void add(double weight, double value) {
    if (std::isnan(value)) return;
    sum_ += weight * value;
    weight_ += weight;
  }

  void add(const WeightedMean& other) {
    sum_ += other.sum_;
    weight_ += other.weight_;
  }

  bool empty() const { return !(weight_ > 0); }
  double value() const { return sum_ / weight_; }

  /// The mean, or an empty cell if no loan has the value.
  table::Cell cell() const { return empty() ? table::Cell() : table::Cell(value()); }

 private:
  double sum_ = 0;
  double weight_ = 0;
};

}  // namespace spillway::strat
