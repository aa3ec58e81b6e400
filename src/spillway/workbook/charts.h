#pragma once
// Native charts over cells. Private to workbook.

#include <string>
#include <vector>

#include "spillway/workbook/sheet.h"

namespace spillway::workbook {

/// One line, area or row of bars: where its labels and its values stand.
struct ChartSeries {
  std::string name;
  Area labels, values;
};

struct ChartPlan {
  enum class Kind { line, scatter, stacked_area, bar };
  Kind kind = Kind::line;
  std::string title = {}, x_title = {}, y_title = {};
  std::string x_code = {}, y_code = {};     ///< number formats of the axes; empty: as the cells
  unsigned points = 0;            ///< per series: labels of long ones are thinned out
  std::vector<ChartSeries> series = {};
};

/// Rows a chart takes.
inline constexpr unsigned kChartRows = 21;

/// Pixels; `from_left` is from the corner's cell.
struct ChartSize {
  double width = 0, height = 0, from_left = 0;
};

/// Draws the chart with its corner in a cell.
void draw_chart(File& file, Sheet& sheet, unsigned row, unsigned column, const ChartPlan& plan, const ChartSize& size);

}  // namespace spillway::workbook
