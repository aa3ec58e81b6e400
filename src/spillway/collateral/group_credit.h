#pragma once
// What credit assumptions do to a loan group as a whole, once its loans are summed. Private to collateral.

#include "spillway/assumptions/scenario.h"
#include "spillway/cashflow/cashflow.h"

namespace spillway::collateral {

/// Subsequent recoveries: a part of each realized loss, some months later; the group must have the periods for the last.
void add_subsequent_recoveries(const assumptions::SubsequentRecoveries& terms, cashflow::PoolVectors& group);

/// Takes the interest that prepayments left unpaid off what is collected, and has the servicer make it up as far as its fee
/// of the month goes, if it does at all.
void settle_prepayment_interest(const assumptions::PrepaymentInterest& terms, cashflow::PoolVectors& group);

/// Late payments. Loans 30, 60, 90 days late owe 1, 2, 3 months of interest and scheduled principal, built up from nothing at
/// cut-off; what is owed stays in the balance and is paid when the loans come current, at the last when the group retires.
/// What the servicer advances is not owed to the trust. Fixed foreclosures count as 90 days late and owe nothing.
void delay_payments(const assumptions::Delinquency& late, assumptions::Advances advances, cashflow::PoolVectors& group);

}  // namespace spillway::collateral
