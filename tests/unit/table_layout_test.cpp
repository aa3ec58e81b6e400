// Tables on a terminal, and tables read back from a written book.

#include <gtest/gtest.h>

#include "spillway/book/book.h"
#include "spillway/io/csv_table.h"
#include "spillway/report/report.h"

using namespace spillway;
using namespace spillway::table;

namespace {

Table sample() {
  Table made{"sample", "Sample", "", {}, {}, {}};
  made.columns = {{"class", "Class", "", text_format()}, {"cash", "Cash", "dollars", dollars_format(2)}, {"wal", "WAL", "years", number_format(2)}};
  made.rows = {{{"A", -12.5, 1.25}, false}, {{"007", 1234567.0, Cell()}, false}, {{"Total", 1234554.5, -1.0}, true}};
  return made;
}

std::string laid_out(std::size_t width, bool color) { return report::to_text(sample(), {width, color}); }

}  // namespace

TEST(TableLayout, without_a_width_or_colour_is_the_plain_text) { EXPECT_EQ(laid_out(0, false), report::to_text(sample())); }

TEST(TableLayout, keeps_a_table_whole_that_just_fits) { EXPECT_EQ(laid_out(27, false), report::to_text(sample())); }

TEST(TableLayout, cuts_a_wide_table_into_groups_each_after_the_first_column) {
  EXPECT_EQ(laid_out(26, false),
            "Sample\n"
            "Class           Cash\n"
            "--------------------\n"
            "A            -$12.50\n"
            "007    $1,234,567.00\n"
            "--------------------\n"
            "Total  $1,234,554.50\n"
            "\n"
            "Class    WAL\n"
            "------------\n"
            "A       1.25\n"
            "007\n"
            "------------\n"
            "Total  -1.00\n");
}

TEST(TableLayout, shows_every_column_however_narrow_the_terminal) {
  const std::string text = laid_out(3, false);
  for (const char* word : {"Cash", "WAL", "$1,234,567.00", "1.25"}) EXPECT_NE(text.find(word), std::string::npos) << word;
}

TEST(TableLayout, wraps_sentences_in_the_room_that_is_left) {
  Table t{"rules", "Rules", "", {}, {}, {"A note that is longer than a line of the terminal."}};
  t.columns = {{"number", "Number", "", text_format()}, {"rule", "Rule", "", text_format()}, {"n", "N", "", integer_format()}};
  t.rows = {{{"Price", "Per 100 of original balance, without accrued interest.", 1.0}, false}, {{"Lag", "None.", 2.0}, false}};
  EXPECT_EQ(report::to_text(t, {40, false}),
            "Rules\n"
            "Number  Rule                           N\n"
            "----------------------------------------\n"
            "Price   Per 100 of original balance,   1\n"
            "        without accrued interest.\n"
            "Lag     None.                          2\n"
            "A note that is longer than a line of the\n"
            "terminal.\n");
}

TEST(TableLayout, prints_heads_and_totals_bold_and_negative_numbers_red) {
  EXPECT_EQ(laid_out(0, true),
            "Sample\n"
            "\033[1mClass           Cash    WAL\033[0m\n"
            "---------------------------\n"
            "A            \033[31m-$12.50\033[39m   1.25\n"
            "007    $1,234,567.00\n"
            "---------------------------\n"
            "\033[1mTotal  $1,234,554.50  \033[31m-1.00\033[39m\033[0m\n");
}

TEST(WrittenTable, reads_csv_so_that_it_writes_the_same_bytes) {
  const std::string csv = report::to_csv(sample()) + "\"a, \"\"b\",007,1e5\nx,0.50,-0.0\n";
  const auto read = io::read_csv_table(csv, "sample.csv", "sample");
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(report::to_csv(*read), csv);
  EXPECT_EQ(read->rows[0].cells[1].value, Value(-12.5));
  EXPECT_EQ(read->rows[3].cells[1].value, Value(std::string("007")));
}
