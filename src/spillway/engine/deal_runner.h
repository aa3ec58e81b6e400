#pragma once
// The waterfall of one deal over any collateral. Private to engine.

#include <optional>
#include <span>
#include <vector>

#include "spillway/engine/run_book.h"
#include "spillway/waterfall/many_runs.h"

namespace spillway::engine {

/// The index paths of a run: its scenario's, an index held at its level, all moved by its shift.
rates::IndexPaths paths_of(const Inputs& inputs, const RunRequest& request);

/// True if both runs are on the same index paths.
bool share_paths(const RunRequest& a, const RunRequest& b);

/// What every run of a deal shares: payment dates, swaps and schedules laid out by period, and the index paths that
/// several runs are on.
class DealRunner {
 public:
  DealRunner(const Inputs& inputs, std::size_t periods, const std::vector<RunRequest>& requests, const waterfall::Record& record);

  /// A run to make: collateral (at most the periods laid out), and the request it is for.
  struct Work {
    const cashflow::CollateralCashFlows* collateral;
    const RunRequest* request;
  };

  /// Runs the waterfall of each, those alike side by side: what `run` gives for it, to the bit.
  std::vector<result::Result<cashflow::DealCashFlows>> run_all(std::span<const Work> works) const;

  /// Runs the waterfall over `collateral` (at most the periods laid out), on the paths of one of the requests. Problems of the deal file come back as issues.
  result::Result<cashflow::DealCashFlows> run(const cashflow::CollateralCashFlows& collateral, const RunRequest& request,
                                              bool trace) const;

 private:
  struct Paths {
    RunRequest first;  // of those that share them
    rates::IndexPaths indices;
    waterfall::Fixings fixings;
  };
  const Paths* find_paths(const RunRequest& request) const;
  waterfall::RunInputs inputs_of(const cashflow::CollateralCashFlows& collateral, const RunRequest& request) const;

  const Inputs& inputs_;
  std::vector<result::Issue> unread_;  // loans that schedules needed and that could not be read again
  std::vector<calendar::PaymentPeriod> schedule_;
  hedges::SwapSchedule swaps_, no_swaps_;
  std::vector<std::vector<double>> series_;
  std::vector<Paths> paths_;
  waterfall::Record record_;
  std::optional<waterfall::ManyRuns> many_[2];  // to maturity and to call, where more than one request is so
};

}  // namespace spillway::engine
