#pragma once
// What one pass over the loans sums. Private to collateral.

#include <vector>

#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/cohort_plan.h"

namespace spillway::collateral {

/// What defaults of a month come to, per unit of weight: entry k = default in period k + 1.
struct ShapeSums {
  std::vector<double> loss, claims;             ///< at the liquidation
  /// A frozen balance (no principal advanced) earns interest month by month: entry k x (lag + 1) + d is month k + d. Loans not
  /// yet matured, and matured ones with the fees they would pay.
  std::vector<double> interest, matured_interest, matured_servicing, matured_master, matured_trustee;
};

/// Sums over the loans of a cohort; entry t = period t + 1, one more entry than the longest maturity.
struct CohortSums {
  CohortKey key;
  double cut_off_balance = 0;
  std::vector<double> balance;                  ///< before the month's payment
  std::vector<double> interest;                 ///< of the month
  std::vector<double> servicing, master, trustee, premium;
  std::vector<double> interest_after;           ///< of the month, on the balance after scheduled principal
  /// Balance, interest and fees of the last month of loans that mature with it; entry T = loans of T payments.
  std::vector<double> last_balance, last_interest, last_servicing, last_master, last_trustee;
  std::vector<ShapeSums> shapes;                ///< in the order of the pass
  /// Loans that matured, to date: entry T = of at most T payments. Fees are all three.
  std::vector<double> matured_balance, matured_interest, matured_fees;

  void add(const CohortSums& part);             ///< what blocks sum
  void add_all(const CohortSums& part);         ///< everything: other loans of the cohort; `part` may have other months
  void widen(std::size_t months);               ///< to at least as many entries
  void add_up_matured();                        ///< once all is added
};

/// The sums of a pool's cohorts along each rate path.
class CohortPass::Sums {
 public:
  Sums(const pool::Pool& pool, const assumptions::Scenario& scenario, std::span<const rates::IndexPaths> paths,
       const Settings& settings, std::span<const assumptions::Credit* const> credits);

  std::size_t paths() const { return cohorts_.size(); }
  /// Under one case, on paths `first` to `end` - 1.
  std::vector<cashflow::CollateralCashFlows> cash(double speed, const assumptions::Credit* credit, std::size_t first,
                                                  std::size_t end) const;

  void add(const Sums& part);

 private:
  void add_blocks(std::span<const rates::IndexPaths> paths);
  void add_loan_by_loan(const rates::IndexPaths& indices, std::vector<CohortSums>& cohorts);
  CohortSums empty_sums(const CohortKey& key) const;

  CohortPlan plan_;
  int maturity_ = 0;                                 // of the plan and of parts added
  std::vector<std::vector<CohortSums>> cohorts_;     // by path, in the order of their keys
};

}  // namespace spillway::collateral
