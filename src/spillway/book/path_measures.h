#pragma once
// What classes are worth, live and lose along many rate paths.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/analytics/loss.h"
#include "spillway/analytics/many_paths.h"
#include "spillway/book/price_grid.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// What is asked of many paths.
struct PathTerms {
  std::vector<GridSubject> subjects;     ///< classes and combinations
  std::vector<double> prices;            ///< by subject, per 100 without accrued interest; the spread over all paths is found
  std::optional<double> spread;          ///< annual decimal: also the mean price at it
  std::string index;                     ///< of the deal; each path is discounted at its own
  calendar::DayCount average_life = calendar::DayCount::thirty_360;
};

/// The measures of classes, taken path after path.
class PathMeasures {
 public:
  /// `deal` must outlive it.
  PathMeasures(const deal::Deal& deal, PathTerms terms);

  /// Takes the run along the next path, which must keep every series of the classes. `index_rates`: what is discounted at, by period.
  void add(const cashflow::DealCashFlows& flows, const std::vector<double>& index_rates);

  std::size_t paths() const { return rates_.index_rates.size(); }

  /// The spread over all paths of a subject at its price; empty if there is none.
  std::optional<double> spread(std::size_t subject) const;

  /// A row a subject: class, price, spread_bps, price_sd (of the prices along the paths at the spread, per 100), with a spread asked
  /// at_bps and mean_price; wal_mean, wal_sd, wal_5, wal_50, wal_95; means in dollars of written_down, principal_loss,
  /// unpaid_interest, unpaid_basis_risk. Cells without a solution are empty.
  table::Table summary() const;

  /// A row a path and subject: path, class, wal, first_prin, last_prin, interest, principal, written_down, principal_loss,
  /// unpaid_interest, unpaid_basis_risk, and the path's price at the spread asked for, or else at that over all paths. `names`: by path.
  table::Table by_path(std::span<const std::string> names) const;

 private:
  // What one subject came to along one path.
  struct Outcome {
    std::optional<double> life;
    std::optional<calendar::Date> first_principal, last_principal;
    double interest = 0, principal = 0;
    analytics::ClassLoss loss;
  };
  struct Subject {
    std::vector<Outcome> outcomes;  // by path
    analytics::PathFlows flows;
  };
  table::Row summary_row(std::size_t subject) const;
  std::optional<double> spread_shown(std::size_t subject) const;

  const deal::Deal* deal_;
  PathTerms terms_;
  std::vector<Subject> subjects_;
  analytics::PathRates rates_;
};

}  // namespace spillway::book
