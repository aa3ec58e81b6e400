#pragma once
// The waterfall of one deal over any collateral. Private to engine.

#include <vector>

#include "spillway/engine/run_book.h"

namespace spillway::engine {

/// The index paths of a run: its scenario's, an index held at its level, all moved by its shift.
rates::IndexPaths paths_of(const Inputs& inputs, const RunRequest& request);

/// What every run of a deal shares: payment dates, swaps and schedules laid out by period.
class DealRunner {
 public:
  DealRunner(const Inputs& inputs, std::size_t periods);

  /// Runs the waterfall over `collateral` (at most the periods laid out). Problems of the deal file come back as issues.
  result::Result<cashflow::DealCashFlows> run(const cashflow::CollateralCashFlows& collateral, const RunRequest& request,
                                              bool trace) const;

 private:
  const Inputs& inputs_;
  std::vector<calendar::PaymentPeriod> schedule_;
  hedges::SwapSchedule swaps_, no_swaps_;
  std::vector<std::vector<double>> series_;
};

}  // namespace spillway::engine
