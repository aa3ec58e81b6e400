#pragma once
// Axes of charts: where the ticks are and what they say. Private to pdf.

#include <string>
#include <vector>

namespace spillway::pdf {

struct Tick {
  double at = 0;  ///< in the axis's values
  std::string label;
};

struct Axis {
  double low = 0, high = 1;
  std::vector<Tick> ticks;
  std::string title;
};

/// An axis from `low` to `high` or a little beyond, in `unit` ("dollars", "percent" or another).
Axis value_axis(double low, double high, const std::string& title, const std::string& unit, double most_ticks);

/// The axis of labels at `places`: years if they are months ("2004-01"), round numbers if numbers, else the labels themselves.
Axis label_axis(const std::vector<std::string>& labels, const std::vector<double>& places, const std::string& title,
                std::size_t most_ticks);

}  // namespace spillway::pdf
