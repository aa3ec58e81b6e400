#include "spillway/cashflow/cashflow.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "spillway/result/issue.h"

namespace spillway::cashflow {

namespace {

using Vector = std::vector<double> PoolVectors::*;

constexpr Vector kCashVectors[] = {
    &PoolVectors::beginning_balance,    &PoolVectors::gross_interest,      &PoolVectors::servicing_fee,
    &PoolVectors::master_servicing_fee, &PoolVectors::trustee_fee,         &PoolVectors::mi_premium,
    &PoolVectors::scheduled_principal,  &PoolVectors::prepaid_principal,   &PoolVectors::ending_balance};

constexpr Vector kCreditVectors[] = {
    &PoolVectors::defaulted_balance,     &PoolVectors::advanced_principal,    &PoolVectors::advanced_interest,
    &PoolVectors::recoveries,            &PoolVectors::realized_losses,       &PoolVectors::subsequent_recoveries,
    &PoolVectors::mi_claims,             &PoolVectors::uncollected_interest,  &PoolVectors::uncollected_fees,
    &PoolVectors::prepayment_interest_shortfall, &PoolVectors::compensating_interest,
    &PoolVectors::foreclosure_balance,   &PoolVectors::reo_balance,           &PoolVectors::arrears,
    &PoolVectors::delinquent_30,         &PoolVectors::delinquent_60,         &PoolVectors::delinquent_90};

template <class Use>
void for_each_vector(bool with_credit, Use use) {
  for (Vector v : kCashVectors) use(v);
  if (!with_credit) return;
  for (Vector v : kCreditVectors) use(v);
}

void fail(const std::string& name, std::size_t t, const char* identity, double left, double right) {
  char text[256];
  std::snprintf(text, sizeof text, "%s, period %zu: %s does not hold: %.9f against %.9f", name.c_str(), t + 1, identity,
                left, right);
  throw result::InvariantViolation(text);
}

}  // namespace

void PoolVectors::resize(std::size_t periods) {
  for_each_vector(true, [&](Vector v) { (this->*v).resize(periods, 0.0); });
}

void PoolVectors::resize_cash(std::size_t periods) {
  for_each_vector(false, [&](Vector v) { (this->*v).resize(periods, 0.0); });
}

void PoolVectors::add(const PoolVectors& other) {
  cut_off_balance += other.cut_off_balance;
  has_credit = has_credit || other.has_credit;
  for_each_vector(other.has_credit, [&](Vector v) {
    std::vector<double>& mine = this->*v;
    const std::vector<double>& theirs = other.*v;
    for (std::size_t t = 0; t < mine.size(); ++t) mine[t] += theirs[t];
  });
}

void PoolVectors::scale_from(std::size_t period, double factor) {
  for_each_vector(has_credit, [&](Vector v) {
    std::vector<double>& mine = this->*v;
    for (std::size_t t = period; t < mine.size(); ++t) mine[t] *= factor;
  });
}

void PoolVectors::clear() {
  cut_off_balance = 0.0;
  for_each_vector(has_credit, [&](Vector v) { std::fill((this->*v).begin(), (this->*v).end(), 0.0); });
}

void PoolVectors::copy_entry(std::size_t to, const PoolVectors& other, std::size_t from) {
  for_each_vector(other.has_credit, [&](Vector v) { (this->*v)[to] = (other.*v)[from]; });
}

void add_compensated(const PoolVectors& part, PoolVectors& sum, PoolVectors& lost) {
  for_each_vector(part.has_credit, [&](Vector v) {
    const double* from = (part.*v).data();
    double* to = (sum.*v).data();
    double* dropped = (lost.*v).data();
    for (std::size_t t = 0; t < part.periods(); ++t) {
      const double total = to[t] + from[t];
      dropped[t] += std::abs(to[t]) >= std::abs(from[t]) ? (to[t] - total) + from[t] : (from[t] - total) + to[t];
      to[t] = total;
    }
  });
}

namespace {

// The identities without credit, for all periods at once.
bool holds_without_credit(const PoolVectors& pool) {
  constexpr double tolerance = 1e-6;
  bool holds = true;
  for (std::size_t t = 0; t < pool.periods(); ++t) {
    const double settled = pool.scheduled_principal[t] + pool.prepaid_principal[t] + pool.ending_balance[t];
    holds &= std::abs(pool.beginning_balance[t] - settled) <= tolerance;
    if (t > 0) holds &= std::abs(pool.beginning_balance[t] - pool.ending_balance[t - 1]) <= tolerance;
  }
  return holds;
}

void hold(const PoolVectors& pool, std::size_t t, const char* identity, double left, double right) {
  const double tolerance = std::max(1e-6, 1e-15 * pool.cut_off_balance);
  if (!(std::abs(left - right) <= tolerance)) fail(pool.name, t, identity, left, right);
}

}  // namespace

void check_identities(const PoolVectors& pool) {
  if (!pool.has_credit && holds_without_credit(pool)) return;
  double unsettled = 0.0;  // defaults to date less what liquidations and advances settled of them
  for (std::size_t t = 0; t < pool.periods(); ++t) {
    const double in_foreclosure = t > 0 ? pool.foreclosure_balance[t - 1] : 0.0;
    const double left = pool.foreclosure_balance[t];
    hold(pool, t, "performing opening = scheduled + prepaid + defaulted + performing closing",
         pool.beginning_balance[t] - in_foreclosure,
         pool.scheduled_principal[t] + pool.prepaid_principal[t] + pool.defaulted_balance[t] +
             (pool.ending_balance[t] - left));
    if (t > 0) hold(pool, t, "opening = prior closing", pool.beginning_balance[t], pool.ending_balance[t - 1]);
    if (!pool.has_credit) continue;
    const double liquidated = pool.advanced_principal[t] + pool.recoveries[t] + pool.realized_losses[t];
    hold(pool, t, "in foreclosure, opening + defaulted = advanced principal + recoveries + losses + closing",
         in_foreclosure + pool.defaulted_balance[t], liquidated + left);
    unsettled += pool.defaulted_balance[t] - liquidated;
    hold(pool, t, "defaults less recoveries, advanced principal and losses to date = still in foreclosure", unsettled, left);
  }
}

namespace {

using ClassVector = std::vector<double> ClassCashFlows::*;

bool is_rate(ClassVector v) { return v == &ClassCashFlows::rate || v == &ClassCashFlows::stated_rate; }

}  // namespace

void ClassCashFlows::resize(std::size_t periods) {
  for (ClassVector v : kClassSeries) (this->*v).resize(periods, 0.0);
  for (NamedSeries& term : rate_terms) term.values.resize(periods, 0.0);
}

ClassCashFlows combine(const std::string& name, const std::vector<const ClassCashFlows*>& parts) {
  ClassCashFlows made;
  made.name = name;
  if (parts.empty()) return made;
  const std::size_t periods = parts.front()->ending_balance.size();
  made.resize(periods);
  made.is_notional = std::all_of(parts.begin(), parts.end(), [](const auto* part) { return part->is_notional; });
  for (const ClassCashFlows* part : parts) {
    // Beside a balance, a notional is no more than what interest is figured on.
    const bool counts = !part->is_notional || made.is_notional;
    if (counts) made.original_balance += part->original_balance;
    for (ClassVector v : kClassSeries) {
      if (is_rate(v)) continue;
      const bool is_balance = v == &ClassCashFlows::beginning_balance || v == &ClassCashFlows::ending_balance;
      if (is_balance && !counts) continue;
      for (std::size_t t = 0; t < (part->*v).size(); ++t) (made.*v)[t] += (part->*v)[t];
    }
    // Weighted by balance; divided below.
    for (ClassVector v : {&ClassCashFlows::rate, &ClassCashFlows::stated_rate}) {
      for (std::size_t t = 0; t < (part->*v).size(); ++t) (made.*v)[t] += (part->*v)[t] * part->beginning_balance[t];
    }
  }
  for (std::size_t t = 0; t < periods; ++t) {
    const double balance = made.beginning_balance[t];
    made.rate[t] = balance > 0.0 ? made.rate[t] / balance : 0.0;
    made.stated_rate[t] = balance > 0.0 ? made.stated_rate[t] / balance : 0.0;
  }
  for (ClassVector v : kClassSeries) {
    if ((parts.front()->*v).empty()) (made.*v).clear();  // not kept
  }
  return made;
}

}  // namespace spillway::cashflow
