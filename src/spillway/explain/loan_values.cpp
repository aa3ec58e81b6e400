#include "spillway/explain/loan_values.h"

#include <algorithm>
#include <cmath>

#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::explain {

namespace {

table::Column loan_column() { return {"loan", "Loan", "", table::text_format()}; }
table::Column balance_column() { return {"balance", "Current Balance", "dollars", cents()}; }

std::string unit_of(const std::string& attribute) {
  const pool::TapeField* field = pool::find_tape_field(attribute);
  return field != nullptr ? std::string(field->unit) : attribute == "net_of_mi_rate" ? "percent a year" : "";
}

}  // namespace

Explanation balances(const engine::Inputs& in, const std::vector<std::size_t>& loans, const Options& options) {
  Lines lines("Loans by balance", {{loan_column(), false}, {balance_column(), true}, {{"loans", "Loans", "", table::integer_format()}, true},
                                   {{"share_pct", "Share", "percent", digits(4)}, true}});
  double sum = 0.0;
  for (std::size_t i : loans) sum += in.tape.current_balance[i];
  for (std::size_t i : loans) {
    const double balance = in.tape.current_balance[i];
    lines.add({std::string(in.tape.loan_id[i]), balance, 1, sum > 0.0 ? table::Cell(100.0 * balance / sum) : table::Cell()}, balance);
  }
  Explanation e = column_sum("balance", "balance", {sum, cents()}, "dollars");
  e.lines = lines.finish(options.loans, "loans", Lines::Order::heaviest);
  return e;
}

Explanation average_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, bool by_balance,
                          const Options& options) {
  const std::vector<double> values = strat::attribute_values(in.tape, attribute);
  Lines lines("Loans by their part in the average", {{loan_column(), false}, {{"value", attribute, unit_of(attribute), digits(4)}, false},
                                                     {{"weight", by_balance ? "Current Balance" : "Loans", "", digits(2)}, true},
                                                     {{"product", "Value x Weight", "", digits(2)}, true}});
  double product = 0.0, weight = 0.0;
  for (std::size_t i : loans) {
    if (std::isnan(values[i])) continue;
    const double own = by_balance ? in.tape.current_balance[i] : 1.0;
    product += own * values[i];
    weight += own;
    lines.add({std::string(in.tape.loan_id[i]), values[i], own, own * values[i]}, own * values[i]);
  }
  std::vector<Explanation> parts;
  parts.push_back(column_sum(by_balance ? "sum of balance x value" : "sum of values", "product", {product, digits(2)}, ""));
  parts.push_back(column_sum(by_balance ? "balance of loans that have it" : "loans that have it", "weight", {weight, digits(2)}, by_balance ? "dollars" : "loans"));
  Explanation e = given(attribute, {}, unit_of(attribute));
  if (!(weight > 0.0)) {
    e.words = "No loan has the value.";
    return e;
  }
  e.value = {product / weight, digits(6)};
  e.rule = Rule::quotient;
  e.parts = std::move(parts);
  e.lines = lines.finish(options.loans, "loans", Lines::Order::heaviest);
  return e;
}

Explanation total_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, const Options& options) {
  const std::vector<double> values = strat::attribute_values(in.tape, attribute);
  Lines lines("Loans by " + attribute, {{loan_column(), false}, {{"value", attribute, unit_of(attribute), digits(2)}, true}});
  double sum = 0.0;
  for (std::size_t i : loans) {
    if (std::isnan(values[i])) continue;
    sum += values[i];
    lines.add({std::string(in.tape.loan_id[i]), values[i]}, values[i]);
  }
  Explanation e = column_sum(attribute, "value", {sum, digits(2)}, unit_of(attribute));
  e.lines = lines.finish(options.loans, "loans", Lines::Order::heaviest);
  return e;
}

Explanation extreme_value(const engine::Inputs& in, const std::vector<std::size_t>& loans, const std::string& attribute, bool highest,
                          const Options& options) {
  const std::vector<double> values = strat::attribute_values(in.tape, attribute);
  std::vector<std::size_t> known;
  for (std::size_t i : loans) {
    if (!std::isnan(values[i])) known.push_back(i);
  }
  Explanation e = given(attribute, {}, unit_of(attribute));
  if (known.empty()) {
    e.words = "No loan has the value.";
    return e;
  }
  std::stable_sort(known.begin(), known.end(), [&](std::size_t a, std::size_t b) { return highest ? values[a] > values[b] : values[a] < values[b]; });
  const std::size_t shown = options.loans > 0 ? std::min(known.size(), static_cast<std::size_t>(options.loans)) : known.size();
  for (std::size_t k = 0; k < shown; ++k) {
    e.parts.push_back(given(std::string(in.tape.loan_id[known[k]]), {values[known[k]], digits(4)}, unit_of(attribute), in.tape.file + ":" + std::to_string(in.tape.line[known[k]])));
  }
  e.value = {values[known.front()], digits(4)};
  e.rule = highest ? Rule::largest : Rule::smallest;
  e.words = "All " + std::to_string(known.size()) + " loans lie on one side of it.";
  return e;
}

}  // namespace spillway::explain
