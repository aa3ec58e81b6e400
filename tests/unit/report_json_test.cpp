#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "spillway/report/report.h"
#include "spillway/result/issue.h"

using namespace spillway;
using nlohmann::json;

namespace {

table::Table balances() {
  table::Table t{.name = "balances", .title = "Balances", .subtitle = "", .columns = {}, .rows = {}, .notes = {}};
  t.columns = {{"class", "Class", "", table::text_format()},
               {"balance", "Balance", "dollars", table::dollars_format()},
               {"payment_date", "Payment Date", "", table::month_format()}};
  t.rows = {{{"A-1", 861000000.0, calendar::make_date(2004, 1, 25)}, false}, {{"Total", 1e9, {}}, true}};
  return t;
}

bool same_bits(double a, double b) {
  std::uint64_t x = 0, y = 0;
  std::memcpy(&x, &a, sizeof x);
  std::memcpy(&y, &b, sizeof y);
  return x == y;
}

}  // namespace

TEST(ReportJson, numbers_read_back_to_the_same_bits) {
  const std::vector<double> values = {0.1, 1.0 / 3.0, 5e-324, 1.7976931348623157e308, -0.0, 861000000.0, 123456789.123456789,
                                      9007199254740993.0, 2.2250738585072014e-308};
  table::Table t;
  t.columns = {{"value", "Value", "", table::number_format(2)}};
  for (const double value : values) t.rows.push_back({{value}, false});
  const json read = json::parse(report::to_json(t));
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_TRUE(same_bits(read["rows"][i]["value"].get<double>(), values[i])) << values[i];
  }
}

TEST(ReportJson, what_is_unknown_is_null) {
  table::Table t;
  t.columns = {{"value", "Value", "", table::number_format(2)}};
  t.rows = {{{table::Cell()}, false},
            {{std::nan("")}, false},
            {{std::numeric_limits<double>::infinity()}, false},
            {{-std::numeric_limits<double>::infinity()}, false}};
  const json read = json::parse(report::to_json(t));
  for (const auto& row : read["rows"]) EXPECT_TRUE(row["value"].is_null());
}

TEST(ReportJson, a_book_has_the_documented_shape) {
  book::Book b;
  b.deal = "Trust \"12\" <A&B>";
  b.data_tables = {balances()};
  const json read = json::parse(report::to_json(b));
  EXPECT_EQ(read["deal"], b.deal);
  const json& t = read["tables"]["balances"];
  EXPECT_EQ(t["title"], "Balances");
  EXPECT_EQ(t["columns"][1], (json{{"name", "balance"}, {"title", "Balance"}, {"unit", "dollars"}, {"format", "$#,##0"}}));
  EXPECT_FALSE(t["columns"][0].contains("format"));
  EXPECT_EQ(t["columns"][2]["format"], "MMMYY");
  EXPECT_FALSE(t.contains("formats"));
  EXPECT_EQ(t["rows"][0], (json{{"class", "A-1"}, {"balance", 861000000.0}, {"payment_date", "2004-01-25"}}));
  EXPECT_TRUE(t["rows"][1]["payment_date"].is_null());
  EXPECT_EQ(t["total_rows"], json::array({1}));
}

TEST(ReportJson, a_table_alone_reads_as_it_does_inside_the_book) {
  book::Book b;
  b.data_tables = {balances()};
  EXPECT_EQ(json::parse(report::to_json(balances())), json::parse(report::to_json(b))["tables"]["balances"]);
}

TEST(ReportJson, every_row_is_one_line_and_keys_keep_the_column_order) {
  const std::string text = report::to_json(balances());
  EXPECT_NE(text.find("\n  {\"class\":\"A-1\",\"balance\":861000000.0,\"payment_date\":\"2004-01-25\"},\n"), std::string::npos)
      << text;
  EXPECT_EQ(text, report::to_json(balances()));
}

TEST(ReportJson, empty_books_and_tables_are_valid) {
  EXPECT_EQ(json::parse(report::to_json(book::Book{}))["tables"], json::object());
  EXPECT_EQ(json::parse(report::to_json(table::Table{}))["rows"], json::array());
}

TEST(ReportJson, bytes_that_are_not_text_do_not_stop_the_report) {
  table::Table t = balances();
  t.rows[0].cells[0] = std::string("A\xff");
  EXPECT_EQ(json::parse(report::to_json(t))["rows"][0]["class"], "A\xEF\xBF\xBD");
}

TEST(ReportJson, names_that_would_lose_data_are_refused) {
  book::Book b;
  b.data_tables = {balances(), balances()};
  EXPECT_THROW(report::to_json(b), result::InvariantViolation);
  table::Table t = balances();
  t.columns[1].name = "class";
  EXPECT_THROW(report::to_json(t), result::InvariantViolation);
}
