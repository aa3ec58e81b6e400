#pragma once
// Index paths: what each interest-rate index is on any fixing date.

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/calendar/calendar.h"

namespace spillway::rates {

/// One index through time: annual decimals at ascending dates, linear between, flat outside.
struct IndexPath {
  std::string name;  ///< "libor_1m"
  std::vector<calendar::Date> dates;
  std::vector<double> rates;
};

/// A parallel move of every index fixed on or after `from`, added to its level (annual decimal).
struct Shock {
  double by = 0.0;
  calendar::Date from;
};

/// A set of index paths under one scenario. Immutable once made.
class IndexPaths {
 public:
  IndexPaths() = default;
  explicit IndexPaths(std::vector<IndexPath> paths, std::optional<Shock> shock = std::nullopt);

  std::size_t size() const { return paths_.size(); }
  const std::vector<IndexPath>& paths() const { return paths_; }
  const std::optional<Shock>& shock() const { return shock_; }

  /// Position of the index called `name`.
  std::optional<int> find(std::string_view name) const;

  /// Annual rate (decimal) of index `index` fixed on `fixing`, shock included.
  double rate(int index, calendar::Date fixing) const;

  /// The dates of a path as day counts, as its rates stand by them.
  const std::vector<double>& days(int index) const { return days_[days_of_[static_cast<std::size_t>(index)]]; }

  /// The same paths, but index `name` (which must be there) at one level; a shock still moves it.
  IndexPaths with_level(std::string_view name, double rate) const;

  /// The same paths under another shock.
  IndexPaths with_shock(std::optional<Shock> shock) const;

  /// The same paths with `by` (annual decimal) added to every index on every date, on top of the shock.
  IndexPaths shifted(double by) const;

 private:
  std::vector<IndexPath> paths_;
  std::vector<std::vector<double>> days_;  // sys_days counts of dates, once for paths that follow one another with the same
  std::vector<std::size_t> days_of_;       // by path: which of them
  std::optional<Shock> shock_;
};

/// Fixes indices on the same dates again and again. Where dates fall between those of a path is worked out anew only for a path with
/// other dates than the last.
class Fixer {
 public:
  explicit Fixer(std::vector<std::chrono::sys_days> fixings) : fixings_(std::move(fixings)) {}  ///< ascending

  std::size_t size() const { return fixings_.size(); }

  /// Annual rates (decimals) of index `index`, shock included: that of date k goes to found[k * stride].
  void fix(const IndexPaths& paths, int index, double* found, std::size_t stride = 1);

  /// The same of the index called `name` on several sets of paths, all of which have it: what set p has on date k goes to
  /// found[k * paths.size() + p].
  void fix_all(std::span<const IndexPaths* const> paths, std::string_view name, double* found);

 private:
  void place(const std::vector<double>& days);

  std::size_t first_shocked(const IndexPaths& paths) const;

  std::vector<std::chrono::sys_days> fixings_;
  std::vector<double> days_;                // of the path the places are for
  std::vector<std::uint32_t> left_, right_; // by fixing: the knots beside it, the same one outside of them
  std::vector<double> weights_;             // of the right one
};

/// A path that stays at one level.
IndexPath flat_path(std::string name, double rate);

}  // namespace spillway::rates
