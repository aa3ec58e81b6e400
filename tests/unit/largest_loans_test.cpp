// The loans that contribute most to a book's numbers: with all others they add up, and equal ones keep the order of the tape.

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

engine::Inputs inputs_of(const std::string& example) {
  io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + example + "/deal.yaml");
  if (!loaded.inputs) throw std::runtime_error("the example does not load");
  return std::move(*loaded.inputs);
}

book::Book book_of(const engine::Inputs& inputs, int threads = 0) {
  engine::RunSettings settings;
  settings.threads = threads;
  auto made = engine::run_book(inputs, settings);
  if (!made.ok()) throw std::runtime_error("the example does not run");
  return std::move(*made);
}

const engine::Inputs& impac_inputs() {
  static const engine::Inputs inputs = inputs_of("impac-2003-12");
  return inputs;
}

const book::Book& impac() {
  static const book::Book made = book_of(impac_inputs());
  return made;
}

void expect_adds_up(const book::LargestLoans& list, double total, const std::string& what) {
  double sum = list.others_amount + list.as_a_whole;
  for (const book::LargestLoan& loan : list.loans) sum += loan.amount;
  EXPECT_NEAR(sum, list.total, 1e-9 * std::abs(total)) << what;
  EXPECT_NEAR(list.total, total, 1e-9 * std::abs(total)) << what;
  EXPECT_TRUE(std::is_sorted(list.loans.begin(), list.loans.end(), [](const auto& a, const auto& b) { return a.amount > b.amount; })) << what;
}

double number_in(const table::Table& rows, std::size_t row, const std::string& column) {
  const auto at = std::find_if(rows.columns.begin(), rows.columns.end(), [&](const auto& one) { return one.name == column; });
  return std::get<double>(rows.rows[row].cells[static_cast<std::size_t>(at - rows.columns.begin())].value);
}

}  // namespace

TEST(LargestLoans, the_loans_of_every_stratification_row_add_up_to_its_balance_and_count) {
  const table::Table& strats = book::data_table(impac(), "strats");
  std::size_t row = 0;
  ASSERT_GT(impac().largest_loans.tables.size(), 10u);
  for (const book::LoansOfTable& table : impac().largest_loans.tables) {
    ASSERT_EQ(table.rows.size(), table.labels.size());
    std::vector<book::LargestLoans> all = table.rows;
    all.push_back(table.all);
    for (const book::LargestLoans& list : all) {
      const std::string what = table.table + ", row " + std::to_string(row);
      expect_adds_up(list, number_in(strats, row, "current_balance"), what);
      EXPECT_EQ(list.loans.size() + list.others, static_cast<std::size_t>(number_in(strats, row, "loan_count"))) << what;
      EXPECT_EQ(list.loans.size(), std::min<std::size_t>(5, list.loans.size() + list.others)) << what;
      ++row;
    }
  }
  EXPECT_EQ(row, strats.rows.size());
}

TEST(LargestLoans, the_loans_of_a_period_add_up_to_what_the_collateral_brought) {
  ASSERT_EQ(impac().largest_loans.periods.size(), 4u);  // 0% has one of the last periods, too far to carry every loan to
  for (const book::LoansOfPeriod& period : impac().largest_loans.periods) {
    const auto view = std::find_if(impac().views.begin(), impac().views.end(), [&](const book::RunView& one) {
      return one.scenario == period.scenario && one.speed_pct == period.speed_pct && !one.to_call;
    });
    ASSERT_NE(view, impac().views.end());
    const auto pool = [&](const char* name, std::size_t t) { return book::find_series(view->pool, name)->values[t]; };
    const auto weight = [&](std::size_t t) { return (pool("scheduled", t) + pool("prepaid", t)) * static_cast<double>(t + 1); };
    const auto t = static_cast<std::size_t>(period.period - 1);
    for (std::size_t other = 0; other < view->periods(); ++other) EXPECT_LE(weight(other), weight(t) * (1 + 1e-12)) << other;
    const std::string what = "speed " + std::to_string(period.speed_pct);
    expect_adds_up(period.principal, pool("scheduled", t) + pool("prepaid", t), what);
    expect_adds_up(period.net_interest, pool("net_interest", t), what);
    EXPECT_EQ(period.principal.loans.size(), 10u);
    EXPECT_EQ(period.principal.as_a_whole, 0.0);
  }
}

TEST(LargestLoans, equal_loans_keep_the_order_of_the_tape) {
  engine::Inputs inputs = impac_inputs();
  std::fill(inputs.tape.current_balance.begin(), inputs.tape.current_balance.end(), 1000.0);
  const book::Book book = book_of(inputs);
  const auto& all = book.largest_loans.tables.front().all;
  ASSERT_EQ(all.loans.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(all.loans[i].id, inputs.tape.loan_id[i]);
}

TEST(LargestLoans, the_lists_do_not_depend_on_the_number_of_threads) {
  const book::LargestLoansOfBook one = book_of(impac_inputs(), 1).largest_loans;
  const book::LargestLoansOfBook& many = impac().largest_loans;
  ASSERT_EQ(one.periods.size(), many.periods.size());
  for (std::size_t p = 0; p < one.periods.size(); ++p) {
    EXPECT_EQ(one.periods[p].period, many.periods[p].period);
    for (std::size_t i = 0; i < one.periods[p].principal.loans.size(); ++i) {
      EXPECT_EQ(one.periods[p].principal.loans[i].id, many.periods[p].principal.loans[i].id);
      EXPECT_EQ(one.periods[p].principal.loans[i].amount, many.periods[p].principal.loans[i].amount);
    }
    EXPECT_EQ(one.periods[p].net_interest.others_amount, many.periods[p].net_interest.others_amount);
  }
}

TEST(LargestLoans, a_deal_without_a_tape_has_none) {
  engine::Inputs inputs = impac_inputs();
  inputs.tape = {};
  const book::Book book = book_of(inputs);
  EXPECT_TRUE(book.largest_loans.tables.empty());
  EXPECT_TRUE(book.largest_loans.periods.empty());
}
