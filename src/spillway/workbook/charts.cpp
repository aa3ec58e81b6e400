#include "spillway/workbook/charts.h"

#include <array>

#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr double kUsualWidth = 480, kUsualHeight = 288;  // of the library, in pixels
constexpr unsigned kMostLabels = 12;
// Told apart in colour-blind sight and in grey.
constexpr std::array<lxw_color_t, 8> kPalette{0x1F4E79, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x7F7F7F, 0x5B3A8C};

lxw_chart_type type_of(ChartPlan::Kind kind) {
  switch (kind) {
    case ChartPlan::Kind::stacked_area: return LXW_CHART_AREA_STACKED;
    case ChartPlan::Kind::bar: return LXW_CHART_BAR;
    case ChartPlan::Kind::scatter: return LXW_CHART_SCATTER_STRAIGHT_WITH_MARKERS;
    case ChartPlan::Kind::line: break;
  }
  return LXW_CHART_LINE;
}

void add_series(lxw_chart* chart, const ChartPlan& plan, std::size_t i) {
  const ChartSeries& wanted = plan.series[i];
  lxw_chart_series* series = chart_add_series(chart, nullptr, nullptr);
  const auto set = [&](auto setter, const Area& area) {
    setter(series, area.sheet.c_str(), Sheet::row_of(area.first_row), Sheet::column_of(area.first_column),
           Sheet::row_of(area.last_row), Sheet::column_of(area.last_column));
  };
  set(chart_series_set_categories, wanted.labels);
  set(chart_series_set_values, wanted.values);
  chart_series_set_name(series, clean_text(wanted.name).c_str());
  const lxw_color_t colour = kPalette[i % kPalette.size()];
  if (plan.kind == ChartPlan::Kind::line || plan.kind == ChartPlan::Kind::scatter) {
    lxw_chart_line line{};
    line.color = colour;
    line.width = 1.75f;
    if (i >= kPalette.size()) line.dash_type = LXW_CHART_LINE_DASH_DASH;
    chart_series_set_line(series, &line);
    if (plan.kind == ChartPlan::Kind::line) return;
    lxw_chart_fill fill{};
    fill.color = colour;
    line.width = 0.75f;
    chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
    chart_series_set_marker_size(series, 5);
    chart_series_set_marker_fill(series, &fill);
    chart_series_set_marker_line(series, &line);
  } else {
    lxw_chart_fill fill{};
    fill.color = colour;
    chart_series_set_fill(series, &fill);
  }
}

void set_axis(lxw_chart_axis* axis, const std::string& title, const std::string& code) {
  lxw_chart_font title_font{}, number_font{};
  title_font.size = 9;
  title_font.bold = LXW_EXPLICIT_FALSE;
  number_font.size = 8;
  if (!title.empty()) {
    chart_axis_set_name(axis, clean_text(title).c_str());
    chart_axis_set_name_font(axis, &title_font);
  }
  chart_axis_set_num_font(axis, &number_font);
  if (!code.empty()) chart_axis_set_num_format(axis, code.c_str());
}

void set_axes(lxw_chart* chart, const ChartPlan& plan) {
  // The library's x axis is the horizontal one: of bars, that of the values.
  const bool is_bar = plan.kind == ChartPlan::Kind::bar;
  lxw_chart_axis* labels = is_bar ? chart->y_axis : chart->x_axis;
  lxw_chart_axis* values = is_bar ? chart->x_axis : chart->y_axis;
  set_axis(labels, plan.x_title, plan.x_code);
  set_axis(values, plan.y_title, plan.y_code);
  lxw_chart_line grid{};
  grid.color = 0xD9D9D9;
  grid.width = 0.5f;
  chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
  chart_axis_major_gridlines_set_line(values, &grid);
  if (is_bar || plan.kind == ChartPlan::Kind::scatter) chart_axis_major_gridlines_set_visible(labels, LXW_FALSE);
  // Under the plot, also where values are below 0.
  chart_axis_set_label_position(labels, LXW_CHART_AXIS_LABEL_POSITION_LOW);
  if (is_bar) {
    chart_axis_set_reverse(labels);  // first row on top, as in the table
    chart_axis_set_crossing_max(labels);
  } else if (plan.points > kMostLabels) {
    const auto every = static_cast<uint16_t>((plan.points + kMostLabels - 1) / kMostLabels);
    chart_axis_set_interval_unit(labels, every);
    chart_axis_set_interval_tick(labels, every);
  }
  if (plan.kind == ChartPlan::Kind::stacked_area) chart_axis_set_position(labels, LXW_CHART_AXIS_POSITION_ON_TICK);
}

}  // namespace

void draw_chart(File& file, Sheet& sheet, unsigned row, unsigned column, const ChartPlan& plan, const ChartSize& size) {
  lxw_chart* chart = file.add_chart(type_of(plan.kind));
  for (std::size_t i = 0; i < plan.series.size(); ++i) add_series(chart, plan, i);
  lxw_chart_font title{};
  title.size = 11;
  chart_title_set_name(chart, clean_text(plan.title).c_str());
  chart_title_set_name_font(chart, &title);
  set_axes(chart, plan);
  if (plan.kind == ChartPlan::Kind::bar) chart_set_series_gap(chart, 40);
  if (plan.series.size() > 1) chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
  else chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
  std::string about = clean_text(plan.title);
  lxw_chart_options options{};
  options.x_offset = static_cast<int32_t>(size.from_left);
  options.x_scale = size.width / kUsualWidth;
  options.y_scale = size.height / kUsualHeight;
  options.description = about.data();
  worksheet_insert_chart_opt(sheet.raw(), Sheet::row_of(row), Sheet::column_of(column), chart, &options);
}

}  // namespace spillway::workbook
