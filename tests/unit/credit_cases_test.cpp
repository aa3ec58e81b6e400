// Runs that must not differ by a bit: idle credit against none, cases together against each alone.

#include <cstring>

#include "credit_run.h"

using namespace spillway;
using assumptions::Cdr;
using assumptions::DefaultVector;
using assumptions::LossTiming;
using assumptions::Mdr;
using assumptions::Scenario;
using assumptions::Sda;
using cashflow::PoolVectors;
using collateral::project;
using small_pool::Loan;

namespace {

void expect_same_bits(const PoolVectors& one, const PoolVectors& other) {
  EXPECT_EQ(std::memcmp(&one.cut_off_balance, &other.cut_off_balance, sizeof(double)), 0);
  EXPECT_EQ(one.has_credit, other.has_credit);
  for (const auto& [name, vector] : credit_run::every_vector) {
    const std::vector<double>&a = one.*vector, &b = other.*vector;
    ASSERT_EQ(a.size(), b.size()) << name;
    EXPECT_EQ(std::memcmp(a.data(), b.data(), a.size() * sizeof(double)), 0) << name;
  }
}

void expect_same_bits(const cashflow::CollateralCashFlows& one, const cashflow::CollateralCashFlows& other) {
  expect_same_bits(one.total, other.total);
  ASSERT_EQ(one.groups.size(), other.groups.size());
  for (std::size_t g = 0; g < one.groups.size(); ++g) expect_same_bits(one.groups[g], other.groups[g]);
}

const std::vector<std::string> kTwoGroups{"fixed", "arm"};

// A hundred loans of two groups: amortizing, interest-only, balloons, adjustable, late to join, insured.
pool::Pool hundred_loans() {
  std::vector<Loan> loans;
  for (int i = 0; i < 100; ++i) {
    Loan loan{.balance = 50'000 + 997.13 * i, .gross_rate = 0.04 + 0.0003 * i, .remaining_term = 24 + (i * 7) % 61,
              .age = i % 29, .interest_only_months = i % 3 == 0 ? 40 : 0, .first_period = i % 11 == 0 ? 3 : 1,
              .servicing = 0.00375, .trustee = 0.0001, .mi_premium = i % 4 == 0 ? 0.006 : 0.0,
              .mi_coverage = i % 4 == 0 ? 0.25 : 0.0};
    if (i % 5 == 0) loan.amortization_term = 360;
    if (i % 2 == 0) {
      loan.group = 1;
      loan.index = 0;
      loan.months_to_roll = 1 + i % 13;
      loan.reset_months = 6;
      loan.margin = 0.025;
      loan.periodic_cap = loan.first_cap = 0.01;
    }
    loans.push_back(loan);
  }
  return small_pool::make(loans, kTwoGroups);
}

Scenario two_groups(const assumptions::Default& model) {
  Scenario scenario = small_pool::prepaying(assumptions::Ramp{0.02, 0.20, 12}, 1.3, kTwoGroups);
  for (const std::string& group : kTwoGroups) scenario.credit.defaults[group] = model;
  return scenario;
}

}  // namespace

TEST(IdleCredit, changes_no_bit) {
  const pool::Pool pool = hundred_loans();
  Scenario without = two_groups(Cdr{0.0});
  without.credit = {};
  const auto expected = project(pool, without, small_pool::flat(0.03));
  EXPECT_FALSE(expected.total.has_credit);
  const assumptions::Default idle[] = {Cdr{0}, Mdr{0}, Sda{0}, DefaultVector{}, DefaultVector{{0, 0}, false, true},
                                       LossTiming{0, {0.5, 0.5}}, LossTiming{0.05, {}}, LossTiming{0.05, {0.0}}};
  const auto idle_in = [&](Scenario scenario) {
    scenario.credit.recovery_lag = 12;
    scenario.credit.severity = {0.4};
    scenario.credit.subsequent = {0.1, 6};
    scenario.credit.advances = assumptions::Advances::principal_and_interest;
    expect_same_bits(project(pool, scenario, small_pool::flat(0.03)), expected);
  };
  for (const assumptions::Default& model : idle) idle_in(two_groups(model));
  Scenario scenario = two_groups(Cdr{0.05});
  scenario.credit.multiple = 0.0;
  idle_in(scenario);
  scenario.credit.multiple = 1.0;
  scenario.credit.loan_multiple.assign(pool.size(), 0.0);
  idle_in(scenario);
  // No one late, no interest short.
  scenario.credit.delinquency = assumptions::Delinquency{};
  scenario.credit.prepayment_interest = {true, 1.0, false};
  idle_in(scenario);
}

TEST(ProjectCases, equals_one_case_at_a_time_to_the_last_bit) {
  const pool::Pool pool = hundred_loans();
  const Scenario scenario = two_groups(Cdr{0.02});
  std::vector<assumptions::Credit> credits(5, scenario.credit);
  credits[0].multiple = 0.0;
  credits[1].recovery_lag = 18;
  credits[1].severity = {0.3, 0.5};
  credits[1].advances = assumptions::Advances::principal_and_interest;
  credits[1].reimbursement = assumptions::Reimbursement::from_recoveries;
  credits[2].defaults["arm"] = LossTiming{0.04, {0.2, 0.5, 0.3}};
  credits[2].severity = {0.35};
  credits[3].order = assumptions::DefaultOrder::before_prepayment;
  credits[3].delinquency = assumptions::Delinquency{.days_30 = 0.04, .days_90 = 0.01};
  credits[4].prepayment_interest = {true, 0.5, true};
  credits[4].subsequent = {0.2, 4};
  std::vector<collateral::Case> cases{{1.3, nullptr}};
  for (const auto& credit : credits) cases.push_back({0.5 + 0.25 * static_cast<double>(cases.size()), &credit});
  const auto together = collateral::project_cases(pool, scenario, cases, small_pool::flat(0.03));
  ASSERT_EQ(together.size(), cases.size());
  for (std::size_t c = 0; c < cases.size(); ++c) {
    Scenario alone = scenario;
    alone.speed = cases[c].speed;
    if (cases[c].credit) alone.credit = *cases[c].credit;
    expect_same_bits(together[c], project(pool, alone, small_pool::flat(0.03)));
  }
}
