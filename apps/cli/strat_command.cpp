#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "option_files.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_in_parts.h"
#include "spillway/io/tape_reader.h"
#include "spillway/report/report.h"
#include "spillway/strat/cross_tab.h"
#include "spillway/strat/in_parts.h"
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

// The tape, gone over as often as need be, and what was found wrong on the way.
struct Going {
  io::TapeInParts tape;
  bool is_strict = false;
  std::vector<result::Issue> issues = {};

  void over_loans(const std::function<void(const pool::LoanTape&)>& use) { result::append(issues, tape.for_each(use)); }
  bool can_go_on() const { return tape.loans() > 0 && !(is_strict && result::has_errors(issues)); }
};

int cross(const StratOptions& options, Going& going, const pool::ProductTable& products, const strat::StratDefinitions& definitions) {
  std::vector<result::Issue> issues;
  const auto names = two_names(options, issues);
  going.over_loans([](const pool::LoanTape&) {});  // finds every problem
  print_issues(going.issues);
  if (!going.can_go_on()) return kInputProblem;
  going.issues.clear();
  std::optional<strat::CrossTab> tab;
  if (names) {
    auto made = strat::cross_tab([&](const auto& use) { going.over_loans(use); }, products, definitions, names->first, names->second,
                                 {"--cross", 0, 0});
    result::append(issues, std::move(made.issues));
    result::append(issues, going.issues);  // of a tape that changed
    if (!result::has_errors(issues)) tab = std::move(made.value);
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
  auto source = tape_source(options.tape, options.products, options.mapping, options.cut_off, issues);
  const auto limit = memory_limit(options.memory, issues);
  const io::MemoryPlan plan = limit ? io::plan_memory(options.tape, *limit, io::TapeUse::stratify) : io::MemoryPlan{};
  if (plan.least) issues.push_back(io::too_low(plan, {"--memory", 0, 0}));
  if (!source || !definitions || result::has_errors(issues)) {
    print_issues(issues);
    return kInputProblem;
  }
  const pool::ProductTable products = source->products;
  Going going{io::TapeInParts(std::move(*source), plan), options.strict};
  if (!options.cross.empty()) return cross(options, going, products, *definitions);
  strat::Stratification made(products, *definitions);
  strat::PoolSummary summed(products, *definitions);
  going.over_loans([&](const pool::LoanTape& part) {
    made.add(part);
    summed.add(part);
  });
  print_issues(going.issues);
  if (!going.can_go_on()) return kInputProblem;
  const auto tables = made.stratified().tables;
  const auto summary = summed.summary();
  const table::Table all = strat::combined_table(tables);
  if (options.out.empty()) {
    print(options.format == "csv" ? report::to_csv(all) : options.format == "json" ? report::to_json(all) : as_text(tables, summary));
    return kDone;
  }
  return write(options.out, {{"strats.csv", report::to_csv(all)}, {"pool_summary.csv", report::to_csv(summary)}});
}

}  // namespace spillway::cli
