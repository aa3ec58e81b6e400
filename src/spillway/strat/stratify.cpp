#include <algorithm>
#include <cmath>

#include "spillway/strat/attribute.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/universe.h"
#include "spillway/strat/weighted_mean.h"

namespace spillway::strat {

namespace {

using table::Cell;

/// What every table wants to know of a loan.
struct LoanFacts {
  double balance, gross, net, term, age, fico, ltv, months_to_roll;
};

/// The sums behind one printed row.
struct RowSums {
  double balance = 0;
  std::int64_t count = 0;
  double min_gross = std::numeric_limits<double>::infinity();
  double max_gross = -std::numeric_limits<double>::infinity();
  WeightedMean gross, net, term, age, fico, ltv, months_to_roll;

  void add(const LoanFacts& loan) {
    balance += loan.balance;
    ++count;
    min_gross = std::fmin(min_gross, loan.gross);
    max_gross = std::fmax(max_gross, loan.gross);
    gross.add(loan.balance, loan.gross);
    net.add(loan.balance, loan.net);
    term.add(loan.balance, loan.term);
    age.add(loan.balance, loan.age);
    fico.add(loan.balance, loan.fico);
    ltv.add(loan.balance, loan.ltv);
    months_to_roll.add(loan.balance, loan.months_to_roll);
  }

  void add(const RowSums& other) {
    balance += other.balance;
    count += other.count;
    min_gross = std::min(min_gross, other.min_gross);
    max_gross = std::max(max_gross, other.max_gross);
    gross.add(other.gross);
    net.add(other.net);
    term.add(other.term);
    age.add(other.age);
    fico.add(other.fico);
    ltv.add(other.ltv);
    months_to_roll.add(other.months_to_roll);
  }
};

/// One table in the making.
struct Draft {
  const TableDefinition* definition;
  std::vector<char> members;
  RowFinder rows;
  NumberColumn own;  ///< the attribute itself, for the total label
  std::vector<RowSums> sums;
  WeightedMean own_average;

  Draft(const TableDefinition& d, const pool::LoanTape& tape, const pool::ProductTable& products)
      : definition(&d),
        members(universe_members(tape, products, d.universe)),
        rows(d.buckets, tape, d.attribute),
        own(number_column(tape, d.attribute)) {}

  void add(std::size_t i, const LoanFacts& loan) {
    if (!members[i]) return;
    const std::size_t row = rows.row_of(i);
    if (row == sums.size()) sums.emplace_back();
    sums[row].add(loan);
    if (!definition->total_label.empty()) own_average.add(loan.balance, own[i]);
  }
};

std::vector<table::Column> columns(bool months_to_roll) {
  using table::number_format;
  std::vector<table::Column> all{
      {"label", "Description", "", table::text_format()},
      {"current_balance", "Current Balance", "dollars", table::dollars_format()},
      {"loan_count", "# of Loans", "loans", table::integer_format()},
      {"pct_of_total", "% of Total", "percent", number_format(2)},
      {"average_balance", "Average Balance", "dollars", table::dollars_format()},
      {"min_wac", "Min WAC", "percent a year", number_format(3)},
      {"max_wac", "Max WAC", "percent a year", number_format(3)},
      {"gross_wac", "Gross WAC", "percent a year", number_format(3)},
      {"net_wac", "Net WAC", "percent a year", number_format(3)},
      {"remaining_term", "Remg. Term", "months", number_format(2)},
      {"age", "Age", "months", number_format(2)},
      {"fico", "FICO", "", number_format(0)},
      {"orig_ltv", "Orig LTV", "percent", number_format(1)},
      {"wa_months_to_roll", "WA MTR", "months", number_format(0)},
  };
  if (!months_to_roll) all.pop_back();
  return all;
}

table::Row printed_row(std::string label, const RowSums& sums, double universe_balance, bool months_to_roll) {
  table::Row row;
  row.cells = {Cell(std::move(label)), Cell(sums.balance), Cell(sums.count)};
  row.cells.push_back(universe_balance > 0 ? Cell(100 * sums.balance / universe_balance) : Cell());
  row.cells.push_back(sums.count > 0 ? Cell(sums.balance / static_cast<double>(sums.count)) : Cell());
  row.cells.push_back(std::isfinite(sums.min_gross) ? Cell(sums.min_gross) : Cell());
  row.cells.push_back(std::isfinite(sums.max_gross) ? Cell(sums.max_gross) : Cell());
  for (const WeightedMean* mean : {&sums.gross, &sums.net, &sums.term, &sums.age, &sums.fico, &sums.ltv}) {
    row.cells.push_back(mean->cell());
  }
  if (months_to_roll) row.cells.push_back(sums.months_to_roll.cell());
  return row;
}

// The attribute's own average as text. A date is averaged by its days and shown as the day it falls on.
std::string total_label(const Draft& draft) {
  const TableDefinition& definition = *draft.definition;
  if (definition.total_label.empty() || draft.own_average.empty()) return {};
  Cell cell(draft.own_average.value());
  if (definition.total_label == "wa_month") {
    const std::chrono::days days{static_cast<int>(std::floor(draft.own_average.value()))};
    cell = Cell(calendar::Date{std::chrono::sys_days{days}});
  }
  return table::format_cell(cell, {"", "", "", definition.total_format}, table::Style::print);
}

std::string exclusion_note(const Draft& draft) {
  const auto outside = std::count(draft.members.begin(), draft.members.end(), 0);
  if (outside == 0 || draft.definition->excluded.empty()) return {};
  return "(Excludes " + std::to_string(outside) + " " + draft.definition->excluded + ")";
}

table::Table finish(const Draft& draft) {
  const TableDefinition& definition = *draft.definition;
  std::vector<double> balances;
  RowSums total;
  for (const RowSums& row : draft.sums) {
    balances.push_back(row.balance);
    total.add(row);
  }
  table::Table table;
  table.name = definition.name;
  table.title = definition.title;
  table.subtitle = exclusion_note(draft);
  table.columns = columns(definition.months_to_roll_column);
  for (std::size_t row : draft.rows.printed_order(balances)) {
    table.rows.push_back(
        printed_row(draft.rows.label(row), draft.sums[row], total.balance, definition.months_to_roll_column));
  }
  table.rows.push_back(printed_row(total_label(draft), total, total.balance, definition.months_to_roll_column));
  table.rows.back().is_total = true;
  return table;
}

}  // namespace

std::vector<table::Table> stratify(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions) {
  std::vector<Draft> drafts;
  drafts.reserve(definitions.tables.size());
  for (const TableDefinition& definition : definitions.tables) drafts.emplace_back(definition, tape, products);

  const NumberColumn gross = number_column(tape, "gross_rate"), net = number_column(tape, "net_rate"),
                     term = number_column(tape, "remaining_term"), age = number_column(tape, "age"),
                     fico = number_column(tape, "fico"), ltv = number_column(tape, "orig_ltv"),
                     months_to_roll = number_column(tape, "months_to_roll");
  for (std::size_t i = 0; i < tape.size(); ++i) {
    const LoanFacts loan{tape.current_balance[i], gross[i], net[i], term[i], age[i], fico[i], ltv[i],
                         months_to_roll[i]};
    for (Draft& draft : drafts) draft.add(i, loan);
  }

  std::vector<table::Table> tables;
  for (const Draft& draft : drafts) tables.push_back(finish(draft));
  return tables;
}

}  // namespace spillway::strat
