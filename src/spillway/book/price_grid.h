#pragma once
// Prices, margins and yields of classes over speeds.

#include <span>
#include <string>
#include <vector>

#include "spillway/analytics/floater.h"
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

/// Names of the deal's classes and combinations.
std::vector<std::string> grid_names(const deal::Deal& deal);

/// One speed: a run, and the classes' index by period (for discount margins).
struct GridRun {
  double speed = 1.0;  ///< multiple of the scenario's prepayment curves
  const cashflow::DealCashFlows* flows = nullptr;
  std::vector<double> index_rates;
};

/// What is given, and what is asked.
struct GridRequest {
  enum class Measure { discount_margin, yield };
  Measure measure = Measure::discount_margin;
  std::vector<double> prices;   ///< per 100; the measure is found
  std::vector<double> levels;   ///< discount margins or yields, annual decimals; the price is found
  analytics::Compounding compounding = analytics::Compounding::semiannual;
  analytics::Conventions conventions;
};

/// A row per subject, price or level, and speed: class, speed_pct, price, dm_bps or yield_pct, wal, mdur, convexity
/// (yields only), first_prin, last_prin. Cells without a solution are empty.
table::Table price_grid(const deal::Deal& deal, std::span<const GridSubject> subjects, std::span<const GridRun> runs,
                        const GridRequest& request);

}  // namespace spillway::book
