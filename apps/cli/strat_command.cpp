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
  const auto products = from_option<pool::ProductTable>(options.products, io::read_products, io::standard_products(), issues);
  const auto definitions = from_option<strat::StratDefinitions>(options.tables, io::read_strats, io::standard_strats(), issues);
  std::optional<io::TapeMapping> mapping;
  if (!options.mapping.empty()) mapping = from_option<io::TapeMapping>(options.mapping, io::read_tape_mapping, {}, issues);
  const auto cut_off = options.cut_off.empty() ? calendar::Date{} : calendar::parse_date(options.cut_off);
  if (!cut_off) issues.push_back(result::error({"--cut-off", 0, 0}, "'" + options.cut_off + "' is not a date", "write 2003-12-01"));
  auto text = io::read_file(options.tape);
  result::append(issues, std::move(text.issues));
  if (result::has_errors(issues) || !products || !definitions || !text.ok()) {
    print_issues(issues);
    return kInputProblem;
  }
  auto tape = io::read_tape(*text, options.tape, *products, *cut_off, mapping);
  print_issues(tape.issues);
  if (tape.value.size() == 0 || (options.strict && result::has_errors(tape.issues))) return kInputProblem;

  const auto tables = strat::stratify(tape.value, *products, *definitions);
  const auto summary = strat::pool_summary(tape.value, *products, *definitions);
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
