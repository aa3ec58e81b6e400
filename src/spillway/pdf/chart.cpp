#include "spillway/pdf/chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "spillway/pdf/axis.h"
#include "spillway/pdf/tagged.h"

namespace spillway::pdf {

namespace {

using Kind = book::Chart::Kind;

constexpr Style title_style{Face::bold, 9, ink::text};
constexpr Style axis_style{Face::regular, 7, ink::soft};
constexpr Style legend_style{Face::regular, 7.5, ink::text};
constexpr double legend_leading = 10.5;
constexpr double right_pad = 4;  // of the plot within its box

struct Pen {
  Color color;
  double width;
  std::vector<double> dash;
};

// Lines differ in darkness, weight and dash, so that a copy without color still tells them apart.
Pen pen(std::size_t series) {
  static const std::array pens{Pen{ink::accent, 1.5, {}}, Pen{{0.38, 0.57, 0.78}, 1.2, {5, 2.4}},
                               Pen{{0.45, 0.45, 0.48}, 1.3, {1.3, 2}}, Pen{{0.60, 0.45, 0.25}, 1.2, {7, 2, 1.5, 2}},
                               Pen{{0.55, 0.62, 0.70}, 1.1, {}}, Pen{{0.2, 0.2, 0.2}, 0.8, {2.5, 1.5}}};
  return pens[series % pens.size()];
}

// From dark at the bottom to pale on top.
Color shade(std::size_t series, std::size_t count) {
  const double t = count < 2 ? 0.15 : static_cast<double>(series) / static_cast<double>(count - 1);
  return {0.13 + t * 0.71, 0.28 + t * 0.59, 0.44 + t * 0.47};
}

struct Frame {
  double left, right, top, bottom;
  Axis x, y;
  double place_x(double value) const { return left + (value - x.low) / (x.high - x.low) * (right - left); }
  double place_y(double value) const { return bottom - (value - y.low) / (y.high - y.low) * (bottom - top); }
};

std::vector<double> places_of(const Plot& plot) {
  if (!plot.x_values.empty()) return plot.x_values;
  std::vector<double> places(plot.chart.x.size());
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<double>(i);
  return places;
}

std::pair<double, double> value_range(const book::Chart& chart) {
  double low = 0, high = 0, least = INFINITY;
  for (std::size_t i = 0; i < chart.x.size(); ++i) {
    double sum = 0;
    for (const auto& [name, values] : chart.series) {
      const double value = i < values.size() && std::isfinite(values[i]) ? values[i] : 0;
      sum += value;
      low = std::min(low, value);
      high = std::max(high, value);
      if (i < values.size() && std::isfinite(values[i])) least = std::min(least, value);
    }
    if (chart.kind == Kind::stacked_area) high = std::max(high, sum);
  }
  // Lines far from zero and apart from one another are shown close up.
  if (chart.kind == Kind::line && least > 0.7 * high && high - least > 0.04 * high) low = least - 0.25 * (high - least);
  return {low, high};
}

double draw_legend(Flow& flow, const book::Chart& chart, const Box& box, double y) {
  if (chart.series.size() < 2) return 0;
  double x = box.x, height = legend_leading;
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const std::string name = flow.faces.cut(legend_style.face, legend_style.size, chart.series[s].first, box.width - 20);
    const double width = 20 + flow.faces.width(legend_style.face, legend_style.size, name) + 14;
    if (x > box.x && x + width - 14 > box.x + box.width) {
      x = box.x;
      y += legend_leading;
      height += legend_leading;
    }
    const Pen drawn = pen(s);
    if (chart.kind == Kind::line) flow.add(Stroke{{{x, y + 4.6}, {x + 16, y + 4.6}}, drawn.width, drawn.color, drawn.dash});
    else flow.box({x, y + 1.2, 12, 6.6}, shade(s, chart.series.size()));
    flow.text(x + (chart.kind == Kind::line ? 20 : 16), y + 7.2, legend_style, name);
    x += width;
  }
  return height + 2;
}

void draw_axes(Flow& flow, const Frame& frame) {
  for (const Tick& tick : frame.y.ticks) {
    const double y = frame.place_y(tick.at);
    flow.rule(frame.left, frame.right, y, 0.3, ink::rule);
    flow.text_right(frame.left - 4, y + 2.5, axis_style, tick.label);
  }
  const double zero = frame.place_y(std::clamp(0.0, frame.y.low, frame.y.high));
  flow.rule(frame.left, frame.right, zero, 0.6, ink::strong_rule);
  const double slot = std::max(24.0, (frame.right - frame.left) / static_cast<double>(std::max<std::size_t>(1, frame.x.ticks.size())));
  for (const Tick& tick : frame.x.ticks) {
    const double x = frame.place_x(tick.at);
    flow.add(Stroke{{{x, frame.bottom}, {x, frame.bottom + 2.5}}, 0.5, ink::strong_rule});
    const std::string label = flow.faces.cut(axis_style.face, axis_style.size, tick.label, slot - 3);
    const double half = flow.faces.width(axis_style.face, axis_style.size, label) / 2;
    flow.text_middle(std::min(x, frame.right + right_pad - half), frame.bottom + 10, axis_style, label);
  }
  flow.text_middle((frame.left + frame.right) / 2, frame.bottom + 20, axis_style, frame.x.title);
}

void draw_lines(Flow& flow, const book::Chart& chart, const std::vector<double>& places, const Frame& frame) {
  for (std::size_t s = 0; s < chart.series.size(); ++s) {  // dashes on top of the first, which is whole
    const auto& values = chart.series[s].second;
    const Pen drawn = pen(s);
    Stroke stroke{{}, drawn.width, drawn.color, drawn.dash};
    const auto end_run = [&] {
      if (stroke.points.size() > 1) flow.add(stroke);
      stroke.points.clear();
    };
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i < values.size() && std::isfinite(values[i])) stroke.points.push_back({frame.place_x(places[i]), frame.place_y(values[i])});
      else end_run();
    }
    end_run();
    if (places.size() > 12) continue;
    for (std::size_t i = 0; i < std::min(places.size(), values.size()); ++i) {
      if (std::isfinite(values[i])) flow.box({frame.place_x(places[i]) - 1.6, frame.place_y(values[i]) - 1.6, 3.2, 3.2}, drawn.color);
    }
  }
}

