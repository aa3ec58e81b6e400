#include <algorithm>

#include "spillway/engine/deal_runner.h"
#include "spillway/engine/parallel.h"

namespace spillway::engine {

namespace {

// One pass over the loans: a scenario and all speeds and credit assumptions asked of it.
struct CollateralPass {
  struct Case {
    double speed;
    CreditChange credit;
    std::size_t position;  // in RunSet::collateral
  };
  RunRequest first;  // of those that share its scenario and rate path
  std::vector<Case> cases;
};

// Groups requests by scenario and rate path, giving each its place in RunSet::collateral.
std::vector<CollateralPass> plan_passes(const Inputs& inputs, RunSet& set) {
  std::vector<CollateralPass> passes;
  for (Run& run : set.runs) {
    const RunRequest& wanted = run.request;
    result::require(inputs.scenario(wanted.scenario) != nullptr, "a run asks for a scenario that is not there");
    auto pass = std::find_if(passes.begin(), passes.end(), [&](const auto& p) { return share_paths(p.first, wanted); });
    if (pass == passes.end()) pass = passes.insert(passes.end(), {wanted, {}});
    const auto same = std::find_if(pass->cases.begin(), pass->cases.end(), [&](const auto& c) {
      return c.speed == wanted.speed && c.credit == wanted.credit;
    });
    if (same != pass->cases.end()) {
      run.collateral = same->position;
      continue;
    }
    run.collateral = set.collateral.size();
    pass->cases.push_back({wanted.speed, wanted.credit, run.collateral});
    set.collateral.emplace_back();
  }
  return passes;
}

void run_pass(const Inputs& inputs, const CollateralPass& pass, int threads, RunSet& set) {
  const assumptions::Scenario& scenario = inputs.scenario(pass.first.scenario)->assumptions;
  std::vector<assumptions::Credit> changed;
  changed.reserve(pass.cases.size());
  std::vector<collateral::Case> cases;
  for (const CollateralPass::Case& wanted : pass.cases) {
    const assumptions::Credit* credit = nullptr;
    if (!wanted.credit.is_none()) {
      credit = &changed.emplace_back(changed_credit(scenario.credit, wanted.credit, inputs.pool.groups));
    }
    cases.push_back({wanted.speed, credit});
  }
  collateral::Settings settings = inputs.collateral;
  settings.for_each = [threads](std::size_t count, const auto& task) { for_each_part(count, threads, task); };
  auto flows = collateral::project_cases(inputs.pool, scenario, cases, paths_of(inputs, pass.first), settings);
  for (std::size_t c = 0; c < flows.size(); ++c) set.collateral[pass.cases[c].position] = std::move(flows[c]);
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

assumptions::Credit changed_credit(const assumptions::Credit& credit, const CreditChange& change,
                                   const std::vector<std::string>& groups) {
  assumptions::Credit made = credit;
  if (change.cdr) {
    made.defaults.clear();
    for (const std::string& group : groups) made.defaults[group] = assumptions::Cdr{*change.cdr};
    made.multiple = 1.0;
  }
  if (change.severity) {
    made.severity = {*change.severity};
    made.severities.clear();
    made.loan_severity.clear();
  }
  if (change.recovery_lag) made.recovery_lag = *change.recovery_lag;
  if (change.advances) made.advances = *change.advances;
  return made;
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
  for_each_task(passes.size(), settings.threads, [&](std::size_t p) { run_pass(inputs, passes[p], settings.threads, set); });

  const DealRunner deal(inputs, longest(set), requests);
  std::vector<std::vector<result::Issue>> issues(set.runs.size());
  for_each_task(set.runs.size(), settings.threads, [&](std::size_t r) {
    Run& run = set.runs[r];
    auto flows = deal.run(set.collateral[run.collateral], run.request, settings.trace);
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
