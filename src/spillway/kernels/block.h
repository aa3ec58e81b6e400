#pragma once
// Blocks of loans that share term, interest-only period and reset calendar, projected side by side in the lanes of the
// machine's vectors. One source, compiled for several instruction sets; the best the machine has runs.
//
// Sums are kept in eight lanes whatever the width of the machine's vectors, and nothing is fused, so every instruction set
// gives the same bits.

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace spillway::kernels {

inline constexpr std::size_t kSumLanes = 8;    ///< partial sums of a month, added up at the end
inline constexpr std::size_t kSumGroup = 16;   ///< loans added to a month's sums at once
inline constexpr std::size_t kBlockGroup = 32; ///< a block's columns are padded to a multiple: no machine takes more loans at once

/// A stretch of months with one rate and one payment; entry 0 = period 1.
struct BlockSegment {
  enum class Kind { waiting, interest_only, amortizing };
  std::size_t begin = 0, end = 0;
  Kind kind = Kind::amortizing;
  const double* index = nullptr;  ///< the rate is set anew at `begin`, to this index, annual decimal, by rate path; null: it stays
};

/// The months of a block.
struct BlockMonths {
  std::span<const BlockSegment> segments;
  std::size_t path = 0;          ///< which of the segments' indices count
  std::size_t months = 0;        ///< all that is left is due in month `months` - 1
  std::size_t amortization = 0;  ///< months the level payment is set for, counted from month 0
};

/// Columns of `count` loans, each with entries up to a multiple of kBlockGroup; those beyond `count` must be finite, caps apart,
/// and do not count. Rates are annual
/// decimals. Without resets only balance, rate and fees are read.
struct BlockLoans {
  std::size_t count = 0;
  const double *balance = nullptr, *rate = nullptr, *margin = nullptr, *first_cap = nullptr, *periodic_cap = nullptr,
               *max_rate = nullptr, *min_rate = nullptr, *rounding = nullptr;
  const double* fees[4] = {};            ///< null: not summed
};

/// Sums to add to: month t, lane i at t * kSumLanes + i.
struct BlockSums {
  double* balance = nullptr;             ///< before the month's payment
  double* interest = nullptr;            ///< balance x rate / 12
  double* fees[4] = {};                  ///< balance x fee / 12; null where the loans' fees are
};

/// Losses on what defaults in each month, with principal advanced: min(severity x balance at default, balance `lag` months
/// later, at the latest before the last payment).
struct BlockLosses {
  std::size_t lag = 0;
  const double* severity = nullptr;      ///< by month of the default, each with `net` off it
  const double* net = nullptr;           ///< by loan, off the severity: mortgage insurance, decimal; null: none
  double* loss = nullptr;                ///< month t, lane i
  double* claims = nullptr;              ///< likewise: what insurance pays; null where `net` is
};

/// Projects a block month by month: interest on the balance, then scheduled principal (the level payment of each segment less
/// interest), nothing while waiting or interest-only. Balances of the last month, by loan, go to `last` (padded alike) where
/// it is not null, the rates of the last month to `last_rate`.
///
/// Equals the scalar loop of collateral::amortization_path to 1e-10 of each number.
void project_block(const BlockMonths& calendar, const BlockLoans& loans, const BlockSums& sums,
                   std::span<const BlockLosses> losses, double* last, double* last_rate);

/// A block of at most kSumLanes loans.
struct SmallBlockLoans {
  BlockMonths calendar;
  BlockLoans loans;
};

/// Projects two small blocks into the same sums: what project_block gives for the first and then the second, to the bit, in not much
/// more than the time of one.
void project_small_blocks(const SmallBlockLoans& a, const SmallBlockLoans& b, const BlockSums& sums);

/// The instruction set that runs: "AVX2", "SSE4", ...
std::string block_target();

/// The instruction sets this machine could run, best first; restricts to one of them, or lifts the restriction (empty). For
/// tests: not to be called while projections run. An unknown name lifts it.
std::vector<std::string> block_targets();
void restrict_block_target(const std::string& name);

}  // namespace spillway::kernels
