#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "option_files.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"
#include "spillway/report/report.h"
#include "spillway/strat/strat.h"

namespace spillway::cli {

namespace {

std::string as_text(const std::vector<table::Table>& tables, const table::Table& summary) {
  std::string text = report::to_text(summary);
  for (const table::Table& table : tables) text += "\n" + report::to_text(table);
  return text;
}

}  // namespace

int strat(const StratOptions& options) {
  std::vector<result::Issue> issues;
  const auto definitions = from_option<strat::StratDefinitions>(options.tables, io::read_strats, io::standard_strats(), issues);
  const auto files = read_tape_files(options.tape, options.products, options.mapping, options.cut_off, issues);
  if (!files || !definitions) {
    print_issues(issues);
    return kInputProblem;
  }
  auto tape = io::read_tape(files->text, options.tape, files->products, files->cut_off, files->mapping);
  print_issues(tape.issues);
  if (tape.value.size() == 0 || (options.strict && result::has_errors(tape.issues))) return kInputProblem;

  const auto tables = strat::stratify(tape.value, files->products, *definitions);
  const auto summary = strat::pool_summary(tape.value, files->products, *definitions);
  if (options.out.empty()) {
    const std::string shown = options.format == "csv" ? report::to_csv(strat::combined_table(tables)) : as_text(tables, summary);
    std::fwrite(shown.data(), 1, shown.size(), stdout);
    return kDone;
  }
  const auto written = io::write_files(options.out, {{"strats.csv", report::to_csv(strat::combined_table(tables))},
                                                     {"pool_summary.csv", report::to_csv(summary)}});
  print_issues(written);
  return result::has_errors(written) ? kInputProblem : kDone;
}

}  // namespace spillway::cli
