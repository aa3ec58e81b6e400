#pragma once
// Break-evens: how high a rate may go before a class loses.

#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace spillway::analytics {

/// The outcome of a search for the highest rate at which a value is still at or below a threshold.
struct BreakEven {
  enum class Outcome {
    found,
    never,  ///< the value stays at or below the threshold up to the highest rate
    always  ///< it is above the threshold at a rate of 0
  };
  Outcome outcome = Outcome::found;
  double rate = 0;         ///< highest rate tried at which the value is at or below the threshold
  double above = 0;        ///< lowest rate tried at which it is above; `above` - `rate` is at most the tolerance
  double value = 0;        ///< at `rate`
  double value_above = 0;  ///< at `above`
  int evaluations = 0;
  std::vector<std::pair<double, double>> tried;  ///< rates and the values at them, in the order tried
};

/// Searches rates from 0 to `highest` for the first at which `value` exceeds `threshold`. The bracket is found by doubling
/// from `step`, then narrowed by bisection sped up with secants and, where the value is flat below the threshold (a loss that is
/// nothing until it starts), with the line through two values above it. A value that crosses the threshold more than once is
/// searched in the first bracket only. `known`: rates that cost next to nothing to ask for, ascending; where there are any
/// above 0 they are tried, in order, in place of doubling, before it goes on from the last.
BreakEven find_break_even(const std::function<double(double)>& value, double threshold, double highest, double step,
                          double tolerance, std::span<const double> known = {});

}  // namespace spillway::analytics
