#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "option_files.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"
#include "spillway/report/report.h"
#include "spillway/strat/cross_tab.h"
#include "spillway/strat/strat.h"

namespace spillway::cli {

namespace {

std::string as_text(const std::vector<table::Table>& tables, const table::Table& summary) {
  std::string text = report::to_text(summary);
  for (const table::Table& table : tables) text += "\n" + report::to_text(table);
  return text;
}

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int write(const std::string& folder, const std::vector<std::pair<std::string, std::string>>& files) {
  const auto issues = io::write_files(folder, files);
  print_issues(issues);
  return result::has_errors(issues) ? kInputProblem : kDone;
}

// The two names of --cross; anything else is an issue.
std::optional<std::pair<std::string, std::string>> two_names(const StratOptions& options, std::vector<result::Issue>& issues) {
  const std::size_t comma = options.cross.find(',');
  const bool two = comma != std::string::npos && comma > 0 && comma + 1 < options.cross.size() &&
                   options.cross.find(',', comma + 1) == std::string::npos;
  if (!two) {
    issues.push_back(result::error({"--cross", 0, 0}, "'" + options.cross + "' does not name two tables or attributes",
                                   "write two names with a comma, as in state,purpose"));
    return std::nullopt;
  }
  return std::pair(options.cross.substr(0, comma), options.cross.substr(comma + 1));
}

int cross(const StratOptions& options, const pool::LoanTape& tape, const pool::ProductTable& products,
          const strat::StratDefinitions& definitions) {
  std::vector<result::Issue> issues;
  const auto names = two_names(options, issues);
  std::optional<strat::CrossTab> tab;
  if (names) {
    auto made = strat::cross_tab(tape, products, definitions, names->first, names->second, {"--cross", 0, 0});
    result::append(issues, std::move(made.issues));
    tab = std::move(made.value);
  }
  print_issues(issues);
  if (!tab) return kInputProblem;
  const bool one = !options.measure.empty() || (options.format == "text" && options.out.empty());
  const table::Table shown =
      one ? strat::cross_table(*tab, options.measure.empty() ? "balance" : options.measure) : strat::cross_list(*tab);
  if (!options.out.empty()) return write(options.out, {{"cross.csv", report::to_csv(shown)}});
  print(options.format == "csv" ? report::to_csv(shown) : options.format == "json" ? report::to_json(shown) : report::to_text(shown));
  return kDone;
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
  if (!options.measure.empty() && options.cross.empty()) {
    issues.push_back(result::error({"--measure", 0, 0}, "a measure without a cross-tab", "add --cross, as in --cross state,purpose"));
  }
  auto text = io::read_file(options.tape);
  result::append(issues, std::move(text.issues));
  if (result::has_errors(issues) || !products || !definitions || !text.ok()) {
    print_issues(issues);
    return kInputProblem;
  }
  auto tape = io::read_tape(*text, options.tape, *products, *cut_off, mapping);
  print_issues(tape.issues);
  if (tape.value.size() == 0 || (options.strict && result::has_errors(tape.issues))) return kInputProblem;

  if (!options.cross.empty()) return cross(options, tape.value, *products, *definitions);
  const auto tables = strat::stratify(tape.value, *products, *definitions);
  const auto summary = strat::pool_summary(tape.value, *products, *definitions);
  const table::Table all = strat::combined_table(tables);
  if (options.out.empty()) {
    print(options.format == "csv" ? report::to_csv(all) : options.format == "json" ? report::to_json(all) : as_text(tables, summary));
    return kDone;
  }
  return write(options.out, {{"strats.csv", report::to_csv(all)}, {"pool_summary.csv", report::to_csv(summary)}});
}

}  // namespace spillway::cli
