#include <cstdio>

#include "messages.h"
#include "spillway/deal/lint.h"
#include "spillway/deal/prose.h"
#include "spillway/engine/run_book.h"
#include "spillway/table/table.h"

namespace spillway::cli {

namespace {

// Every scenario once, to call and to maturity: cash left over or counted twice shows only in a run.
std::vector<engine::RunRequest> dry_runs(const engine::Inputs& inputs) {
  std::vector<engine::RunRequest> requests;
  for (const engine::ScenarioDefinition& scenario : inputs.scenarios) {
    for (const bool to_call : {true, false}) requests.push_back({scenario.name, scenario.speeds.front(), to_call, {}});
  }
  return requests;
}

// What lies outside the deal file and uses its indices.
deal::LintContext lint_context(const engine::Inputs& inputs) {
  deal::LintContext context{inputs.pool.indices, inputs.pool_balance()};
  if (inputs.plan.price_dm) context.used_indices.push_back(inputs.plan.price_dm->index);
  for (const auto& yields : inputs.plan.yields) context.used_indices.push_back(yields.index);
  return context;
}

}  // namespace

int check(const CheckOptions& options) {
  std::vector<result::Issue> issues;
  io::LoadOptions wanted{.strict = options.strict, .memory = memory_limit(options.memory, issues)};
  io::Loaded loaded = issues.empty() ? io::load_inputs(options.deal, wanted) : io::Loaded{std::nullopt, {}, std::move(issues)};
  if (loaded.inputs) {
    result::append(loaded.issues, deal::lint(loaded.definition, loaded.inputs->deal, lint_context(*loaded.inputs)));
  }
  print_issues(loaded.issues);
  if (!loaded.inputs || result::has_errors(loaded.issues)) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  if (options.prose) {
    for (const std::string& line : deal::prose(loaded.definition)) std::printf("%s\n", line.c_str());
    return kDone;
  }
  const auto runs = engine::run_scenarios(inputs, dry_runs(inputs), {options.threads, false});
  print_issues(runs.issues);
  if (!runs.ok()) return kInputProblem;
  std::printf("%s: %zu classes, %zu steps, %zu quantities, %zu scenarios\n", options.deal.c_str(),
              inputs.deal.classes.size(), inputs.deal.waterfall.size(), inputs.deal.quantities.size(),
              inputs.scenarios.size());
  const bool taped = inputs.tape_loans() > 0;
  const auto shown = [](double number, const table::Format& format) {
    return table::format_cell(table::Cell(number), {"", "", "", format}, table::Style::print);
  };
  const std::size_t loans = taped ? inputs.tape_loans() : inputs.pool.size();
  std::printf("%s: %s %s, %s, against classes of %s\n", (taped ? inputs.tape.file : options.deal).c_str(),
              shown(static_cast<double>(loans), table::integer_format()).c_str(), taped ? "loans" : "assumed loans",
              shown(inputs.pool_balance(), table::dollars_format(2)).c_str(),
              shown(inputs.deal.class_total(), table::dollars_format(2)).c_str());
  std::printf("no errors\n");
  return kDone;
}

}  // namespace spillway::cli
