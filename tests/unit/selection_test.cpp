// Columns and rows picked of a table.

#include <gtest/gtest.h>

#include "spillway/table/selection.h"

using namespace spillway;
using namespace spillway::table;

namespace {

Table sample() {
  Table made{"sample", "Sample", "", {}, {}, {"a note"}};
  made.columns = {{"class", "Class", "", text_format()}, {"speed", "Speed", "percent", percent_format(1)}, {"end", "End", "", month_format()}};
  made.rows = {{{"A-1", 80.0, calendar::make_date(2004, 1, 1)}, false},
               {{"A-1", 100.04, calendar::make_date(2004, 2, 1)}, false},
               {{"M-1", 100.0, Cell()}, false},
               {{"Total", Cell(), Cell()}, true}};
  return made;
}

std::vector<std::string> first_cells(const std::vector<const char*>& conditions) {
  Selection selection;
  for (const char* text : conditions) selection.conditions.push_back(*read_condition(text));
  std::vector<std::string> cells;
  const auto selected = select(sample(), selection);
  for (const Row& row : selected->rows) {
    cells.push_back(format_cell(row.cells[0], selected->columns[0], Style::plain) + " " + format_cell(row.cells[1], selected->columns[1], Style::plain));
  }
  return cells;
}

using Cells = std::vector<std::string>;

}  // namespace

TEST(Selection, picks_columns_in_the_order_asked_for) {
  const auto selected = select(sample(), {{"end", "class"}, {}, {}});
  ASSERT_TRUE(selected.ok());
  EXPECT_EQ(selected->columns[0].name, "end");
  EXPECT_EQ(selected->columns.size(), 2u);
  EXPECT_EQ(selected->rows[1].cells[1].value, Value(std::string("A-1")));
  EXPECT_TRUE(selected->rows.back().is_total);
  EXPECT_EQ(selected->notes, sample().notes);
}

TEST(Selection, picks_rows_by_words_and_by_numbers_as_printed) {
  EXPECT_EQ(first_cells({"class=a-1"}), (Cells{"A-1 80.0", "A-1 100.0"}));
  EXPECT_EQ(first_cells({"class != A-1", "speed>0"}), (Cells{"M-1 100.0"}));
  EXPECT_EQ(first_cells({"speed=100"}), (Cells{"A-1 100.0", "M-1 100.0"}));
  EXPECT_EQ(first_cells({"speed>=100", "class=M-1"}), (Cells{"M-1 100.0"}));
  EXPECT_EQ(first_cells({"speed<100"}), (Cells{"A-1 80.0"})) << "a blank is below nothing";
  EXPECT_EQ(first_cells({"speed<=80"}), (Cells{"A-1 80.0"}));
  EXPECT_EQ(first_cells({"end=2004-02"}), (Cells{"A-1 100.0"}));
  EXPECT_EQ(first_cells({"end="}), (Cells{"M-1 100.0", "Total "}));
}

TEST(Selection, stops_at_the_most_rows_wanted) {
  EXPECT_EQ(select(sample(), {{}, {}, 2})->rows.size(), 2u);
  EXPECT_EQ(select(sample(), {{}, {}, 0})->rows.size(), 0u);
}

TEST(Selection, names_the_nearest_column_for_one_that_is_not_there) {
  const auto selected = select(sample(), {{"clas"}, {*read_condition("spede=1")}, {}});
  EXPECT_FALSE(selected.ok());
  ASSERT_EQ(selected.issues.size(), 2u);
  EXPECT_EQ(result::to_text(selected.issues[0]), "--columns: error: the table sample has no column clas; did you mean class?");
  EXPECT_EQ(result::to_text(selected.issues[1]), "--where: error: the table sample has no column spede; did you mean speed?");
}

TEST(Selection, takes_no_text_without_a_test_for_a_condition) {
  for (const char* text : {"", "class", "=A-1", " =A", "!A"}) EXPECT_FALSE(read_condition(text).has_value()) << text;
}
