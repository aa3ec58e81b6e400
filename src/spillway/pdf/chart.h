#pragma once
// Charts as drawings: axes, lines told apart in grey print, stacked areas, bars. Private to pdf.

#include <vector>

#include "spillway/book/book.h"
#include "spillway/pdf/flow.h"

namespace spillway::pdf {

/// A chart; `x_values` places its points, one per label. Empty: at even steps.
struct Plot {
  book::Chart chart;
  std::vector<double> x_values;
};

/// Draws the chart with its title and legend in `box`.
void draw_chart(Flow& flow, const Plot& plot, const Box& box);

inline constexpr double least_chart_height = 140;

/// Sets charts at the flow's place, `beside` of them beside one another, of the wanted height or what room there is.
void set_charts(Flow& flow, const std::vector<Plot>& plots, std::size_t beside, double wanted);

}  // namespace spillway::pdf
