#pragma once
// The contract between collateral, waterfall and analytics: cash by period.

#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"

namespace spillway::cashflow {

/// Cash of one pool or loan group by period (entry 0 = period 1). Dollars. The pool's balance is that of all loans not yet
/// liquidated: performing, and in foreclosure (defaulted, REO included).
struct PoolVectors {
  std::string name;
  double cut_off_balance = 0;
  std::vector<double> beginning_balance;     ///< before the month's collections: end of the prior due period
  std::vector<double> gross_interest;        ///< interest collected or advanced, at the mortgage rates
  std::vector<double> servicing_fee;         ///< less compensating interest
  std::vector<double> master_servicing_fee;
  std::vector<double> trustee_fee;
  std::vector<double> mi_premium;
  std::vector<double> scheduled_principal;   ///< collected from performing loans
  std::vector<double> prepaid_principal;
  std::vector<double> ending_balance;

  // Credit: all zero unless `has_credit`.
  bool has_credit = false;
  std::vector<double> defaulted_balance;     ///< performing balance that defaults in the month
  std::vector<double> advanced_principal;    ///< scheduled principal of loans in foreclosure, advanced by the servicer
  std::vector<double> advanced_interest;     ///< on loans in foreclosure; in `gross_interest`
  std::vector<double> recoveries;            ///< principal that liquidations bring, less advances the servicer takes back
  std::vector<double> realized_losses;       ///< balance liquidated less recoveries
  std::vector<double> subsequent_recoveries; ///< of losses realized before; no part of any balance
  std::vector<double> mi_claims;             ///< paid by mortgage insurers on liquidations, before what the servicer takes back
  std::vector<double> uncollected_interest;  ///< due on the beginning balance, neither collected nor advanced; below 0: arrears made up
  std::vector<double> uncollected_fees;      ///< servicing, master servicing and trustee fees not charged on that account
  std::vector<double> prepayment_interest_shortfall;  ///< interest that prepayments left unpaid, before compensation
  std::vector<double> compensating_interest; ///< what the servicer makes up of it
  std::vector<double> foreclosure_balance;   ///< at the end: defaulted, not liquidated
  std::vector<double> reo_balance;           ///< the part of it that is real estate owned
  std::vector<double> arrears;               ///< at the end: principal due on delinquent loans, still in the balance
  std::vector<double> delinquent_30, delinquent_60, delinquent_90;  ///< at the end: performing balance 30, 60, 90 or more days late

  std::size_t periods() const { return ending_balance.size(); }
  double net_interest(std::size_t t) const {
    return gross_interest[t] - servicing_fee[t] - master_servicing_fee[t] - trustee_fee[t] - mi_premium[t];
  }
  /// Net interest due on the beginning balance, collected or not: what net mortgage rates are figured from.
  double net_interest_due(std::size_t t) const { return net_interest(t) + (uncollected_interest[t] - uncollected_fees[t]); }
  double principal(std::size_t t) const {
    return scheduled_principal[t] + prepaid_principal[t] + advanced_principal[t] + recoveries[t] + subsequent_recoveries[t];
  }
  void resize(std::size_t periods);
  void resize_cash(std::size_t periods);  ///< all but the vectors of credit
  void add(const PoolVectors& other);  ///< element by element; same number of periods
  void scale_from(std::size_t period, double factor);  ///< every element from entry `period` on; not the cut-off balance
  void clear();                        ///< every element zero; periods stay
  void copy_entry(std::size_t to, const PoolVectors& other, std::size_t from);  ///< of every series
};

/// Adds the vectors of `part` to `sum` element by element, keeping in `lost` what rounding dropped (Neumaier);
/// `sum` + `lost` is the total. Cut-off balances are left alone.
void add_compensated(const PoolVectors& part, PoolVectors& sum, PoolVectors& lost);

/// What the collateral pays: one set of vectors per loan group, and their sum.
struct CollateralCashFlows {
  std::vector<PoolVectors> groups;
  PoolVectors total;
};

/// Throws InvariantViolation naming period and both sides unless, within 1e-6 dollars (scaled by 1e-15 of the pool
/// above $1bn): performing opening = scheduled + prepaid + defaulted + performing closing; in foreclosure, opening +
/// defaulted = advanced principal + recoveries + losses + closing; so that all defaults to date = recoveries + advanced
/// principal + losses + still in foreclosure; and each closing is the next opening.
void check_identities(const PoolVectors& pool);

/// A named amount by period: a quantity of the deal, a fee, a residual payee.
struct NamedSeries {
  std::string name;
  std::vector<double> values;
};

/// Cash of one class by period. Dollars, rates as annual decimals.
struct ClassCashFlows {
  std::string name;
  double original_balance = 0;             ///< of an interest-only class, its notional at the start
  bool is_notional = false;                ///< balances are of a notional: interest only
  std::vector<double> beginning_balance;
  std::vector<double> rate;                ///< the rate it accrues at
  std::vector<double> stated_rate;         ///< the rate before any available-funds limit
  std::vector<double> interest_due;
  std::vector<double> accrued;             ///< interest added to the balance instead of being paid
  std::vector<double> interest_paid;       ///< current interest
  std::vector<double> unpaid_interest_paid;
  std::vector<double> basis_risk_paid;
  std::vector<double> principal_paid;
  std::vector<double> allocated_loss_paid; ///< reimbursements
  std::vector<double> premium_paid;        ///< make-whole
  std::vector<double> written_down;
  std::vector<double> written_up;          ///< by subsequent recoveries
  std::vector<double> unpaid_interest;     ///< carried out of the period
  std::vector<double> basis_risk;          ///< carried out of the period
  std::vector<double> allocated_loss;      ///< carried out of the period
  std::vector<double> ending_balance;
  std::vector<NamedSeries> rate_terms;     ///< what the rate is the least of, annual decimals; of a traced run only

