#include "spillway/explain/explain.h"

#include <algorithm>

#include "spillway/book/formulas.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

bool is_of_classes(const std::string& table) { return table == "dm_tables" || table == "class_summary"; }

bool is_of_losses(const std::string& table) {
  return table == "loss_grid" || table == "credit_schedule" || table == "triggers" || table == "collateral_losses" || table == "residual";
}

bool is_by_period(const std::string& table) {
  return table == "available_rate" || table == "credit_schedule" || table == "triggers" || table == "collateral_losses" ||
         table == "residual" || table == "cash_flows";
}

// Cuts what is deeper than asked for: lines are level 2, what stands behind them level 3 and deeper by themselves.
void cut_lines(Explanation& e) {
  e.lines.reset();
  for (Explanation& part : e.parts) cut_lines(part);
}

// The formula and page of the column, unless the number has said its own.
void add_formula(const Question& question, Explanation& e) {
  const std::string column = question.table == "cash_flows" && question.keys.front() != "pool" ? question.keys.front() + "_" + question.column
                             : question.table == "cash_flows"                                  ? "pool_" + question.column
                                                                                               : question.column;
  const auto formula = book::formula_of(question.table, column);
  if (!formula) return;
  e.words = std::string(formula->words) + (e.words.empty() ? "" : " " + e.words);
  if (e.formula.empty()) e.formula = std::string(formula->symbols);
  std::string source(formula->page);
  if (!formula->source.empty()) source += "; " + std::string(formula->source);
  const bool said = e.source.find(source) != std::string::npos;
  if (!said) e.source = e.source.empty() ? source : e.source + "; " + source;
}

// The first period asked about beyond the run's end, be it a key or the option; 0: none.
int beyond(const Question& question, const engine::RunSet& runs, const std::vector<engine::RunRequest>& requests, const Options& options) {
  const bool by_period = is_by_period(question.table) && question.keys.back() != "Total";
  const int key = by_period ? static_cast<int>(period_of(question, question.keys.size() - 1)) + 1 : 0;
  for (const engine::RunRequest& request : requests) {
    const engine::Run* run = runs.find(request);
    result::require(run != nullptr, "an explanation asks for a run that was not made");
    const int last = static_cast<int>(run->flows.periods());
    for (int asked : {key, options.period}) {
      if (asked > last) return asked;
    }
  }
  return 0;
}

Explanation number(const Source& source, const Question& question, const engine::RunSet& runs,
                   const std::vector<engine::RunRequest>& requests, const Options& options) {
  if (is_of_classes(question.table)) return class_number(source, question, runs, options);
  if (question.table == "break_evens") return break_even_number(source, question, runs, options);
  if (question.table == "credit_enhancement") return enhancement_number(source, question, options);
  if (question.table == "strats") return strat_number(source, question, options);
  if (question.table == "pool_summary") return summary_number(source, question, options);
  const RunView view = view_of(source, runs, requests.front(), options);
  if (question.table == "available_rate") return available_rate_number(view, question);
  if (question.table == "decrements") return decrement_number(view, question);
  if (question.table == "yields") return yield_number(view, question);
  if (question.table == "loss_grid") return loss_number(view, question);
  if (question.table == "cash_flows") return cash_flow_number(view, question);
  return schedule_number(view, question);
}

}  // namespace

RunView view_of(const Source& source, const engine::RunSet& runs, const engine::RunRequest& request, const Options& options) {
  const engine::Run* run = runs.find(request);
  result::require(run != nullptr, "an explanation asks for a run that was not made");
  result::require(!run->flows.steps.empty() || source.inputs.deal.waterfall.empty(), "an explanation needs traced runs");
  return {source, *run, runs.collateral[run->collateral], options};
}

std::size_t period_of(const Question& question, std::size_t key) { return std::stoul(question.keys[key]) - 1; }

std::vector<engine::RunRequest> runs_of(const Source& source, const Question& question, const Options& options) {
  if (is_of_classes(question.table)) return class_runs(source, question);
  if (is_of_losses(question.table)) return loss_runs(source, question);
  if (question.table == "decrements") return decrement_runs(source, question);
  if (question.table == "yields") return yield_runs(source, question);
  if (question.table == "break_evens") return break_even_runs(source, question);
  if (question.table == "cash_flows") return {cash_flow_run(source, options)};
  if (question.table != "available_rate") return {};
  for (const auto& [name, scenario] : source.inputs.plan.available_rate->columns) {
    const engine::ScenarioDefinition& definition = *source.inputs.scenario(scenario);
    if (question.column == "available_rate_" + name) return {{scenario, definition.speeds.front(), definition.to_call, {}}};
  }
  return {};
}

result::Result<Explanation> explain(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options) {
  const std::vector<engine::RunRequest> requests = runs_of(source, question, options);
  if (const int period = beyond(question, runs, requests, options); period > 0) {
    return {std::nullopt, {result::error({"PATH", 0, 0}, "the run has no period " + std::to_string(period),
                                         "its last one is " + std::to_string(runs.find(requests.front())->flows.periods()))}};
  }
  Explanation e = number(source, question, runs, requests, options);
  e.name = question.path();
  add_formula(question, e);
  if (options.depth < 2) cut_lines(e);
  return {std::move(e), {}};
}

}  // namespace spillway::explain
