#pragma once
// Numbers in few characters, for pages that carry whole runs. Private to report.

#include <span>
#include <string>

namespace spillway::report {

/// Values rounded to `digits` after the point, as "ORDER,DIGITS,BASE64": zigzag varints of the differences of that order, a
/// zero byte standing for a run of zeros whose length less one follows. The order is the one with the fewest bytes. Empty text: all
/// zero. Values too large to round so, or not finite, go as `packed_doubles`.
std::string packed(std::span<const double> values, int digits);

/// Every bit of the values, as "f,0,BASE64" of little-endian doubles.
std::string packed_doubles(std::span<const double> values);

}  // namespace spillway::report
