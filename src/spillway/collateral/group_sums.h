#pragma once
// Sums of loan groups built up part by part, and what becomes of them. Private to collateral.

#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/pool/pool.h"

namespace spillway::collateral {

/// Group sums built block by block. Blocks are added with compensation (Neumaier): a sum of a billion dollars over any number
/// of blocks is right to the last bit or two.
class GroupSums {
 public:
  GroupSums(const pool::Pool& pool, std::size_t periods, bool has_credit);

  /// To at least as many periods.
  void widen(std::size_t periods);

  /// The block at work; its sums are added to.
  cashflow::PoolVectors& block(int group);

  /// Adds the group's block to its sums and clears it.
  void end_block(int group);

  std::vector<cashflow::PoolVectors> take();

 private:
  struct Group {
    cashflow::PoolVectors sums, lost, block;  // each without periods until there is something in it
  };
  void widen(cashflow::PoolVectors& vectors) const;

  std::vector<Group> groups_;
  std::size_t periods_;
  bool has_credit_;
};

/// Months from default to liquidation; 0 where nothing defaults.
int lag_of(const assumptions::Credit& credit);

/// Periods until nothing is left: to the last maturity, and with credit assumptions on to the last subsequent recovery.
std::size_t periods_under(int maturity, const assumptions::Credit* credit);

/// What follows from a group's sums: closing balances, and what credit assumptions do to a group as a whole.
void close_group(cashflow::PoolVectors& group, const assumptions::Credit* credit);

/// The same where the groups' sums are there already; `flows.total` must be as long as they are.
void finish(cashflow::CollateralCashFlows& flows, const assumptions::Credit* credit);

/// Cash flows of groups and pool: closing balances, what credit assumptions do to a group as a whole, identities checked.
cashflow::CollateralCashFlows finish(GroupSums sums, const assumptions::Credit* credit);

}  // namespace spillway::collateral
