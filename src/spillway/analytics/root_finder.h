#pragma once
// A bracketing root finder.

#include <functional>
#include <optional>

namespace spillway::analytics {

/// A root of `f` between `low` and `high`, where f changes sign; found by inverse quadratic interpolation and bisection, to within
/// `tolerance` of x. Empty if f has the same sign (or is not a number) at both ends.
std::optional<double> find_root(const std::function<double(double)>& f, double low, double high, double tolerance);

}  // namespace spillway::analytics
