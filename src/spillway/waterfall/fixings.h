#pragma once
// What a run knows of its dates before it starts.

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

/// Fixes every index that the deal reads on a schedule. `indices` must hold every index of the deal.
Fixings fix(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule, const rates::IndexPaths& indices);

}  // namespace spillway::waterfall
