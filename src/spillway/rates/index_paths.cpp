#include "spillway/rates/index_paths.h"

#include <algorithm>
#include <cstring>

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

// Much quicker than number by number, and as good for whole days.
bool same_bits(const std::vector<double>& a, const std::vector<double>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(double)) == 0;
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

void Fixer::place(const std::vector<double>& days) {
  days_ = days;
  for (auto* knots : {&left_, &right_}) knots->resize(fixings_.size());
  weights_.assign(fixings_.size(), 0.0);
  std::size_t right = 0;
  for (std::size_t k = 0; k < fixings_.size(); ++k) {
    const double at = static_cast<double>(fixings_[k].time_since_epoch().count());
    while (right < days.size() && days[right] <= at) ++right;
    const bool is_between = at > days.front() && at < days.back();
    left_[k] = static_cast<std::uint32_t>(right > 0 ? right - 1 : 0);
    right_[k] = is_between ? left_[k] + 1 : left_[k];
    if (is_between) weights_[k] = (at - days[right - 1]) / (days[right] - days[right - 1]);
  }
}

std::size_t Fixer::first_shocked(const IndexPaths& paths) const {
  if (!paths.shock()) return fixings_.size();
  const auto from = std::lower_bound(fixings_.begin(), fixings_.end(), std::chrono::sys_days{paths.shock()->from});
  return static_cast<std::size_t>(from - fixings_.begin());
}

void Fixer::fix(const IndexPaths& paths, int index, double* found, std::size_t stride) {
  if (!same_bits(days_, paths.days(index))) place(paths.days(index));
  const std::vector<double>& rates = paths.paths()[static_cast<std::size_t>(index)].rates;
  for (std::size_t k = 0; k < fixings_.size(); ++k) {
    const double left = rates[left_[k]];
    found[k * stride] = left + weights_[k] * (rates[right_[k]] - left);
  }
  for (std::size_t k = first_shocked(paths); k < fixings_.size(); ++k) found[k * stride] += paths.shock()->by;
}

void Fixer::fix_all(std::span<const IndexPaths* const> paths, std::string_view name, double* found) {
  std::vector<int> index;
  for (const IndexPaths* one : paths) {
    const auto at = one->find(name);
    if (!at) throw result::InvariantViolation("the scenario gives no path for index " + std::string(name));
    index.push_back(*at);
  }
  // Date by date, so that what lies side by side is written together; path by path where their dates differ or a shock moves them.
  std::vector<const double*> rates;
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const bool is_alike = !paths[p]->shock() && same_bits(paths[p]->days(index[p]), paths.front()->days(index.front()));
    if (is_alike) rates.push_back(paths[p]->paths()[static_cast<std::size_t>(index[p])].rates.data());
  }
  if (rates.size() < paths.size()) {
    for (std::size_t p = 0; p < paths.size(); ++p) fix(*paths[p], index[p], found + p, paths.size());
    return;
  }
  if (!same_bits(days_, paths.front()->days(index.front()))) place(paths.front()->days(index.front()));
  for (std::size_t k = 0; k < fixings_.size(); ++k) {
    for (const double* of : rates) *found++ = of[left_[k]] + weights_[k] * (of[right_[k]] - of[left_[k]]);
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
