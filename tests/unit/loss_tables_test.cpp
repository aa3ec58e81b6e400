#include <gtest/gtest.h>

#include "spillway/book/loss_tables.h"

using namespace spillway;

namespace {

book::BreakEvenRow row(analytics::BreakEven::Outcome outcome) {
  book::BreakEvenRow made;
  made.class_name = "M-1";
  made.severity = 0.4;
  made.tolerance = 1e-10;
  made.found.outcome = outcome;
  made.found.rate = 0.0531;
  made.pool_loss = 0.0532;
  made.beyond = {{0.0001, 12.0}, {0.0010, 340.0}};
  return made;
}

}  // namespace

TEST(BreakEvenTable, prints_the_rate_the_tolerance_and_what_is_lost_above) {
  const table::Table made = book::break_even_table(std::vector{row(analytics::BreakEven::Outcome::found)});
  EXPECT_DOUBLE_EQ(table::number_at(made, "M-1", "cdr_pct"), 5.31);
  EXPECT_DOUBLE_EQ(table::number_at(made, "M-1", "pool_loss_pct"), 5.32);
  EXPECT_DOUBLE_EQ(table::number_at(made, "M-1", "loss_1_bps_above"), 12.0);
  EXPECT_DOUBLE_EQ(table::number_at(made, "M-1", "loss_10_bps_above"), 340.0);
  ASSERT_EQ(made.notes.size(), 1u);
  EXPECT_NE(made.notes.front().find("within 1e-10 of the CDR"), std::string::npos);
}

TEST(BreakEvenTable, says_so_where_there_is_none) {
  const table::Table made = book::break_even_table(std::vector{row(analytics::BreakEven::Outcome::never)});
  EXPECT_TRUE(made.rows[0].cells[table::column_index(made, "cdr_pct")].empty());
  EXPECT_EQ(std::get<std::string>(made.rows[0].cells[table::column_index(made, "outcome")].value), "never, up to 100% CDR");
}

TEST(CumulativeLoss, counts_subsequent_recoveries_and_stops_with_the_run) {
  cashflow::CollateralCashFlows flows;
  flows.total.cut_off_balance = 1'000.0;
  flows.total.resize(4);
  flows.total.realized_losses = {0, 30, 20, 10};
  flows.total.subsequent_recoveries = {0, 0, 5, 0};
  EXPECT_DOUBLE_EQ(book::cumulative_loss(flows, 3), 0.045);
  EXPECT_DOUBLE_EQ(book::cumulative_loss(flows, 99), 0.055);
}

TEST(CreditSchedule, enhancement_is_what_stands_below_and_overcollateralization_over_the_pool) {
  // After the payment a pool of 90, classes of 70 and 15, so 5 of overcollateralization. Interest of 1.0 less 0.5 due: 0.5 a
  // month on an opening pool of 100 is 6% a year.
  deal::Deal deal;
  deal.classes.resize(2);
  deal.classes[0].name = "A";
  deal.classes[1].name = "B";
  cashflow::CollateralCashFlows pool;
  pool.total.resize(1);
  pool.total.beginning_balance = {100};
  pool.total.gross_interest = {1.0};
  pool.total.realized_losses = {2};
  cashflow::DealCashFlows flows;
  flows.schedule.resize(1);
  flows.pool_ending_balance = {90};
  flows.overcollateralization = {5};
  for (auto* series : {&flows.hedge_net_payment, &flows.losses_by_excess, &flows.losses_by_oc, &flows.losses_written_down}) *series = {0};
  flows.classes.resize(2);
  flows.classes[0].ending_balance = {70};
  flows.classes[1].ending_balance = {15};
  flows.classes[0].interest_due = {0.4};
  flows.classes[1].interest_due = {0.1};
  const table::Table made = book::credit_schedule(deal, flows, pool);
  const auto number = [&](const char* column) { return std::get<double>(made.rows[0].cells[table::column_index(made, column)].value); };
  EXPECT_NEAR(number("A_enhancement_pct"), 100.0 * 20 / 90, 1e-12);
  EXPECT_NEAR(number("B_enhancement_pct"), 100.0 * 5 / 90, 1e-12);
  EXPECT_NEAR(number("excess_spread"), 0.5, 1e-12);
  EXPECT_NEAR(number("excess_spread_pct"), 6.0, 1e-12);
}