void draw_areas(Flow& flow, const book::Chart& chart, const std::vector<double>& places, const Frame& frame) {
  std::vector<double> below(places.size(), 0);
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const auto& values = chart.series[s].second;
    std::vector<double> above = below;
    for (std::size_t i = 0; i < std::min(values.size(), above.size()); ++i) above[i] += std::isfinite(values[i]) ? values[i] : 0;
    Fill area{{}, shade(s, chart.series.size())};
    Stroke edge{{}, 0.4, {1, 1, 1}};
    for (std::size_t i = 0; i < places.size(); ++i) {
      area.points.push_back({frame.place_x(places[i]), frame.place_y(above[i])});
      edge.points.push_back(area.points.back());
    }
    for (std::size_t i = places.size(); i-- > 0;) area.points.push_back({frame.place_x(places[i]), frame.place_y(below[i])});
    flow.add(std::move(area));
    flow.add(std::move(edge));
    below = std::move(above);
  }
}

void draw_bars(Flow& flow, const book::Chart& chart, const std::vector<double>& places, const Frame& frame) {
  const double slot = (frame.right - frame.left) / static_cast<double>(std::max<std::size_t>(1, places.size()));
  const double width = 0.7 * slot / static_cast<double>(std::max<std::size_t>(1, chart.series.size()));
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const auto& values = chart.series[s].second;
    for (std::size_t i = 0; i < std::min(places.size(), values.size()); ++i) {
      if (!std::isfinite(values[i])) continue;
      const double x = frame.place_x(places[i]) - 0.35 * slot + static_cast<double>(s) * width;
      const double zero = frame.place_y(0), top = frame.place_y(values[i]);
      flow.box({x, std::min(zero, top), width, std::fabs(zero - top)}, shade(s, chart.series.size()));
    }
  }
}

Frame make_frame(Flow& flow, const Plot& plot, const Box& box, double top) {
  const book::Chart& chart = plot.chart;
  const auto [low, high] = value_range(chart);
  Frame frame{box.x, box.x + box.width - right_pad, top + 13, box.y + box.height - 24, {}, {}};
  frame.y = value_axis(low, high, chart.y_title, chart.unit, box.height > 160 ? 6 : 4);
  double widest = 0;
  for (const Tick& tick : frame.y.ticks) widest = std::max(widest, flow.faces.width(axis_style.face, axis_style.size, tick.label));
  frame.left += widest + 5;
  const auto places = places_of(plot);
  const bool bars = chart.kind == Kind::bar;
  const double room = (frame.right - frame.left) / (bars ? 34.0 : 36.0);
  frame.x = label_axis(chart.x, places, chart.x_title, static_cast<std::size_t>(std::max(2.0, room)));
  if (bars) frame.x.low -= 0.5, frame.x.high += 0.5;
  if (!(frame.x.high > frame.x.low)) frame.x.low -= 0.5, frame.x.high += 0.5;
  return frame;
}

}  // namespace

void draw_chart(Flow& flow, const Plot& plot, const Box& box) {
  const book::Chart& chart = plot.chart;
  flow.open("Figure", "/Alt " + pdf_string("Chart: " + chart.title));
  flow.text(box.x, box.y + 9, title_style, flow.faces.cut(title_style.face, title_style.size, chart.title, box.width));
  const double top = box.y + 15 + draw_legend(flow, chart, box, box.y + 15);
  const Frame frame = make_frame(flow, plot, box, top);
  flow.text(box.x, top + 7, axis_style, frame.y.title);
  const auto places = places_of(plot);
  if (chart.kind != Kind::line) {
    if (chart.kind == Kind::stacked_area) draw_areas(flow, chart, places, frame);
    else draw_bars(flow, chart, places, frame);
  }
  draw_axes(flow, frame);
  if (chart.kind == Kind::line) draw_lines(flow, chart, places, frame);
  flow.close("Figure");
}

void set_charts(Flow& flow, const std::vector<Plot>& plots, std::size_t beside, double wanted) {
  constexpr double across = 28;
  for (std::size_t i = 0; i < plots.size();) {
    if (flow.room() < least_chart_height && !flow.at_top()) flow.next_page();
    const double height = std::min(wanted, flow.room());
    const double width = (flow.width() - across * static_cast<double>(beside - 1)) / static_cast<double>(beside);
    for (std::size_t b = 0; b < beside && i < plots.size(); ++b, ++i) {
      draw_chart(flow, plots[i], {flow.left() + static_cast<double>(b) * (width + across), flow.y, width, height});
    }
    flow.y += height + 14;
  }
}

}  // namespace spillway::pdf
