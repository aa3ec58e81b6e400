#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "spillway/book/price_grid.h"
#include "spillway/engine/run_book.h"
#include "spillway/report/report.h"

namespace spillway::cli {

namespace {

using Measure = book::GridRequest::Measure;

// What the options come to, every problem of theirs noted.
struct Plan {
  std::string scenario;
  std::string index;
  std::vector<book::GridSubject> subjects;
  book::GridRequest request;
  std::vector<result::Issue> issues;

  void fail(const char* option, std::string what, std::string remedy) {
    issues.push_back(result::error({option, 0, 0}, std::move(what), std::move(remedy)));
  }
};

void plan_scenario(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.scenario = options.scenario;
  if (plan.scenario.empty() && inputs.plan.price_dm) plan.scenario = inputs.plan.price_dm->scenario;
  if (plan.scenario.empty() && inputs.scenarios.size() == 1) plan.scenario = inputs.scenarios.front().name;
  std::vector<std::string> names;
  for (const auto& known : inputs.scenarios) names.push_back(known.name);
  if (!inputs.scenario(plan.scenario)) {
    plan.fail("--scenario", plan.scenario.empty() ? "there are several scenarios" : "no scenario is called " + plan.scenario,
              plan.scenario.empty() ? "name one of them: " + result::suggestion("", names) : result::suggestion(plan.scenario, names));
  }
}

void plan_measure(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.index = options.index;
  if (plan.index.empty() && inputs.plan.price_dm) plan.index = inputs.plan.price_dm->index;
  const bool by_yield = options.measure == "yield" || !options.yields_percent.empty() ||
                        (options.measure.empty() && options.margins_bps.empty() && plan.index.empty());
  plan.request.measure = by_yield ? Measure::yield : Measure::discount_margin;
  if (!options.margins_bps.empty() && by_yield) {
    plan.fail("--dm", "margins and yields are asked for at once", "give one of --dm, --yield and --measure");
  }
  if (by_yield) return;
  const auto& known = inputs.deal.indices;
  if (std::find(known.begin(), known.end(), plan.index) == known.end()) {
    plan.fail("--index", plan.index.empty() ? "a discount margin needs the classes' index" : "no index is called " + plan.index,
              result::suggestion(plan.index, known));
  }
}

void plan_levels(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  book::GridRequest& request = plan.request;
  request.prices = options.prices;
  for (double margin : options.margins_bps) request.levels.push_back(margin / 1e4);
  for (double yield : options.yields_percent) request.levels.push_back(yield / 100.0);
  if (request.prices.empty() && request.levels.empty()) request.prices = {100.0};
  if (options.compounding == "annual") request.compounding = analytics::Compounding::annual;
  if (options.compounding == "monthly") request.compounding = analytics::Compounding::monthly;
  if (inputs.plan.price_dm) request.conventions = inputs.plan.price_dm->conventions;
}

void plan_subjects(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  const std::vector<std::string> names = book::grid_names(inputs.deal);
  for (const std::string& name : options.classes.empty() ? names : options.classes) {
    plan.subjects.push_back(book::grid_subject(inputs.deal, name));
    if (plan.subjects.back().classes.empty()) {
      plan.fail("--class", "no class is called " + name, result::suggestion(name, names));
    }
  }
}

std::string shown(const table::Table& prices, const std::string& format) {
  if (format == "csv") return report::to_csv(prices);
  return format == "json" ? report::to_json(prices) : report::to_text(prices);
}

}  // namespace

int price(const PriceOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  Plan plan;
  plan_scenario(options, inputs, plan);
  plan_measure(options, inputs, plan);
  plan_levels(options, inputs, plan);
  plan_subjects(options, inputs, plan);
  print_issues(plan.issues);
  if (result::has_errors(plan.issues)) return kInputProblem;

  std::vector<engine::RunRequest> requests;
  for (double speed : options.speed_percents) {
    requests.push_back({plan.scenario, speed / 100.0, options.to == "call", {}});
  }
  const auto set = engine::run_scenarios(inputs, requests, {options.threads, false});
  print_issues(set.issues);
  if (!set.ok()) return kInputProblem;
  std::vector<book::GridRun> runs;
  for (const engine::Run& run : set->runs) {
    std::vector<double> rates(run.flows.periods());
    if (!plan.index.empty()) rates = engine::index_rates(inputs, run, plan.index);
    runs.push_back({run.request.speed, &run.flows, std::move(rates)});
  }
  const std::string text = shown(book::price_grid(inputs.deal, plan.subjects, runs, plan.request), options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
