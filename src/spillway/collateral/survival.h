#pragma once
// Which part of a loan is left, prepays and defaults in each month. Private to collateral.

#include <map>
#include <tuple>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/pool/pool.h"

namespace spillway::collateral {

/// Of loans that share group, age, first paying period and multiple of the default rate; entry 0 = period 1.
struct CohortSurvival {
  std::vector<double> survived;   ///< part that performs before the month
  std::vector<double> smm;        ///< without defaults: part of the balance after scheduled principal that prepays
  std::vector<double> defaulted;  ///< with defaults: part of the original loan that defaults
  std::vector<double> prepaid;    ///< with defaults: likewise prepays
};

/// Survival under one speed and one set of credit assumptions; idle credit counts as none.
class SurvivalTables {
 public:
  /// `credit` null: no defaults. `periods`: months to the last maturity.
  SurvivalTables(const pool::Pool& pool, const assumptions::Scenario& scenario, double speed,
                 const assumptions::Credit* credit, int periods);

  /// Survival of a loan whose paths are `path`; valid until the next call. A loan of a loss timing has one of its own.
  const CohortSurvival& of(const pool::Pool& pool, std::size_t loan, const LoanTerms& terms, const PathBuffers& path);

 private:
  struct Cohort {
    int group, age, first_period, last_default;
    double multiple;
    auto operator<=>(const Cohort&) const = default;
  };

  void fill(CohortSurvival& made, const Cohort& cohort) const;
  void fill_timed(CohortSurvival& made, const Cohort& cohort, const assumptions::LossTiming& timing,
                  const std::vector<double>& severity, const LoanTerms& terms, const PathBuffers& path) const;
  template <class DefaultRate>
  void fill_with_defaults(CohortSurvival& made, const Cohort& cohort, int months, DefaultRate default_rate) const;
  double smm_of(const Cohort& cohort, int period) const;

  double speed_;
  const assumptions::Credit* credit_;
  int periods_;
  std::vector<assumptions::Prepayment> curves_;
  std::vector<assumptions::Default> models_;  // by group; none without credit
  std::map<Cohort, CohortSurvival> tables_;
  CohortSurvival own_;
};
}  // namespace spillway::collateral
