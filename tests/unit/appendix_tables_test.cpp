// The back of the book: conventions from their page, and the list of runs.

#include <gtest/gtest.h>

#include <set>

#include "spillway/book/appendix_tables.h"

using namespace spillway;

namespace {

const char kPage[] =
    "# Title\n\n| number | how | more |\n|---|---|---|\n"
    "| Price | Per 100. | price.md |\n| Duration, `short` | One way. | d.md |\n| Duration, `long` | Another. | d.md |\n\n"
    "After | the | table\n";

std::string text_at(const table::Table& table, std::size_t row, const char* column) {
  return table::format_cell(table.rows[row].cells[table::column_index(table, column)], table.columns[0], table::Style::plain);
}

}  // namespace

TEST(Conventions, come_from_the_table_of_the_page) {
  const table::Table made = book::conventions(kPage, {{"Price", "99.5"}});
  ASSERT_EQ(made.rows.size(), 1u) << "a number with variants is left out without a choice";
  EXPECT_EQ(text_at(made, 0, "number"), "Price");
  EXPECT_EQ(text_at(made, 0, "this_deal"), "99.5");
  EXPECT_EQ(text_at(made, 0, "rule"), "Per 100.");
  EXPECT_EQ(text_at(made, 0, "page"), "price.md");
}

TEST(Conventions, list_only_the_variant_chosen) {
  const table::Table made = book::conventions(kPage, {{"Duration", "long"}});
  ASSERT_EQ(made.rows.size(), 2u);
  EXPECT_EQ(text_at(made, 1, "number"), "Duration");
  EXPECT_EQ(text_at(made, 1, "rule"), "Another.");
}

TEST(Conventions, of_the_documentation_name_each_number_once) {
  const table::Table made = book::conventions({{"Modified duration", "actual_360_bey"}});
  std::set<std::string> names;
  for (std::size_t r = 0; r < made.rows.size(); ++r) EXPECT_TRUE(names.insert(text_at(made, r, "number")).second);
  EXPECT_EQ(names.count("Discount margin"), 1u);
  EXPECT_EQ(names.count("Modified duration"), 1u);
}

TEST(RunList, has_a_row_per_view_with_its_end) {
  book::RunView view;
  view.scenario = "base";
  view.speed_pct = 80;
  view.to_call = true;
  view.call_period = 2;
  view.dates = {calendar::make_date(2024, 1, 25), calendar::make_date(2024, 2, 25)};
  const table::Table made = book::run_list({&view, 1});
  ASSERT_EQ(made.rows.size(), 1u);
  EXPECT_EQ(text_at(made, 0, "to"), "call");
  EXPECT_EQ(text_at(made, 0, "last_payment"), "2024-02-25");
  EXPECT_EQ(text_at(made, 0, "call_period"), "2");
}
