#pragma once
// The waterfall: a deal's priority of payments run over collateral cash flows.

#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/hedges/swaps.h"
#include "spillway/rates/index_paths.h"
#include "spillway/result/issue.h"

namespace spillway::waterfall {

struct RunOptions {
  bool to_call = false;  ///< the optional redemption is exercised on the first date its test is met
  bool trace = false;    ///< record what each step paid to whom
};

/// What a run needs besides the deal.
struct RunInputs {
  const cashflow::CollateralCashFlows& collateral;  ///< groups in the order of `Deal::groups`
  const rates::IndexPaths& indices;                 ///< must hold every index of the deal
  const hedges::SwapSchedule& swaps;                ///< by deal period; empty vectors: none
  const std::vector<calendar::PaymentPeriod>& schedule;  ///< at least as many periods as the collateral
  std::span<const std::vector<double>> series = {};      ///< by schedule of the deal, by period; the last value stays
  std::span<const std::vector<double>> make_whole = {};  ///< premiums by class and period, if the deal has them and runs to call
};

/// Runs the waterfall month by month. Indices fix at the start of the accrual period.
///
/// Interest due is rate x balance before the payment date x day-count fraction, a negative rate counting as zero. What is not paid is carried without
/// interest as unpaid interest. Where the stated rate exceeds the rate, the excess interest is basis risk, carried with
/// interest at the class rate. A class written down keeps a claim (allocated loss) that bears no interest. Pro rata is
/// by amounts due unless the step says otherwise.
///
/// A call of a part leaves the rest of the collateral to the periods after it, and is exercised once.
///
/// Checked in every period, to 1e-6 dollars: the funds hold what collateral, hedges and a call brought; all of it is
/// paid out (both reported as issues of the deal file); the pool less the classes moves only by losses, write-downs and
/// principal paid beyond what the pool lost (InvariantViolation: our bug).
result::Result<cashflow::DealCashFlows> run_waterfall(const deal::Deal& deal, const RunInputs& inputs,
                                                      const RunOptions& options);

}  // namespace spillway::waterfall
