#pragma once
// What a scenario assumes of borrowers. A Scenario is a value.

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace spillway::assumptions {

/// Constant annual prepayment rate. `cpr` decimal in [0, 1].
struct Cpr { double cpr = 0; };
/// Constant single monthly mortality. `smm` decimal in [0, 1].
struct Smm { double smm = 0; };
/// Standard Prepayment Assumption: `psa` 1.0 is 0.2% CPR x month of age to 6% in month 30. BMA Standard Formulas, 1999.
struct Psa { double psa = 1; };
/// Ramp in CPR by loan age: `from` in month 1, linear to `to` in month `months`, flat after. "PPC" speeds are such ramps.
struct Ramp { double from = 0; double to = 0; int months = 1; };
/// CPR by month; the last entry stays. By loan age (entry 0 = month 1 of age) or by deal period.
struct CprVector { std::vector<double> cpr; bool by_loan_age = false; };
/// Absolute prepayment speed of auto loans: `abs` of the original number of loans prepay each month, so that
/// SMM = ABS / (1 - ABS x (month - 1)), month from origination; all that is left once that reaches 1. BMA, 1999.
struct Abs { double abs = 0; };

using Prepayment = std::variant<Cpr, Smm, Psa, Ramp, CprVector, Abs>;

/// SMM = 1 - (1 - CPR)^(1/12); CPR above 1 counts as 1. BMA Standard Formulas, 1999.
double smm_from_cpr(double cpr);

/// CPR = 1 - (1 - SMM)^12.
double cpr_from_smm(double smm);

/// SMM of a loan in month `age` of its life (1 = first month after origination) and deal period `period` (1-based).
/// `speed` multiplies the curve's own measure (CPR, SMM or PSA), as "percentage of pricing speed" does.
double smm(const Prepayment& curve, int age, int period, double speed);

/// Terms a document assumes in place of the tape's. Unset: the loan's own.
struct AssumedTerms {
  std::optional<int> remaining_term;   ///< months, >= 1
  std::optional<int> age;              ///< months, >= 0
  std::optional<double> gross_rate;    ///< annual decimal
};

/// One run's assumptions about the pool, by loan group name.
struct Scenario {
  std::string name;
  double speed = 1.0;  ///< multiple of the prepayment curves; 1.0 = pricing speed
  std::map<std::string, Prepayment> prepayment;
  std::map<std::string, AssumedTerms> assumed_terms;
};

}  // namespace spillway::assumptions
