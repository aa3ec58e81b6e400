#pragma once
// What is plausible of each column. Private to profile.

#include <optional>
#include <string_view>

namespace spillway::profile {

/// How a unit may be mistaken.
enum class Unit { other, percent, dollars, months };

struct Expectation {
  std::string_view name;
  Unit unit = Unit::other;
  double low = 0, high = 0;          ///< a value outside is an outlier
  std::optional<double> least_iqr = {};  ///< a value beyond 5 interquartile ranges is one too; they count as this much at
                                         ///< least. Unset: the range alone is held against it
  bool logarithmic = false;          ///< the interquartile range is of logarithms
};

/// What is expected of a column of ours; null: nothing.
const Expectation* expectation_of(std::string_view name);

}  // namespace spillway::profile
