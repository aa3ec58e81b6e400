#pragma once
// RunView: one run of a deal as a reader looks into it, period by period.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"

namespace spillway::book {

/// Values by period of one thing. Money in dollars, rates in percent a year.
struct ViewSeries {
  std::string name;             ///< "balance", "interest_paid", "oc_target"
  std::string title;            ///< "Balance"
  std::string unit;             ///< "dollars", "percent", or empty: a plain number
  std::vector<double> values;
  std::string formula = {};     ///< of a quantity: as the deal file has it
  bool exact = false;           ///< every bit of the values counts
};

/// One class over a run.
struct ClassView {
  std::string name;
  bool is_notional = false;
  double original_balance = 0;          ///< dollars
  analytics::FloaterMeasures measures;  ///< at the run's price
  std::vector<ViewSeries> series;       ///< balance (ending), beginning_balance, rate, stated_rate, interest_due, interest_paid, principal_paid, other_paid, written_down, unpaid_interest, basis_risk
  std::vector<ViewSeries> rate_terms;   ///< what the rate is the least of, titled by formula; percent
  double accrued = 0;                   ///< dollars of interest accrued at settlement, which the price leaves out
  std::string title = {};               ///< as the deal file has it: "SEQ Z"
};

/// What one step of the waterfall paid to one receiver, dollars by period.
struct StepView {
  std::string section;          ///< of the document
  std::string pay;              ///< "interest", "principal", ...
  std::string receiver;
  std::vector<double> amounts;
};

/// One run: a scenario at a speed, to call or to maturity.
struct RunView {
  std::string scenario;
  double speed_pct = 100;
  bool to_call = false;
  double price = 100;                   ///< per 100, of the measures
  std::vector<calendar::Date> dates;    ///< nominal payment dates
  std::vector<calendar::Date> paid;     ///< as business days move them
  std::vector<double> days;             ///< of the accrual period, by the deal's day count
  std::vector<double> index_rates;      ///< the classes' index, percent; empty: none
  std::vector<ViewSeries> pool;         ///< balance (ending), beginning_balance, gross_interest, fees, net_interest, scheduled, prepaid, defaulted, recoveries, losses, cpr and cdr (of the performing balance), net_rate
  std::vector<ViewSeries> deal;         ///< overcollateralization, oc_target, excess_spread, excess_spread_pct, hedge_notional, hedge_net
  std::vector<ViewSeries> quantities;   ///< the deal's own terms: rates in percent
  std::vector<ViewSeries> parties;
  std::vector<ClassView> classes;
  std::vector<StepView> steps;          ///< those that ever paid
  int call_period = 0;                  ///< 1-based; 0: not called
  calendar::Date settlement;            ///< prices and average lives count from here
  calendar::DayCount average_life = calendar::DayCount::thirty_360;  ///< of the measures
  std::vector<ViewSeries> triggers = {};  ///< 1: on, 0: off
  std::vector<ViewSeries> accounts = {};  ///< of each account: NAME balance (ending) and NAME target, dollars

  std::size_t periods() const { return dates.size(); }
};

/// What a view adds to the flows of a run.
struct ViewTerms {
  std::string scenario;
  double speed = 1.0;                   ///< multiple of the prepayment curves
  bool to_call = false;
  double price = 100;                   ///< per 100
  std::string oc_target;                ///< quantity that states the target of overcollateralization; empty: none does
  std::vector<double> index_rates;      ///< by period, annual decimals; empty: the deal floats on nothing
  analytics::Conventions conventions;
};

/// Lays a traced run out as a view. A class's measures are at `terms.price`.
RunView make_run_view(const deal::Deal& deal, const cashflow::DealCashFlows& flows,
                      const cashflow::PoolVectors& pool, const ViewTerms& terms);

/// The series called `name`; null if there is none.
const ViewSeries* find_series(const std::vector<ViewSeries>& series, std::string_view name);

}  // namespace spillway::book
