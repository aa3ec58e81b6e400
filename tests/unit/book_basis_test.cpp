// What a reader needs to figure the numbers of a book again: its basis, its formulas, its triggers and accounts, its cross-tab.

#include <algorithm>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

book::Book book_of(const std::string& example) {
  const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + example + "/deal.yaml");
  if (!loaded.inputs) throw std::runtime_error("the example does not load");
  auto made = engine::run_book(*loaded.inputs);
  if (!made.ok()) throw std::runtime_error("the example does not run");
  return std::move(*made);
}

const book::Book& impac() {
  static const book::Book made = book_of("impac-2003-12");
  return made;
}

const book::TableRun& run_of(const book::Book& book, const std::string& table, const std::string& column) {
  const auto found = std::find_if(book.basis.runs.begin(), book.basis.runs.end(),
                                  [&](const book::TableRun& run) { return run.table == table && run.column == column; });
  if (found == book.basis.runs.end()) throw std::runtime_error("no run of " + table + " " + column);
  return *found;
}

}  // namespace

TEST(BookBasis, figures_count_from_settlement_by_the_plan_s_conventions) {
  EXPECT_EQ(impac().basis.settlement, calendar::make_date(2003, 12, 18));
  EXPECT_EQ(impac().basis.conventions.duration, analytics::DurationConvention::actual_360_bey);
  EXPECT_NEAR(impac().basis.cut_off_balance, 1000000138.61, 0.01);
  EXPECT_NEAR(impac().basis.enhancement_target, 0.005 * impac().basis.cut_off_balance, 1e-6);
}

TEST(BookBasis, every_table_of_runs_names_one_that_the_book_carries) {
  for (const book::TableRun& run : impac().basis.runs) {
    const auto& views = impac().views;
    EXPECT_TRUE(std::any_of(views.begin(), views.end(), [&](const book::RunView& view) {
      return view.scenario == run.scenario && (!run.speed_pct || view.speed_pct == *run.speed_pct) &&
             (!run.to_call || view.to_call == *run.to_call);
    })) << run.table << " " << run.column;
  }
}

TEST(BookBasis, an_available_rate_column_names_its_run_and_quantity) {
  const book::TableRun& run = run_of(impac(), "available_rate", "available_rate_shock");
  EXPECT_EQ(run.scenario, "available_rate_shock");
  EXPECT_EQ(run.quantity, "available_rate");
  EXPECT_EQ(run.to_call, true);
}

TEST(BookBasis, quantities_carry_their_formulas_as_written) {
  const book::ViewSeries* rate = book::find_series(impac().views.front().quantities, "available_funds_rate");
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->formula, "net_mortgage_rate * pool.balance.beginning / classes.balance.beginning * 30 / days");
}

TEST(BookBasis, crossed_tables_hold_every_loan_once) {
  ASSERT_FALSE(impac().cross.pairs.empty());
  const auto& pair = impac().cross.pairs.front();
  double balance = 0.0;
  for (const auto& cell : pair.cells) balance += cell.balance;
  EXPECT_NEAR(balance, impac().basis.cut_off_balance, 1e-3);
}

TEST(BookBasis, triggers_and_accounts_come_with_the_runs) {
  const book::Book subprime = book_of("subprime"), reserve = book_of("auto-reserve");
  EXPECT_EQ(subprime.views.front().triggers.size(), 3u);
  const book::RunView& view = reserve.views.front();
  ASSERT_EQ(view.accounts.size(), 2u);
  EXPECT_EQ(view.accounts[0].values.size(), view.periods());
  EXPECT_TRUE(subprime.cross.pairs.empty());
}
