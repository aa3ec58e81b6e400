#pragma once
// What one pass over the loans sums. Private to collateral.

#include <vector>

#include "spillway/collateral/cohort_pass.h"
#include "spillway/collateral/survival.h"

namespace spillway::collateral {

/// How credit assumptions treat what defaults. Assumptions that differ in rates of default alone share one.
struct CreditShape {
  int lag = 0;
  assumptions::Advances advances = assumptions::Advances::none;
  assumptions::Reimbursement reimbursement = assumptions::Reimbursement::in_severity;
  bool use_mortgage_insurance = true;
  bool short_interest = false;
  std::vector<double> severity;
  const assumptions::Credit* credit = nullptr;  ///< for rules by loan

  bool advances_interest() const { return advances != assumptions::Advances::none; }
  /// Blocks of loans can be summed side by side: what defaults amortizes on, and losses need no loan's own rates.
  bool fits_blocks() const {
    return advances_principal() && reimbursement == assumptions::Reimbursement::in_severity && !short_interest &&
           credit->loan_severity.empty();
  }
  bool advances_principal() const { return advances == assumptions::Advances::principal_and_interest; }
};

CreditShape shape_of(const assumptions::Credit& credit);

/// True if both treat every loan alike. Rules by loan are compared in full.
bool same_shape(const CreditShape& a, const CreditShape& b);

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

  void add(const CohortSums& part);             ///< what blocks sum
  void add_all(const CohortSums& part);         ///< everything: other loans of the cohort; `part` may have other months
  void widen(std::size_t months);               ///< to at least as many entries
};

/// The sums of a pool's cohorts along one rate path.
class CohortPass::Sums {
 public:
  Sums(const pool::Pool& pool, const assumptions::Scenario& scenario, const rates::IndexPaths& indices,
       const Settings& settings, std::span<const assumptions::Credit* const> credits);

  cashflow::CollateralCashFlows cash(double speed, const assumptions::Credit* credit) const;

  void add(const Sums& part);

 private:
  void add_blocks(const rates::IndexPaths& indices);
  void add_loan_by_loan(const rates::IndexPaths& indices);
  void add_waiting(std::size_t loan, std::size_t months);
  CohortKey key_of(std::size_t loan, const LoanTerms& terms) const;
  CohortSums& cohort_of(const CohortKey& key);
  CohortSums empty_sums(const CohortKey& key) const;

  const pool::Pool& pool_;
  const assumptions::Scenario& scenario_;
  Settings settings_;
  std::vector<std::uint32_t> own_order_;        // where the pool has none
  std::span<const std::uint32_t> order_;
  int maturity_ = 0;
  std::vector<int> last_age_;                   // by group: the age from which no curve changes
  bool by_term_ = false;
  const std::vector<double>* loan_multiple_ = nullptr;
  std::vector<CreditShape> shapes_;
  std::vector<CohortSums> cohorts_;             // in the order of their keys
  // By group: balance and four fees, month by month. Long: a billion dollars loan by loan, to the last cent.
  std::vector<std::vector<long double>> waiting_;
};

}  // namespace spillway::collateral
