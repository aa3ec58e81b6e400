#pragma once
// The contract between collateral and waterfall where many runs go side by side.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "spillway/cashflow/cashflow.h"

namespace spillway::cashflow {

/// PoolVectors of several runs: period t of run r at t * stride + r. No run has credit: the vectors that are not here are 0.
struct PoolsSideBySide {
  using Vector = std::vector<double> PoolsSideBySide::*;

  std::string name;
  double cut_off_balance = 0;
  std::vector<double> beginning_balance;    ///< and a period more, of nothing: an ending balance is the next beginning
  std::vector<double> gross_interest, servicing_fee, master_servicing_fee, trustee_fee, mi_premium;
  std::vector<double> scheduled_principal, prepaid_principal;
};

/// The vectors of PoolsSideBySide, and what they are called where runs lie one after the other.
struct SideBySideVector {
  PoolsSideBySide::Vector many;
  std::vector<double> PoolVectors::*one;
};
std::span<const SideBySideVector> side_by_side_vectors();

/// What the collateral pays along several rate paths: one set of vectors per loan group, and their sum. Groups may have no vectors:
/// then they say no more than their cut-off balances.
struct CollateralSideBySide {
  std::size_t runs = 0, stride = 0, periods = 0;  ///< runs <= stride
  std::vector<PoolsSideBySide> groups;
  PoolsSideBySide total;
};

/// Room for `runs` runs, all zero, in total and groups; those of `without` get none.
void resize(CollateralSideBySide& flows, std::size_t runs, std::size_t stride, std::size_t periods,
            std::span<const std::size_t> without = {});

/// One of the runs; groups that have no vectors have no periods. Throws InvariantViolation unless check_identities holds for it.
CollateralCashFlows run_of(const CollateralSideBySide& flows, std::size_t run);

}  // namespace spillway::cashflow
