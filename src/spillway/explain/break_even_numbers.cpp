// break_evens: how much default a class bears, and what it costs just above.

#include <algorithm>

#include "spillway/analytics/yield.h"
#include "spillway/engine/break_evens.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/loss_measures.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using analytics::BreakEven;
using book::BreakEvenRow;
using book::BreakEvenTarget;
using engine::BreakEvenRequest;

// The break-even of a row, and the runs that its cells are about.
struct Found {
  BreakEvenRequest request;
  BreakEvenRow row;

  engine::RunRequest run_at(double cdr) const {
    engine::RunRequest run = request.run;
    run.credit.cdr = cdr;
    return run;
  }
};

double severity_of(const Source& source, const BreakEvenRequest& request) {
  return request.run.credit.severity.value_or(source.inputs.scenario(request.run.scenario)->assumptions.credit.severity.front());
}

bool is_of_row(const Source& source, const BreakEvenRequest& request, const std::vector<std::string>& keys) {
  return request.class_name == keys[0] && book::target_words(request.target, request.margin) == keys[1] &&
         percent_key(request.run.speed, 2) == keys[2] && percent_key(severity_of(source, request), 2) == keys[3];
}

// Searches again as the book did: those before it under the same assumptions made runs that the search starts from.
Found found_of(const Source& source, const Question& question) {
  const std::vector<BreakEvenRequest> all = engine::break_even_requests(source.inputs);
  const auto asked = std::find_if(all.begin(), all.end(), [&](const auto& one) { return is_of_row(source, one, question.keys); });
  result::require(asked != all.end(), "a break-even is asked about that no table shows");
  if (!source.break_evens.empty()) return {*asked, source.break_evens[static_cast<std::size_t>(asked - all.begin())]};
  std::vector<BreakEvenRequest> shared;
  std::copy_if(all.begin(), asked, std::back_inserter(shared), [&](const auto& one) { return one.run == asked->run; });
  shared.push_back(*asked);
  auto rows = engine::find_break_evens(source.inputs, shared);
  return {*asked, rows.ok() ? std::move(rows->back()) : BreakEvenRow{}};
}

double beyond_of(const std::string& column) {
  for (double above : engine::kBeyondBreakEven) {
    if (book::beyond_column(above) == column) return above;
  }
  return 0.0;
}

// Behind a shortfall of cash: the period that paid most.
void add_largest_payment(const RunView& view, const Subject& subject, Explanation& e) {
  if (view.options.depth < 3) return;
  std::vector<double> cash;
  for (std::size_t t = 0; t < view.flows().periods(); ++t) cash.push_back(subject.flows.cash(t));
  if (const auto t = period_to_explain(view, cash)) e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, Paid::cash));
}

// Cash that falls short of the price and of the interest accrued.
Explanation short_of_price(const RunView& view, const Subject& subject, const BreakEvenRequest& request) {
  const auto first = std::span(view.flows().schedule).first(1);
  const double accrued = analytics::make_timed_flows(subject.flows, first, view.deal().settlement).accrued;
  Explanation cash = summed(view, "cash", "Cash of " + subject.name, view.flows().periods(), [&](std::size_t t) { return -subject.flows.cash(t); });
  cash.name = "less all cash";
  const double asked = subject.flows.original_balance * request.price / 100.0;
  const double amount = asked + accrued + *cash.number();
  std::vector<Explanation> parts;
  parts.push_back(given("price of the class", {asked, cents()}, "dollars", "scenarios file, book.credit"));
  parts.push_back(given("accrued interest", {accrued, cents()}, "dollars"));
  parts.push_back(std::move(cash));
  Explanation e = made("shortfall", Rule::sum, 1.0, std::move(parts), {amount, digits(8)}, "dollars");
  add_largest_payment(view, subject, e);
  return e;
}

// What the price at the margin asked for is below the price, in dollars.
Explanation short_of_margin(const RunView& view, const Subject& subject, const BreakEvenRequest& request) {
  Explanation priced = price_at_margin(view, subject, *request.margin);
  const double at_margin = *priced.number();
  std::vector<Explanation> negative, difference, parts;
  negative.push_back(std::move(priced));
  difference.push_back(given("price asked", {request.price, digits(6)}, "per 100", "scenarios file, book.credit"));
  difference.push_back(made("less the price at the margin", Rule::product, -1.0, std::move(negative), {-at_margin, digits(10)}, "per 100"));
  parts.push_back(made("price short", Rule::sum, 1.0, std::move(difference), {request.price - at_margin, digits(10)}, "per 100"));
  parts.push_back(given("original balance", {subject.flows.original_balance, cents()}, "dollars"));
  Explanation e = made("shortfall", Rule::product, 0.01, std::move(parts), {(request.price - at_margin) / 100.0 * subject.flows.original_balance, digits(8)}, "dollars");
  add_largest_payment(view, subject, e);
  return e;
}

