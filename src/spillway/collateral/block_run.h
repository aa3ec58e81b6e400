#pragma once
// Blocks of loans at work: their columns, and the sums of a cohort in lanes. Private to collateral.

#include <span>
#include <vector>

#include "spillway/collateral/blocks.h"
#include "spillway/collateral/cohort_sums.h"

namespace spillway::collateral {

/// Sums the blocks of one cohort after another. Losses are those of the shapes that fit blocks. All arguments must outlive it.
class BlockRun {
 public:
  BlockRun(const pool::Pool& pool, const std::vector<assumptions::AssumedTerms>& assumed, std::span<const CreditShape> shapes);

  /// Begins with a cohort of at most so many months.
  void start(const SharedFees& fees, std::size_t months);
  /// Adds loans along the rate path at position `path` of the fixings that the segments point into.
  void add(const BlockPart& part, std::span<const kernels::BlockSegment> segments, std::size_t path);
  /// Adds what has come since the start to the cohort's sums.
  void finish(CohortSums& sums);

 private:
  // Loans laid out for the kernels: columns of their own where the pool's do not serve as they lie.
  struct LaidOut {
    kernels::BlockLoans loans;
    std::size_t size = 0;  // with padding
    bool in_place = false;
    std::vector<double> balance, rate, margin, first_cap, periodic_cap, max_rate, min_rate, rounding, fees[4];
    const double* fee_columns[4] = {};
  };
  // A small block that waits for another to go with.
  struct Waiting {
    LaidOut laid_out;
    std::vector<kernels::BlockSegment> segments;
    kernels::BlockMonths calendar;
    bool is_there = false;
  };

  void add_loans(const Block& block, std::span<const std::uint32_t> loans, const kernels::BlockMonths& calendar);
  void add_small(const Block& block, std::span<const std::uint32_t> loans, const kernels::BlockMonths& calendar);
  void add_waiting();
  kernels::BlockSums sums();
  const double* column(const LaidOut& at, std::vector<double>& own, std::vector<double> pool::Pool::*from,
                       std::span<const std::uint32_t> loans, double padding) const;
  void lay_out(const Block& block, std::span<const std::uint32_t> loans, LaidOut& made);
  void lay_out_coverage(const CreditShape& shape, std::span<const std::uint32_t> loans, std::vector<double>& net) const;
  std::vector<kernels::BlockLosses> losses_of(const BlockKey& key);
  void add_last(const BlockKey& key);

  const pool::Pool& pool_;
  const std::vector<assumptions::AssumedTerms>& assumed_;
  std::span<const CreditShape> shapes_;
  const SharedFees* fees_ = nullptr;
  std::size_t months_ = 0;

  // In lanes.
  std::vector<double> balance_, interest_, fee_sums_[4];
  std::vector<std::vector<double>> losses_, claims_;

  // Of the loans at work.
  LaidOut laid_out_;
  Waiting waiting_;
  std::vector<std::vector<double>> net_, severities_;
  std::vector<double> last_, last_rate_;

  // By month of maturity, of the cohort.
  std::vector<double> last_sums_[5];
};

}  // namespace spillway::collateral
