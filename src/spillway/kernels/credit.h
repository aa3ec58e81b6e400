#pragma once
// What defaults do to one loan, over plain spans: the fallback kernel for any order of default, advance and liquidation.
// Defaults of a month are a part of the loan (a weight of its amortization path), so that foreclosures are sums of weights.

#include <cstddef>
#include <vector>

#include "spillway/kernels/amortization.h"

namespace spillway::kernels {

/// What a cohort's defaults and prepayments do, entry 0 = period 1; at least as many entries as the loan has months.
struct CreditSurvival {
  const double* survived;   ///< part of the loan that performs before the month
  const double* defaulted;  ///< part that defaults in the month, out of `survived`
  const double* prepaid;    ///< part that prepays: times the balance after scheduled principal
};

/// What follows a default.
struct CreditTerms {
  int lag = 0;                         ///< months from default to liquidation, >= 0
  int reo_months = 0;                  ///< the last months of the lag, 0 to `lag`
  bool advances_interest = false;
  bool advances_principal = false;     ///< never without interest
  bool interest_from_recoveries = false;  ///< advanced interest comes out of recoveries; else the severity covers it
  const double* severity = nullptr;    ///< by month of the liquidation, decimals in [0, 1]
  double mi_coverage = 0;              ///< decimal in [0, 1], off the severity
  double short_interest = 0;           ///< part of a month's interest that a prepayment leaves unpaid
};

/// Pool sums by month, entry 0 = period 1, `months` + lag entries. All are added to.
struct CreditSums {
  PoolSums cash;                       ///< balance: performing and in foreclosure, before the month
  double *defaulted, *advanced_principal, *advanced_interest, *recoveries, *losses, *mi_claims;
  double *uncollected_interest, *uncollected_fees, *short_interest;
  double *foreclosure, *reo;           ///< at the end of the month
};

/// Space that a thread uses again for each loan.
struct CreditScratch {
  std::vector<double> defaulted_to_date;  ///< entry t: balance that defaulted before month t
  std::vector<double> weight_to_date;     ///< likewise, as weights
  std::vector<double> interest_to_date;   ///< entry t: interest due before month t on a weight of 1 (on $1, if only interest is advanced)
};

/// Adds months `from` to `months` - 1 of one loan, and the liquidations that follow, to the sums.
///
/// In a month, `defaulted` of the opening balance defaults; the rest pays interest and scheduled principal; `prepaid` of what
/// is then left prepays. A loan that defaults in month k is advanced months k to k + lag - 1, as far as the terms say and to its
/// maturity; the principal of its last payment, a balloon included, never. It is liquidated in month k + lag. Its balance
/// amortizes by what is advanced, and bears interest, uncollected, past its maturity. The loss is
/// min((severity - coverage) x balance at default, balance), and more where advanced interest comes out of recoveries, never
/// above the balance. Fees are charged on loans that pay and on those whose interest is advanced, the mortgage-insurance
/// premium on the former alone. BMA Standard Formulas, 1999.
void accumulate_credit(const LoanPath& loan, const CreditSurvival& survival, const FeeRates& fees,
                       const CreditTerms& terms, std::size_t from, std::size_t months, const CreditSums& sums,
                       CreditScratch& scratch);

}  // namespace spillway::kernels
