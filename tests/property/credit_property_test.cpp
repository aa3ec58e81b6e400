// Credit against its definition, and what must hold of every run.

#include <limits>
#include <numeric>

#include "../unit/credit_run.h"
#include "credit_walk.h"

using namespace spillway;
using any_pool::Case;
using any_pool::decimal;
using any_pool::kGroups;
using any_pool::kIndices;
using any_pool::Loan;
using assumptions::Credit;
using cashflow::CollateralCashFlows;
using cashflow::PoolVectors;

namespace {

bool one_in(int of) { return *rc::gen::inRange(0, of) == 0; }

std::vector<double> any_decimals(int at_most, int highest, double unit) {
  std::vector<double> made;
  const int entries = *rc::gen::inRange(0, at_most + 1);
  for (int i = 0; i < entries; ++i) made.push_back(decimal(0, highest, unit));
  return made;
}

assumptions::Default any_default() {
  switch (*rc::gen::inRange(0, 5)) {
    case 0: return assumptions::Cdr{decimal(0, 100, 0.01)};
    case 1: return assumptions::Mdr{one_in(8) ? 1.0 : decimal(0, 150, 1e-3)};
    case 2: return assumptions::Sda{decimal(0, 400, 0.1)};
    case 3: {
      const bool is_monthly = *rc::gen::arbitrary<bool>();
      return assumptions::DefaultVector{any_decimals(20, is_monthly ? 100 : 600, 1e-3), is_monthly, *rc::gen::arbitrary<bool>()};
    }
    default: {
      assumptions::LossTiming timing{decimal(0, 50, 0.01), any_decimals(40, 100, 1.0)};
      const double total = std::accumulate(timing.timing.begin(), timing.timing.end(), 0.0);
      for (double& part : timing.timing) part = total > 0 ? part / total : 0.0;
      return timing;
    }
  }
}

// Rules by loan attributes, as they come to the engine.
void add_rules(Credit& credit, std::size_t loans) {
  const auto by_loan = [loans](auto& values, auto any) {
    if (!one_in(2)) return;
    for (std::size_t i = 0; i < loans; ++i) values.push_back(any());
  };
  by_loan(credit.loan_multiple, [] { return decimal(0, 30, 0.1); });
  by_loan(credit.loan_coverage, [] { return one_in(2) ? std::numeric_limits<double>::quiet_NaN() : decimal(0, 100, 0.01); });
  for (int rule = *rc::gen::inRange(1, 4); rule > 0; --rule) credit.severities.push_back(any_decimals(30, 100, 0.01));
  const int rules = static_cast<int>(credit.severities.size());
  by_loan(credit.loan_severity, [rules] { return *rc::gen::inRange(-1, rules); });
}

Credit any_credit(std::size_t loans) {
  using enum assumptions::Advances;
  Credit credit;
  for (const std::string& group : kGroups) {
    if (!one_in(6)) credit.defaults[group] = any_default();
  }
  credit.multiple = one_in(2) ? 1.0 : decimal(0, 30, 0.1);
  credit.order = one_in(2) ? assumptions::DefaultOrder::on_opening : assumptions::DefaultOrder::before_prepayment;
  credit.stop_before_maturity = one_in(3);
  credit.severity = any_decimals(40, 100, 0.01);
  credit.recovery_lag = one_in(4) ? *rc::gen::inRange(0, 2) : *rc::gen::inRange(0, 25);
  credit.reo_months = one_in(2) ? 0 : *rc::gen::inRange(0, 26);
  credit.advances = *rc::gen::element(none, interest, principal_and_interest);
  credit.reimbursement = one_in(2) ? assumptions::Reimbursement::in_severity : assumptions::Reimbursement::from_recoveries;
  if (one_in(3)) credit.subsequent = {decimal(0, 100, 0.01), *rc::gen::inRange(0, 15)};
  credit.prepayment_interest = {one_in(3), decimal(0, 10, 0.1), *rc::gen::arbitrary<bool>()};
  credit.use_mortgage_insurance = !one_in(4);
  add_rules(credit, loans);
  return credit;
}

Case any_credit_case() {
  Case made = any_pool::any_case();
  for (Loan& loan : made.loans) loan.mi_coverage = one_in(2) ? 0.0 : decimal(0, 100, 0.01);
  made.scenario.credit = any_credit(made.loans.size());
  return made;
}

assumptions::Delinquency any_delinquency() {
  assumptions::Delinquency late{.days_30 = decimal(0, 20, 0.01), .days_60 = decimal(0, 20, 0.01), .days_90 = decimal(0, 20, 0.01),
                                .foreclosure = decimal(0, 20, 0.01), .reo = decimal(0, 20, 0.01)};
  if (one_in(2)) late.rolls = {decimal(0, 100, 0.01), decimal(0, 100, 0.01), decimal(0, 100, 0.01), decimal(0, 100, 0.01)};
  return late;
}

CollateralCashFlows run(const Case& given) {
  return collateral::project(small_pool::make(given.loans, kGroups, kIndices), given.scenario, given.indices, given.settings);
}

// The loans of `positions`, with their rules.
Case only(const Case& given, const std::vector<std::size_t>& positions) {
  Case made = given;
  Credit& credit = made.scenario.credit;
  const auto pick = [&](auto& values) {
    if (values.empty()) return;
    auto all = values;
    values.clear();
    for (std::size_t position : positions) values.push_back(all[position]);
  };
  pick(made.loans);
  pick(credit.loan_multiple);
  pick(credit.loan_severity);
  pick(credit.loan_coverage);
  return made;
}

double at(const std::vector<double>& values, std::size_t t) { return t < values.size() ? values[t] : 0.0; }

// Equal relative to the number, and to the pool where cancellation leaves next to nothing; periods past the end are empty.
void expect_same(const PoolVectors& found, const PoolVectors& wanted, double pool) {
  for (const auto& [name, vector] : credit_run::every_vector) {
    for (std::size_t t = 0; t < std::max(found.periods(), wanted.periods()); ++t) {
      const double have = at(found.*vector, t), want = at(wanted.*vector, t);
      const bool same = std::abs(have - want) <= 1e-10 * std::abs(want) + 1e-14 * pool;
      if (!same) RC_LOG() << name << ", period " << t + 1 << ": " << have << " against " << want << '\n';
      RC_ASSERT(same);
    }
  }
}

double all_cash(const PoolVectors& flows) {
  double total = 0.0;
  for (std::size_t t = 0; t < flows.periods(); ++t) total += flows.net_interest(t) + flows.principal(t);
  return total;
}

}  // namespace

