#pragma once
// Order statistics of a column.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace spillway::table {

/// The value that `part` (0 to 1) of the column lies below, by linear interpolation between neighbours. `ascending` must be sorted and
/// have a value.
inline double quantile(const std::vector<double>& ascending, double part) {
  const double place = part * static_cast<double>(ascending.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, ascending.size() - 1);
  return ascending[below] + (place - static_cast<double>(below)) * (ascending[above] - ascending[below]);
}

}  // namespace spillway::table
