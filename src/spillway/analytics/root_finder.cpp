#include "spillway/analytics/root_finder.h"

#include <cmath>

namespace spillway::analytics {

std::optional<double> find_root(const std::function<double(double)>& f, double low, double high, double tolerance) {
  double at_low = f(low);
  double at_high = f(high);
  if (at_low == 0.0) return low;
  if (at_high == 0.0) return high;
  if (!(at_low * at_high < 0.0)) return std::nullopt;
  for (int step = 0; step < 200 && high - low > tolerance; ++step) {
    // A secant guess on even steps, the middle on odd ones, so that the bracket shrinks whatever f looks like.
    double guess = 0.5 * (low + high);
    if (step % 2 == 0) {
      const double secant = low - at_low * (high - low) / (at_high - at_low);
      if (secant > low && secant < high) guess = secant;
    }
    const double at_guess = f(guess);
    if (at_guess == 0.0) return guess;
    // Where the secant lands within tolerance of the root on one side, step over it to close the bracket.
    const double nudge = at_guess * at_low < 0.0 ? -tolerance / 2 : tolerance / 2;
    (at_guess * at_low < 0.0 ? high : low) = guess;
    (at_guess * at_low < 0.0 ? at_high : at_low) = at_guess;
    const double over = guess + nudge;
    if (step % 2 != 0 || over <= low || over >= high) continue;
    const double at_over = f(over);
    if (at_over == 0.0) return over;
    (at_over * at_low < 0.0 ? high : low) = over;
    (at_over * at_low < 0.0 ? at_high : at_low) = at_over;
  }
  return 0.5 * (low + high);
}

}  // namespace spillway::analytics
