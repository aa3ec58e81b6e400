#pragma once
// A deal, pool and waterfall, along many rate paths.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "spillway/book/path_measures.h"
#include "spillway/engine/run_book.h"
#include "spillway/rates/index_paths.h"

namespace spillway::engine {

/// What a run along many paths assumes beside its rates.
struct PathsRequest {
  std::string scenario;      ///< its assumptions and whether it is hedged; its index paths and their shock are not used
  double speed = 1.0;        ///< multiple of the prepayment curves
  bool to_call = false;
  CreditChange credit = {};
};

/// Takes the run along path `path`; it lasts until it returns.
using UseRun = std::function<void(std::size_t path, const cashflow::DealCashFlows& flows)>;

/// Runs the deal along every path: path by path what `run_scenarios` gives under a scenario with these index paths, to the bit. `use` is
/// called path after path in order; no more than a few paths' cash flows are held. Each path must hold every index of the deal
/// (InvariantViolation otherwise). Loans that come in parts are read once for every few dozen paths.
///
/// What is wrong with the deal file and shows in a run alone comes back as issues that say along which path; no path after it is used.
std::vector<result::Issue> run_paths(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths,
                                     const UseRun& use, const RunSettings& settings = {});

/// The measures of classes along every path.
result::Result<book::PathMeasures> measure_paths(const Inputs& inputs, const PathsRequest& request,
                                                 std::span<const rates::IndexPaths> paths, book::PathTerms terms,
                                                 const RunSettings& settings = {});

}  // namespace spillway::engine
