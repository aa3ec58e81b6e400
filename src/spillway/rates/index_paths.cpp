#include "spillway/rates/index_paths.h"

#include <algorithm>
#include <cstring>

#include "spillway/result/issue.h"

namespace spillway::rates {

namespace {

double day_number(std::chrono::sys_days date) { return static_cast<double>(date.time_since_epoch().count()); }

// The knots beside a date, the same one twice outside of them, and the weight of the right one.
struct Between {
  std::size_t left = 0, right = 0;
  double weight = 0.0;
};

// `beyond`: the first knot beyond `at`, or their number.
Between between(const std::vector<double>& days, double at, std::size_t beyond) {
  const std::size_t left = beyond > 0 ? beyond - 1 : 0;
  if (at <= days.front() || at >= days.back()) return {left, left, 0.0};
  return {left, beyond, (at - days[left]) / (days[beyond] - days[left])};
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
    const std::size_t i = days_of_.size();
    if (i > 0 && path.dates == paths_[i - 1].dates) {
      days_of_.push_back(days_of_.back());
      continue;
    }
    days_of_.push_back(days_.size());
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
  const std::vector<double>& days = this->days(index);
  const std::vector<double>& rates = paths_[static_cast<std::size_t>(index)].rates;
  const double at = day_number(fixing);
  const auto beyond = static_cast<std::size_t>(std::upper_bound(days.begin(), days.end(), at) - days.begin());
  const auto [left, right, weight] = between(days, at, beyond);
  const double level = rates[left] + weight * (rates[right] - rates[left]);
  return shock_ && std::chrono::sys_days{fixing} >= std::chrono::sys_days{shock_->from} ? level + shock_->by : level;
}

void Fixer::place(const std::vector<double>& days) {
  days_ = days;
  for (auto* knots : {&left_, &right_}) knots->resize(fixings_.size());
  weights_.resize(fixings_.size());
  std::size_t beyond = 0;
  for (std::size_t k = 0; k < fixings_.size(); ++k) {
    const double at = day_number(fixings_[k]);
    while (beyond < days.size() && days[beyond] <= at) ++beyond;
    const auto [left, right, weight] = between(days, at, beyond);
    left_[k] = static_cast<std::uint32_t>(left);
    right_[k] = static_cast<std::uint32_t>(right);
    weights_[k] = weight;
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
    if (!is_alike) continue;
    const std::vector<double>& of = paths[p]->paths()[static_cast<std::size_t>(index[p])].rates;
    for (std::size_t k = 0; k < of.size(); k += 8) __builtin_prefetch(&of[k]);
    rates.push_back(of.data());
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
