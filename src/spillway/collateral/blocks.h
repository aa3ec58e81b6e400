#pragma once
// A pool's loans in blocks that share cohort and calendar: what the kernels work on. Private to collateral.

#include <cstdint>
#include <span>
#include <vector>

#include "spillway/collateral/loan_rates.h"
#include "spillway/collateral/survival.h"
#include "spillway/kernels/block.h"

namespace spillway::collateral {

/// What the loans of a block share: the cohort they survive in, and when they pay, amortize and reset.
struct BlockKey {
  CohortKey cohort;
  int months = 0;         ///< to maturity
  int amortization = 0;   ///< months the level payment is set for
  int interest_only = 0;  ///< months from cut-off
  int index = -1;         ///< of the pool; -1: fixed, and the rest is 0
  int months_to_roll = 0, reset_months = 0, rate_change_lag = 0, lookback_days = 0;

  auto operator<=>(const BlockKey&) const = default;
};

/// A block: its key, and its loans in the order they are summed.
struct Block {
  BlockKey key;
  std::span<const std::uint32_t> loans;
};

/// Cuts the months of a block where rate or payment changes, into `segments`; indices point into `fixings`, at the first rate path.
void cut_months(const BlockKey& key, const FixingTables& fixings, std::vector<kernels::BlockSegment>& segments);

/// A part of a block: loans `begin` to `end` - 1 of it.
struct BlockPart {
  const Block* block = nullptr;
  std::size_t begin = 0, end = 0;
};

/// The blocks of one cohort in parts of at most `kChunkLoans` loans together: what is summed at once, whatever the threads.
inline constexpr std::size_t kChunkLoans = 16384;
std::vector<std::vector<BlockPart>> chunks_of(std::span<const Block> blocks);

/// Servicing, master servicing, trustee, mortgage insurance.
inline constexpr std::vector<double> pool::Pool::*kFeeColumns[] = {&pool::Pool::servicing_fee, &pool::Pool::master_servicing_fee,
                                                                   &pool::Pool::trustee_fee, &pool::Pool::mi_premium};

/// Which fees every loan of a cohort is charged alike: these need no sums of their own.
struct SharedFees {
  bool shared[4] = {};   ///< servicing, master servicing, trustee, mortgage insurance
  double rate[4] = {};   ///< annual decimals, where shared
};
SharedFees shared_fees(const pool::Pool& pool, std::span<const Block> blocks);

}  // namespace spillway::collateral
