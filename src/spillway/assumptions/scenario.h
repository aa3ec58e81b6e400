#pragma once
// What a scenario assumes of borrowers. A Scenario is a value.

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace spillway::assumptions {

/// Constant annual prepayment rate. `cpr` decimal in [0, 1].
struct Cpr { double cpr = 0; bool operator==(const Cpr&) const = default; };
/// Constant single monthly mortality. `smm` decimal in [0, 1].
struct Smm { double smm = 0; bool operator==(const Smm&) const = default; };
/// Standard Prepayment Assumption: `psa` 1.0 is 0.2% CPR x month of age to 6% in month 30. BMA Standard Formulas, 1999.
struct Psa { double psa = 1; bool operator==(const Psa&) const = default; };
/// Ramp in CPR by loan age: `from` in month 1, linear to `to` in month `months`, flat after. "PPC" speeds are such ramps.
struct Ramp { double from = 0; double to = 0; int months = 1; bool operator==(const Ramp&) const = default; };
/// CPR by month; the last entry stays. By loan age (entry 0 = month 1 of age) or by deal period.
struct CprVector { std::vector<double> cpr; bool by_loan_age = false; bool operator==(const CprVector&) const = default; };
/// Absolute prepayment speed of auto loans: `abs` of the original number of loans prepay each month, so that
/// SMM = ABS / (1 - ABS x (month - 1)), month from origination; all that is left once that reaches 1. BMA, 1999.
struct Abs { double abs = 0; bool operator==(const Abs&) const = default; };

using Prepayment = std::variant<Cpr, Smm, Psa, Ramp, CprVector, Abs>;

/// SMM = 1 - (1 - CPR)^(1/12); CPR above 1 counts as 1. BMA Standard Formulas, 1999.
double smm_from_cpr(double cpr);

/// CPR = 1 - (1 - SMM)^12.
double cpr_from_smm(double smm);

/// SMM of a loan in month `age` of its life (1 = first month after origination) and deal period `period` (1-based).
/// `speed` multiplies the curve's own measure (CPR, SMM or PSA), as "percentage of pricing speed" does.
double smm(const Prepayment& curve, int age, int period, double speed);

/// The loan age (months) from which the curve does not change with age: the same at any greater age. 0: age plays no part.
int last_changing_age(const Prepayment& curve);

/// Terms a document assumes in place of the tape's. Unset: the loan's own.
struct AssumedTerms {
  std::optional<int> remaining_term;   ///< months, >= 1
  std::optional<int> age;              ///< months, >= 0
  std::optional<double> gross_rate;    ///< annual decimal

  bool operator==(const AssumedTerms&) const = default;
};

/// Constant annual default rate, decimal in [0, 1].
struct Cdr { double cdr = 0; bool operator==(const Cdr&) const = default; };
/// Constant monthly default rate, decimal in [0, 1].
struct Mdr { double mdr = 0; bool operator==(const Mdr&) const = default; };
/// Standard Default Assumption: at `sda` 1.0 CDR is 0.02% x month of age to 0.60% in month 30, flat to month 60, then down
/// evenly to 0.03% in month 120 and flat. BMA Standard Formulas, 1999, states these as annual rates.
struct Sda { double sda = 1; bool operator==(const Sda&) const = default; };
/// Default rates by month, CDR or MDR; the last entry stays. By loan age (entry 0 = month 1 of age) or by deal period.
struct DefaultVector {
  std::vector<double> rates;
  bool is_monthly = false;
  bool by_loan_age = false;
  bool operator==(const DefaultVector&) const = default;
};
/// Defaults that come to a loss given as a part of each loan's cut-off balance: in period t the balance
/// `cumulative_loss` x `timing[t - 1]` / severity x cut-off balance defaults, as far as that much still performs. Parts of
/// `timing` are decimals that add up to 1. The severity is the loan's in the
/// period of the liquidation, before mortgage insurance; loans that have not joined miss their share.
struct LossTiming { double cumulative_loss = 0; std::vector<double> timing; bool operator==(const LossTiming&) const = default; };

using Default = std::variant<Cdr, Mdr, Sda, DefaultVector, LossTiming>;

/// MDR = 1 - (1 - CDR)^(1/12). BMA Standard Formulas, 1999.
double mdr_from_cdr(double cdr);

/// MDR of a loan in month `age` of its life (1 = first month after origination) and deal period `period` (1-based).
/// `multiple` multiplies the model's own measure (CDR, MDR, SDA). LossTiming depends on the loan: InvariantViolation.
double mdr(const Default& model, int age, int period, double multiple);

/// The loan age (months) from which the model does not change with age.
int last_changing_age(const Default& model);

/// In what order a month's defaults and prepayments come.
enum class DefaultOrder {
  on_opening,        ///< both on the opening performing balance; prepayment x the month's amortization, capped at what is left (BMA)
  before_prepayment  ///< prepayment on what defaults and scheduled principal left
};

/// What the servicer advances on loans in foreclosure (and on delinquent ones).
enum class Advances { none, interest, principal_and_interest };

/// How the servicer gets its advances of interest back. Advanced principal always comes out of the liquidation.
enum class Reimbursement {
  in_severity,     ///< the severity is stated after it: the loss is severity x balance at default (BMA)
  from_recoveries  ///< out of recoveries: the loss is larger by the interest advanced
};

/// Interest that a prepayment in full within a month leaves unpaid.
struct PrepaymentInterest {
  bool short_interest = false;   ///< prepayments pay interest for `month_part` of their month only
  double month_part = 0.5;       ///< in [0, 1]
  bool compensated = false;      ///< the servicer makes it up, as far as its fee of the month goes

  bool operator==(const PrepaymentInterest&) const = default;
};

/// Late loans among those performing, as parts of the performing balance. Being late delays cash and loses none: what is lost
/// comes from defaults. A loan 30, 60, 90 days late owes 1, 2, 3 payments.
struct Delinquency {
  /// Fixed parts. `foreclosure` and `reo` come on top of what defaults put there, for triggers only.
  double days_30 = 0, days_60 = 0, days_90 = 0, foreclosure = 0, reo = 0;
  /// With roll rates the parts above are those of period 1, and move on each month after it.
  struct Rolls {
    double current_to_30 = 0, to_60 = 0, to_90 = 0, stay_90 = 0;
    bool operator==(const Rolls&) const = default;
  };
  std::optional<Rolls> rolls;

  bool operator==(const Delinquency&) const = default;
};

/// Part of each realized loss that comes back `lag` months after the liquidation.
struct SubsequentRecoveries { double part = 0; int lag = 0; bool operator==(const SubsequentRecoveries&) const = default; };

/// What a scenario assumes of defaults and of what follows them.
struct Credit {
  std::map<std::string, Default> defaults;   ///< by loan group; a group without one does not default
  double multiple = 1.0;                     ///< of every default model
  DefaultOrder order = DefaultOrder::on_opening;
  bool stop_before_maturity = false;         ///< no defaults in a loan's last `recovery_lag` months, as in BMA's tables
  std::vector<double> severity{0.0};         ///< loss over balance at default, decimals in [0, 1], by period of the liquidation; the last stays
  int recovery_lag = 0;                      ///< months from default to liquidation, >= 0
  int reo_months = 0;                        ///< the last months of the lag, in which the property is owned
  Advances advances = Advances::none;
  Reimbursement reimbursement = Reimbursement::in_severity;
  SubsequentRecoveries subsequent;
  PrepaymentInterest prepayment_interest;
  std::optional<Delinquency> delinquency;

  // What rules on loan attributes come to, by loan of the pool; empty: no rules.
  std::vector<double> loan_multiple;              ///< times `multiple`
  std::vector<std::vector<double>> severities;    ///< in place of `severity`, each by period
  std::vector<int> loan_severity;                 ///< position in `severities`; -1: `severity`
  std::vector<double> loan_coverage;              ///< mortgage insurance in place of the pool's, decimals in [0, 1]; NaN: the pool's
  bool use_mortgage_insurance = true;             ///< coverage reduces severities: loss = (severity - coverage) x balance at default

  /// Some loan group defaults.
  bool defaults_at_all() const;

  /// Nothing defaults, is late, or pays interest short: the run equals one without credit assumptions, to the last bit.
  bool is_idle() const;

  bool operator==(const Credit&) const = default;
};

/// One run's assumptions about the pool, by loan group name.
struct Scenario {
  std::string name;
  double speed = 1.0;  ///< multiple of the prepayment curves; 1.0 = pricing speed
  std::map<std::string, Prepayment> prepayment;
  std::map<std::string, AssumedTerms> assumed_terms;
  Credit credit;

  /// True if both assume the same of borrowers at any one speed, whatever they are called.
  bool assumes_the_same(const Scenario& other) const {
    return prepayment == other.prepayment && assumed_terms == other.assumed_terms && credit == other.credit;
  }
};

}  // namespace spillway::assumptions
