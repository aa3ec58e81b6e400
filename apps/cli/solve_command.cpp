#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "pricing_options.h"
#include "spillway/engine/break_evens.h"
#include "spillway/report/report.h"

namespace spillway::cli {

namespace {

using Outcome = analytics::BreakEven::Outcome;

book::BreakEvenTarget target_of(const std::string& word) {
  if (word == "interest") return book::BreakEvenTarget::interest;
  if (word == "zero-yield") return book::BreakEvenTarget::zero_yield;
  if (word == "dm") return book::BreakEvenTarget::discount_margin;
  return book::BreakEvenTarget::principal;
}

engine::BreakEvenRequest request_of(const SolveOptions& options, const engine::Inputs& inputs,
                                    std::vector<result::Issue>& issues) {
  engine::BreakEvenRequest request;
  request.class_name = options.class_name;
  request.target = target_of(options.target);
  request.price = options.price;
  request.tolerance = options.tolerance;
  request.run.scenario = scenario_of(options.scenario, {credit_scenario(inputs), price_scenario(inputs)}, inputs, issues);
  request.run.speed = options.speed_percent / 100.0;
  request.run.to_call = options.to == "call";
  request.run.credit = credit_change(options, inputs, issues);
  if (book::grid_subject(inputs.deal, options.class_name).classes.empty()) {
    issues.push_back(result::error({"--class", 0, 0}, "no class is called " + options.class_name,
                                   result::suggestion(options.class_name, book::grid_names(inputs.deal))));
  }
  if (request.target == book::BreakEvenTarget::discount_margin) {
    request.margin = options.margin_bps / 1e4;
    request.index = classes_index(options.index, inputs, issues);
  }
  return request;
}

// What the run assumes in the end, whoever said so.
std::vector<std::pair<std::string, table::Value>> inputs_of(const engine::BreakEvenRequest& request,
                                                            const assumptions::Credit& credit) {
  const char* advances[] = {"none", "interest", "principal_and_interest"};
  return {{"class", request.class_name},
          {"target", book::target_words(request.target, request.margin)},
          {"scenario", request.run.scenario},
          {"to", std::string(request.run.to_call ? "call" : "maturity")},
          {"speed", request.run.speed},
          {"severity", credit.severity.front()},
          {"recovery_lag", static_cast<double>(credit.recovery_lag)},
          {"advances", std::string(advances[static_cast<int>(credit.advances)])},
          {"price", request.price},
          {"tolerance", request.tolerance}};
}

void print_text(const book::BreakEvenRow& row, bool of_loss) {
  std::printf("%s, %s, %.2f%% speed, %.2f%% severity\n", row.class_name.c_str(),
              book::target_words(row.target, row.margin).c_str(), 100.0 * row.speed, 100.0 * row.severity);
  if (row.found.outcome == Outcome::never) {
    std::printf("holds at every CDR up to 100%%\n");
    return;
  }
  if (row.found.outcome == Outcome::always) {
    std::printf("does not hold without defaults: short by $%.2f\n", row.found.value);
    return;
  }
  if (of_loss) std::printf("break-even cumulative loss  %.6f%% of the cut-off balance\n", 100.0 * row.pool_loss.value_or(0.0));
  std::printf("break-even CDR              %.8f%%\n", 100.0 * row.found.rate);
  if (!of_loss) std::printf("cumulative loss             %.6f%% of the cut-off balance\n", 100.0 * row.pool_loss.value_or(0.0));
  std::printf("bracket                     %.10f%% to %.10f%%, after %d runs\n", 100.0 * row.found.rate,
              100.0 * row.found.above, row.found.evaluations);
  std::printf("short by                    $%.2f there, $%.2f at its upper end\n", row.found.value, row.found.value_above);
  for (const auto& [above, loss] : row.beyond) std::printf("principal loss %4.0f bp above  $%.2f\n", 1e4 * above, loss);
}

}  // namespace

int solve(const SolveOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  std::vector<result::Issue> issues;
  const engine::BreakEvenRequest request = request_of(options, *loaded.inputs, issues);
  if (!result::has_errors(issues)) {
    const auto& stated = loaded.inputs->scenario(request.run.scenario)->assumptions.credit;
    const assumptions::Credit credit = engine::changed_credit(stated, request.run.credit, loaded.inputs->pool.groups);
    if (!(credit.severity.front() > 0.0)) {
      issues.push_back(result::error({"--severity", 0, 0}, "without a severity nothing is ever lost", "give one, as in --severity 40%"));
    }
  }
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  const auto rows = engine::find_break_evens(*loaded.inputs, {request}, {options.threads, false});
  print_issues(rows.issues);
  if (!rows.ok()) return kInputProblem;
  const bool of_loss = options.what == "breakeven-loss";
  if (!options.json) {
    print_text(rows->front(), of_loss);
    return kDone;
  }
  const auto& stated = loaded.inputs->scenario(request.run.scenario)->assumptions.credit;
  const std::string text = report::solution_json(
      rows->front(), of_loss, inputs_of(request, engine::changed_credit(stated, request.run.credit, loaded.inputs->pool.groups)));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
