#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "spillway/book/tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/report/report.h"

namespace spillway::cli {

namespace {

// Positions of the classes named, all of them if none is; an unknown name is an issue.
std::vector<std::size_t> positions(const deal::Deal& deal, const std::vector<std::string>& wanted,
                                   std::vector<result::Issue>& issues) {
  std::vector<std::string> names;
  for (const deal::BondClass& bond : deal.classes) names.push_back(bond.name);
  std::vector<std::size_t> found;
  for (const std::string& name : wanted.empty() ? names : wanted) {
    const auto at = std::find(names.begin(), names.end(), name);
    if (at != names.end()) found.push_back(static_cast<std::size_t>(at - names.begin()));
    else issues.push_back(result::error({"--class", 0, 0}, "no class is called " + name, result::suggestion(name, names)));
  }
  return found;
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
  std::vector<result::Issue> issues;
  if (!inputs.plan.price_dm) {
    issues.push_back(result::error({options.deal, 0, 0}, "the scenarios say nothing of pricing",
                                   "add price_dm under 'book', with the classes' index"));
  }
  const std::string scenario =
      options.scenario.empty() && inputs.plan.price_dm ? inputs.plan.price_dm->scenario : options.scenario;
  std::vector<std::string> names;
  for (const auto& known : inputs.scenarios) names.push_back(known.name);
  if (!inputs.scenario(scenario)) {
    issues.push_back(result::error({"--scenario", 0, 0}, "no scenario is called " + scenario,
                                   result::suggestion(scenario, names)));
  }
  const auto classes = positions(inputs.deal, options.classes, issues);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;

  const auto set = engine::run_scenarios(inputs, {{scenario, options.speed_percent / 100.0, options.to == "call"}},
                                         {options.threads, false});
  print_issues(set.issues);
  if (!set.ok()) return kInputProblem;
  const engine::Run& run = set->runs.front();
  std::optional<double> margin;
  if (options.margin_bps) margin = *options.margin_bps / 1e4;
  const table::Table prices = book::price_table(inputs.deal, run.flows, classes,
                                                engine::index_rates(inputs, run, inputs.plan.price_dm->index),
                                                options.price, margin, inputs.plan.price_dm->conventions);
  const std::string text = shown(prices, options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
