#pragma once
// The flow on one page: inputs -> collateral -> waterfall -> tables -> book.

#include <cstddef>
#include <optional>
#include <span>
#include <utility>
#include <string>
#include <vector>

#include "spillway/book/book.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/engine/inputs.h"
#include "spillway/engine/progress.h"
#include "spillway/result/issue.h"
#include "spillway/waterfall/record.h"

namespace spillway::engine {

/// How a run is made.
struct RunSettings {
  int threads = 0;              ///< most to use; 0 = as many as the machine has. Results do not depend on it
  bool trace = false;           ///< keep what each step paid
  OnProgress on_progress = {};  ///< told how far the run has come; none: nobody is
  waterfall::Record record = {};  ///< which series of a run to keep
};

/// What a run assumes of credit in place of its scenario; unset: as the scenario says.
struct CreditChange {
  std::optional<double> cdr;          ///< of every loan group, annual decimal in [0, 1]; rules still multiply it
  std::optional<double> severity;     ///< of every loan, decimal in [0, 1]
  std::optional<int> recovery_lag;    ///< months, >= 0
  std::optional<assumptions::Advances> advances;

  bool operator==(const CreditChange&) const = default;
  bool is_none() const { return *this == CreditChange{}; }
};

/// The scenario's credit assumptions with the change made.
assumptions::Credit changed_credit(const assumptions::Credit& credit, const CreditChange& change,
                                   const std::vector<std::string>& groups);

/// One run: a scenario at one speed, to call or to maturity.
struct RunRequest {
  std::string scenario;
  double speed = 1.0;
  bool to_call = false;
  std::optional<std::pair<std::string, double>> index_level;  ///< holds one index at a level (annual decimal)
  double index_shift = 0;   ///< added to every index on every date, a held one included (annual decimal)
  CreditChange credit = {};

  bool operator==(const RunRequest&) const = default;
};

/// What a run gave.
struct Run {
  RunRequest request;
  std::size_t collateral = 0;  ///< position in `RunSet::collateral`
  cashflow::DealCashFlows flows;
};

/// Runs in the order requested, and the collateral cash flows they share.
struct RunSet {
  std::vector<cashflow::CollateralCashFlows> collateral;
  std::vector<Run> runs;

  const Run* find(const RunRequest& request) const;
};

/// Runs every request. Requests of one scenario share one pass over the loans. Problems of the deal file that only a
/// run can show (cash left over, cash counted twice) come back as issues. `traced`: requests of which what each step paid is
/// kept, whatever the settings say.
result::Result<RunSet> run_scenarios(const Inputs& inputs, const std::vector<RunRequest>& requests,
                                     const RunSettings& settings = {}, std::span<const RunRequest> traced = {});

/// Runs the deal alone, over collateral cash flows that another run of the same loans, scenario and speed gave.
result::Result<cashflow::DealCashFlows> run_deal(const Inputs& inputs, const cashflow::CollateralCashFlows& collateral,
                                                 const RunRequest& request, const RunSettings& settings = {});

/// The rates of an index by period of a run, annual decimals, each fixed at the start of the accrual period.
/// The run's shift is in them. The scenario must give the index (InvariantViolation otherwise).
std::vector<double> index_rates(const Inputs& inputs, const Run& run, const std::string& index);

/// Makes the whole book.
result::Result<book::Book> run_book(const Inputs& inputs, const RunSettings& settings = {});

}  // namespace spillway::engine
