// The engine multiplies an amortization path by a survival path, cohort by cohort. The definition below does neither: it
// walks each loan month by month on its surviving balance, asks the prepayment curve each month, and adds up.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "../unit/small_pool.h"

using namespace spillway;
using cashflow::PoolVectors;
using small_pool::Loan;

namespace {

const std::vector<std::string> kGroups{"fixed", "arm"};
const std::vector<std::string> kIndices{"libor_6m", "cmt_1y"};

struct Case {
  std::vector<Loan> loans;
  assumptions::Scenario scenario;
  rates::IndexPaths indices;
  collateral::Settings settings;
};

double decimal(int low, int high, double unit) { return unit * *rc::gen::inRange(low, high + 1); }

Loan any_loan() {
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
  loan.reset_months = *rc::gen::element(1, 6, 12, 36);
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

assumptions::Prepayment any_curve() {
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

Case any_case() {
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
double rate_in(const Loan& loan, double initial, int period, const rates::IndexPaths& indices) {
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

/// Adds one loan's cash to `sums`.
void walk(const Loan& loan, const Case& given, PoolVectors& sums) {
  const std::string& group = kGroups[static_cast<std::size_t>(loan.group)];
  const auto assumed_terms = given.scenario.assumed_terms.find(group);
  const assumptions::AssumedTerms assumed =
      assumed_terms == given.scenario.assumed_terms.end() ? assumptions::AssumedTerms{} : assumed_terms->second;
  const int term = assumed.remaining_term.value_or(loan.remaining_term);
  const int amortization = loan.amortization_term + term - loan.remaining_term;
  const int age = assumed.age.value_or(loan.age);
  const double initial = assumed.gross_rate.value_or(loan.gross_rate);
  const int first = std::min(loan.first_period, term);

  double balance = loan.balance;
  for (int t = 1; t <= term; ++t) {
    const auto at = static_cast<std::size_t>(t - 1);
    const double rate = rate_in(loan, initial, t, given.indices);
    const bool joined = t >= first;
    const bool charged = joined || given.settings.fees_before_joining == collateral::FeesBeforeJoining::always ||
                         (t == 1 && given.settings.fees_before_joining == collateral::FeesBeforeJoining::first_period);
    double scheduled = 0, prepaid = 0;
    if (joined) {
      const double interest = balance * rate / 12;
      sums.gross_interest[at] += interest;
      if (t == term) {
        scheduled = balance;
      } else if (age + t > loan.interest_only_months) {
        // The payment per dollar that is level over what is left: recast every month, which changes nothing while the
        // rate stays.
        const int left = amortization - t + 1;
        const long double monthly = rate / 12.0L;  // long: 1 - (1 + i)^-n loses digits where i is tiny
        const long double factor = monthly == 0 ? 1.0L / left : monthly / (1.0L - std::pow(1.0L + monthly, -left));
        scheduled = std::min(balance, static_cast<double>(balance * factor) - interest);
      }
      const auto curve = given.scenario.prepayment.find(group);
      if (curve != given.scenario.prepayment.end()) {
        prepaid = (balance - scheduled) * assumptions::smm(curve->second, age + t, t, given.scenario.speed);
      }
    }
    if (charged) {
      sums.servicing_fee[at] += balance * loan.servicing / 12;
      sums.master_servicing_fee[at] += balance * loan.master_servicing / 12;
      sums.trustee_fee[at] += balance * loan.trustee / 12;
      sums.mi_premium[at] += balance * loan.mi_premium / 12;
    }
    sums.beginning_balance[at] += balance;
    sums.scheduled_principal[at] += scheduled;
    sums.prepaid_principal[at] += prepaid;
    balance -= scheduled + prepaid;
    sums.ending_balance[at] += t == term ? 0.0 : balance;
  }
}

const std::pair<const char*, std::vector<double> PoolVectors::*> kVectors[] = {
    {"beginning", &PoolVectors::beginning_balance},   {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},       {"master servicing", &PoolVectors::master_servicing_fee},
    {"trustee", &PoolVectors::trustee_fee},           {"premium", &PoolVectors::mi_premium},
    {"scheduled", &PoolVectors::scheduled_principal}, {"prepaid", &PoolVectors::prepaid_principal},
    {"ending", &PoolVectors::ending_balance}};

}  // namespace

RC_GTEST_PROP(Collateral, equals_a_walk_loan_by_loan_and_month_by_month, ()) {
  const Case given = any_case();
  const auto flows = collateral::project(small_pool::make(given.loans, kGroups, kIndices), given.scenario, given.indices,
                                         given.settings);
  std::vector<PoolVectors> expected(kGroups.size());
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    expected[g].resize(flows.total.periods());
    for (const Loan& loan : given.loans) {
      if (loan.group == static_cast<int>(g)) walk(loan, given, expected[g]);
    }
  }
  double pool = 0;
  for (const Loan& loan : given.loans) pool += loan.balance;
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    for (const auto& [name, vector] : kVectors) {
      for (std::size_t t = 0; t < flows.total.periods(); ++t) {
        const double found = (flows.groups[g].*vector)[t], wanted = (expected[g].*vector)[t];
        // Relative to the number, and to the pool where cancellation leaves next to nothing.
        const double tolerance = 1e-10 * std::abs(wanted) + 1e-14 * pool;
        if (std::abs(found - wanted) > tolerance) {
          RC_LOG() << name << " of " << kGroups[g] << ", period " << t + 1 << ": " << found << " against " << wanted << '\n';
        }
        RC_ASSERT(std::abs(found - wanted) <= tolerance);
      }
    }
  }
}

RC_GTEST_PROP(Collateral, keeps_its_identities_and_pays_the_pool_out, ()) {
  const Case given = any_case();
  const auto flows = collateral::project(small_pool::make(given.loans, kGroups, kIndices), given.scenario, given.indices,
                                         given.settings);
  cashflow::check_identities(flows.total);
  double paid = 0, pool = 0;
  for (const Loan& loan : given.loans) pool += loan.balance;
  for (std::size_t t = 0; t < flows.total.periods(); ++t) {
    paid += flows.total.principal(t);
    RC_ASSERT(flows.total.scheduled_principal[t] >= -1e-9);
    RC_ASSERT(flows.total.prepaid_principal[t] >= -1e-9);
    for (const auto& [name, vector] : kVectors) {
      RC_ASSERT(std::abs((flows.groups[0].*vector)[t] + (flows.groups[1].*vector)[t] - (flows.total.*vector)[t]) <= 1e-9);
    }
  }
  RC_ASSERT(std::abs(paid - pool) <= 1e-12 * pool + 1e-9);
  RC_ASSERT(std::abs(flows.total.cut_off_balance - pool) <= 1e-12 * pool);
}
