// Stratification tables: the loans of a row.

#include <algorithm>
#include <array>
#include <cmath>

#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/loan_values.h"
#include "spillway/explain/tables.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::explain {

namespace {

// The attribute that a column averages; empty if it averages none.
std::string averaged(const std::string& column) {
  if (column == "gross_wac" || column == "min_wac" || column == "max_wac") return "gross_rate";
  if (column == "net_wac") return "net_rate";
  if (column == "wa_months_to_roll") return "months_to_roll";
  if (column == "remaining_term" || column == "age" || column == "fico" || column == "orig_ltv") return column;
  return {};
}

struct Row {
  std::string label;
  std::vector<std::size_t> loans;  // of the tape
};

// The rows of the table, and the one asked about ("Total": all).
struct Rows {
  std::vector<Row> all;
  Row asked;
};

Rows rows_of(const engine::Inputs& in, const Question& question) {
  const auto table = std::find_if(in.strats.tables.begin(), in.strats.tables.end(), [&](const auto& t) { return t.name == question.keys[0]; });
  const strat::LoanRows found = std::move(strat::loan_rows(in.tape, in.products, std::span(&*table, 1)).front());
  Rows rows;
  for (const std::string& label : found.labels) rows.all.push_back({label, {}});
  rows.asked.label = question.keys[1];
  for (std::size_t i = 0; i < found.row_of_loan.size(); ++i) {
    const std::uint32_t row = found.row_of_loan[i];
    if (row == strat::kOutside) continue;
    rows.all[row].loans.push_back(i);
    if (question.keys[1] == "Total" || found.labels[row] == question.keys[1]) rows.asked.loans.push_back(i);
  }
  return rows;
}

double balance_of(const engine::Inputs& in, const std::vector<std::size_t>& loans) {
  double sum = 0.0;
  for (std::size_t i : loans) sum += in.tape.current_balance[i];
  return sum;
}

// The balance of each row of the table, which add to its universe.
Explanation universe_of(const engine::Inputs& in, const Rows& rows) {
  std::vector<Explanation> parts;
  double sum = 0.0;
  for (const Row& row : rows.all) {
    parts.push_back(given(row.label, {balance_of(in, row.loans), cents()}, "dollars"));
    sum += *parts.back().number();
  }
  return made("balance of all rows", Rule::sum, 1.0, std::move(parts), {sum, cents()}, "dollars");
}

}  // namespace

Explanation strat_number(const Source& source, const Question& question, const Options& options) {
  const engine::Inputs& in = source.inputs;
  const Rows rows = rows_of(in, question);
  const std::vector<std::size_t>& loans = rows.asked.loans;
  const std::string attribute = averaged(question.column);
  Explanation e;
  if (question.column == "min_wac" || question.column == "max_wac") {
    e = extreme_value(in, loans, attribute, question.column == "max_wac", options);
  } else if (!attribute.empty()) {
    e = average_value(in, loans, attribute, true, options);
  } else {
    e = balances(in, loans, options);
    const double balance = balance_of(in, loans);
    std::vector<Explanation> parts;
    if (question.column == "loan_count") {
      e.rule = Rule::column;
      e.counted = "loans";
      e.value = {static_cast<double>(loans.size()), digits(0)};
      e.unit = "loans";
    } else if (question.column == "average_balance") {
      parts.push_back(column_sum("balance", "balance", {balance, cents()}, "dollars"));
      parts.push_back(column_sum("loans", "loans", {static_cast<double>(loans.size()), digits(0)}, "loans"));
      e.parts = std::move(parts);
      e.rule = Rule::quotient;
      e.value = {balance / static_cast<double>(loans.size()), cents()};
    } else if (question.column == "pct_of_total") {
      parts.push_back(column_sum("balance of the row", "balance", {balance, cents()}, "dollars"));
      parts.push_back(universe_of(in, rows));
      e.value = {100.0 * balance / *parts.back().number(), digits(6)};
      e.parts = std::move(parts);
      e.rule = Rule::quotient;
      e.factor = 100.0;
      e.unit = "percent";
    }
  }
  e.title = question.column + " of " + question.keys[1] + ", table " + question.keys[0];
  return e;
}

}  // namespace spillway::explain
