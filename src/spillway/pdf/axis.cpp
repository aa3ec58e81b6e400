#include "spillway/pdf/axis.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "spillway/table/table.h"

namespace spillway::pdf {

namespace {

double round_step(double range, double most_ticks) {
  const double rough = range / std::max(1.0, most_ticks);
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (factor * power >= rough * 0.999) return factor * power;
  }
  return 10 * power;
}

int decimals_of(double step) {
  for (int decimals = 0; decimals < 6; ++decimals) {
    const double scaled = step * std::pow(10.0, decimals);
    if (std::fabs(scaled - std::round(scaled)) < 1e-6 * scaled) return decimals;
  }
  return 6;
}

std::string number_text(double value, int decimals, std::string prefix, std::string suffix) {
  const table::Format format{table::Kind::number, decimals, true, std::move(prefix), std::move(suffix)};
  return table::format_cell(table::Cell(value), {"", "", "", format}, table::Style::print);
}

bool is_month(const std::string& label) {
  return label.size() == 7 && label[4] == '-' && label.find_first_not_of("0123456789-") == std::string::npos;
}

bool is_number(const std::string& label) {
  double value = 0;
  const auto read = std::from_chars(label.data(), label.data() + label.size(), value);
  return !label.empty() && read.ec == std::errc{} && read.ptr == label.data() + label.size();
}

std::vector<Tick> year_ticks(const std::vector<std::string>& labels, const std::vector<double>& places, std::size_t most) {
  const std::size_t years = labels.size() / 12 + 1;
  std::size_t step = 1;
  for (const std::size_t wide : {2, 5, 10, 20}) {
    if (years / step > most) step = wide;
  }
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto year = static_cast<std::size_t>(std::stoi(labels[i].substr(0, 4)));
    if (labels[i].substr(5) == "01" && year % step == 0) ticks.push_back({places[i], labels[i].substr(0, 4)});
  }
  if (ticks.empty() && !labels.empty()) ticks.push_back({places.front(), labels.front()});
  return ticks;
}

std::vector<Tick> number_ticks(const std::vector<std::string>& labels, const std::vector<double>& places, std::size_t most) {
  const double low = std::stod(labels.front()), high = std::stod(labels.back());
  if (!(high > low)) return {{places.front(), labels.front()}};
  const double step = std::max(high - low > 5 ? 1.0 : 0.0, round_step(high - low, static_cast<double>(most)));
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const double value = std::stod(labels[i]);
    if (std::fabs(value / step - std::round(value / step)) < 1e-9) ticks.push_back({places[i], labels[i]});
  }
  return ticks;
}

}  // namespace

Axis value_axis(double low, double high, const std::string& title, const std::string& unit, double most_ticks) {
  double scale = 1;
  std::string prefix, suffix, scaled_title = title;
  if (unit == "dollars") {
    const double largest = std::max(std::fabs(low), std::fabs(high));
    prefix = "$";
    if (largest >= 2e6) scale = 1e6, scaled_title += ", $ millions";
    else if (largest >= 2e3) scale = 1e3, scaled_title += ", $ thousands";
  } else if (unit == "percent") {
    suffix = "%";
  } else if (!unit.empty()) {
    scaled_title += ", " + unit;
  }
  if (!(high > low)) high = low + scale;
  const double step = round_step((high - low) / scale, most_ticks) * scale;
  Axis axis{std::floor(low / step + 1e-9) * step, std::ceil(high / step - 1e-9) * step, {}, scaled_title};
  const int decimals = decimals_of(step / scale);
  for (double i = std::round(axis.low / step); i <= std::round(axis.high / step); ++i) {
    axis.ticks.push_back({i * step, number_text(i * step / scale, decimals, prefix, suffix)});
  }
  return axis;
}

Axis label_axis(const std::vector<std::string>& labels, const std::vector<double>& places, const std::string& title,
                std::size_t most_ticks) {
  Axis axis{places.empty() ? 0 : places.front(), places.empty() ? 1 : places.back(), {}, title};
  if (labels.empty()) return axis;
  if (std::all_of(labels.begin(), labels.end(), is_month)) {
    axis.ticks = year_ticks(labels, places, most_ticks);
  } else if (labels.size() > most_ticks && std::all_of(labels.begin(), labels.end(), is_number)) {
    axis.ticks = number_ticks(labels, places, most_ticks);
  } else {
    const std::size_t step = (labels.size() + most_ticks - 1) / most_ticks;
    for (std::size_t i = 0; i < labels.size(); i += step) axis.ticks.push_back({places[i], labels[i]});
  }
  return axis;
}

}  // namespace spillway::pdf
