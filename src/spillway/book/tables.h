#pragma once
// The tables and charts of the computational materials, from runs of a deal.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/book/book.h"
#include "spillway/book/document.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/deal/deal.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// One run of the deal under the pricing scenario, with the classes' measures at the pricing price.
struct PricedRun {
  double speed = 1.0;
  bool to_call = false;
  const cashflow::DealCashFlows* flows = nullptr;
  std::vector<analytics::FloaterMeasures> measures;  ///< by class
};

/// Measures every class of a run at `price` per 100. `index_rates`: the classes' index by period.
PricedRun price_run(const deal::Deal& deal, const cashflow::DealCashFlows& flows, double speed, bool to_call,
                    std::span<const double> index_rates, double price, const analytics::Conventions& conventions);

/// Price-DM sensitivity, a row per class, scenario and speed: class, margin_pct, balance, scenario, speed_pct, dm_bps,
/// wal, mdur, first_prin, last_prin. Runs come in the order of the rows.
table::Table dm_table(const deal::Deal& deal, std::span<const PricedRun> runs);

/// The rows of one class "to call" or "to maturity" of `dm_table`, speeds across, as the document prints them.
table::Table price_dm_page(const deal::Deal& deal, std::size_t class_position, bool to_call,
                           std::span<const PricedRun> runs);

/// Front-page class table. `call` and `maturity` at the pricing speed, `slowest` gives the last scheduled payment date.
table::Table class_summary(const deal::Deal& deal, const PricedRun& call, const PricedRun& maturity,
                           const PricedRun& slowest);

/// Subordination below each class, the overcollateralization target taken as reached, in percent of the pool: (balances
/// of the classes listed after it + target) / pool balance at cut-off.
table::Table credit_enhancement(const deal::Deal& deal, double pool_cut_off_balance);

/// One column of the available rate schedule: a run's quantity by period.
struct AvailableRateColumn {
  std::string name;   ///< "forward"
  const cashflow::DealCashFlows* flows = nullptr;
};

/// Available rate schedule: period, available_rate_NAME..., percent. As many periods as the first column's run has.
table::Table available_rate(std::span<const AvailableRateColumn> columns, const std::string& quantity);

/// Everything a run paid by period: dates, pool, quantities, and for each class balances, rate, interest, principal,
/// carried amounts.
table::Table class_cash_flows(const cashflow::DealCashFlows& flows, const cashflow::CollateralCashFlows& collateral);

/// Step by step, what was paid to whom by period. Needs a traced run.
table::Table step_payments(const cashflow::DealCashFlows& flows);

Chart class_balance_chart(const cashflow::DealCashFlows& flows, const std::string& title);
Chart available_rate_chart(const table::Table& available_rate);

/// The pool summary as the page shows it: the items, then each block of shares ("Top 5 States: CA") as a table of its own.
std::vector<table::Table> summary_page(const table::Table& pool_summary);

/// What the book is put together from.
struct Parts {
  DocumentText document;
  std::vector<PricedRun> runs;
  table::Table decrements, yields;
  std::vector<table::Table> decrement_pages;
  table::Table class_summary, credit_enhancement, dm_table, available_rate, pool_summary, strats;
  std::vector<table::Table> strat_tables;
  std::vector<Chart> class_charts;
  std::vector<RunView> views;
  std::vector<CarriedRun> carried;
  std::vector<BreakEvenRow> break_evens;
  std::vector<strat::AverageSums> strat_sums;
  strat::CrossSums cross;
  Basis basis;
  LargestLoansOfBook largest_loans;
  std::vector<table::Table> assumptions;  ///< what the scenarios assume, the runs, how numbers are computed: data tables and pages
  std::vector<table::Table> credit;  ///< loss grid, break-evens, schedules: each a data table and a page
  double price = 100.0;
};

/// Lays the parts out as the document is: front page, terms, price-DM pages, available rate schedule, collateral.
/// Parts without rows are left out.
Book assemble(const deal::Deal& deal, Parts parts);

}  // namespace spillway::book
