#pragma once
// Which part of a loan is left, prepays and defaults in each month. Private to collateral.

#include <algorithm>
#include <compare>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/pool/pool.h"

namespace spillway::collateral {

/// What survival depends on.
struct CohortKey {
  int group = 0;
  int age = 0;           ///< months at cut-off, up to the age from which no curve changes
  int first_period = 1;  ///< first period in which the loan pays
  int term = 0;          ///< months to maturity, where defaults stop before it; else 0
  double multiple = 1.0; ///< of default rates

  auto operator<=>(const CohortKey&) const = default;
};

/// Survival of a cohort by month; entry 0 = period 1.
struct CohortSurvival {
  std::vector<double> survived;   ///< part that performs before the month
  std::vector<double> smm;        ///< without defaults: part of the balance after scheduled principal that prepays
  std::vector<double> defaulted;  ///< with defaults: part of the original loan that defaults
  std::vector<double> prepaid;    ///< with defaults: likewise prepays
};

/// Survival under one speed and one set of credit assumptions.
class Survival {
 public:
  /// `credit` null: no defaults.
  Survival(const pool::Pool& pool, const assumptions::Scenario& scenario, double speed, const assumptions::Credit* credit);

  /// Survival of a cohort over `months` months. Its group must not have a loss timing.
  void fill(CohortSurvival& made, const CohortKey& cohort, int months);

  /// The same of several cohorts, quickest where they are `kCohortsAtOnce`.
  static constexpr std::size_t kCohortsAtOnce = 4;
  void fill(std::span<CohortSurvival> made, std::span<const CohortKey* const> cohorts, int months);

  /// Survival of one loan of a group with a loss timing: what defaults depends on its path and its severity.
  void fill_timed(CohortSurvival& made, const CohortKey& cohort, const std::vector<double>& severity,
                  const LoanTerms& terms, const PathBuffers& path) const;

  bool is_timed(int group) const;

 private:
  // A monthly rate by loan age or by period, worked out once for all cohorts; the last stays.
  struct RateTable {
    std::vector<double> rates;
    bool by_age = false;

    double at(int age, int period) const {
      const auto month = static_cast<std::size_t>(std::max(by_age ? age : period, 1));
      return rates[std::min(month, rates.size()) - 1];
    }

    /// The rates of a cohort of an age, from `period` on.
    void read(int age, int period, std::span<double> found) const;
  };

  void read_rates(CohortSurvival& made, const CohortKey& cohort, int months);
  template <std::size_t count>
  void follow(CohortSurvival* const (&made)[count], int months) const;
  bool may_default(const CohortKey& cohort, int period) const;
  int last_default(const CohortKey& cohort, int months) const;
  template <class DefaultedPart>
  void fill_with_defaults(CohortSurvival& made, const CohortKey& cohort, int months, DefaultedPart defaulted_part) const;
  double smm_of(const CohortKey& cohort, int period) const;

  const RateTable& mdr_of(int group, double multiple);

  const assumptions::Credit* credit_;
  std::vector<RateTable> smm_;                // by group
  std::vector<assumptions::Default> models_;  // by group; none without credit
  std::map<std::pair<int, double>, RateTable> mdr_;  // by group and multiple, each when first asked for
};

/// The severity a loan's losses are figured at, by period of the liquidation; the last entry stays.
const std::vector<double>& severity_of(const assumptions::Credit& credit, std::size_t loan);

/// The part of a claim on the loan that mortgage insurance pays, decimal: a rule's, or else the tape's.
double coverage_of(const pool::Pool& pool, std::size_t loan, const assumptions::Credit& credit);

/// The severity of a period (1-based); 0 of an empty list.
double severity_in(const std::vector<double>& by_period, int period);

}  // namespace spillway::collateral
