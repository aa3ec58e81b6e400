#include <algorithm>
#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "spillway/engine/contributions.h"
#include "spillway/report/report.h"
#include "spillway/strat/named_table.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

// The tables that --table names, or all of the deal's.
std::vector<strat::TableDefinition> tables_of(const ContributionsOptions& options, const engine::Inputs& inputs,
                                              std::vector<result::Issue>& issues) {
  if (options.tables.empty()) return inputs.strats.tables;
  std::vector<strat::NamedTable> named;
  for (const std::string& name : options.tables) named.emplace_back(inputs.strats, name);
  if (std::any_of(named.begin(), named.end(), [](const auto& one) { return one.depends_on_loans(); })) {
    result::append(issues, inputs.for_each_tape([&](const pool::LoanTape& part) {
      for (strat::NamedTable& one : named) one.add(part);
    }));
  }
  std::vector<strat::TableDefinition> tables;
  for (std::size_t t = 0; t < named.size(); ++t) {
    if (auto found = named[t].definition()) {
      tables.push_back(std::move(*found));
    } else {
      issues.push_back(result::error({"--table", 0, 0}, "no table or loan attribute is called " + options.tables[t],
                                     result::suggestion(options.tables[t], strat::table_names(inputs.strats))));
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
  const io::Loaded loaded = load(options, io::TapeUse::by_rows);
  if (!loaded.inputs) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  std::vector<result::Issue> issues;
  engine::RunRequest run;
  run.scenario = scenario_of(options.scenario, {price_scenario(inputs)}, inputs, issues);
  run.speed = options.speed_percent / 100.0;
  run.credit = credit_change(options, inputs, issues);
  if (inputs.tape_loans() == 0) {
    issues.push_back(result::error({options.deal, 0, 0}, "the deal has no tape whose rows could contribute", "its pool is one of assumed loans"));
  }
  const std::vector<strat::TableDefinition> tables = tables_of(options, inputs, issues);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  const auto made = engine::contributions(inputs, run, tables, options.period, {options.threads, false});
  print_issues(made.issues);
  if (!made.ok()) return kInputProblem;
  const std::string text = shown(*made, options);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