RC_GTEST_PROP(Credit, equals_a_walk_loan_by_loan_and_month_by_month_on_surviving_dollars, ()) {
  const Case given = any_credit_case();
  const CollateralCashFlows flows = run(given);
  const double pool = any_pool::total_balance(given.loans);
  PoolVectors total;
  total.resize(flows.total.periods());
  total.has_credit = true;
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    PoolVectors wanted = credit_walk::group_flows(given, static_cast<int>(g), flows.total.periods());
    wanted.has_credit = true;
    expect_same(flows.groups[g], wanted, pool);
    total.add(wanted);
  }
  expect_same(flows.total, total, pool);
}

RC_GTEST_PROP(Credit, accounts_for_every_dollar, ()) {
  Case given = any_credit_case();
  const bool late = one_in(2);
  if (late) given.scenario.credit.delinquency = any_delinquency();
  const CollateralCashFlows flows = run(given);
  const double pool = any_pool::total_balance(given.loans);
  const PoolVectors& total = flows.total;
  for (const PoolVectors& group : flows.groups) cashflow::check_identities(group);
  cashflow::check_identities(total);
  double gone = 0.0;
  for (std::size_t t = 0; t < total.periods(); ++t) {
    gone += total.principal(t) - total.subsequent_recoveries[t] + total.realized_losses[t];
    RC_ASSERT(total.reo_balance[t] <= total.foreclosure_balance[t] + 1e-9);
    RC_ASSERT(total.foreclosure_balance[t] <= total.ending_balance[t] + 1e-9);
    RC_ASSERT(total.advanced_interest[t] <= total.gross_interest[t] + total.prepayment_interest_shortfall[t] + 1e-9);
    RC_ASSERT(late || (total.uncollected_interest[t] >= 0.0 && total.uncollected_fees[t] >= 0.0));  // not even in the last bit
    RC_ASSERT(total.compensating_interest[t] <= total.prepayment_interest_shortfall[t] + 1e-9);
    for (const auto& [name, vector] : credit_run::every_vector) {
      RC_ASSERT(std::abs((flows.groups[0].*vector)[t] + (flows.groups[1].*vector)[t] - (total.*vector)[t]) <= 1e-9);
      if (vector != &PoolVectors::uncollected_interest) RC_ASSERT((total.*vector)[t] >= -1e-9);
    }
  }
  RC_ASSERT(std::abs(gone - pool) <= 1e-12 * pool + 1e-9);
  RC_ASSERT(total.ending_balance.back() == 0.0);
}

