#include <string>

#include <gtest/gtest.h>

#include "spillway/report/html_links.h"

using namespace spillway;

namespace {

table::Column text(std::string name, std::string title = "") { return {std::move(name), std::move(title), "", table::text_format()}; }
table::Column number(std::string name, std::string title = "") { return {std::move(name), std::move(title), "", table::number_format(2)}; }

book::Book with(table::Table data) {
  book::Book b;
  b.data_tables = {std::move(data)};
  return b;
}

table::Table dm_tables() {
  table::Table t{"dm_tables", "", {}, {}, {}, {}};
  t.columns = {text("class"), text("scenario"), {"speed_pct", "Speed", "", table::percent_format(2)}, number("wal", "WAL (yr)")};
  t.rows = {{{"A-1", "call", 100.0, 2.16}, false}, {{"A-1", "call", 150.0, 1.35}, false}, {{"A-1", "maturity", 100.0, 2.78}, false}};
  return t;
}

}  // namespace

TEST(HtmlLinks, a_printed_data_table_is_row_for_row_the_data) {
  table::Table t{"residual", "", {}, {text("period"), number("cash")}, {{{"1", 5.0}, false}, {{"", 5.0}, true}}, {}};
  const report::TableLink link = report::link_of(with(t), t);
  EXPECT_EQ(link.of, "residual");
  EXPECT_EQ(link.columns, (std::vector<std::string>{"period", "cash"}));
  EXPECT_EQ(link.rows, (std::vector<std::vector<int>>{{0}, {1}}));
}

TEST(HtmlLinks, a_price_page_turns_rows_into_columns) {
  table::Table page{"price_dm_A-1_call", "To call", {}, {text("measure", "Speed"), number("a", "150.00%"), number("b", "100.00%")},
                    {{{"WAL (yr)", 1.35, 2.16}, false}, {{"Other", 1.0, 1.0}, false}}, {}};
  const report::TableLink link = report::link_of(with(dm_tables()), page);
  EXPECT_EQ(link.of, "dm_tables");
  EXPECT_EQ(link.row_columns, (std::vector<std::string>{"wal", ""}));
  EXPECT_EQ(link.rows[0], (std::vector<int>{-1, 1, 0}));
}

TEST(HtmlLinks, a_stratification_finds_its_rows_among_all) {
  table::Table all{"strats", "", {}, {text("table"), text("label"), number("fico")},
                   {{{"state", "CA", 700.0}, false}, {{"purpose", "CA", 690.0}, false}, {{"purpose", "Purchase", 710.0}, false}}, {}};
  table::Table page{"purpose", "Purpose", {}, {text("label"), number("fico")}, {{{"CA", 690.0}, false}, {{"Purchase", 710.0}, false}}, {}};
  const report::TableLink link = report::link_of(with(all), page);
  EXPECT_EQ(link.of, "strats");
  EXPECT_EQ(link.rows, (std::vector<std::vector<int>>{{1}, {2}}));
}

TEST(HtmlLinks, a_decrement_page_finds_each_cell_by_date_class_and_speed) {
  table::Table data{"decrements", "", {}, {text("class"), text("date"), {"psa", "", "", table::integer_format()}, number("percent")},
                    {{{"A", "Initial Percent", 1000.0, "100"}, false}, {{"A", "WAL_years", 1000.0, 3.5}, false}}, {}};
  table::Table page{"", "Percent", {}, {text("date", "Date"), number("A_1000%", "A\n1000%"), number("B_0%", "B\n0%")},
                    {{{"Initial Percent", "100", "100"}, false}, {{"Weighted Average Life (years)", 3.5, 1.0}, false}}, {}};
  const report::TableLink link = report::link_of(with(data), page);
  EXPECT_EQ(link.rows, (std::vector<std::vector<int>>{{-1, 0, -1}, {-1, 1, -1}}));
}

TEST(HtmlLinks, a_table_of_no_data_has_no_link) {
  table::Table page{"other", "", {}, {text("a")}, {{{"x"}, false}}, {}};
  EXPECT_TRUE(report::link_of(with(dm_tables()), page).of.empty());
}

TEST(HtmlLinks, rows_are_told_apart_by_the_columns_that_say_what_they_are) {
  EXPECT_EQ(report::key_columns(dm_tables()), (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(report::key_columns(table::Table{"residual", "", {}, {text("period")}, {}, {}}), (std::vector<int>{0}));
  EXPECT_TRUE(report::key_columns(table::Table{}).empty());
}
