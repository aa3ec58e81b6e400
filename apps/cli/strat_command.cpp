#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "option_files.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"
#include "spillway/report/report.h"
#include "spillway/strat/cross_tab.h"
#include "spillway/strat/strat.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

std::string as_text(const std::vector<table::Table>& tables, const table::Table& summary) {
  std::string text = on_terminal(summary);
  for (const table::Table& table : tables) text += "\n" + on_terminal(table);
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
  print(options.format == "csv" ? report::to_csv(shown) : options.format == "json" ? report::to_json(shown) : on_terminal(shown));
  return kDone;
}

}  // namespace

int strat(const StratOptions& options) {
  std::vector<result::Issue> issues;
  const auto definitions = from_option<strat::StratDefinitions>(options.tables, io::read_strats, io::standard_strats(), issues);
  if (!options.measure.empty() && options.cross.empty()) {
    issues.push_back(result::error({"--measure", 0, 0}, "a measure without a cross-tab", "add --cross, as in --cross state,purpose"));
  }
  const auto files = read_tape_files(options.tape, options.products, options.mapping, options.cut_off, issues);
  if (!files || !definitions) {
    print_issues(issues);
    return kInputProblem;
  }
  auto tape = io::read_tape(files->text, options.tape, files->products, files->cut_off, files->mapping);
  print_issues(tape.issues);
  if (tape.value.size() == 0 || (options.strict && result::has_errors(tape.issues))) return kInputProblem;

  if (!options.cross.empty()) return cross(options, tape.value, files->products, *definitions);
  const auto tables = strat::stratify(tape.value, files->products, *definitions);
  const auto summary = strat::pool_summary(tape.value, files->products, *definitions);
  const table::Table all = strat::combined_table(tables);
  if (options.out.empty()) {
    print(options.format == "csv" ? report::to_csv(all) : options.format == "json" ? report::to_json(all) : as_text(tables, summary));
    return kDone;
  }
  return write(options.out, {{"strats.csv", report::to_csv(all)}, {"pool_summary.csv", report::to_csv(summary)}});
}

}  // namespace spillway::cli
