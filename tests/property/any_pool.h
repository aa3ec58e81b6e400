#pragma once
// Random pools under random scenarios, and what a loan owes in a month, by definitions that share nothing with the engine.

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "../unit/small_pool.h"

namespace any_pool {

namespace assumptions = spillway::assumptions;
namespace calendar = spillway::calendar;
namespace collateral = spillway::collateral;
namespace rates = spillway::rates;
using small_pool::Loan;

inline const std::vector<std::string> kGroups{"fixed", "arm"};
inline const std::vector<std::string> kIndices{"libor_6m", "cmt_1y"};

struct Case {
  std::vector<Loan> loans;
  assumptions::Scenario scenario;
  rates::IndexPaths indices;
  collateral::Settings settings;
};

inline double decimal(int low, int high, double unit) { return unit * *rc::gen::inRange(low, high + 1); }

inline Loan any_loan() {
  Loan loan;
  loan.balance = decimal(1'000, 90'000'000, 0.01);
  loan.gross_rate = *rc::gen::inRange(0, 8) == 0 ? 0.0 : decimal(1, 14'000, 1e-5);
  loan.remaining_term = *rc::gen::inRange(1, 80);
  loan.amortization_term = loan.remaining_term + (*rc::gen::inRange(0, 3) == 0 ? *rc::gen::inRange(1, 300) : 0);
  loan.age = *rc::gen::inRange(0, 50);
  loan.interest_only_months = *rc::gen::inRange(0, 2) == 0 ? 0 : *rc::gen::inRange(1, 90);
  loan.first_period = *rc::gen::inRange(0, 2) == 0 ? 1 : *rc::gen::inRange(1, 5);
  loan.servicing = decimal(0, 50, 1e-4);
  loan.master_servicing = decimal(0, 10, 1e-4);
  loan.trustee = decimal(0, 10, 1e-5);
  loan.mi_premium = decimal(0, 100, 1e-4);
  loan.group = *rc::gen::inRange(0, 2);
  if (loan.group == 0) return loan;
  loan.index = *rc::gen::inRange(0, 2);
  loan.months_to_roll = *rc::gen::inRange(1, 40);
  loan.reset_months = *rc::gen::element(1, 5, 6, 7, 12, 36);
  loan.rate_change_lag = *rc::gen::inRange(0, 3);
  loan.lookback_days = *rc::gen::element(0, 15, 45);
  loan.margin = decimal(0, 600, 1e-4);
  if (*rc::gen::arbitrary<bool>()) loan.first_cap = decimal(10, 300, 1e-4);
  if (*rc::gen::arbitrary<bool>()) loan.periodic_cap = decimal(10, 200, 1e-4);
  loan.min_rate = decimal(0, 400, 1e-4);
  if (*rc::gen::arbitrary<bool>()) loan.max_rate = loan.min_rate + decimal(100, 1'000, 1e-4);
  loan.rounding = *rc::gen::element(0.0, 0.00125, 0.0025);
  return loan;
}

inline assumptions::Prepayment any_curve() {
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return assumptions::Cpr{decimal(0, 100, 0.01)};
    case 1: return assumptions::Smm{decimal(0, 100, 1e-3)};
    case 2: return assumptions::Psa{decimal(0, 60, 0.1)};
    case 3: return assumptions::Ramp{decimal(0, 10, 0.01), decimal(10, 50, 0.01), *rc::gen::inRange(1, 40)};
    default: {
      assumptions::CprVector vector;
      vector.by_loan_age = *rc::gen::arbitrary<bool>();
      const int entries = *rc::gen::inRange(0, 20);
      for (int i = 0; i < entries; ++i) vector.cpr.push_back(decimal(0, 60, 0.01));
      return vector;
    }
  }
}

inline Case any_case() {
  Case made;
  const int loans = *rc::gen::inRange(1, 12);
  for (int i = 0; i < loans; ++i) made.loans.push_back(any_loan());
  for (const std::string& group : kGroups) {
    if (*rc::gen::inRange(0, 8) != 0) made.scenario.prepayment[group] = any_curve();
    if (*rc::gen::inRange(0, 4) != 0) continue;
    assumptions::AssumedTerms& terms = made.scenario.assumed_terms[group];
    if (*rc::gen::arbitrary<bool>()) terms.remaining_term = *rc::gen::inRange(1, 90);
    if (*rc::gen::arbitrary<bool>()) terms.age = *rc::gen::inRange(0, 90);
    if (*rc::gen::arbitrary<bool>()) terms.gross_rate = decimal(0, 1'200, 1e-4);
  }
  made.scenario.speed = decimal(0, 20, 0.1);
  std::vector<rates::IndexPath> paths;
  for (const std::string& name : {kIndices[1], kIndices[0]}) {  // in another order than the pool's
    rates::IndexPath path{name, {}, {}};
    for (int month = 0; month < 60; month += 7) {
      path.dates.push_back(calendar::add_months(calendar::make_date(2003, 11, 25), month));
      path.rates.push_back(decimal(0, 1'200, 1e-4));
    }
    paths.push_back(std::move(path));
  }
  made.indices = rates::IndexPaths(std::move(paths));
  made.settings.fees_before_joining =
      *rc::gen::element(collateral::FeesBeforeJoining::never, collateral::FeesBeforeJoining::first_period,
                        collateral::FeesBeforeJoining::always);
  return made;
}

/// The rate a loan pays in a period, walked from adjustment to adjustment.
inline double rate_in(const Loan& loan, double initial, int period, const rates::IndexPaths& indices) {
  double rate = initial;
  if (loan.index < 0) return rate;
  bool first = true;
  for (int month = 1; month + loan.rate_change_lag < period; ++month) {
    const bool adjusts = month >= loan.months_to_roll && (month - loan.months_to_roll) % loan.reset_months == 0;
    if (!adjusts) continue;
    const calendar::Date date = calendar::add_months(calendar::make_date(2003, 12, 1), month);
    const double index = indices.rate(*indices.find(kIndices[static_cast<std::size_t>(loan.index)]),
                                      calendar::add_days(date, -loan.lookback_days));
    double wanted = index + loan.margin;
    if (loan.rounding > 0) wanted = loan.rounding * std::round(wanted / loan.rounding);
    const double cap = first ? loan.first_cap : loan.periodic_cap;
    if (wanted > rate + cap) wanted = rate + cap;
    if (wanted < rate - cap) wanted = rate - cap;
    if (wanted < loan.min_rate) wanted = loan.min_rate;
    if (wanted > loan.max_rate) wanted = loan.max_rate;
    rate = wanted;
    first = false;
  }
  return rate;
}

/// A loan's terms after a scenario's assumed ones.
struct Terms {
  int remaining = 1, amortization = 1, age = 0, first_period = 1;
  double initial_rate = 0;
};

inline Terms terms_in(const Loan& loan, const assumptions::Scenario& scenario) {
  const auto found = scenario.assumed_terms.find(kGroups[static_cast<std::size_t>(loan.group)]);
  const assumptions::AssumedTerms assumed = found == scenario.assumed_terms.end() ? assumptions::AssumedTerms{} : found->second;
  Terms terms;
  terms.remaining = assumed.remaining_term.value_or(loan.remaining_term);
  terms.amortization = loan.amortization_term + terms.remaining - loan.remaining_term;
  terms.age = assumed.age.value_or(loan.age);
  terms.initial_rate = assumed.gross_rate.value_or(loan.gross_rate);
  terms.first_period = std::min(loan.first_period, terms.remaining);
  return terms;
}

/// Scheduled principal of a month as a part of the balance before it: of the payment that is level over what is left, recast
/// every month, which changes nothing while the rate stays.
inline double scheduled_part(const Loan& loan, const Terms& terms, int period, double rate) {
  if (period == terms.remaining) return 1.0;
  if (terms.age + period <= loan.interest_only_months) return 0.0;
  const int left = terms.amortization - period + 1;
  const long double monthly = rate / 12.0L;  // long: 1 - (1 + i)^-n loses digits where i is tiny
  if (monthly == 0) return static_cast<double>(1.0L / left);
  return static_cast<double>(std::min(1.0L, monthly / (1.0L - std::pow(1.0L + monthly, -left)) - monthly));
}

/// SMM of a month.
inline double smm_in(const Loan& loan, const Terms& terms, const assumptions::Scenario& scenario, int period) {
  const auto curve = scenario.prepayment.find(kGroups[static_cast<std::size_t>(loan.group)]);
  if (curve == scenario.prepayment.end()) return 0.0;
  return assumptions::smm(curve->second, terms.age + period, period, scenario.speed);
}

/// Whether a loan is charged fees in a month before it joins.
inline bool charged_before_joining(const collateral::Settings& settings, int period) {
  using enum collateral::FeesBeforeJoining;
  return settings.fees_before_joining == always || (settings.fees_before_joining == first_period && period == 1);
}

inline double total_balance(const std::vector<Loan>& loans) {
  double total = 0;
  for (const Loan& loan : loans) total += loan.balance;
  return total;
}

}  // namespace any_pool
