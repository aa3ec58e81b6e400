// What the page carries so that it can work numbers out: the numbers follow from it.

#include <gtest/gtest.h>

#include <cmath>

#include "spillway/book/decrement_tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

namespace spillway {
namespace {

book::Book book_of(const char* example) {
  const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + example + "/deal.yaml");
  return *engine::run_book(*loaded.inputs);
}

const table::Cell& cell(const table::Table& table, const table::Row& row, const char* column) {
  return row.cells[table::column_index(table, column)];
}

double number(const table::Table& table, const table::Row& row, const char* column) {
  return std::get<double>(cell(table, row, column).value);
}

const std::string& text(const table::Table& table, const table::Row& row, const char* column) {
  return std::get<std::string>(cell(table, row, column).value);
}

double sum_of(const book::ClassView& bond, const char* name) {
  double sum = 0.0;
  for (double value : book::find_series(bond.series, name)->values) sum += value;
  return sum;
}

// The class of a row in the run of its table that `fits`.
template <class Fits>
const book::ClassView* carried(const book::Book& book, const char* table, const std::string& name, Fits fits) {
  for (const book::CarriedRun& run : book.carried) {
    if (run.table != table || !fits(run)) continue;
    for (const book::ClassView& bond : run.view.classes) {
      if (bond.name == name) return &bond;
    }
  }
  return nullptr;
}

}  // namespace

TEST(CarriedRuns, say_what_every_class_of_a_loss_grid_lost) {
  const book::Book book = book_of("subprime");
  const table::Table& grid = book::data_table(book, "loss_grid");
  ASSERT_GT(grid.rows.size(), 100u);
  for (const table::Row& row : grid.rows) {
    const auto is = [&](const std::optional<double>& carried, const char* column) { return std::abs(*carried - number(grid, row, column)) < 1e-9; };
    const book::ClassView* bond = carried(book, "loss_grid", text(grid, row, "class"), [&](const book::CarriedRun& run) {
      return is(run.cdr_pct, "cdr_pct") && is(run.severity_pct, "severity_pct") && is(run.view.speed_pct, "speed_pct");
    });
    ASSERT_NE(bond, nullptr);
    const double down = sum_of(*bond, "written_down"), up = sum_of(*bond, "written_up"), reimbursed = sum_of(*bond, "reimbursed");
    const double left = bond->original_balance + sum_of(*bond, "accrued") - sum_of(*bond, "principal_paid") - down + up;
    EXPECT_NEAR(down, number(grid, row, "written_down"), 1e-6);
    EXPECT_NEAR(up + reimbursed, number(grid, row, "made_good"), 1e-6);
    EXPECT_NEAR(sum_of(*bond, "short"), number(grid, row, "interest_shortfall"), 1e-6);
    EXPECT_NEAR(std::max(0.0, left + down - up - reimbursed), number(grid, row, "principal_loss"), 1e-5);
  }
}

TEST(CarriedRuns, hold_the_balances_of_decrement_columns_that_no_view_has) {
  const book::Book book = book_of("fannie-2025-21");
  const table::Table& decrements = book::data_table(book, "decrements");
  std::size_t found = 0;
  for (const table::Row& row : decrements.rows) {
    if (text(decrements, row, "date") != "February 2035") continue;
    const double speed = number(decrements, row, "psa");
    const book::ClassView* bond = carried(book, "decrements", text(decrements, row, "class"),
                                          [&](const book::CarriedRun& run) { return std::abs(run.view.speed_pct - speed) < 1e-9; });
    if (bond == nullptr) {
      EXPECT_EQ(speed, 100.0) << "only the one speed of the scenario has a view";
      continue;
    }
    const double balance = book::find_series(bond->series, "balance")->values[119];  // the first payment is in March 2025
    EXPECT_EQ(book::decrement_percent(100.0 * balance / bond->original_balance), text(decrements, row, "percent"));
    ++found;
  }
  EXPECT_GT(found, 55u);
}

TEST(CarriedRuns, have_the_search_of_every_break_even) {
  const book::Book book = book_of("impac-2003-12");
  const table::Table& table = book::data_table(book, "break_evens");
  ASSERT_EQ(book.break_evens.size(), table.rows.size());
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const book::BreakEvenRow& row = book.break_evens[r];
    EXPECT_EQ(static_cast<double>(row.found.tried.size()), number(table, table.rows[r], "evaluations"));
    double highest = -1.0, lowest = 2.0, lost = 0.0;
    for (const auto& [rate, amount] : row.found.tried) {
      if (amount > row.nothing) lowest = std::min(lowest, rate);
    }
    for (const auto& [rate, amount] : row.found.tried) {
      if (rate < lowest) highest = std::max(highest, rate);
    }
    for (double loss : row.losses) lost += loss;
    EXPECT_DOUBLE_EQ(100.0 * highest, number(table, table.rows[r], "cdr_pct"));
    EXPECT_NEAR(100.0 * lost / book.basis.cut_off_balance, number(table, table.rows[r], "pool_loss_pct"), 1e-9);
  }
}

TEST(StratSums, are_what_every_average_is_made_of) {
  const book::Book book = book_of("impac-2003-12");
  const table::Table& strats = book::data_table(book, "strats");
  ASSERT_EQ(book.strat_sums.size(), 7u);
  for (const strat::AverageSums& sums : book.strat_sums) {
    ASSERT_EQ(sums.products.size(), strats.rows.size());
    for (std::size_t r = 0; r < strats.rows.size(); ++r) {
      const table::Cell& average = cell(strats, strats.rows[r], sums.column.c_str());
      if (average.empty()) EXPECT_EQ(sums.weights[r], 0.0) << sums.column << ' ' << r;
      else EXPECT_DOUBLE_EQ(sums.products[r] / sums.weights[r], std::get<double>(average.value)) << sums.column << ' ' << r;
    }
  }
}

}  // namespace spillway
