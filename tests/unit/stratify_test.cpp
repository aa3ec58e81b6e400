#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "spillway/strat/strat.h"
#include "two_products.h"

using namespace spillway;
using two_products::products;
using namespace spillway::strat;
using Kind = Buckets::Kind;
using Order = Buckets::Order;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// A loan of which only some facts matter.
struct Loan {
  double balance = 100'000, rate = 5, fico = 700, ltv = 80, dti = unknown;
  std::string product = "2/28", state = "CA";
  calendar::Date adjusts = calendar::make_date(2005, 10, 1);
};

void push(pool::TextColumn& column, const std::string& label) {
  column.codes.push_back(static_cast<std::uint32_t>(column.labels.size()));
  column.labels.push_back(label);
}

pool::LoanTape tape_of(const std::vector<Loan>& loans) {
  pool::LoanTape tape;
  for (const Loan& loan : loans) {
    tape.current_balance.push_back(loan.balance);
    tape.gross_rate.push_back(loan.rate);
    tape.net_rate.push_back(unknown);
    tape.servicing_fee.push_back(0.375);
    tape.mi_premium.push_back(unknown);
    tape.remaining_term.push_back(358);
    tape.age.push_back(2);
    tape.fico.push_back(loan.fico);
    tape.orig_ltv.push_back(loan.ltv);
    tape.dti.push_back(loan.dti);
    tape.months_to_roll.push_back(loan.product == "2/28" ? 22 : unknown);
    tape.next_adjustment_date.push_back(loan.adjusts);
    push(tape.product, loan.product);
    push(tape.state, loan.state);
  }
  return tape;
}

TableDefinition ranges(const std::string& attribute, double from, double width, bool upper_inclusive, double step,
                       table::Format print) {
  TableDefinition definition;
  definition.name = definition.attribute = attribute;
  definition.buckets = {.kind = Kind::width, .from = from, .width = width, .upper_inclusive = upper_inclusive,
                        .step = step, .label_format = std::move(print)};
  return definition;
}

TableDefinition categories(const std::string& attribute, Order order) {
  TableDefinition definition;
  definition.name = definition.attribute = attribute;
  definition.buckets.order = order;
  return definition;
}

table::Table strat_of(const std::vector<Loan>& loans, const TableDefinition& definition) {
  const StratDefinitions definitions{.tables = {definition}, .summary = {}, .top_blocks = {}};
  EXPECT_TRUE(check_definitions(definitions).empty());
  return stratify(tape_of(loans), products(), definitions).at(0);
}

std::string cell(const table::Table& table, std::size_t row, std::string_view column) {
  const std::size_t c = table::column_index(table, column);
  return table::format_cell(table.rows.at(row).cells.at(c), table.columns[c], table::Style::plain);
}

std::vector<std::string> labels(const table::Table& table) {
  std::vector<std::string> list;
  for (std::size_t r = 0; r < table.rows.size(); ++r) list.push_back(cell(table, r, "label"));
  return list;
}

using Labels = std::vector<std::string>;

}  // namespace