RC_GTEST_PROP(Credit, is_due_interest_and_fees_on_the_whole_balance_whatever_is_collected, ()) {
  // Of one loan that has joined: net interest due is the rate less fees on the opening balance, less the month's premium.
  Case given = any_credit_case();
  given.scenario.credit.delinquency.reset();
  given = only(given, {0});
  given.loans[0].first_period = 1;
  const PoolVectors flows = run(given).total;
  const Loan& loan = given.loans[0];
  const any_pool::Terms terms = any_pool::terms_in(loan, given.scenario);
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    const double rate = any_pool::rate_in(loan, terms.initial_rate, std::min(static_cast<int>(t) + 1, terms.remaining), given.indices);
    const double net = rate - loan.servicing - loan.master_servicing - loan.trustee;
    const double due = flows.beginning_balance[t] * net / 12 - flows.mi_premium[t];
    RC_ASSERT(std::abs(flows.net_interest_due(t) - due) <= 1e-12 * loan.balance);
  }
}

RC_GTEST_PROP(Credit, defaults_more_to_date_at_a_higher_rate_when_no_one_prepays, ()) {
  Case low = any_credit_case();
  low.scenario.prepayment.clear();
  low.scenario.credit.prepayment_interest.short_interest = false;
  Case high = low;
  high.scenario.credit.multiple *= 1.0 + decimal(0, 20, 0.1);
  const PoolVectors few = run(low).total, many = run(high).total;
  const double pool = any_pool::total_balance(low.loans);
  double few_to_date = 0.0, many_to_date = 0.0;
  for (std::size_t t = 0; t < std::max(few.periods(), many.periods()); ++t) {
    few_to_date += at(few.defaulted_balance, t);
    many_to_date += at(many.defaulted_balance, t);
    RC_ASSERT(many_to_date >= few_to_date - 1e-12 * pool);
  }
}

RC_GTEST_PROP(Credit, does_not_depend_on_the_order_of_loans, ()) {
  const Case given = any_credit_case();
  std::vector<std::size_t> backwards(given.loans.size());
  std::iota(backwards.rbegin(), backwards.rend(), 0u);
  expect_same(run(only(given, backwards)).total, run(given).total, any_pool::total_balance(given.loans));
}

RC_GTEST_PROP(Credit, of_two_parts_of_a_pool_adds_up_to_that_of_the_whole, ()) {
  Case given = any_credit_case();
  given.scenario.credit.prepayment_interest.compensated = false;  // a servicer's fee of one part would not serve the other
  const std::size_t cut = *rc::gen::inRange<std::size_t>(0, given.loans.size());
  std::vector<std::size_t> first(cut), second(given.loans.size() - cut);
  std::iota(first.begin(), first.end(), 0u);
  std::iota(second.begin(), second.end(), cut);
  const PoolVectors whole = run(given).total;
  PoolVectors sum;
  sum.resize(whole.periods());
  for (const auto& part : {first, second}) {
    if (part.empty()) continue;
    PoolVectors flows = run(only(given, part)).total;
    RC_ASSERT(flows.periods() <= whole.periods());
    flows.resize(whole.periods());
    sum.add(flows);
  }
  expect_same(whole, sum, any_pool::total_balance(given.loans));
}

RC_GTEST_PROP(LatePayments, delay_cash_and_lose_none, ()) {
  Case given = any_credit_case();
  const CollateralCashFlows on_time = run(given);
  given.scenario.credit.delinquency = any_delinquency();
  const CollateralCashFlows late = run(given);
  const double pool = any_pool::total_balance(given.loans);
  RC_ASSERT(std::abs(all_cash(late.total) - all_cash(on_time.total)) <= 1e-12 * pool + 1e-6);
  const bool advanced = given.scenario.credit.advances == assumptions::Advances::principal_and_interest;
  for (std::size_t t = 0; t < late.total.periods(); ++t) {
    // The balance is the same but for the arrears.
    const double apart = late.total.ending_balance[t] - at(on_time.total.ending_balance, t);
    RC_ASSERT(std::abs(apart - late.total.arrears[t]) <= 1e-12 * pool);
    if (advanced) RC_ASSERT(late.total.arrears[t] == 0.0);
  }
  RC_ASSERT(late.total.arrears.back() == 0.0);
}
