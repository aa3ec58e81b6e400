#pragma once
// Prices, margins and yields of classes over speeds.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/analytics/spread.h"
#include "spillway/analytics/yield.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// A class, or a combination of several, under its name.
struct GridSubject {
  std::string name;
  std::vector<std::size_t> classes;  ///< positions
};

/// The subject called `name`: a class or a combination of the deal. Empty `classes` if there is none.
GridSubject grid_subject(const deal::Deal& deal, const std::string& name);

/// Several of them held together, under a name of their own.
GridSubject grid_subject(const deal::Deal& deal, std::string label, const std::vector<std::string>& names);

/// The subject's flows: those of its class, or its parts' together in `space`.
const cashflow::ClassCashFlows& held(const GridSubject& subject, const cashflow::DealCashFlows& flows, cashflow::ClassCashFlows& space);

/// Names of the deal's classes and combinations.
std::vector<std::string> grid_names(const deal::Deal& deal);

/// One speed: a run, the classes' index by period (for discount margins), and the run with every index moved.
struct GridRun {
  double speed = 1.0;  ///< multiple of the scenario's prepayment curves
  const cashflow::DealCashFlows* flows = nullptr;
  std::vector<double> index_rates;
  std::vector<GridRun> shifted;  ///< moved down and up by GridRequest::shift; none without a shift
};

/// What is given, and what is asked.
struct GridRequest {
  enum class Measure { discount_margin, yield };
  Measure measure = Measure::discount_margin;
  std::vector<double> prices;   ///< per 100; the measure is found
  std::vector<double> levels;   ///< discount margins or yields, annual decimals; the price is found
  analytics::Compounding compounding = analytics::Compounding::semiannual;
  analytics::Conventions conventions;
  double shift = 0;  ///< annual decimal; above 0 asks for effective duration and convexity
  std::optional<analytics::DiscountCurve> curve;  ///< asks for spreads over it (yields only)
};

/// A row per subject, price or level, and speed: class, speed_pct, price, dm_bps or yield_pct, wal, macaulay, mdur, convexity
/// (yields only), eff_duration and eff_convexity (with a shift), spread_bps and z_spread_bps (with a curve), first_prin,
/// last_prin. Effective measures compare prices with accrued interest at the same margin, or at the yield moved by the
/// shift. Cells without a solution are empty.
table::Table price_grid(const deal::Deal& deal, std::span<const GridSubject> subjects, std::span<const GridRun> runs,
                        const GridRequest& request);

}  // namespace spillway::book
