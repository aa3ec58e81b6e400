// Many rate paths at once, in lanes of paths or of loans, against each path alone: the same bits.

#include <gtest/gtest.h>

#include <cstring>

#include "loans_of_every_kind.h"
#include "spillway/collateral/loan_by_loan.h"
#include "spillway/kernels/block.h"
#include "spillway/result/issue.h"

using namespace spillway;
using cashflow::CollateralCashFlows;
using cashflow::PoolVectors;
using collateral::Keep;
using small_pool::Loan;
using small_pool::loans_of_every_kind;

namespace {

const std::vector<std::string> kGroups{"fixed", "arm"};

const std::pair<const char*, std::vector<double> PoolVectors::*> kVectors[] = {
    {"beginning", &PoolVectors::beginning_balance},   {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},       {"master servicing", &PoolVectors::master_servicing_fee},
    {"trustee", &PoolVectors::trustee_fee},           {"premium", &PoolVectors::mi_premium},
    {"scheduled", &PoolVectors::scheduled_principal}, {"prepaid", &PoolVectors::prepaid_principal},
    {"ending", &PoolVectors::ending_balance},         {"losses", &PoolVectors::realized_losses},
    {"recoveries", &PoolVectors::recoveries},         {"foreclosure", &PoolVectors::foreclosure_balance}};

// Paths that go each their way, some below any margin, one at nothing.
std::vector<rates::IndexPaths> wandering(std::size_t count) {
  std::mt19937 random(7);
  std::vector<rates::IndexPaths> paths;
  for (std::size_t p = 0; p < count; ++p) {
    rates::IndexPath path{"libor_6m", {}, {}};
    double level = p == 0 ? 0.0 : 0.002 * static_cast<double>(p % 30);
    for (int month = 0; month < 400; month += 2) {
      path.dates.push_back(calendar::add_months(calendar::make_date(2003, 10, 1), month));
      path.rates.push_back(level);
      if (p != 0) level = std::max(0.0, level + (static_cast<double>(random() % 2001) - 1000.0) * 2e-6);
    }
    paths.emplace_back(std::vector{path});
  }
  return paths;
}

assumptions::Scenario ramping(bool with_credit = false) {
  assumptions::Scenario scenario = small_pool::prepaying(assumptions::Psa{2.0}, 0.9, kGroups);
  if (!with_credit) return scenario;
  scenario.credit.defaults = {{"fixed", assumptions::Sda{3.0}}, {"arm", assumptions::Cdr{0.05}}};
  scenario.credit.severity = {0.4};
  scenario.credit.recovery_lag = 9;
  scenario.credit.advances = assumptions::Advances::principal_and_interest;
  return scenario;
}

void expect_same_bits(const CollateralCashFlows& found, const CollateralCashFlows& wanted, std::size_t path) {
  ASSERT_EQ(found.groups.size(), wanted.groups.size());
  for (std::size_t g = 0; g <= wanted.groups.size(); ++g) {
    const PoolVectors& a = g < wanted.groups.size() ? found.groups[g] : found.total;
    const PoolVectors& b = g < wanted.groups.size() ? wanted.groups[g] : wanted.total;
    EXPECT_EQ(a.name, b.name);
    EXPECT_EQ(a.cut_off_balance, b.cut_off_balance);
    EXPECT_EQ(a.has_credit, b.has_credit);
    for (const auto& [name, vector] : kVectors) {
      ASSERT_EQ((a.*vector).size(), (b.*vector).size());
      EXPECT_EQ(std::memcmp((a.*vector).data(), (b.*vector).data(), (b.*vector).size() * sizeof(double)), 0)
          << name << " of " << b.name << ", path " << path;
    }
  }
}

void expect_each_alone(const pool::Pool& pool, const assumptions::Scenario& scenario, std::size_t count,
                       const collateral::Settings& settings = {}) {
  const auto paths = wandering(count);
  const auto found = collateral::project_paths(pool, scenario, paths, settings);
  ASSERT_EQ(found.size(), count);
  for (std::size_t p = 0; p < count; ++p) {
    expect_same_bits(found[p], collateral::project(pool, scenario, paths[p], settings), p);
  }
}

struct Targets {
  ~Targets() { kernels::restrict_block_target({}); }
};

}  // namespace

