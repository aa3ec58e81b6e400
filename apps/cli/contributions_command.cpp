#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "spillway/engine/contributions.h"
#include "spillway/report/report.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

// The tables that --table names, or all of the deal's.
std::vector<strat::TableDefinition> tables_of(const ContributionsOptions& options, const engine::Inputs& inputs,
                                              std::vector<result::Issue>& issues) {
  if (options.tables.empty()) return inputs.strats.tables;
  std::vector<strat::TableDefinition> tables;
  for (const std::string& name : options.tables) {
    if (auto found = strat::table_for(inputs.tape, inputs.strats, name)) {
      tables.push_back(std::move(*found));
    } else {
      issues.push_back(result::error({"--table", 0, 0}, "no table or loan attribute is called " + name,
                                     result::suggestion(name, strat::table_names(inputs.strats))));
    }
  }
  return tables;
}

std::string shown(const std::vector<book::Contributions>& all, const ContributionsOptions& options) {
  if (options.format == "csv") return report::to_csv(book::combined_contributions(all, options.by_year));
  if (options.format == "json") return report::to_json(book::combined_contributions(all, options.by_year));
  std::string text;
  for (const book::Contributions& one : all) text += (text.empty() ? "" : "\n") + on_terminal(book::contribution_table(one, options.by_year));
  return text;
}

}  // namespace

int contributions(const ContributionsOptions& options) {
  const io::Loaded loaded = load(options, true);
  if (!loaded.inputs) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  std::vector<result::Issue> issues;
  engine::RunRequest run;
  run.scenario = scenario_of(options.scenario, {price_scenario(inputs)}, inputs, issues);
  run.speed = options.speed_percent / 100.0;
  run.credit = credit_change(options, inputs, issues);
  if (inputs.tape.size() == 0) {
    issues.push_back(result::error({options.deal, 0, 0}, "the deal has no tape whose rows could contribute", "its pool is one of assumed loans"));
  }
  const std::vector<strat::TableDefinition> tables = tables_of(options, inputs, issues);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  const std::string text = shown(
      engine::contributions(inputs, run, strat::loan_rows(inputs.tape, inputs.products, tables), options.period, {options.threads, false}), options);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
