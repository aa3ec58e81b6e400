#include <gtest/gtest.h>

#include "spillway/compare/compare_tables.h"

using namespace spillway;
using compare::compare_tables;
using table::Cell;
using table::Table;

namespace {

Table prices() {
  Table t{"dm_tables", "Prices", {}, {}, {}, {}};
  t.columns = {{"class", "Class", "", table::text_format()},
               {"margin_pct", "Margin", "percent", table::percent_format(3)},
               {"scenario", "To", "", table::text_format()},
               {"speed_pct", "Speed", "percent", table::percent_format(2)},
               {"wal", "WAL", "years", table::number_format(2)},
               {"first_prin", "First", "", table::month_format()}};
  for (const double speed : {80.0, 100.0}) {
    for (const char* name : {"A-1", "M-2"}) {
      t.rows.push_back({{name, 0.35, "call", speed, speed / 50.0, calendar::make_date(2004, 1, 25)}, false});
    }
  }
  return t;
}

Table totals(const std::string& label, double balance) {
  Table t{"strats", "", {}, {}, {}, {}};
  t.columns = {{"table", "", "", table::text_format()}, {"label", "", "", table::text_format()},
               {"current_balance", "", "dollars", table::dollars_format()}, {"is_total", "", "", table::integer_format()}};
  t.rows = {{{"state", "CA", 5.0, 0}, false}, {{"state", label, balance, 1}, true}};
  return t;
}

compare::TableComparison compared(const Table& a, const Table& b, const compare::Tolerance& tolerance = {}, bool keep_equal = false) {
  auto made = compare_tables(std::vector{a}, std::vector{b}, tolerance, keep_equal);
  EXPECT_EQ(made.tables.size(), 1u);
  return made.tables.at(0);
}

}  // namespace

TEST(CompareTables, a_table_equals_itself) {
  const auto made = compared(prices(), prices(), {.is_exact = true});
  EXPECT_TRUE(made.is_same());
  EXPECT_EQ(made.cells, 12u);  // four rows of three cells that do not identify them
  EXPECT_EQ(made.equal, 12u);
  EXPECT_TRUE(made.pairs.empty());
  EXPECT_FALSE(made.largest);
}

TEST(CompareTables, a_change_of_one_cell_is_found_with_its_row_column_unit_and_both_values) {
  Table b = prices();
  b.rows[3].cells[4] = 2.5;
  const auto made = compared(prices(), b);
  EXPECT_FALSE(made.is_same());
  ASSERT_EQ(made.pairs.size(), 1u);
  const auto& pair = made.pairs[0];
  EXPECT_EQ(pair.row, "M-2 / call / 100.00");
  EXPECT_EQ(pair.column, "wal");
  EXPECT_EQ(pair.unit, "years");
  EXPECT_EQ(std::get<double>(pair.a.value), 2.0);
  EXPECT_EQ(std::get<double>(pair.b.value), 2.5);
  EXPECT_DOUBLE_EQ(*pair.difference, 0.5);
  ASSERT_TRUE(made.largest);
  EXPECT_EQ(made.largest->row, pair.row);
}

TEST(CompareTables, numbers_within_half_the_last_printed_digit_are_equal) {
  Table b = prices();
  b.rows[0].cells[4] = 1.6 + 0.005;
  EXPECT_TRUE(compared(prices(), b).is_same());
  EXPECT_FALSE(compared(prices(), b, {.is_exact = true}).is_same());
  b.rows[0].cells[4] = 1.6 + 0.0051;
  EXPECT_FALSE(compared(prices(), b).is_same());
}

TEST(CompareTables, a_stated_tolerance_holds_for_every_column) {
  Table b = prices();
  b.rows[0].cells[4] = 1.7;
  b.rows[1].cells[1] = 0.25;
  EXPECT_TRUE(compared(prices(), b, {.within = 0.11}).is_same());
  EXPECT_EQ(compared(prices(), b, {.within = 0.09}).pairs.size(), 2u);
}

TEST(CompareTables, a_difference_too_small_to_print_shows_more_digits_and_all_of_them_when_exact) {
  Table b = prices();
  b.rows[0].cells[4] = 1.6 + 0.004;
  const auto shown = [](const compare::CellPair& pair) {
    return table::format_cell(pair.b, {"", "", "", table::text_format()}, table::Style::print);
  };
  EXPECT_EQ(shown(compared(prices(), b, {.within = 0.0}).pairs.at(0)), "1.60400");
  EXPECT_EQ(shown(compared(prices(), b, {.is_exact = true}).pairs.at(0)), "1.604");
}

