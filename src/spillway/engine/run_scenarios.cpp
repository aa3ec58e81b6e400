#include <algorithm>

#include "spillway/engine/deal_runner.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/stage_counter.h"

namespace spillway::engine {

namespace {

// A scenario along one rate path, and where the cash flows of its cases go.
struct Planned {
  RunRequest first;  // of those that share them
  Projection projection;
  std::vector<std::size_t> positions;  // in RunSet::collateral, by case
};

// Groups requests by scenario and rate path, giving each its place in RunSet::collateral.
std::vector<Planned> plan_projections(const Inputs& inputs, RunSet& set) {
  std::vector<Planned> all;
  for (Run& run : set.runs) {
    const RunRequest& wanted = run.request;
    result::require(inputs.scenario(wanted.scenario) != nullptr, "a run asks for a scenario that is not there");
    auto planned = std::find_if(all.begin(), all.end(), [&](const auto& p) { return share_paths(p.first, wanted); });
    if (planned == all.end()) {
      planned = all.insert(
          all.end(), {wanted, {&inputs.scenario(wanted.scenario)->assumptions, paths_of(inputs, wanted), {}}, {}});
    }
    auto& cases = planned->projection.cases;
    const auto same = std::find_if(cases.begin(), cases.end(), [&](const auto& c) {
      return c.speed == wanted.speed && c.credit == wanted.credit;
    });
    if (same != cases.end()) {
      run.collateral = planned->positions[static_cast<std::size_t>(same - cases.begin())];
      continue;
    }
    run.collateral = set.collateral.size();
    cases.push_back({wanted.speed, wanted.credit});
    planned->positions.push_back(run.collateral);
    set.collateral.emplace_back();
  }
  return all;
}

// Fills RunSet::collateral.
std::vector<result::Issue> run_collateral(const Inputs& inputs, const RunSettings& settings, RunSet& set) {
  std::vector<Projection> projections;
  std::vector<std::vector<std::size_t>> positions;
  for (Planned& planned : plan_projections(inputs, set)) {
    projections.push_back(std::move(planned.projection));
    positions.push_back(std::move(planned.positions));
  }
  auto flows = project_loans(inputs, projections, settings);
  for (std::size_t p = 0; flows.ok() && p < positions.size(); ++p) {
    for (std::size_t c = 0; c < positions[p].size(); ++c) set.collateral[positions[p][c]] = std::move((*flows)[p][c]);
  }
  return std::move(flows.issues);
}

std::size_t longest(const RunSet& set) {
  std::size_t periods = 0;
  for (const auto& collateral : set.collateral) periods = std::max(periods, collateral.total.periods());
  return periods;
}

// The runs by task: traced ones by themselves; those to maturity, then those to call, as many at a time as go side by side, or half of
// them where few would leave threads idle.
std::vector<std::vector<std::size_t>> tasks_of(const std::vector<Run>& runs, const std::vector<bool>& traced) {
  const std::size_t most = runs.size() < 8 * waterfall::kSideBySide ? waterfall::kLaneGroup : waterfall::kSideBySide;
  std::vector<std::vector<std::size_t>> tasks;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    if (traced[r]) tasks.push_back({r});
  }
  for (const bool to_call : {false, true}) {
    std::vector<std::size_t>* open = nullptr;
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (traced[r] || runs[r].request.to_call != to_call) continue;
      if (open == nullptr || open->size() == most) open = &tasks.emplace_back();
      open->push_back(r);
    }
  }
  return tasks;
}

}  // namespace

const ScenarioDefinition* Inputs::scenario(std::string_view name) const {
  const auto found = std::find_if(scenarios.begin(), scenarios.end(), [&](const auto& s) { return s.name == name; });
  return found == scenarios.end() ? nullptr : &*found;
}

std::size_t Inputs::tape_loans() const { return parts ? parts->tape_loans : tape.size(); }
std::size_t Inputs::pool_loans() const { return parts ? parts->totals.loans : pool.size(); }
double Inputs::pool_balance() const { return parts ? parts->totals.balance : pool.total_balance(); }

std::vector<result::Issue> Inputs::for_each_tape(const LoanParts::TapeUse& use) const {
  if (parts) return parts->for_each_tape(use);
  use(tape);
  return {};
}

int Inputs::longest_term() const {
  if (parts) return parts->totals.longest_term;
  const auto longest = std::max_element(pool.remaining_term.begin(), pool.remaining_term.end());
  return longest == pool.remaining_term.end() ? 0 : *longest;
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

result::Result<cashflow::DealCashFlows> run_deal(const Inputs& inputs, const cashflow::CollateralCashFlows& collateral,
                                                 const RunRequest& request, const RunSettings& settings) {
  return DealRunner(inputs, collateral.total.periods(), {request}, settings.record).run(collateral, request, settings.trace);
}

result::Result<RunSet> run_scenarios(const Inputs& inputs, const std::vector<RunRequest>& requests,
                                     const RunSettings& settings, std::span<const RunRequest> traced) {
  RunSet set;
  for (const RunRequest& request : requests) set.runs.push_back({request, 0, {}});
  if (auto unread = run_collateral(inputs, settings, set); result::has_errors(unread)) {
    return {std::nullopt, std::move(unread)};
  }

  const DealRunner deal(inputs, longest(set), requests, settings.record);
  std::vector<std::vector<result::Issue>> issues(set.runs.size());
  StageCounter counter(settings.on_progress, Stage::run_waterfalls, set.runs.size());
  const auto take = [&](std::size_t r, result::Result<cashflow::DealCashFlows> flows) {
    if (flows.ok()) set.runs[r].flows = std::move(*flows);
    issues[r] = std::move(flows.issues);
    counter.one_done();
  };
  std::vector<bool> trace;
  for (const Run& run : set.runs) {
    trace.push_back(settings.trace || std::find(traced.begin(), traced.end(), run.request) != traced.end());
  }
  const auto tasks = tasks_of(set.runs, trace);
  for_each_task(tasks.size(), settings.threads, [&](std::size_t task) {
    const std::size_t first = tasks[task].front();
    if (trace[first]) return take(first, deal.run(set.collateral[set.runs[first].collateral], set.runs[first].request, true));
    std::vector<DealRunner::Work> works;
    for (std::size_t r : tasks[task]) works.push_back({&set.collateral[set.runs[r].collateral], &set.runs[r].request});
    auto made = deal.run_all(works);
    for (std::size_t i = 0; i < made.size(); ++i) take(tasks[task][i], std::move(made[i]));
  });
  std::vector<result::Issue> all;
  for (auto& found : issues) {
    // One fault of the deal file shows in every run: say it once.
    if (all.empty()) result::append(all, std::move(found));
  }
  return result::make_result(std::move(set), std::move(all));
}

}  // namespace spillway::engine
