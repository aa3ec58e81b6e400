#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "spillway/pdf/side_by_side.h"

using namespace spillway;

namespace {

table::Table paths() {
  table::Table t{"index_paths", "Index paths", "", {}, {}, {"A note."}};
  t.columns = {{"scenario", "Scenario", "", table::text_format()},
               {"index", "Index", "", table::text_format()},
               {"date", "Date", "", table::date_format()},
               {"rate_pct", "Rate", "percent", table::number_format(2)},
               {"shocked_pct", "Rate with shock", "percent", table::number_format(2)}};
  return t;
}

calendar::Date month(int m) { return calendar::add_months(calendar::make_date(2003, 11, 25), m); }

void add(table::Table& t, const char* scenario, const char* index, double level, double shock, int months = 30) {
  for (int m = 0; m < months; ++m) t.rows.push_back({{scenario, index, month(m), level + m, level + m + (m > 1 ? shock : 0.0)}, false});
}

std::vector<std::string> heads(const table::Table& t) {
  std::vector<std::string> titles;
  for (const auto& column : t.columns) titles.push_back(column.title);
  return titles;
}

std::vector<std::string> shown(const table::Table& t, std::size_t row) {
  std::vector<std::string> cells;
  for (std::size_t c = 0; c < t.columns.size(); ++c) cells.push_back(table::format_cell(t.rows[row].cells[c], t.columns[c], table::Style::print));
  return cells;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST(SideBySide, puts_each_run_of_rows_in_columns_of_its_own) {
  table::Table t = paths();
  add(t, "up", "libor", 1, 10);
  add(t, "up", "cmt", 2, 0);
  const auto made = pdf::side_by_side(t);
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].title, "Index paths");
  EXPECT_EQ(heads(made[0]), (Texts{"Date", "up\nlibor", "up\nlibor, rate with shock", "up\ncmt"}));
  ASSERT_EQ(made[0].rows.size(), 30u);
  EXPECT_EQ(shown(made[0], 3), (Texts{"2004-02-25", "4.00", "14.00", "5.00"}));
  EXPECT_EQ(made[0].notes, Texts{"A note."});
}

TEST(SideBySide, leaves_cells_empty_where_a_run_has_no_such_date) {
  table::Table t = paths();
  add(t, "base", "libor", 1, 0, 30);
  add(t, "base", "cmt", 2, 0, 20);
  const auto made = pdf::side_by_side(t);
  EXPECT_EQ(shown(made[0], 19), (Texts{"2005-06-25", "20.00", "21.00"}));
  EXPECT_EQ(shown(made[0], 20), (Texts{"2005-07-25", "21.00", ""}));
}

TEST(SideBySide, says_in_a_note_which_first_text_has_the_figures_of_another) {
  table::Table t = paths();
  for (const char* scenario : {"base", "same"}) {
    add(t, scenario, "libor", 1, 0);
    add(t, scenario, "cmt", 2, 0);
  }
  add(t, "other", "libor", 1, 0);
  const auto made = pdf::side_by_side(t);
  EXPECT_EQ(heads(made[0]), (Texts{"Date", "base\nlibor", "base\ncmt", "other\nlibor"}));
  EXPECT_EQ(made[0].notes, (Texts{"A note.", "same has the figures of base."}));
}

TEST(SideBySide, sets_rows_without_a_date_in_a_table_before) {
  table::Table t = paths();
  t.rows.push_back({{"level", "libor", table::Cell(), 1.12, 1.12}, false});
  add(t, "base", "libor", 1, 0);
  add(t, "base", "cmt", 2, 0);
  const auto made = pdf::side_by_side(t);
  ASSERT_EQ(made.size(), 2u);
  EXPECT_EQ(heads(made[0]), (Texts{"Scenario", "Index", "Rate"}));
  EXPECT_EQ(shown(made[0], 0), (Texts{"level", "libor", "1.12"}));
  EXPECT_EQ(made[1].title, "Index paths by date");
  EXPECT_EQ(made[1].rows.size(), 30u);
}

TEST(SideBySide, leaves_other_tables_as_they_are) {
  table::Table few = paths(), back = paths(), sparse = paths(), one = paths(), total = paths();
  add(few, "base", "libor", 1, 0, 10);
  add(few, "base", "cmt", 1, 0, 10);
  add(back, "base", "libor", 1, 0);
  add(back, "base", "libor", 1, 0);                   // dates start again
  add(one, "base", "libor", 1, 0, 60);
  for (int m = 0; m < 60; ++m) {
    sparse.rows.push_back({{"base", "index " + std::to_string(m), month(m), 1.0, 1.0}, false});
  }
  add(total, "base", "libor", 1, 0);
  add(total, "base", "cmt", 1, 0);
  total.rows.back().is_total = true;
  for (const table::Table& t : {few, back, sparse, one, total, table::Table{}}) {
    const auto made = pdf::side_by_side(t);
    ASSERT_EQ(made.size(), 1u);
    EXPECT_EQ(heads(made[0]), heads(t));
    EXPECT_EQ(made[0].rows.size(), t.rows.size());
  }
}
