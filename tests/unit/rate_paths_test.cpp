// Files of rate paths: what they hold, and every problem with its place.

#include "spillway/io/rate_paths.h"

#include <gtest/gtest.h>

#include "issue_lines.h"

using namespace spillway;
using calendar::make_date;

namespace {

const io::RatePathsContext kTwo{{"libor_1m", "cmt_1y"}, make_date(2003, 12, 18)};

io::RatePaths paths_of(const std::string& text) {
  auto read = io::read_rate_paths(text, "paths.csv", kTwo);
  EXPECT_EQ(lines(read.issues), Lines{});
  return read.ok() ? std::move(*read) : io::RatePaths{};
}

Lines problems_of(const std::string& text, const io::RatePathsContext& context = kTwo) {
  const auto read = io::read_rate_paths(text, "paths.csv", context);
  EXPECT_EQ(read.ok(), !result::has_errors(read.issues));
  return lines(read.issues);
}

const std::string kHead = "path,date,libor_1m,cmt_1y\n";

}  // namespace

TEST(RatePaths, come_in_the_order_of_the_file_with_rates_as_decimals) {
  const io::RatePaths read = paths_of("date,path,month,cmt1y,libor1m\n2003-12-18,7,0,1.25,1.5\n2004-12-18,7,12,2.25,2.5\n\n2003-11-01,low,0,0.5,-0.25\n");
  ASSERT_EQ(read.names, (std::vector<std::string>{"7", "low"}));
  const auto rate = [&](std::size_t path, const char* index, calendar::Date date) {
    return read.paths[path].rate(*read.paths[path].find(index), date);
  };
  EXPECT_DOUBLE_EQ(rate(0, "libor_1m", make_date(2003, 12, 18)), 0.015);
  EXPECT_DOUBLE_EQ(rate(0, "libor_1m", make_date(2004, 6, 18)), 0.02);  // 183 of 366 days
  EXPECT_DOUBLE_EQ(rate(0, "cmt_1y", make_date(2010, 1, 1)), 0.0225);
  EXPECT_DOUBLE_EQ(rate(1, "libor_1m", make_date(2010, 1, 1)), -0.0025);
}

TEST(RatePaths, need_their_columns_each_once) {
  EXPECT_EQ(problems_of("pfad,date,libor_1m,cmt_1y,libor1m,sofr\n1,2003-12-18,1,1,1,1\n"),
            (Lines{"paths.csv:1: error: the column path is missing; known: pfad, date, libor_1m, cmt_1y, libor1m, sofr",
                   "paths.csv:1:1: warning: the column pfad is no index of the deal; known: libor_1m, cmt_1y",
                   "paths.csv:1:27: error: the column libor1m gives libor_1m again; leave one of them out",
                   "paths.csv:1:35: warning: the column sofr is no index of the deal; known: libor_1m, cmt_1y"}));
  EXPECT_EQ(problems_of("path,date,libor_1m\n1,2003-12-18,1\n"),
            (Lines{"paths.csv:1: error: no column gives the index cmt_1y; add a column cmt_1y, percent a year"}));
  EXPECT_EQ(problems_of("path,path,date,libor_1m,cmt_1y\n1,1,2003-12-18,1,1\n"),
            (Lines{"paths.csv:1:6: error: the column path gives path again; leave one of them out"}));
}

TEST(RatePaths, ascend_in_date_and_start_by_the_first_fixing) {
  EXPECT_EQ(problems_of(kHead + "1,2003-12-18,1,1\n1,2004-12-18,1,1\n1,2004-12-18,1,1\n2,2003-12-19,1,1\n2,2004-01-01,1,1\n"),
            (Lines{"paths.csv:4:3: error: date '2004-12-18' does not come after the row before; put the rows of path 1 in order of date",
                   "paths.csv:5:3: error: date '2003-12-19' is late for the start of path 2: the first fixing is on 2003-12-18; add a row of "
                   "that date or before it"}));
  EXPECT_EQ(problems_of(kHead + "2,2003-12-19,1,1\n", {kTwo.indices, {}}), Lines{});
}

TEST(RatePaths, stand_together_under_a_name) {
  EXPECT_EQ(problems_of(kHead + "1,2003-12-18,1,1\n2,2003-12-18,1,1\n1,2004-12-18,1,1\n,2003-12-18,1,1\n"),
            (Lines{"paths.csv:4:1: error: path '1' has rows above, apart from these; put the rows of a path together, or give these another name",
                   "paths.csv:5:1: error: the row names no path; give every row the number or name of its path"}));
}

TEST(RatePaths, hold_dates_and_rates_in_percent) {
  EXPECT_EQ(problems_of(kHead + "1,2003-12-32,1,x\n1,2003-12-18,75,1\n1,2004-01-18,1\n"),
            (Lines{"paths.csv:2:3: error: date '2003-12-32' is not a date; write a date as 2003-12-25",
                   "paths.csv:2:16: error: cmt_1y 'x' is not a number; write a plain number, percent a year",
                   "paths.csv:3:14: error: libor_1m '75' is out of range; the column is in percent a year",
                   "paths.csv:4:1: error: the row has 3 fields, the header has 4; give every column a field, blank where unknown"}));
  EXPECT_EQ(problems_of(kHead + "1,2003-12-18,1,1\n1,soon,1,1\n1,2004-12-18,1,1\n"),  // once, not as out of order too
            (Lines{"paths.csv:3:3: error: date 'soon' is not a date; write a date as 2003-12-25"}));
  EXPECT_EQ(problems_of(kHead + "1,2003-12-18,0.0112,0.013\n"),
            (Lines{"paths.csv: warning: every rate is below 0.15: these look like decimals, and are read as percent a year; write 4.25 for 4.25%"}));
}

TEST(RatePaths, are_missed_where_there_are_none) {
  EXPECT_EQ(problems_of(kHead), (Lines{"paths.csv: error: the file holds no rate paths; add rows of path, date and a rate for each index"}));
  EXPECT_EQ(problems_of(""), (Lines{"paths.csv:1: error: the column path is missing", "paths.csv:1: error: the column date is missing"}));
}
