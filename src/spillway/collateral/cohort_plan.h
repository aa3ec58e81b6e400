#pragma once
// What a pass over the loans does that no rate path enters: which loans share a cohort and a calendar. Private to collateral.

#include <cstdint>
#include <span>
#include <vector>

#include "spillway/collateral/blocks.h"
#include "spillway/collateral/credit_shape.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/survival.h"

namespace spillway::collateral {

/// A cohort: blocks `first_block` to `end_block` - 1 of the plan.
struct PlannedCohort {
  CohortKey key;
  std::size_t first_block = 0, end_block = 0;
  SharedFees fees;
  double cut_off_balance = 0;
  std::size_t months = 0;  ///< to its last maturity
};

/// The pool's loans in cohorts, and what of each pass they share. Pool and scenario must outlive it.
class CohortPlan {
 public:
  /// `credits` as CohortPass takes them.
  CohortPlan(const pool::Pool& pool, const assumptions::Scenario& scenario, const Settings& settings,
             std::span<const assumptions::Credit* const> credits);

  CohortKey key_of(std::size_t loan, const LoanTerms& terms) const;
  std::span<const Block> blocks_of(const PlannedCohort& cohort) const {
    return std::span(blocks).subspan(cohort.first_block, cohort.end_block - cohort.first_block);
  }
  /// Position of a cohort that is there.
  std::size_t position_of(const CohortKey& key) const;

  const pool::Pool& pool;
  const assumptions::Scenario& scenario;
  Settings settings;
  std::vector<assumptions::AssumedTerms> assumed;  ///< by group
  std::vector<CreditShape> shapes;
  std::vector<std::uint32_t> own_order;            ///< where the pool has none
  std::span<const std::uint32_t> order;            ///< in which loans are summed
  int maturity = 0;                                ///< months to the last
  std::vector<Block> blocks;                       ///< in the order of their keys
  std::vector<PlannedCohort> cohorts;              ///< likewise
  /// By group: balance and four fees of loans that have not joined, month by month. Long: a billion dollars loan by loan, to
  /// the last cent.
  std::vector<std::vector<long double>> waiting;

 private:
  void read_credits(std::span<const assumptions::Credit* const> credits);
  void add_blocks();
  void add_cohorts();
  void add_waiting();

  std::vector<std::uint32_t> by_block_;            // the loans in the order of blocks, if that is another
  std::vector<int> last_age_;                      // by group: the age from which no curve changes
  bool by_term_ = false;
  const std::vector<double>* loan_multiple_ = nullptr;
};

}  // namespace spillway::collateral
