#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "option_files.h"
#include "spillway/book/tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/report/report.h"

namespace spillway::cli {

namespace {

// To a file if one is named, else to standard output.
int write(const std::string& out, const std::string& text) {
  if (out.empty()) {
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kDone;
  }
  const auto issues = write_named({{out, text}});
  print_issues(issues);
  return result::has_errors(issues) ? kInputProblem : kDone;
}

}  // namespace

int run(const RunOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  if (!loaded.inputs->scenario(options.scenario)) {
    std::vector<std::string> names;
    for (const auto& scenario : loaded.inputs->scenarios) names.push_back(scenario.name);
    print_issues({result::error({"--scenario", 0, 0}, "no scenario is called " + options.scenario,
                                result::suggestion(options.scenario, names))});
    return kInputProblem;
  }
  engine::RunRequest request{options.scenario, options.speed_percent / 100.0, options.to == "call", {}};
  std::vector<result::Issue> issues;
  request.credit = credit_change(options, *loaded.inputs, issues);
  if (result::has_errors(issues)) {
    print_issues(issues);
    return kInputProblem;
  }
  const auto set = engine::run_scenarios(*loaded.inputs, {request}, {options.threads, options.steps});
  print_issues(set.issues);
  if (!set.ok()) return kInputProblem;
  const engine::Run& made = set->runs.front();
  const table::Table flows = options.steps ? book::step_payments(made.flows)
                                           : book::class_cash_flows(made.flows, set->collateral[made.collateral]);
  return write(options.out, report::to_csv(flows));
}

}  // namespace spillway::cli
