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
#include "spillway/waterfall/fixings.h"
#include "spillway/waterfall/record.h"

namespace spillway::waterfall {

struct RunOptions {
  bool to_call = false;  ///< the optional redemption is exercised on the first date its test is met
  bool trace = false;    ///< record what each step paid to whom
  Record record = {};    ///< which series to keep
};

/// What a run needs besides the deal.
struct RunInputs {
  const cashflow::CollateralCashFlows& collateral;  ///< groups in the order of `Deal::groups`
  const rates::IndexPaths& indices;                 ///< must hold every index of the deal
  const hedges::SwapSchedule& swaps;                ///< by deal period; empty vectors: none
  const std::vector<calendar::PaymentPeriod>& schedule;  ///< at least as many periods as the collateral
  std::span<const std::vector<double>> series = {};      ///< by schedule of the deal, by period; the last value stays
  std::span<const std::vector<double>> make_whole = {};  ///< premiums by class and period, if the deal has them and runs to call
  const Fixings* fixings = nullptr;  ///< of this schedule and these indices, if runs share them; else made by the run
};

/// Runs the waterfall month by month. Indices fix at the start of the accrual period. The hedges are paid no more than the
/// pool's net interest and principal; what they are owed beyond lapses (`hedge_unpaid`).
///
/// Interest due is rate x balance before the payment date x day-count fraction, a negative rate counting as zero. What is not paid is carried without
/// interest, unless the class states a rate for it, as unpaid interest. Where the stated rate exceeds the rate, the excess interest is basis risk, carried with
/// interest at the class rate, or one stated for it. A class written down keeps a claim (allocated loss) that bears no interest. Pro rata is
/// by amounts due unless the step says otherwise.
///
/// A call of a part leaves the rest of the collateral to the periods after it, and is exercised once.
///
/// Reported as issues of the deal file, to 1e-6 dollars, scaled as below: funds that do not hold what collateral, hedges and a call
/// brought, or are not paid out by the last step; an account that holds cash when the run ends.
///
/// Checked in every period, to 1e-6 dollars (scaled by 1e-15 of the pool above $1bn, for sums to date a period), else
/// InvariantViolation, our bug: cash in = cash out to classes and parties + change of the accounts; the roll of every
/// class and account; pool less classes moves only by what moves either; realized losses to date = borne by excess cash
/// flow + by overcollateralization + by the classes (DealCashFlows says how each is figured).
result::Result<cashflow::DealCashFlows> run_waterfall(const deal::Deal& deal, const RunInputs& inputs,
                                                      const RunOptions& options);

}  // namespace spillway::waterfall
