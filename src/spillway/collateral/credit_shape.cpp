#include "spillway/collateral/credit_shape.h"

#include <algorithm>
#include <cmath>

#include "spillway/collateral/group_sums.h"

namespace spillway::collateral {

using assumptions::Credit;

CreditShape shape_of(const Credit& credit) {
  return {lag_of(credit), credit.advances, credit.reimbursement, credit.use_mortgage_insurance,
          credit.prepayment_interest.short_interest, credit.severity, &credit};
}

bool same_shape(const CreditShape& a, const CreditShape& b) {
  return a.lag == b.lag && a.advances == b.advances && a.reimbursement == b.reimbursement &&
         a.use_mortgage_insurance == b.use_mortgage_insurance && a.short_interest == b.short_interest &&
         a.severity == b.severity && a.credit->severities == b.credit->severities &&
         a.credit->loan_severity == b.credit->loan_severity &&
         std::equal(a.credit->loan_coverage.begin(), a.credit->loan_coverage.end(), b.credit->loan_coverage.begin(),
                    b.credit->loan_coverage.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace spillway::collateral
