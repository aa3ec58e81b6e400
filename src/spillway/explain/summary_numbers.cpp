// The pool summary: the loans of a line.

#include <algorithm>

#include "spillway/explain/lines.h"
#include "spillway/explain/loan_values.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"
#include "spillway/strat/loan_rows.h"
#include "spillway/strat/summary_loans.h"

namespace spillway::explain {

namespace {

std::vector<std::size_t> chosen(const std::vector<char>& marks) {
  std::vector<std::size_t> loans;
  for (std::size_t i = 0; i < marks.size(); ++i) {
    if (marks[i] != 0) loans.push_back(i);
  }
  return loans;
}

// Balance of some loans as a part of that of others, percent; the loans are those counted.
Explanation share(const engine::Inputs& in, const std::vector<std::size_t>& counted, const std::vector<std::size_t>& all, const Options& options) {
  Explanation counted_balance = balances(in, counted, options), all_balance = balances(in, all, options);
  counted_balance.name = "balance of loans that count";
  all_balance.name = "balance of all loans it is about";
  const double part = *counted_balance.number(), whole = *all_balance.number();
  if (!(whole > 0.0)) return given("share", {}, "percent");
  std::vector<Explanation> parts;
  parts.push_back(std::move(counted_balance));
  parts.push_back(std::move(all_balance));
  return made("share", Rule::quotient, 100.0, std::move(parts), {100.0 * part / whole, digits(6)}, "percent");
}

Explanation line_of(const engine::Inputs& in, const strat::SummaryItem& item, const std::string& column, const Options& options) {
  if (item.measure == "heading") return given(item.item, {}, "");
  const strat::SummaryLoans loans = strat::summary_loans(in.tape, in.products, item);
  const std::vector<std::size_t> about = chosen(loans.in), counted = chosen(loans.counts);
  if (column != "value") {
    return item.range ? extreme_value(in, counted, item.attribute, column == "range_high", options) : given(item.item, {}, "");
  }
  if (item.measure == "share") return share(in, counted, about, options);
  if (item.measure == "total") return total_value(in, counted, item.attribute, options);
  if (item.measure == "average" || item.measure == "wa") return average_value(in, counted, item.attribute, item.measure == "wa", options);
  Explanation e = balances(in, about, options);
  e.counted = "loans";
  e.value = {static_cast<double>(about.size()), digits(0)};
  e.unit = "loans";
  return e;
}

// A line "Top 5 States: CA": the loans of that row over all.
Explanation block_line(const engine::Inputs& in, const strat::TopBlock& block, const std::string& label, const Options& options) {
  const strat::TableDefinition table = strat::table_of(block);
  const strat::LoanRows rows = std::move(strat::loan_rows(in.tape, in.products, std::span(&table, 1)).front());
  std::vector<std::size_t> counted, all;
  for (std::size_t i = 0; i < rows.row_of_loan.size(); ++i) {
    all.push_back(i);
    if (rows.row_of_loan[i] != strat::kOutside && rows.labels[rows.row_of_loan[i]] == label) counted.push_back(i);
  }
  return share(in, counted, all, options);
}

}  // namespace

Explanation summary_number(const Source& source, const Question& question, const Options& options) {
  const engine::Inputs& in = source.inputs;
  const std::string& name = question.keys.front();
  Explanation e = given(name, {}, "");
  for (const strat::TopBlock& block : in.strats.top_blocks) {
    const std::string prefix = block.title + ": ";
    if (name.starts_with(prefix) && question.column == "value") e = block_line(in, block, name.substr(prefix.size()), options);
  }
  for (const strat::SummaryItem& item : in.strats.summary) {
    if (item.item == name) {
      e = line_of(in, item, question.column, options);
      break;
    }
  }
  e.title = name + (question.column == "value" ? "" : question.column == "range_low" ? ", lowest" : ", highest");
  return e;
}

}  // namespace spillway::explain
