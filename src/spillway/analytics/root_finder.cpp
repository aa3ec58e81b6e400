#include "spillway/analytics/root_finder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace spillway::analytics {

namespace {

struct Point {
  double x = 0, y = 0;
};

// Where y is 0 on the curve through three points that gives x by y, as a part of the way from a to b; the middle where the points do not
// lie so that the curve can be trusted between them.
double part_of_the_way(const Point& a, const Point& b, const Point& c) {
  const double xi = (a.x - b.x) / (c.x - b.x), phi = (a.y - b.y) / (c.y - b.y);
  if (!(phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi)) return 0.5;
  return a.y / (b.y - a.y) * c.y / (b.y - c.y) + (c.x - a.x) / (b.x - a.x) * a.y / (c.y - a.y) * b.y / (c.y - b.y);
}

}  // namespace

// T. R. Chandrupatla, Advances in Engineering Software 28 (1997): inverse quadratic interpolation or bisection, by a test that
// tells beforehand which will do better.
std::optional<double> find_root(const std::function<double(double)>& f, double low, double high, double tolerance) {
  Point newest{high, f(high)}, other{low, f(low)}, before = newest;  // the root lies between the newest and the other
  if (other.y == 0.0) return low;
  if (newest.y == 0.0) return high;
  if (!(newest.y * other.y < 0.0)) return std::nullopt;
  double part = 0.5;
  for (int step = 0; step < 200; ++step) {
    const double x = newest.x + part * (other.x - newest.x);
    const Point made{x, f(x)};
    const bool same_side = std::signbit(made.y) == std::signbit(newest.y);
    before = std::exchange(newest, made);
    if (!same_side) std::swap(before, other);
    if (made.y == 0.0) return made.x;
    const double least = 0.5 * tolerance / std::abs(other.x - newest.x);
    if (least > 0.5) break;
    part = std::clamp(part_of_the_way(newest, other, before), least, 1.0 - least);
  }
  return std::abs(newest.y) < std::abs(other.y) ? newest.x : other.x;
}

}  // namespace spillway::analytics
