#pragma once
// A loan's rate through its resets. Private to collateral.

#include <chrono>
#include <span>
#include <vector>

#include "spillway/pool/pool.h"
#include "spillway/rates/index_paths.h"

namespace spillway::collateral {

/// Index rates by adjustment month (months after cut-off), one table per index and lookback, rate paths side by side.
class FixingTables {
 public:
  /// Room for so many paths, to be filled.
  FixingTables(const pool::Pool& pool, std::size_t paths, int months);
  FixingTables(const pool::Pool& pool, std::span<const rates::IndexPaths> paths, int months)
      : FixingTables(pool, paths.size(), months) {
    fill(paths);
  }
  FixingTables(const pool::Pool& pool, const rates::IndexPaths& indices, int months)
      : FixingTables(pool, std::span(&indices, 1), months) {}

  /// Sets the rates of all paths, which must hold every index of the pool (InvariantViolation otherwise); where fewer are given, the
  /// last stands for the rest. Pointers stay.
  void fill(std::span<const rates::IndexPaths> paths);

  std::size_t paths() const { return paths_; }

  /// Annual rates of pool index `index` for an adjustment `month` months after cut-off, one for each path; those of the next
  /// month lie behind them.
  const double* rates(int index, int lookback_days, int month) const;

 private:
  struct Table {
    int index, lookback_days;
    rates::Fixer fixings;
    std::vector<double> rates;  // month by month, the paths of each
  };
  const Table* find(int index, int lookback_days) const;

  const pool::Pool& pool_;
  std::size_t paths_;
  std::vector<Table> tables_;
};

/// A stretch of months at one rate.
struct RateSegment {
  int first_period;  ///< 1-based
  double rate;       ///< annual decimal
};

/// The rate after an adjustment: index + margin, rounded, within the cap of `current` both ways, within floor and maximum.
double reset_rate(double index, double margin, double rounding, double current, double cap, double floor,
                  double maximum);

/// Fills `segments` with the loan's rates from period 1 to `last_period`, starting at `initial_rate`.
void rate_segments(const pool::Pool& pool, std::size_t loan, double initial_rate, int last_period,
                   const FixingTables& fixings, std::vector<RateSegment>& segments);

}  // namespace spillway::collateral
