#pragma once
// A deal as a program for lanes. Private to waterfall.

#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/kernels/lanes.h"
#include "spillway/waterfall/kept_series.h"

namespace spillway::waterfall {

/// What a period reads of one lane's run, into the cell of its slot.
struct LaneInput {
  enum class Kind {
    exists,                ///< 1 while the collateral pays
    date, days, actual_days, year_fraction, period,
    pool,                  ///< `which` of the pool, or of loan group `position`
    index, schedule,       ///< number `position`
    swap_exists, swap_notional, swap_fixed
  };
  Kind kind = Kind::exists;
  int cell = 0;
  int position = -1;       ///< pool: -1
  deal::PoolSlot which = deal::pool_beginning;
};

/// A series, and the cell it is recorded from; -1: it is 0 throughout.
struct LaneSeries {
  SeriesAt series;
  int cell = -1;
};

/// Cells that the run sets and reads beside the programs.
struct LaneCells {
  int to_call = 0, alive = 0, periods = 0, failed = 0, broken = 0, first_callable = 0, call_period = 0;
  int tolerance = 0, prior_pool_less_classes = 0, first_pool_less_classes = 0;
  std::vector<int> held;   ///< by account: what it held when the lane's run ended
                           // `failed` is of the period, `broken` stays
};

struct LaneWaterfall {
  kernels::LaneProgram once, period;
  std::vector<int> order;              ///< where the cells of inputs, series and LaneCells, and of the deal's slots, lie
  std::vector<double> before_the_run;  ///< by cell, as they lie
  std::vector<LaneInput> inputs;       ///< those that runs side by side may share come first
  std::vector<LaneSeries> series;
  LaneCells cells;
};

/// The program of a deal: what run_waterfall does in a period, for all lanes, each with the bits it gives. It does not know calls of
/// a part, make-whole premiums and traces.
LaneWaterfall compile_lanes(const deal::Deal& deal, const Record& record);

}  // namespace spillway::waterfall
