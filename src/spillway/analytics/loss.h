#pragma once
// What losses did to a class, and what a residual earned.

#include <optional>
#include <span>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"

namespace spillway::analytics {

/// What a run cost a class. Dollars; none is below 0.
struct ClassLoss {
  double written_down = 0;        ///< all write-downs, made good later or not
  double made_good = 0;           ///< write-ups and reimbursements of them
  double principal_loss = 0;      ///< balance and written-down amount still owed when the run ends
  double interest_shortfall = 0;  ///< current interest not paid when due, all periods, made good later or not
  double unpaid_interest = 0;     ///< of it and what it bore, still owed when the run ends
  double unpaid_basis_risk = 0;   ///< carried forward when the run ends
  int first_written_down = 0;     ///< period (1-based) of the first write-down; 0: never

  /// Principal loss as a part of the original balance; 0 of a notional.
  double part_of(double original_balance) const { return original_balance > 0.0 ? principal_loss / original_balance : 0.0; }
};

ClassLoss class_loss(const cashflow::ClassCashFlows& flows);

/// The principal loss alone.
double principal_loss(const cashflow::ClassCashFlows& flows);

/// All cash a class is paid, dollars.
double total_cash(const cashflow::ClassCashFlows& flows);

/// Internal rate of return of `cash` by period against an investment on `settlement`, annual decimal, compounded annually on
/// 30/360 times to the nominal payment dates. Empty if the investment is not above 0, or no rate in (-99.9%, 1,000,000%) solves.
std::optional<double> internal_rate_of_return(double investment, std::span<const double> cash,
                                              std::span<const calendar::PaymentPeriod> schedule, calendar::Date settlement);

}  // namespace spillway::analytics