TEST(ProjectPaths, gives_each_path_the_bits_it_has_alone_with_more_and_fewer_paths_than_lanes) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    const auto pool = small_pool::make(loans_of_every_kind(90, seed), kGroups);
    for (std::size_t count : {1u, 3u, 16u, 37u}) expect_each_alone(pool, ramping(), count);
  }
}

TEST(ProjectPaths, gives_the_same_bits_where_blocks_are_full_of_loans) {
  std::vector<Loan> loans;
  for (int i = 0; i < 53; ++i) {
    Loan loan{.balance = 100'000.0 + 777.7 * i, .gross_rate = 0.05 + 1e-4 * i, .remaining_term = 61, .servicing = 0.0025 + 1e-5 * i};
    loan.group = loan.index = 0;
    loan.months_to_roll = 5;
    loan.reset_months = 7;
    loan.margin = 0.02 + 1e-4 * (i % 9);
    loan.periodic_cap = 0.01;
    loan.rounding = 0.00125;
    loans.push_back(loan);
  }
  expect_each_alone(small_pool::make(loans, kGroups), ramping(), 5);    // lanes of loans
  for (int i = 0; i < 200; ++i) {
    loans.push_back({.balance = 1'000.0 + i, .gross_rate = 0.06, .remaining_term = 10 + i, .group = 1});
  }
  expect_each_alone(small_pool::make(loans, kGroups), ramping(), 40);   // lanes of paths: pairs of loans share a partial sum
}

TEST(ProjectPaths, equals_the_definition_loan_by_loan) {
  const auto pool = small_pool::make(loans_of_every_kind(120, 99), kGroups);
  const auto paths = wandering(20);
  const auto found = collateral::project_paths(pool, ramping(), paths);
  for (std::size_t p = 0; p < paths.size(); ++p) {
    const auto wanted = collateral::project_loan_by_loan(pool, ramping(), {0.9, nullptr}, paths[p], {});
    for (const auto& [name, vector] : kVectors) {
      for (std::size_t t = 0; t < wanted.total.periods(); ++t) {
        const double a = (found[p].total.*vector)[t], b = (wanted.total.*vector)[t];
        ASSERT_NEAR(a, b, 1e-10 * std::abs(b) + 1e-15 * pool.total_balance()) << name << ", path " << p << ", period " << t + 1;
      }
    }
  }
}

TEST(ProjectPaths, give_the_same_bits_on_every_instruction_set) {
  const Targets lifted_at_the_end;
  const auto pool = small_pool::make(loans_of_every_kind(60, 5), kGroups);
  const auto paths = wandering(19);
  std::vector<CollateralCashFlows> first;
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    const auto found = collateral::project_paths(pool, ramping(), paths);
    if (first.empty()) first = found;
    for (std::size_t p = 0; p < paths.size(); ++p) expect_same_bits(found[p], first[p], p);
  }
}

TEST(ProjectPaths, take_credit_assumptions_and_loss_timings_too) {
  const auto pool = small_pool::make(loans_of_every_kind(40, 3), kGroups);
  expect_each_alone(pool, ramping(true), 18);
  auto timed = ramping(true);
  timed.credit.defaults["arm"] = assumptions::LossTiming{0.05, {0.25, 0.25, 0.5}};
  expect_each_alone(pool, timed, 3);
}

TEST(ProjectPaths, charge_fees_before_joining_as_each_path_alone) {
  const auto pool = small_pool::make(loans_of_every_kind(50, 11), kGroups);
  collateral::Settings settings;
  settings.fees_before_joining = collateral::FeesBeforeJoining::always;
  expect_each_alone(pool, ramping(), 17, settings);
}

TEST(ProjectPaths, come_in_order_a_few_at_a_time) {
  const auto pool = small_pool::make(loans_of_every_kind(30, 2), kGroups);
  const auto paths = wandering(40);
  std::size_t next = 0;
  collateral::project_paths(pool, ramping(), paths, {}, [&](std::size_t first, std::span<const CollateralCashFlows> flows) {
    EXPECT_EQ(first, next);
    EXPECT_LE(flows.size(), 32u);
    next = first + flows.size();
  });
  EXPECT_EQ(next, paths.size());
}

TEST(ProjectPaths, lie_side_by_side_with_the_bits_each_has_alone) {
  for (const std::vector<std::string>& groups : {kGroups, std::vector<std::string>{"fixed", "arm", "none"}}) {  // three are added with compensation
    auto loans = loans_of_every_kind(70, 8);
    if (groups.size() > 2) loans.push_back({.balance = 1e5, .gross_rate = 0.06, .remaining_term = 300, .group = 2});
    const auto pool = small_pool::make(loans, groups);
    const assumptions::Scenario scenario = small_pool::prepaying(assumptions::Psa{2.0}, 0.9, groups);
    const auto paths = wandering(75);
    std::size_t next = 0;
    const bool goes = collateral::project_side_by_side(pool, scenario, paths, {}, Keep::groups, [&](std::size_t first, const auto& flows) {
      ASSERT_EQ(first, next);
      for (std::size_t r = 0; r < flows.runs; ++r) {
        expect_same_bits(cashflow::run_of(flows, r), collateral::project(pool, scenario, paths[first + r]), first + r);
      }
      next = first + flows.runs;
    });
    EXPECT_TRUE(goes);
    EXPECT_EQ(next, paths.size());
  }
}

TEST(ProjectPaths, side_by_side_give_the_same_total_alone) {
  const auto pool = small_pool::make(loans_of_every_kind(60, 21), kGroups);
  const auto paths = wandering(33);
  const auto wanted = collateral::project_paths(pool, ramping(), paths);
  ASSERT_TRUE(collateral::project_side_by_side(pool, ramping(), paths, {}, Keep::total, [&](std::size_t first, const auto& flows) {
    for (std::size_t r = 0; r < flows.runs; ++r) {
      CollateralCashFlows found = cashflow::run_of(flows, r);
      EXPECT_EQ(found.groups[1].cut_off_balance, wanted[first + r].groups[1].cut_off_balance);
      EXPECT_EQ(found.groups[1].periods(), 0u);  // it adjusts
      found.groups = wanted[first + r].groups;
      expect_same_bits(found, wanted[first + r], first + r);
    }
  }));
}

TEST(ProjectPaths, do_not_lie_side_by_side_under_credit_or_where_blocks_are_full) {
  const auto refuse = [](std::size_t, const auto&) { ADD_FAILURE() << "called"; };
  const auto pool = small_pool::make(loans_of_every_kind(40, 3), kGroups);
  EXPECT_FALSE(collateral::project_side_by_side(pool, ramping(true), wandering(40), {}, Keep::total, refuse));
  std::vector<Loan> alike(64, {.balance = 1e5, .gross_rate = 0.06, .remaining_term = 100});
  EXPECT_FALSE(collateral::project_side_by_side(small_pool::make(alike, kGroups), ramping(), wandering(5), {}, Keep::total, refuse));
}

TEST(ProjectPaths, are_refused_as_one_run_where_balances_do_not_roll) {
  cashflow::CollateralSideBySide flows;
  flows.groups.resize(1);
  cashflow::resize(flows, 1, 4, 3);
  EXPECT_NO_THROW(cashflow::run_of(flows, 0));
  flows.total.prepaid_principal[1 * 4] = 2e-6;
  EXPECT_THROW(cashflow::run_of(flows, 0), result::InvariantViolation);
}