// What a run leaves the class short of its target.
Explanation shortfall_in(const RunView& view, const Found& found, double cdr) {
  Subject subject = subject_of(view, found.request.class_name);
  subject.index = found.request.index;
  Explanation e;
  switch (found.request.target) {
    case BreakEvenTarget::principal: e = principal_loss_of(view, subject); break;
    case BreakEvenTarget::interest: e = interest_shortfall_of(view, subject); break;
    case BreakEvenTarget::zero_yield: e = short_of_price(view, subject, found.request); break;
    case BreakEvenTarget::discount_margin: e = short_of_margin(view, subject, found.request); break;
  }
  e.value.format = digits(8);
  e.name = "short at a CDR of " + table::format_cell({100.0 * cdr, digits(8)}, {}, table::Style::print) + "%";
  return e;
}

Explanation whole_up_to(const Found& found) {
  Explanation e = given("what counts as nothing", {found.row.nothing, digits(8)}, "dollars", "docs/formulas/break-even.md");
  e.words = "5e-10 of the original balance, half a dollar at most.";
  return e;
}

// The rates that the search tried, in its order.
Explanation search_of(const Found& found, const Options& options) {
  const double nothing = found.row.nothing;
  Lines lines("Rates tried", {{{"run", "Run", "", table::integer_format()}, false}, {{"cdr_pct", "CDR", "percent", digits(8)}, false},
                              {{"short", "Short by", "dollars", digits(6)}, false}, {{"whole", "Whole", "", table::text_format()}, false},
                              {{"runs", "Runs", "", table::integer_format()}, true}});
  int run = 0;
  for (const auto& [cdr, amount] : found.row.found.tried) {
    // Those next to the crossing count most.
    lines.add({++run, 100.0 * cdr, amount, amount > nothing ? "no" : "yes", 1}, 1.0 / (1e-12 + std::abs(cdr - found.row.found.rate)));
  }
  Explanation e = column_sum("evaluations", "runs", {static_cast<double>(found.row.found.evaluations), digits(0)}, "runs");
  e.lines = lines.finish(options.rows, "rates");
  return e;
}

}  // namespace

std::vector<engine::RunRequest> break_even_runs(const Source& source, const Question& question) {
  const Found found = found_of(source, question);
  const BreakEven& search = found.row.found;
  if (search.outcome == BreakEven::Outcome::never) return {found.run_at(1.0)};
  if (search.outcome == BreakEven::Outcome::always) return {found.run_at(0.0)};
  if (const double above = beyond_of(question.column); above > 0.0) return {found.run_at(std::min(1.0, search.rate + above))};
  if (question.column == "pool_loss_pct") return {found.run_at(search.rate)};
  return {found.run_at(search.rate), found.run_at(search.above)};
}

Explanation break_even_number(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options) {
  const Found found = found_of(source, question);
  const BreakEven& search = found.row.found;
  const bool is_found = search.outcome == BreakEven::Outcome::found;
  const double end = search.outcome == BreakEven::Outcome::never ? 1.0 : 0.0;
  const auto view = [&](double cdr) { return view_of(source, runs, found.run_at(cdr), options); };
  const std::string& column = question.column;
  Explanation e;
  if (column == "evaluations") {
    e = search_of(found, options);
  } else if (column == "outcome") {
    e = given(column, book::outcome_words(search.outcome), "");
  } else if (!is_found) {
    e = given(column, {}, "");
    e.words = "There is no break-even: " + book::outcome_words(search.outcome) + ".";
  } else if (column == "pool_loss_pct") {
    const RunView at = view(search.rate);
    e = part_of_pool(at, column, at.flows().periods(), true);
  } else if (const double above = beyond_of(column); above > 0.0) {
    const RunView at = view(std::min(1.0, search.rate + above));
    e = principal_loss_of(at, subject_of(at, found.request.class_name));
  } else {
    std::vector<Explanation> parts;
    parts.push_back(shortfall_in(view(search.rate), found, search.rate));
    parts.push_back(whole_up_to(found));
    parts.push_back(shortfall_in(view(search.above), found, search.above));
    e = made(column, Rule::highest, 1.0, std::move(parts), {100.0 * search.rate, digits(8)}, "percent");
    e.behind.push_back(search_of(found, options));
  }
  if (column == "outcome" && is_found) {
    for (double cdr : {search.rate, search.above}) e.behind.push_back(shortfall_in(view(cdr), found, cdr));
  } else if (!is_found) {
    e.behind.push_back(shortfall_in(view(end), found, end));
    e.behind.push_back(whole_up_to(found));
  }
  e.title = column + " of " + found.request.class_name + ", " + question.keys[1] + ", at " + question.keys[2] + "% speed, " + question.keys[3] + "% severity";
  return e;
}

}  // namespace spillway::explain
