#include <gtest/gtest.h>

#include "spillway/strat/strat.h"

using namespace spillway;
using namespace spillway::strat;

namespace {

TableDefinition balance_ranges() {
  TableDefinition definition;
  definition.name = "current_balance";
  definition.attribute = "current_balance";
  definition.buckets.kind = Buckets::Kind::width;
  definition.buckets.width = 50'000;
  return definition;
}

// All issues on one line, for a definition bent in one way.
std::string issues(const auto& bend) {
  StratDefinitions definitions;
  definitions.tables = {balance_ranges()};
  bend(definitions);
  std::string text;
  for (const result::Issue& issue : check_definitions(definitions)) text += to_text(issue) + " | ";
  return text;
}

std::string table_issues(const auto& bend) {
  return issues([&](StratDefinitions& definitions) { bend(definitions.tables[0]); });
}

void expect_says(const std::string& text, const std::string& part) {
  EXPECT_NE(text.find(part), std::string::npos) << "said: " << text;
}

}  // namespace

TEST(CheckDefinitions, has_nothing_to_say_about_good_ones) {
  EXPECT_EQ(issues([](StratDefinitions&) {}), "");
}

TEST(CheckDefinitions, suggests_the_attribute_that_was_meant) {
  expect_says(table_issues([](auto& t) { t.attribute = "curent_balance"; }),
              "no loan attribute is called curent_balance; did you mean current_balance?");
  expect_says(table_issues([](auto& t) { t.universe = "orig_ltvs > 80"; }), "did you mean orig_ltv?");
}

TEST(CheckDefinitions, refuses_rows_that_do_not_fit_the_attribute) {
  expect_says(table_issues([](auto& t) { t.attribute = "state"; }), "state is text; group it by categories");
  expect_says(table_issues([](auto& t) { t.attribute = "next_adjustment_date"; }), "group it by months");
  expect_says(table_issues([](auto& t) { t.buckets.kind = Buckets::Kind::category; }), "group it by ranges or values");
  expect_says(table_issues([](auto& t) { t.total_label = "wa_month"; }), "cannot show an average");
}

TEST(CheckDefinitions, refuses_ranges_that_make_no_rows) {
  expect_says(table_issues([](auto& t) { t.buckets.width = 0; }), "width of a range must be above 0");
  expect_says(table_issues([](auto& t) { t.buckets.step = 60'000; }), "step must be");
  expect_says(table_issues([](auto& t) { t.buckets.overflow_above = 60'000; }), "starts inside a range");
  expect_says(table_issues([](auto& t) {
                t.buckets.kind = Buckets::Kind::edges;
                t.buckets.edges = {1, 3, 2};
              }),
              "do not ascend");
}

TEST(CheckDefinitions, refuses_universes_it_cannot_read) {
  for (const char* universe : {"", "arms", "orig_ltv >", "> 80", "orig_ltv > eighty", "orig_ltv >> 80"}) {
    expect_says(table_issues([&](auto& t) { t.universe = universe; }), "is no universe");
  }
  expect_says(table_issues([](auto& t) { t.universe = "state = 5"; }), "which is no number");
}

TEST(CheckDefinitions, refuses_two_tables_of_one_name) {
  expect_says(issues([](StratDefinitions& d) { d.tables.push_back(d.tables[0]); }), "two of that name");
}

TEST(CheckDefinitions, refuses_summary_lines_that_have_no_meaning) {
  SummaryItem item;
  item.item = "Soft";
  item.measure = "wa";
  item.attribute = "prepay_penalty_type";
  expect_says(issues([&](StratDefinitions& d) { d.summary = {item}; }), "take its share");
  item.measure = "shares";
  expect_says(issues([&](StratDefinitions& d) { d.summary = {item}; }), "did you mean share?");
  item.measure = "share";
  expect_says(issues([&](StratDefinitions& d) { d.summary = {item}; }), "counts no value");
  item.attribute = "lien";
  item.values = {"first"};
  expect_says(issues([&](StratDefinitions& d) { d.summary = {item}; }), "is no value of the number lien");
}
