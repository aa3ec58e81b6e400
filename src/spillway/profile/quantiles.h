#pragma once
// Order statistics of a column. Private to profile.

#include <vector>

namespace spillway::profile {

struct Quantiles {
  double min = 0, lower = 0, median = 0, upper = 0, max = 0;
  std::size_t count = 0;   ///< values that are numbers; all the rest is 0 if there are none
};

/// Quartiles with linear interpolation between neighbours; values that are not numbers do not count.
Quantiles quantiles_of(std::vector<double> values);

}  // namespace spillway::profile
