#pragma once
// What a run knows of its dates before it starts.

#include <cstddef>
#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/deal/deal.h"
#include "spillway/rates/index_paths.h"

namespace spillway::waterfall {

/// Dates and indices as formulas see them, by period.
struct Fixings {
  std::vector<double> dates;                 ///< of payment (nominal), as day counts
  std::vector<double> actual_days;           ///< calendar days of the accrual period
  std::vector<std::vector<double>> indices;  ///< by index of the deal, at the start of accrual; empty: nothing reads it

  std::size_t periods() const { return dates.size(); }
};

/// What fixings take of a schedule, whatever the indices.
struct ScheduleDays {
  std::vector<double> dates, actual_days;  ///< as Fixings has them
  std::vector<rates::Fixer> fixers;        ///< on the starts of accrual, by index of the deal
};

ScheduleDays days_of(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule);

/// Fixes every index that the deal reads on a schedule. `indices` must hold every index of the deal.
Fixings fix(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule, const rates::IndexPaths& indices);

/// The same for indices that share a schedule.
Fixings fix(const deal::Deal& deal, ScheduleDays& days, const rates::IndexPaths& indices);

/// Fixings of runs along several paths, side by side as their collateral is (cashflow::CollateralSideBySide).
struct FixingsSideBySide {
  Fixings dates;                             ///< what the runs share: dates and days, no indices
  std::size_t stride = 0;
  std::vector<std::vector<double>> indices;  ///< by index of the deal: period t of run r at t * stride + r; empty: nothing reads it
};

/// Fixes the indices of each path; there may be fewer than `stride`, at least one.
FixingsSideBySide fix_side_by_side(const deal::Deal& deal, ScheduleDays& days, std::span<const rates::IndexPaths> paths, std::size_t stride);

/// One of the runs.
Fixings fixings_of(const FixingsSideBySide& fixings, std::size_t run);

}  // namespace spillway::waterfall
