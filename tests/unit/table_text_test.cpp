#include <gtest/gtest.h>

#include "spillway/report/report.h"

using namespace spillway::table;
using spillway::report::to_csv;
using spillway::report::to_text;

namespace {

Table sample() {
  Table table;
  table.title = "Range of Current Balance";
  table.columns = {{"label", "Description", "", text_format()},
                   {"current_balance", "Balance", "dollars", dollars_format()},
                   {"pct", "%", "percent", number_format(2)}};
  table.rows = {{{"$0.01 - $50,000.00", 147628.4, 9.5}, false}, {{"é", 1405000.0, Cell()}, false},
                {{Cell(), 1552628.4, 100}, true}};
  return table;
}

}  // namespace

TEST(Csv, writes_names_plain_numbers_and_quotes_what_needs_it) {
  EXPECT_EQ(to_csv(sample()),
            "label,current_balance,pct\n"
            "\"$0.01 - $50,000.00\",147628,9.50\n"
            "é,1405000,\n"
            ",1552628,100.00\n");
}

TEST(Csv, doubles_quotes_and_keeps_line_breaks_inside_a_field) {
  Table table;
  table.columns = {{"a", "", "", {}}, {"b, c", "", "", {}}};
  table.rows = {{{"say \"no\"", "two\nlines"}, false}, {{"short row"}, false}};
  EXPECT_EQ(to_csv(table), "a,\"b, c\"\n\"say \"\"no\"\"\",\"two\nlines\"\nshort row,\n");
}

TEST(Csv, writes_a_lone_empty_field_so_that_its_line_is_not_blank) {
  Table table;
  table.columns = {{"a", "", "", {}}};
  table.rows = {{{Cell()}, false}};
  EXPECT_EQ(to_csv(table), "a\n\"\"\n");
}

TEST(Text, aligns_numbers_to_the_right_and_rules_off_the_total) {
  EXPECT_EQ(to_text(sample()),
            "Range of Current Balance\n"
            "Description            Balance       %\n"
            "--------------------------------------\n"
            "$0.01 - $50,000.00    $147,628    9.50\n"
            "é                   $1,405,000\n"
            "--------------------------------------\n"
            "                    $1,552,628  100.00\n");
}
