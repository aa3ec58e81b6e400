#include "spillway/rates/index_paths.h"

#include <algorithm>

#include "spillway/result/issue.h"

namespace spillway::rates {

namespace {

double day_number(calendar::Date date) {
  return static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count());
}

// Linear between knots, flat outside them. `right`: the first knot beyond `at`, where there is one.
double interpolate(const std::vector<double>& x, const std::vector<double>& y, double at, std::size_t right) {
  if (at <= x.front()) return y.front();
  if (at >= x.back()) return y.back();
  const double weight = (at - x[right - 1]) / (x[right] - x[right - 1]);
  return y[right - 1] + weight * (y[right] - y[right - 1]);
}

}  // namespace

IndexPaths::IndexPaths(std::vector<IndexPath> paths, std::optional<Shock> shock)
    : paths_(std::move(paths)), shock_(shock) {
  for (const IndexPath& path : paths_) {
    result::require(!path.dates.empty() && path.dates.size() == path.rates.size(),
                    "an index path needs as many dates as rates, at least one");
    std::vector<double>& days = days_.emplace_back();
    for (calendar::Date date : path.dates) days.push_back(day_number(date));
    result::require(std::adjacent_find(days.begin(), days.end(), std::greater_equal<>{}) == days.end(),
                    "the dates of an index path must ascend");
  }
}

std::optional<int> IndexPaths::find(std::string_view name) const {
  for (std::size_t i = 0; i < paths_.size(); ++i) {
    if (paths_[i].name == name) return static_cast<int>(i);
  }
  return std::nullopt;
}

double IndexPaths::rate(int index, calendar::Date fixing) const {
  double found = 0.0;
  const std::chrono::sys_days days[] = {fixing};
  fix(index, days, &found);
  return found;
}

void IndexPaths::fix(int index, std::span<const std::chrono::sys_days> fixings, double* found, std::size_t stride) const {
  const std::vector<double>& days = days_[static_cast<std::size_t>(index)];
  const std::vector<double>& rates = paths_[static_cast<std::size_t>(index)].rates;
  if (fixings.empty()) return;
  const auto day_of = [](std::chrono::sys_days date) { return static_cast<double>(date.time_since_epoch().count()); };
  auto right = static_cast<std::size_t>(std::upper_bound(days.begin(), days.end(), day_of(fixings.front())) - days.begin());
  const std::optional<std::chrono::sys_days> shocked = shock_ ? std::optional{std::chrono::sys_days{shock_->from}} : std::nullopt;
  for (std::size_t k = 0; k < fixings.size(); ++k) {
    const double at = day_of(fixings[k]);
    while (right < days.size() && days[right] <= at) ++right;
    const double level = interpolate(days, rates, at, right);
    found[k * stride] = shocked && fixings[k] >= *shocked ? level + shock_->by : level;
  }
}

IndexPaths IndexPaths::with_shock(std::optional<Shock> shock) const {
  IndexPaths shocked = *this;
  shocked.shock_ = shock;
  return shocked;
}

IndexPaths IndexPaths::shifted(double by) const {
  IndexPaths moved = *this;
  for (IndexPath& path : moved.paths_) {
    for (double& rate : path.rates) rate += by;
  }
  return moved;
}

IndexPaths IndexPaths::with_level(std::string_view name, double rate) const {
  const auto index = find(name);
  result::require(index.has_value(), "no path of that name to hold at a level");
  std::vector<IndexPath> paths = paths_;
  paths[static_cast<std::size_t>(*index)] = flat_path(std::string(name), rate);
  return IndexPaths(std::move(paths), shock_);
}

IndexPath flat_path(std::string name, double rate) {
  return {std::move(name), {calendar::make_date(2000, 1, 1)}, {rate}};
}

}  // namespace spillway::rates
