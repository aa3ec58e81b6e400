#include "spillway/table/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "spillway/result/issue.h"

using namespace spillway::table;
using spillway::calendar::make_date;

namespace {

std::string shown(Value value, Format format, Style style) {
  return format_cell(Cell(std::move(value)), {"c", "C", "", std::move(format)}, style);
}

std::string plain(Value value, Format format) { return shown(std::move(value), std::move(format), Style::plain); }
std::string print(Value value, Format format) { return shown(std::move(value), std::move(format), Style::print); }

}  // namespace

TEST(RoundHalfAway, takes_a_half_away_from_zero_on_both_sides) {
  EXPECT_EQ(round_half_away(0.5, 0), 1);
  EXPECT_EQ(round_half_away(-0.5, 0), -1);
  EXPECT_EQ(round_half_away(2.5, 0), 3);
  EXPECT_EQ(round_half_away(-2.5, 0), -3);
  EXPECT_EQ(round_half_away(0.125, 2), 0.13);
  EXPECT_EQ(round_half_away(562743.5, 0), 562744);
}

// 1.005 is no double: the nearest one lies below it, and rounds down. The value is rounded, not the text it came from.
TEST(RoundHalfAway, rounds_the_double_and_not_the_decimal_it_was_written_as) {
  EXPECT_EQ(round_half_away(1.005, 2), 1.0);
  EXPECT_EQ(plain(1.005, number_format(2)), "1.00");
  EXPECT_EQ(round_half_away(1.0051, 2), 1.01);
}

TEST(RoundHalfAway, never_yields_a_negative_zero) {
  EXPECT_FALSE(std::signbit(round_half_away(-0.4, 0)));
  EXPECT_EQ(plain(-0.0004, number_format(3)), "0.000");
  EXPECT_EQ(print(-0.4, dollars_format()), "$0");
  EXPECT_EQ(plain(-0.0, number_format(2)), "0.00");
}

TEST(RoundHalfAway, leaves_numbers_too_large_to_have_a_fraction_alone) {
  EXPECT_EQ(round_half_away(1e300, 2), 1e300);
  EXPECT_EQ(round_half_away(9007199254740993.0, 3), 9007199254740993.0);
  EXPECT_EQ(round_half_away(std::numeric_limits<double>::max(), 9), std::numeric_limits<double>::max());
}

TEST(FormatCell, shows_numbers_bare_in_files_and_dressed_in_print) {
  EXPECT_EQ(plain(861000000.0, dollars_format()), "861000000");
  EXPECT_EQ(print(861000000.0, dollars_format()), "$861,000,000");
  EXPECT_EQ(plain(3951.0, integer_format()), "3951");
  EXPECT_EQ(print(3951.0, integer_format()), "3,951");
  EXPECT_EQ(plain(0.35, percent_format(3)), "0.350");
  EXPECT_EQ(print(0.35, percent_format(3)), "0.350%");
  EXPECT_EQ(print(1450000.01, dollars_format(2)), "$1,450,000.01");
  EXPECT_EQ(print(999.0, integer_format()), "999");
}

TEST(FormatCell, puts_the_sign_before_the_dollar) {
  EXPECT_EQ(print(-1234.5, dollars_format(2)), "-$1,234.50");
  EXPECT_EQ(plain(-1234.5, dollars_format(2)), "-1234.50");
  EXPECT_EQ(print(-100000.0, integer_format()), "-100,000");
}

TEST(FormatCell, shows_huge_and_tiny_numbers_in_full) {
  EXPECT_EQ(plain(1e22, number_format(0)), "10000000000000000000000");
  EXPECT_EQ(plain(std::numeric_limits<double>::max(), number_format(2)).size(), 309u + 3u);
  EXPECT_EQ(plain(1e-300, number_format(2)), "0.00");
  EXPECT_EQ(plain(5e-9, number_format(9)), "0.000000005");
}

TEST(FormatCell, shows_nothing_for_what_is_not_there) {
  EXPECT_EQ(plain(std::monostate{}, number_format(2)), "");
  EXPECT_EQ(plain(std::nan(""), number_format(2)), "");
  EXPECT_EQ(print(std::numeric_limits<double>::infinity(), dollars_format()), "");
  EXPECT_EQ(plain(make_date(0, 0, 0), date_format()), "");
}

TEST(FormatCell, shows_dates_and_months_in_their_own_ways) {
  Format slash = date_format();
  slash.month_slash_year = true;
  const auto date = make_date(2004, 1, 25);
  EXPECT_EQ(plain(date, date_format()), "2004-01-25");
  EXPECT_EQ(plain(date, month_format()), "2004-01");
  EXPECT_EQ(print(date, month_format()), "Jan04");
  EXPECT_EQ(plain(date, slash), "01/04");
  EXPECT_EQ(print(make_date(2015, 12, 1), month_format()), "Dec15");
}

TEST(FormatCell, lets_a_cell_override_its_column) {
  const Column column{"value", "Value", "", number_format(0)};
  EXPECT_EQ(format_cell(Cell(Value(5.702), percent_format(3)), column, Style::print), "5.702%");
  EXPECT_EQ(format_cell(Cell("n/a"), column, Style::plain), "n/a");
  EXPECT_EQ(plain(0.1, text_format()), "0.1");
}

TEST(ColumnIndex, finds_a_column_by_name_and_calls_a_wrong_one_our_bug) {
  Table table;
  table.columns = {{"a", "", "", {}}, {"b", "", "", {}}};
  EXPECT_EQ(column_index(table, "b"), 1u);
  EXPECT_THROW(column_index(table, "c"), spillway::result::InvariantViolation);
}
