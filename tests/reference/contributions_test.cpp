// Rows of the stratification tables as pools of their own: they add up to the pool, with and without losses.

#include <gtest/gtest.h>

#include <cmath>

#include "spillway/collateral/project.h"
#include "spillway/engine/contributions.h"
#include "spillway/io/load.h"

namespace spillway::engine {
namespace {

using book::Contribution;
using cashflow::PoolVectors;

class ImpacRows : public testing::Test {
 protected:
  ImpacRows()
      : loaded_(io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml")), in_(*loaded_.inputs),
        tables_(strat::loan_rows(in_.tape, in_.products, in_.strats.tables)) {}

  static RunRequest run_of(const char* scenario) {
    RunRequest run;
    run.scenario = scenario;
    return run;
  }

  io::Loaded loaded_;
  const Inputs& in_;
  std::vector<strat::LoanRows> tables_;
};

void expect_near(double made, double wanted, const std::string& what) {
  EXPECT_NEAR(made, wanted, 1e-9 * std::abs(wanted) + 1e-7) << what;
}

void expect_add_up(const book::Contributions& one) {
  Contribution sum;
  for (const Contribution& row : one.rows) sum.add(row);
  EXPECT_EQ(sum.loans, one.total.loans) << one.table;
  expect_near(sum.balance, one.total.balance, one.table);
  expect_near(sum.principal, one.total.principal, one.table);
  expect_near(sum.principal_years, one.total.principal_years, one.table);
  expect_near(sum.net_interest, one.total.net_interest, one.table);
  expect_near(sum.prepaid, one.total.prepaid, one.table);
  expect_near(sum.defaulted, one.total.defaulted, one.table);
  expect_near(sum.losses, one.total.losses, one.table);
  for (std::size_t y = 0; y < one.total.by_year.size(); ++y) expect_near(sum.by_year.at(y), one.total.by_year[y], one.table);
}

TEST_F(ImpacRows, ContributeWhatThePoolBringsWithAndWithoutLosses) {
  for (const char* scenario : {"pricing", "credit", "available_rate_shock"}) {
    const auto all = contributions(in_, run_of(scenario), tables_);
    ASSERT_EQ(all.size(), 20u);
    for (const book::Contributions& one : all) expect_add_up(one);
    EXPECT_EQ(all.front().has_credit, std::string(scenario) == "credit");
    EXPECT_EQ(all.front().total.losses > 0.0, std::string(scenario) == "credit");
  }
}

TEST_F(ImpacRows, HavePointsOfRateThatAddToTheNetRateOfThePool) {
  const auto set = run_scenarios(in_, {run_of("pricing")});
  const PoolVectors& pool = set->collateral.front().total;
  const auto all = contributions(in_, run_of("pricing"), tables_, 12);
  for (const book::Contributions& one : all) {
    const table::Table table = book::contribution_table(one, false);
    const std::size_t points = table::column_index(table, "rate_points");
    double sum = 0.0;
    for (const table::Row& row : table.rows) sum += row.is_total ? 0.0 : std::get<double>(row.cells[points].value);
    EXPECT_NEAR(sum, 1200.0 * pool.net_interest_due(11) / pool.beginning_balance[11], 1e-9) << one.table;
  }
}

// A pool of the row's loans alone, made without the engine.
pool::Pool alone(const pool::Pool& pool, const strat::LoanRows& rows, std::uint32_t row) {
  pool::Pool made = pool;
  made.order.clear();
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    if (rows.row_of_loan[pool.tape_row[i]] == row) kept.push_back(i);
  }
  const auto take = [&](auto& column) {
    std::remove_reference_t<decltype(column)> some;
    for (std::size_t i : kept) some.push_back(column[i]);
    column = some;
  };
  for (auto column : {&pool::Pool::group, &pool::Pool::remaining_term, &pool::Pool::amortization_term, &pool::Pool::age,
                      &pool::Pool::interest_only_months, &pool::Pool::first_period, &pool::Pool::index, &pool::Pool::months_to_roll,
                      &pool::Pool::reset_months, &pool::Pool::rate_change_lag, &pool::Pool::lookback_days}) {
    take(made.*column);
  }
  for (auto column : {&pool::Pool::balance, &pool::Pool::gross_rate, &pool::Pool::servicing_fee, &pool::Pool::master_servicing_fee,
                      &pool::Pool::trustee_fee, &pool::Pool::mi_premium, &pool::Pool::mi_coverage, &pool::Pool::margin,
                      &pool::Pool::first_cap, &pool::Pool::periodic_cap, &pool::Pool::max_rate, &pool::Pool::min_rate, &pool::Pool::rounding}) {
    take(made.*column);
  }
  take(made.tape_row);
  return made;
}

TEST_F(ImpacRows, ProjectAsPoolsOfTheirOwn) {
  for (const char* scenario : {"pricing", "credit"}) {
    const ScenarioDefinition& stated = *in_.scenario(scenario);
    for (std::size_t t : {0u, 10u, 14u, 16u}) {
      const auto rows = project_rows(in_, run_of(scenario), tables_[t]);
      for (std::uint32_t r = 0; r < tables_[t].labels.size(); ++r) {
        const PoolVectors own =
            collateral::project(alone(in_.pool, tables_[t], r), stated.assumptions, stated.indices, in_.collateral).total;
        const PoolVectors& made = rows[r].total;
        const std::string what = tables_[t].name + " " + tables_[t].labels[r];
        expect_near(made.cut_off_balance, own.cut_off_balance, what);
        for (std::size_t m = 0; m < made.periods(); ++m) {
          const bool has = m < own.periods();  // a row's last loan may mature before the pool's
          expect_near(made.principal(m), has ? own.principal(m) : 0.0, what);
          expect_near(made.net_interest_due(m), has ? own.net_interest_due(m) : 0.0, what);
          expect_near(made.realized_losses[m], has ? own.realized_losses[m] : 0.0, what);
        }
      }
    }
  }
}

TEST_F(ImpacRows, CloseTheSumWhereServicersMakeUpInterestForGroupsAsAWhole) {
  auto inputs = *loaded_.inputs;
  for (ScenarioDefinition& scenario : inputs.scenarios) {
    scenario.assumptions.credit.prepayment_interest = {true, 0.5, true};
    scenario.assumptions.prepayment["arm"] = assumptions::Cpr{0.9};  // more shortfall than the fee of some rows
  }
  const auto all = contributions(inputs, run_of("credit"), tables_);
  for (const book::Contributions& one : all) expect_add_up(one);
}

TEST_F(ImpacRows, AreTheSameOnAnyNumberOfThreads) {
  const auto one = contributions(in_, run_of("credit"), tables_, 0, {1, false}), many = contributions(in_, run_of("credit"), tables_, 0, {7, false});
  for (std::size_t t = 0; t < one.size(); ++t) {
    for (std::size_t r = 0; r < one[t].rows.size(); ++r) {
      EXPECT_EQ(one[t].rows[r].net_interest, many[t].rows[r].net_interest);
      EXPECT_EQ(one[t].rows[r].losses, many[t].rows[r].losses);
    }
  }
}

// Each loan's own flows are the pool's, summed.
TEST_F(ImpacRows, OfSingleLoansAddUpInEveryPeriodTried) {
  for (const char* name : {"pricing", "credit"}) {
    const ScenarioDefinition& scenario = *in_.scenario(name);
    const PoolVectors pool = collateral::project(in_.pool, scenario.assumptions, scenario.indices, in_.collateral).total;
    for (std::size_t t : {0u, 1u, 11u, 40u, 200u, 355u}) {
      const PoolVectors loans = collateral::loans_in_period(in_.pool, scenario.assumptions, {}, scenario.indices, in_.collateral, t);
      double principal = 0.0, interest = 0.0, balance = 0.0, ending = 0.0;
      for (std::size_t i = 0; i < in_.pool.size(); ++i) {
        principal += loans.principal(i);
        interest += loans.net_interest_due(i);
        balance += loans.beginning_balance[i];
        ending += loans.ending_balance[i];
      }
      expect_near(principal, pool.principal(t), name);
      expect_near(interest, pool.net_interest_due(t), name);
      expect_near(balance, pool.beginning_balance[t], name);
      expect_near(ending, pool.ending_balance[t], name);
    }
  }
}

}  // namespace
}  // namespace spillway::engine