TEST(Stratify, puts_a_balance_on_the_bound_into_the_row_it_ends) {
  const auto definition = ranges("current_balance", 0, 50'000, true, 0.01, table::dollars_format(2));
  const auto table = strat_of({{.balance = 50'000}, {.balance = 50'000.01}, {.balance = 100'000}}, definition);
  EXPECT_EQ(labels(table), (Labels{"$0.01 - $50,000.00", "$50,000.01 - $100,000.00", ""}));
  EXPECT_EQ(cell(table, 1, "loan_count"), "2");
}

TEST(Stratify, puts_a_rate_on_the_bound_into_the_row_it_begins) {
  const auto definition = ranges("gross_rate", 2.5, 0.5, false, 0.001, table::number_format(3));
  const auto table = strat_of({{.rate = 2.999}, {.rate = 3.000}, {.rate = 3.499}, {.rate = 1}}, definition);
  EXPECT_EQ(labels(table), (Labels{"1.000 - 1.499", "2.500 - 2.999", "3.000 - 3.499", ""}));
  EXPECT_EQ(cell(table, 2, "loan_count"), "2");
}

TEST(Stratify, is_not_fooled_by_widths_that_binary_numbers_cannot_hold) {
  const auto definition = ranges("gross_rate", 5, 0.1, false, 0.001, table::number_format(3));
  const auto table = strat_of({{.rate = 5.3}, {.rate = 5.7}, {.rate = 5.8}}, definition);
  EXPECT_EQ(labels(table), (Labels{"5.300 - 5.399", "5.700 - 5.799", "5.800 - 5.899", ""}));
}

TEST(Stratify, gathers_values_beyond_the_last_bound_in_one_row) {
  auto definition = ranges("dti", 0, 5, true, 0.01, table::number_format(2));
  definition.buckets.overflow_above = 55;
  definition.total_label = "wa";
  definition.total_format = table::number_format(2);
  const auto table = strat_of({{.dti = 64.98}, {.dti = 55}, {.dti = 55.01}, {.dti = unknown}}, definition);
  EXPECT_EQ(labels(table), (Labels{"50.01 - 55.00", "> 55.00", "Unknown", "58.33"}));
  EXPECT_EQ(cell(table, 1, "loan_count"), "2");
  EXPECT_EQ(cell(table, 2, "pct_of_total"), "25.00");
}

TEST(Stratify, gives_values_outside_listed_bounds_rows_of_their_own) {
  auto definition = ranges("orig_ltv", 0, 0, true, 0.01, table::number_format(2));
  definition.buckets.kind = Kind::edges;
  definition.buckets.edges = {20, 50, 80};
  const auto table = strat_of({{.ltv = 20}, {.ltv = 20.01}, {.ltv = 80}, {.ltv = 80.01}}, definition);
  EXPECT_EQ(labels(table), (Labels{"<= 20.00", "20.01 - 50.00", "50.01 - 80.00", "> 80.00", ""}));
}

TEST(Stratify, weighs_scores_over_the_loans_that_have_one) {
  auto definition = ranges("fico", 300, 20, true, 1, table::number_format(0));
  definition.buckets.order = Order::descending;
  definition.buckets.unknown_first = true;
  const auto table =
      strat_of({{.balance = 1, .fico = 700}, {.balance = 3, .fico = 680}, {.balance = 9, .fico = unknown}}, definition);
  EXPECT_EQ(labels(table), (Labels{"Unknown", "681 - 700", "661 - 680", ""}));
  EXPECT_EQ(cell(table, 0, "fico"), "");
  EXPECT_EQ(cell(table, 3, "fico"), "685");
}

TEST(Stratify, orders_categories_as_asked_and_merges_equal_labels) {
  const std::vector<Loan> loans{{.balance = 1, .state = "CA"}, {.balance = 5, .state = "FL"},
                                {.balance = 1, .state = "AZ"}, {.balance = 1, .state = ""}};
  EXPECT_EQ(labels(strat_of(loans, categories("state", Order::alphabetical))),
            (Labels{"AZ", "CA", "FL", "Unknown", ""}));
  EXPECT_EQ(labels(strat_of(loans, categories("state", Order::balance))), (Labels{"FL", "AZ", "CA", "Unknown", ""}));
  auto definition = categories("state", Order::listed);
  definition.buckets.listed = {"CA", "TX"};
  EXPECT_EQ(labels(strat_of(loans, definition)), (Labels{"CA", "AZ", "FL", "Unknown", ""}));
  definition.buckets.relabel = {{"CA", "West"}, {"AZ", "West"}};
  const auto merged = strat_of(loans, definition);
  EXPECT_EQ(labels(merged), (Labels{"West", "FL", "Unknown", ""}));
  EXPECT_EQ(cell(merged, 0, "loan_count"), "2");
}

TEST(Stratify, shares_are_of_the_universe_and_say_what_it_leaves_out) {
  auto definition = ranges("months_to_roll", 0, 6, true, 1, table::number_format(0));
  definition.universe = "arm";
  definition.excluded = "Fixed Rate Mortgages";
  definition.months_to_roll_column = true;
  const auto table = strat_of({{}, {}, {.product = "30Yr Fixed"}}, definition);
  EXPECT_EQ(table.subtitle, "(Excludes 1 Fixed Rate Mortgages)");
  EXPECT_EQ(labels(table), (Labels{"19 - 24", ""}));
  EXPECT_EQ(cell(table, 0, "pct_of_total"), "100.00");
  EXPECT_EQ(cell(table, 0, "wa_months_to_roll"), "22");
}

TEST(Stratify, averages_dates_by_their_days) {
  TableDefinition definition = categories("next_adjustment_date", Order::ascending);
  definition.buckets.kind = Kind::month;
  definition.buckets.label_format.month_slash_year = true;
  definition.total_label = "wa_month";
  definition.total_format = definition.buckets.label_format;
  const auto table = strat_of({{.adjusts = calendar::make_date(2006, 2, 1)},
                               {.adjusts = calendar::make_date(2004, 12, 1)},
                               {.balance = 0.01, .adjusts = calendar::Date{}}},
                              definition);
  EXPECT_EQ(labels(table), (Labels{"12/04", "02/06", "Unknown", "07/05"}));
}

TEST(Stratify, an_empty_universe_leaves_a_total_row_of_nothing) {
  auto definition = categories("state", Order::alphabetical);
  definition.universe = "orig_ltv > 80";
  const auto table = strat_of({{}, {.ltv = unknown}}, definition);
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_TRUE(table.rows[0].is_total);
  EXPECT_EQ(cell(table, 0, "loan_count"), "0");
  for (const char* column : {"pct_of_total", "average_balance", "min_wac", "gross_wac", "fico"}) {
    EXPECT_EQ(cell(table, 0, column), "") << column;
  }
}

TEST(Stratify, a_blank_net_rate_is_the_gross_rate_less_the_fees_there_are) {
  EXPECT_EQ(cell(strat_of({{.rate = 5}}, categories("state", Order::alphabetical)), 0, "net_wac"), "4.625");
}

TEST(CombinedTable, names_each_table_and_leaves_columns_it_lacks_empty) {
  auto roll = ranges("months_to_roll", 0, 6, true, 1, table::number_format(0));
  roll.months_to_roll_column = true;
  const StratDefinitions definitions{.tables = {categories("state", Order::alphabetical), roll}, .summary = {}, .top_blocks = {}};
  const auto tables = stratify(tape_of({{}}), products(), definitions);
  const auto combined = combined_table(tables);
  EXPECT_EQ(combined.columns.back().name, "is_total");
  EXPECT_EQ(combined.rows.size(), 4u);
  EXPECT_EQ(cell(combined, 0, "wa_months_to_roll"), "");
  EXPECT_EQ(cell(combined, 2, "table"), "months_to_roll");
  EXPECT_EQ(cell(combined, 2, "wa_months_to_roll"), "22");
  EXPECT_EQ(cell(combined, 3, "is_total"), "1");
}

TEST(PoolSummary, takes_shares_averages_and_the_largest_values) {
  StratDefinitions definitions;
  definitions.summary = {
      {.item = "Loans", .measure = "count", .attribute = {}, .values = {}, .format = table::integer_format(), .where = {}},
      {.item = "Rates", .measure = "heading", .attribute = {}, .values = {}, .format = {}, .where = {}},
      {.item = "WA", .measure = "wa", .attribute = "gross_rate", .values = {}, .range = true,
       .format = table::percent_format(3), .where = {}},
      {.item = "DTI known", .measure = "share", .attribute = "dti", .values = {"!0"}, .format = table::percent_format(2),
       .where = {}},
      {.item = "WA DTI of none", .measure = "wa", .attribute = "dti", .values = {}, .universe = "fixed", .range = true,
       .format = {}, .where = {}}};
  TopBlock block;
  block.title = "Top State";
  block.attribute = "state";
  block.rows = 1;
  definitions.top_blocks = {block};
  ASSERT_TRUE(check_definitions(definitions).empty());
  const auto table =
      pool_summary(tape_of({{.balance = 300, .rate = 4, .dti = 40}, {.balance = 100, .rate = 8, .state = "FL"}}),
                   products(), definitions);
  EXPECT_EQ(cell(table, 0, "value"), "2");
  EXPECT_EQ(cell(table, 1, "value"), "");
  EXPECT_EQ(cell(table, 2, "value"), "5.000");
  EXPECT_EQ(cell(table, 2, "range_high"), "8.000");
  EXPECT_EQ(cell(table, 3, "value"), "75.00");
  EXPECT_EQ(cell(table, 4, "value") + cell(table, 4, "range_low"), "");
  ASSERT_EQ(table.rows.size(), 6u);
  EXPECT_EQ(cell(table, 5, "item"), "Top State: CA");
}
