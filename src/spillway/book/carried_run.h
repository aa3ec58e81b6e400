#pragma once
// What the cells of a table need of a run that a reader of the book cannot choose.

#include <optional>
#include <string>
#include <vector>

#include "spillway/book/run_view.h"

namespace spillway::book {

/// A run of a table's own: at another default rate, another level of an index, for classes held together.
struct CarriedRun {
  std::string table;                  ///< data table: "loss_grid"
  std::optional<double> cdr_pct, severity_pct, index_pct;  ///< as its rows say; empty: they do not tell runs apart by it
  RunView view;                       ///< dates, index, and the series of the classes and the pool that the cells are made of
};

/// A class with these series alone, named as in `RunView`.
ClassView carried_class(const std::string& name, const cashflow::ClassCashFlows& flows, std::vector<ViewSeries> series, double accrued = 0.0);

/// A run's dates and index, without classes.
RunView carried_view(const cashflow::DealCashFlows& flows, const ViewTerms& terms);

/// Dollars by period under a name.
ViewSeries carried_dollars(std::string name, std::string title, std::vector<double> values);

}  // namespace spillway::book
