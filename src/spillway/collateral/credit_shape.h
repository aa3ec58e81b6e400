#pragma once
// How credit assumptions treat what defaults, apart from how much does. Private to collateral.

#include <vector>

#include "spillway/assumptions/scenario.h"

namespace spillway::collateral {

/// How credit assumptions treat what defaults. Assumptions that differ in rates of default alone share one.
struct CreditShape {
  int lag = 0;
  assumptions::Advances advances = assumptions::Advances::none;
  assumptions::Reimbursement reimbursement = assumptions::Reimbursement::in_severity;
  bool use_mortgage_insurance = true;
  bool short_interest = false;
  std::vector<double> severity;
  const assumptions::Credit* credit = nullptr;  ///< for rules by loan

  bool advances_interest() const { return advances != assumptions::Advances::none; }
  /// Blocks of loans can be summed side by side: what defaults amortizes on, and losses need no loan's own rates.
  bool fits_blocks() const {
    return advances_principal() && reimbursement == assumptions::Reimbursement::in_severity && !short_interest &&
           credit->loan_severity.empty();
  }
  bool advances_principal() const { return advances == assumptions::Advances::principal_and_interest; }
};

CreditShape shape_of(const assumptions::Credit& credit);

/// True if both treat every loan alike. Rules by loan are compared in full.
bool same_shape(const CreditShape& a, const CreditShape& b);

}  // namespace spillway::collateral