TEST(CompareTables, texts_dates_and_unknown_cells_must_be_the_same) {
  Table a = prices(), b = prices();
  b.rows[0].cells[5] = calendar::make_date(2004, 1, 26);
  a.rows[1].cells[4] = Cell();
  b.rows[2].cells[4] = "*";
  a.rows[3].cells[4] = Cell();
  b.rows[3].cells[4] = std::numeric_limits<double>::quiet_NaN();  // as unknown as an empty cell
  const auto made = compared(a, b);
  ASSERT_EQ(made.pairs.size(), 3u);
  for (const auto& pair : made.pairs) EXPECT_FALSE(pair.difference);
  EXPECT_EQ(table::format_cell(made.pairs[0].b, {}, table::Style::print), "2004-01-26");  // both print Jan04
}

TEST(CompareTables, rows_are_matched_by_their_keys_in_any_order) {
  Table b = prices();
  std::swap(b.rows[0], b.rows[3]);
  EXPECT_TRUE(compared(prices(), b).is_same());
}

TEST(CompareTables, rows_columns_and_tables_of_one_book_alone_are_listed) {
  Table b = prices();
  b.rows.erase(b.rows.begin());
  b.columns.push_back({"mdur", "MDUR", "years", table::number_format(2)});
  for (auto& row : b.rows) row.cells.emplace_back(1.0);
  Table more = prices(), other = prices();
  more.name = "more";
  other.name = "other";
  const auto made = compare_tables(std::vector{prices(), more}, std::vector{b, other});
  EXPECT_EQ(made.only_a, std::vector<std::string>{"more"});
  EXPECT_EQ(made.only_b, std::vector<std::string>{"other"});
  EXPECT_EQ(made.tables[0].rows_only_a, std::vector<std::string>{"A-1 / call / 80.00"});
  EXPECT_EQ(made.tables[0].columns_only_b, std::vector<std::string>{"mdur"});
  EXPECT_FALSE(made.tables[0].is_same());
  EXPECT_EQ(made.tables[0].cells, 9u);
  EXPECT_EQ(compare::only_in_one(made).rows.size(), 4u);
}

TEST(CompareTables, a_total_row_is_the_same_row_whatever_its_label_says) {
  const auto made = compared(totals("Average 5.1", 10.0), totals("Average 5.2", 12.0));
  EXPECT_TRUE(made.rows_only_a.empty());
  ASSERT_EQ(made.pairs.size(), 2u);
  EXPECT_EQ(made.pairs[0].row, "state (total)");
  EXPECT_EQ(made.pairs[0].column, "label");
  EXPECT_EQ(made.pairs[1].column, "current_balance");
}

TEST(CompareTables, an_unknown_table_is_matched_by_the_first_columns_that_tell_rows_apart) {
  Table a = prices();
  a.name = "something";
  a.columns.erase(a.columns.begin() + 1);
  for (auto& row : a.rows) row.cells.erase(row.cells.begin() + 1);
  Table b = a;
  b.rows[1].cells[3] = 9.0;
  const auto made = compared(a, b);
  ASSERT_EQ(made.pairs.size(), 1u);
  EXPECT_EQ(made.pairs[0].row, "M-2 / call / 80.00");
}

TEST(CompareTables, rows_alike_in_all_keys_are_matched_in_order) {
  Table a = prices();
  a.rows[1] = a.rows[0];
  Table b = a;
  b.rows[1].cells[4] = 3.0;
  const auto made = compared(a, b);
  ASSERT_EQ(made.pairs.size(), 1u);
  EXPECT_EQ(made.pairs[0].row, "A-1 / call / 80.00 #2");
}

TEST(CompareTables, the_summary_counts_every_table_and_all) {
  Table b = prices();
  b.rows[3].cells[4] = 2.5;
  b.rows[2].cells[4] = 2.1;
  const auto made = compare_tables(std::vector{prices(), totals("x", 1)}, std::vector{b, totals("x", 1)});
  const Table sums = compare::summary(made);
  ASSERT_EQ(sums.rows.size(), 3u);
  EXPECT_EQ(table::number_at(sums, "dm_tables", "different"), 2.0);
  EXPECT_EQ(table::number_at(sums, "dm_tables", "largest"), 0.5);
  EXPECT_EQ(std::get<std::string>(sums.rows[0].cells.back().value), "M-2 / call / 100.00, wal");
  EXPECT_EQ(table::number_at(sums, "strats", "different"), 0.0);
  EXPECT_EQ(table::number_at(sums, "Total", "cells"), 15.0);
}

TEST(CompareTables, equal_cells_are_listed_when_asked_for_and_long_lists_are_cut_with_a_note) {
  const auto made = compare_tables(std::vector{prices()}, std::vector{prices()}, {}, true);
  EXPECT_EQ(compare::differences(made).rows.size(), 12u);
  const Table cut = compare::differences(made, 5);
  EXPECT_EQ(cut.rows.size(), 5u);
  EXPECT_EQ(cut.notes, std::vector<std::string>{"7 more of dm_tables: --table dm_tables lists them."});
}
