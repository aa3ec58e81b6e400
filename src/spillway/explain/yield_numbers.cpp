// yields, and a class's yield wherever it stands.

#include <cmath>

#include "spillway/analytics/yield.h"
#include "spillway/book/decrement_tables.h"
#include "spillway/explain/class_measures.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using Plan = engine::BookPlan::Yields;

// The cell of a plan that a question is about.
struct Asked {
  const Plan* plan = nullptr;
  double level = 0.0, speed = 0.0;
};

std::optional<double> found_in(const std::vector<double>& values, const std::string& key, int decimals) {
  for (double value : values) {
    if (percent_key(value, decimals) == key) return value;
  }
  return std::nullopt;
}

Asked asked_of(const Source& source, const Question& question) {
  for (const Plan& plan : source.inputs.plan.yields) {
    const auto level = found_in(plan.levels, question.keys[1], 5), speed = found_in(plan.speeds, question.keys[2], 0);
    if (plan.class_name == question.keys[0] && level && speed) return {&plan, *level, *speed};
  }
  throw result::InvariantViolation("a yield is asked about that no table shows");
}

// The price per 100 at a yield: all cash by period, discounted. `weights`: present values by period.
Explanation price_at_yield(const RunView& view, const Subject& subject, const analytics::TimedFlows& flows, double yield, std::vector<double>& weights) {
  Lines lines("Cash of " + subject.name + ", discounted",
              {{{"period", "Period", "", table::integer_format()}, false}, {{"date", "Date", "", table::date_format()}, false},
               {{"years", "Years", "years", digits(6)}, false}, {{"factor", "Discount Factor", "", digits(10)}, false},
               {{"cash", "Cash", "dollars", cents()}, true}, {{"value", "Present Value", "dollars", cents()}, true}});
  double value = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    const double factor = std::pow(1.0 + yield / 2.0, -2.0 * flows.years[t]);
    weights.push_back(flows.cash[t] * factor);
    value += weights.back();
    if (flows.cash[t] == 0.0) continue;
    lines.add({static_cast<int>(t + 1), view.flows().schedule[t].payment, flows.years[t], factor, flows.cash[t], weights.back()}, weights.back());
  }
  std::vector<Explanation> worth, ratio;
  worth.push_back(column_sum("sum of present values", "value", {value, cents()}, "dollars"));
  worth.push_back(given("accrued interest", {-flows.accrued, cents()}, "dollars"));
  ratio.push_back(made("present value less accrued interest", Rule::sum, 1.0, std::move(worth), {value - flows.accrued, cents()}, "dollars"));
  ratio.push_back(given("original balance", {flows.original_balance, cents()}, "dollars"));
  Explanation e = made("price at the yield", Rule::quotient, 100.0, std::move(ratio),
                       {100.0 * (value - flows.accrued) / flows.original_balance, digits(8)}, "per 100");
  e.lines = lines.finish(view.options.rows, "periods");
  return e;
}

}  // namespace

Explanation yield_of(const RunView& view, const Subject& subject, double price) {
  const auto flows = analytics::make_timed_flows(subject.flows, view.flows().schedule, view.deal().settlement);
  const auto yield = analytics::yield_from_price(flows, price);
  Explanation e = given("yield_pct", yield ? table::Cell(100.0 * *yield, digits(6)) : table::Cell(), "percent");
  std::vector<double> weights;
  if (yield) {
    e.rule = Rule::solved;
    e.parts.push_back(price_at_yield(view, subject, flows, *yield, weights));
    e.parts.push_back(given("price asked", {price, digits(6)}, "per 100", "scenarios file, book"));
    e.lines.swap(e.parts.front().lines);
  } else {
    e.words = "No yield between -99.9% and +1,000,000% gives the price.";
    e.behind.push_back(price_at_yield(view, subject, flows, 0.0, weights));
    e.behind.back().name = "price at a yield of nothing";
  }
  e.words = "Years run on 30/360 from settlement, " + calendar::to_iso(view.deal().settlement) + ", to nominal payment dates." + (e.words.empty() ? "" : " " + e.words);
  if (view.options.depth < 3) return e;
  if (const auto t = period_to_explain(view, weights)) e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, Paid::cash));
  return e;
}

std::vector<engine::RunRequest> yield_runs(const Source& source, const Question& question) {
  const Asked asked = asked_of(source, question);
  return {{asked.plan->scenario, asked.speed, false, std::pair{asked.plan->index, asked.level}}};
}

Explanation yield_number(const RunView& view, const Question& question) {
  const Asked asked = asked_of(view.source, question);
  const std::string& who = question.keys.front();
  const std::string at = " at " + asked.plan->index + " of " + question.keys[1] + "%, " + question.keys[2] + "% of " + asked.plan->scenario;
  if (question.column == "price") {
    Explanation e = given("price", {asked.plan->price, digits(6)}, "per 100", "scenarios file, book.yields");
    e.title = "Price of " + who;
    return e;
  }
  Explanation e = yield_of(view, subject_of(view, who), asked.plan->price);
  const auto yield = e.number();
  if (!yield || *yield < 100.0 * book::kLowestYield) {
    // Printed "*": the yield stands behind it.
    Explanation printed = given("yield_pct", "*", "");
    printed.words = "A yield below -99.9% is printed as a star.";
    printed.behind.push_back(std::move(e));
    e = std::move(printed);
  }
  e.title = "Yield of " + who + " at a price of " + table::format_cell({asked.plan->price, digits(6)}, {}, table::Style::print) + at;
  return e;
}

}  // namespace spillway::explain
