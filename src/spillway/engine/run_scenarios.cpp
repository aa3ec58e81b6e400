#include <algorithm>

#include "spillway/engine/parallel.h"
#include "spillway/engine/run_book.h"
#include "spillway/engine/schedules.h"
#include "spillway/waterfall/make_whole.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::engine {

namespace {

// One pass over the loans: a scenario and all speeds asked of it.
struct CollateralPass {
  const ScenarioDefinition* scenario = nullptr;
  std::optional<std::pair<std::string, double>> index_level;
  double index_shift = 0;
  std::vector<double> speeds;
  std::vector<std::size_t> positions;  // in RunSet::collateral, by speed
};

// Groups requests by scenario and speed, giving each its place in RunSet::collateral.
std::vector<CollateralPass> plan_passes(const Inputs& inputs, RunSet& set) {
  std::vector<CollateralPass> passes;
  for (Run& run : set.runs) {
    const ScenarioDefinition* scenario = inputs.scenario(run.request.scenario);
    result::require(scenario != nullptr, "a run asks for a scenario that is not there");
    auto pass = std::find_if(passes.begin(), passes.end(), [&](const auto& p) {
      return p.scenario == scenario && p.index_level == run.request.index_level && p.index_shift == run.request.index_shift;
    });
    if (pass == passes.end()) {
      pass = passes.insert(passes.end(), {scenario, run.request.index_level, run.request.index_shift, {}, {}});
    }
    const auto speed = std::find(pass->speeds.begin(), pass->speeds.end(), run.request.speed);
    if (speed != pass->speeds.end()) {
      run.collateral = pass->positions[static_cast<std::size_t>(speed - pass->speeds.begin())];
      continue;
    }
    run.collateral = set.collateral.size();
    pass->speeds.push_back(run.request.speed);
    pass->positions.push_back(run.collateral);
    set.collateral.emplace_back();
  }
  return passes;
}

rates::IndexPaths paths_of(const ScenarioDefinition& scenario,
                           const std::optional<std::pair<std::string, double>>& level, double shift) {
  const rates::IndexPaths paths = level ? scenario.indices.with_level(level->first, level->second) : scenario.indices;
  return shift != 0.0 ? paths.shifted(shift) : paths;
}

std::size_t longest(const RunSet& set) {
  std::size_t periods = 0;
  for (const auto& collateral : set.collateral) periods = std::max(periods, collateral.total.periods());
  return periods;
}

}  // namespace

const ScenarioDefinition* Inputs::scenario(std::string_view name) const {
  const auto found = std::find_if(scenarios.begin(), scenarios.end(), [&](const auto& s) { return s.name == name; });
  return found == scenarios.end() ? nullptr : &*found;
}

const Run* RunSet::find(const RunRequest& request) const {
  const auto found = std::find_if(runs.begin(), runs.end(), [&](const Run& run) { return run.request == request; });
  return found == runs.end() ? nullptr : &*found;
}

result::Result<RunSet> run_scenarios(const Inputs& inputs, const std::vector<RunRequest>& requests,
                                     const RunSettings& settings) {
  RunSet set;
  for (const RunRequest& request : requests) set.runs.push_back({request, 0, {}});
  const std::vector<CollateralPass> passes = plan_passes(inputs, set);
  for_each_task(passes.size(), settings.threads, [&](std::size_t p) {
    const CollateralPass& pass = passes[p];
    auto flows = collateral::project_speeds(inputs.pool, pass.scenario->assumptions, pass.speeds,
                                            paths_of(*pass.scenario, pass.index_level, pass.index_shift), inputs.collateral);
    for (std::size_t s = 0; s < flows.size(); ++s) set.collateral[pass.positions[s]] = std::move(flows[s]);
  });

  const auto schedule = calendar::make_schedule(inputs.deal.schedule, inputs.business_days,
                                                static_cast<int>(longest(set)));
  const hedges::SwapSchedule swaps = hedges::lay_out(inputs.swaps, schedule);
  const hedges::SwapSchedule no_swaps;
  const auto series = lay_out_schedules(inputs, longest(set));
  std::vector<std::vector<result::Issue>> issues(set.runs.size());
  for_each_task(set.runs.size(), settings.threads, [&](std::size_t r) {
    Run& run = set.runs[r];
    const ScenarioDefinition& scenario = *inputs.scenario(run.request.scenario);
    const rates::IndexPaths paths = paths_of(scenario, run.request.index_level, run.request.index_shift);
    waterfall::RunInputs in{set.collateral[run.collateral], paths, scenario.hedged ? swaps : no_swaps,
                            schedule, series};
    std::vector<std::vector<double>> premiums;
    if (inputs.deal.make_whole && run.request.to_call) {
      const auto to_maturity = waterfall::run_waterfall(inputs.deal, in, {});
      if (!to_maturity.ok()) {
        issues[r] = to_maturity.issues;
        return;
      }
      premiums = waterfall::make_whole_premiums(inputs.deal, *to_maturity, paths);
      in.make_whole = premiums;
    }
    auto flows = waterfall::run_waterfall(inputs.deal, in, {run.request.to_call, settings.trace});
    if (flows.ok()) run.flows = std::move(*flows);
    issues[r] = std::move(flows.issues);
  });
  std::vector<result::Issue> all;
  for (auto& found : issues) {
    // One fault of the deal file shows in every run: say it once.
    if (all.empty()) result::append(all, std::move(found));
  }
  return result::make_result(std::move(set), std::move(all));
}

}  // namespace spillway::engine
