#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "credit_options.h"
#include "messages.h"
#include "option_files.h"
#include "pricing_options.h"
#include "progress.h"
#include "spillway/engine/run_paths.h"
#include "spillway/io/csv_reader.h"
#include "spillway/io/rate_paths.h"
#include "spillway/report/report.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

// What the options come to, every problem of theirs noted.
struct Plan {
  engine::PathsRequest request;
  book::PathTerms terms;
  io::RatePaths rates;
  std::vector<result::Issue> issues;

  void fail(const char* option, std::string what, std::string remedy) {
    issues.push_back(result::error({option, 0, 0}, std::move(what), std::move(remedy)));
  }
};

void plan_run(const PathsOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.request.scenario = scenario_of(options.scenario, {price_scenario(inputs)}, inputs, plan.issues);
  plan.request.speed = options.speed_percent / 100.0;
  plan.request.to_call = options.to == "call";
  plan.request.credit = credit_change(options, inputs, plan.issues);
}

// "99.5" for every class, or "A-1=99.5" for one.
void take_price(const std::string& text, Plan& plan) {
  const std::size_t equals = text.rfind('=');
  const auto price = io::read_decimal(equals == std::string::npos ? text : text.substr(equals + 1));
  if (!price || !(*price > 0.0)) {
    return plan.fail("--price", "'" + text + "' gives no price above 0", "write 99.5 for all classes, or A-1=99.5 for one");
  }
  if (equals == std::string::npos) return std::fill(plan.terms.prices.begin(), plan.terms.prices.end(), *price);
  std::vector<std::string> names;
  for (std::size_t s = 0; s < plan.terms.subjects.size(); ++s) {
    names.push_back(plan.terms.subjects[s].name);
    if (names.back() == text.substr(0, equals)) {
      plan.terms.prices[s] = *price;
      return;
    }
  }
  plan.fail("--price", "no class that is priced is called " + text.substr(0, equals), result::suggestion(text.substr(0, equals), names));
}

void plan_terms(const PathsOptions& options, const engine::Inputs& inputs, Plan& plan) {
  const auto& pages = inputs.plan.price_dm;
  const bool is_the_only_one = options.index.empty() && !pages && inputs.deal.indices.size() == 1;
  plan.terms.index = is_the_only_one ? inputs.deal.indices.front() : classes_index(options.index, inputs, plan.issues);
  if (pages) plan.terms.average_life = pages->conventions.average_life;
  plan.terms.spread = options.spread_bps ? std::optional(*options.spread_bps / 1e4) : std::nullopt;
  plan.terms.subjects = subjects_of(options.classes, inputs, plan.issues);
  plan.terms.prices.assign(plan.terms.subjects.size(), pages ? pages->price : 100.0);
  // One for all classes first, whatever the order.
  for (const bool of_one : {false, true}) {
    for (const std::string& text : options.prices) {
      if ((text.find('=') != std::string::npos) == of_one) take_price(text, plan);
    }
  }
}

// The start of the first accrual period: what classes and swaps read first.
calendar::Date first_fixing(const engine::Inputs& inputs) {
  return calendar::make_schedule(inputs.deal.schedule, inputs.business_days, 1).front().accrual_start;
}

void plan_files(const PathsOptions& options, const engine::Inputs& inputs, Plan& plan) {
  if (!options.csv.empty() && std::filesystem::path(options.csv).lexically_normal() == std::filesystem::path(options.by_path).lexically_normal()) {
    plan.fail("--by-path", "the file is that of --csv", "name another");
  }
  auto text = io::read_file(options.paths);
  result::append(plan.issues, std::move(text.issues));
  if (!text.ok()) return;
  auto rates = io::read_rate_paths(*text, options.paths, {inputs.deal.indices, first_fixing(inputs)});
  result::append(plan.issues, std::move(rates.issues));
  if (rates.ok()) plan.rates = std::move(*rates);
}

// What the terminal says of the run and of the spread.
table::Table described(table::Table made, const PathsOptions& options, const Plan& plan) {
  char speed[32];
  std::snprintf(speed, sizeof speed, "%g%%", options.speed_percent);
  made.subtitle = "Scenario " + plan.request.scenario + " at " + speed + " of its speed, to " + options.to;
  made.notes = {"Spread: the one margin over each path's own " + plan.terms.index + " at which the mean price over all paths is the price.",
                "Price SD: of the prices along the paths at that spread. Losses are means over the paths."};
  return made;
}

// Both files or none, if they lie in one folder.
std::vector<result::Issue> write_files(const PathsOptions& options, const Plan& plan, const book::PathMeasures& measures) {
  std::vector<NamedFile> files;
  if (!options.csv.empty()) files.push_back({options.csv, report::to_csv(measures.summary())});
  if (!options.by_path.empty()) files.push_back({options.by_path, report::to_csv(measures.by_path(plan.rates.names))});
  return write_named(files);
}

}  // namespace

int paths(const PathsOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  Plan plan;
  plan_run(options, *loaded.inputs, plan);
  plan_terms(options, *loaded.inputs, plan);
  plan_files(options, *loaded.inputs, plan);
  print_issues(plan.issues);
  if (result::has_errors(plan.issues)) return kInputProblem;

  ProgressLine progress(!is_terminal(stderr));
  const auto measured = engine::measure_paths(*loaded.inputs, plan.request, plan.rates.paths, plan.terms,
                                              {options.threads, false, progress.listener()});
  if (!measured.issues.empty()) progress.erase();
  else progress.end();
  print_issues(measured.issues);
  if (!measured.ok()) return kInputProblem;
  const auto issues = write_files(options, plan, *measured);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  const table::Table summary = measured->summary();
  const std::string text = options.format == "csv"    ? report::to_csv(summary)
                           : options.format == "json" ? report::to_json(summary)
                                                      : on_terminal(described(summary, options, plan));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