  double cash(std::size_t t) const {
    return interest_paid[t] + unpaid_interest_paid[t] + basis_risk_paid[t] + principal_paid[t] + allocated_loss_paid[t] +
           premium_paid[t];
  }
  void resize(std::size_t periods);
};

/// Every series of a class, in the order it is declared.
inline constexpr std::vector<double> ClassCashFlows::*kClassSeries[] = {
    &ClassCashFlows::beginning_balance,   &ClassCashFlows::rate,
    &ClassCashFlows::stated_rate,         &ClassCashFlows::interest_due,
    &ClassCashFlows::accrued,             &ClassCashFlows::interest_paid,
    &ClassCashFlows::unpaid_interest_paid, &ClassCashFlows::basis_risk_paid,
    &ClassCashFlows::principal_paid,      &ClassCashFlows::allocated_loss_paid,
    &ClassCashFlows::premium_paid,        &ClassCashFlows::written_down,
    &ClassCashFlows::written_up,          &ClassCashFlows::unpaid_interest,
    &ClassCashFlows::basis_risk,          &ClassCashFlows::allocated_loss,
    &ClassCashFlows::ending_balance};

/// The classes of `parts` held together, as a class of that name: amounts and balances add up (notionals only among
/// themselves), the rates are what the parts' interest comes to on the balance. Series that the parts do not keep stay empty.
ClassCashFlows combine(const std::string& name, const std::vector<const ClassCashFlows*>& parts);

/// An account of the trust by period. Dollars: opening + interest + deposits - draws = closing.
struct AccountCashFlows {
  std::string name;
  double original_balance = 0;          ///< at closing
  std::vector<double> beginning_balance;
  std::vector<double> interest;         ///< earned on the beginning balance
  std::vector<double> deposits;
  std::vector<double> draws;
  std::vector<double> target;
  std::vector<double> ending_balance;
};

/// Every series of an account, in the order it is declared.
inline constexpr std::vector<double> AccountCashFlows::*kAccountSeries[] = {
    &AccountCashFlows::beginning_balance, &AccountCashFlows::interest, &AccountCashFlows::deposits,
    &AccountCashFlows::draws,             &AccountCashFlows::target,   &AccountCashFlows::ending_balance};

/// What one step of a waterfall paid to one receiver by period.
struct StepPayment {
  std::string section;   ///< of the document
  std::string pay;       ///< "interest", "principal", ...
  std::string receiver;  ///< class or party
  std::vector<double> amounts;
};

/// What one step of a waterfall had to pay with, was to pay at most, and paid, by period. Dollars.
struct StepTotals {
  std::string section;
  std::string pay;
  std::vector<double> reached;    ///< 1 in periods in which its condition held (or it has none), else 0
  std::vector<double> available;  ///< held by its funds as it started; infinite for a write-down or write-up, which has none
  std::vector<double> limit;      ///< its amount; infinite if it states none
  std::vector<double> paid;       ///< to all receivers
};

/// All a deal paid under one scenario.
struct DealCashFlows {
  std::vector<calendar::PaymentPeriod> schedule;
  std::vector<ClassCashFlows> classes;
  std::vector<NamedSeries> parties;     ///< residual holders, fee payees
  std::vector<NamedSeries> quantities;  ///< the deal file's own defined terms
  std::vector<NamedSeries> triggers;    ///< 1 in periods in which the trigger is on, 0 in others
  std::vector<AccountCashFlows> accounts;
  std::vector<StepPayment> trace;       ///< step by step, if asked for
  std::vector<StepTotals> steps;        ///< in the order of the waterfall, if asked for; `trace` has as many rows for each
  std::vector<double> pool_ending_balance;
  std::vector<double> overcollateralization;  ///< pool less classes, after the payment date
  std::vector<double> hedge_notional;
  std::vector<double> hedge_net_payment;
  std::vector<double> hedge_unpaid;     ///< owed on the hedges beyond all that the pool brought
  /// Who bore the realized losses: to date, the three add to the pool's realized losses. By excess cash flow: principal
  /// paid to the classes, less what they accrued, less the principal that lowered the pool (subsequent recoveries, which
  /// lower no balance, left out) and what a call redeemed of it. Below 0: principal that went elsewhere.
  std::vector<double> losses_by_excess;
  std::vector<double> losses_by_oc;     ///< by the overcollateralization: what it fell by; below 0: it was built
  std::vector<double> losses_written_down;  ///< by the classes: write-downs less write-ups
  int call_period = 0;                  ///< period (1-based) in which the call was exercised; 0 = not
  double call_part = 1.0;               ///< of pool and classes that the call redeems
  bool has_make_whole = false;          ///< a call owes the classes premiums
  int first_callable_period = 0;        ///< period in which the call test was first met; 0 = never

  std::size_t periods() const { return schedule.size(); }
};

}  // namespace spillway::cashflow
