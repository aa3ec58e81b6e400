#include "spillway/engine/loans.h"

#include <algorithm>

#include "spillway/collateral/parted_projection.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/stage_counter.h"

namespace spillway::engine {

namespace {

using assumptions::Credit;
using assumptions::Scenario;
using Flows = std::vector<cashflow::CollateralCashFlows>;

// The cases of a projection with the credit assumptions they point at.
struct Cases {
  std::vector<Credit> credits;
  std::vector<collateral::Case> cases;
};

// `stated`: the scenario's credit as it falls on the loans at hand; null: nothing in it depends on them.
Cases cases_of(const Inputs& inputs, const Projection& wanted, const Credit* stated) {
  Cases made;
  made.credits.reserve(wanted.cases.size());
  for (const Projection::Case& one : wanted.cases) {
    const Credit* credit = stated;
    if (!one.credit.is_none()) {
      credit = &made.credits.emplace_back(
          changed_credit(stated ? *stated : wanted.scenario->credit, one.credit, inputs.pool.groups));
    }
    made.cases.push_back({one.speed, credit});
  }
  return made;
}

result::Result<std::vector<Flows>> project_parts(const Inputs& inputs, const std::vector<Projection>& projections,
                                                 const collateral::Settings& settings, int threads, StageCounter& counter) {
  std::vector<Cases> cases;
  for (const Projection& wanted : projections) cases.push_back(cases_of(inputs, wanted, nullptr));
  std::vector<collateral::PartedProjection> parted;
  for (std::size_t p = 0; p < projections.size(); ++p) {
    parted.emplace_back(inputs.pool, *projections[p].scenario, cases[p].cases, projections[p].paths, settings);
  }
  auto issues = inputs.parts->for_each([&](const LoanParts::Part& part) {
    for_each_task(projections.size(), threads, [&](std::size_t p) {
      const Credit* stated = credit_in(inputs, part, projections[p].scenario);
      parted[p].add(part.pool, cases_of(inputs, projections[p], stated).cases);
    });
  }, false);
  if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  std::vector<Flows> flows(projections.size());
  for_each_task(flows.size(), threads, [&](std::size_t p) {
    flows[p] = parted[p].take();
    counter.one_done();
  });
  return {std::move(flows), {}};
}

// Projections that differ in nothing but their rate paths, by position: one pass serves them.
std::vector<std::vector<std::size_t>> that_share_a_pass(const std::vector<Projection>& projections) {
  std::vector<std::vector<std::size_t>> sets;
  for (std::size_t p = 0; p < projections.size(); ++p) {
    const auto same = std::find_if(sets.begin(), sets.end(), [&](const auto& set) {
      const Projection &first = projections[set.front()], &mine = projections[p];
      return first.cases == mine.cases && (first.scenario == mine.scenario || first.scenario->assumes_the_same(*mine.scenario));
    });
    if (same == sets.end()) sets.push_back({p});
    else same->push_back(p);
  }
  return sets;
}

std::vector<const Credit*> pointers_to(const std::vector<Credit>& credits) {
  std::vector<const Credit*> pointers;
  for (const Credit& credit : credits) pointers.push_back(&credit);
  return pointers;
}

}  // namespace

const Credit* credit_in(const Inputs& inputs, const LoanParts::Part& part, const Scenario* scenario) {
  const auto found = std::find_if(inputs.scenarios.begin(), inputs.scenarios.end(),
                                  [&](const auto& known) { return &known.assumptions == scenario; });
  if (part.credits.empty() || found == inputs.scenarios.end()) return nullptr;
  return &part.credits[static_cast<std::size_t>(found - inputs.scenarios.begin())];
}

result::Result<std::vector<Flows>> project_loans(const Inputs& inputs, const std::vector<Projection>& projections,
                                               const RunSettings& run) {
  const int threads = run.threads;
  StageCounter counter(run.on_progress, Stage::project_loans, projections.size());
  collateral::Settings settings = inputs.collateral;
  settings.for_each = [threads](std::size_t count, const auto& task) { for_each_part(count, threads, task); };
  if (inputs.parts) return project_parts(inputs, projections, settings, threads, counter);
  std::vector<Flows> flows(projections.size());
  const auto sets = that_share_a_pass(projections);
  for_each_task(sets.size(), threads, [&](std::size_t s) {
    const Projection& first = projections[sets[s].front()];
    const Cases made = cases_of(inputs, first, nullptr);
    std::vector<rates::IndexPaths> paths;
    for (std::size_t p : sets[s]) paths.push_back(projections[p].paths);
    auto found = collateral::project_cases(inputs.pool, *first.scenario, made.cases, std::span<const rates::IndexPaths>(paths), settings);
    for (std::size_t p = 0; p < paths.size(); ++p) flows[sets[s][p]] = std::move(found[p]);
    for (std::size_t p = 0; p < paths.size(); ++p) counter.one_done();
  });
  return {std::move(flows), {}};
}

LoanPass pass_over_loans(const Inputs& inputs, const Scenario& scenario, const rates::IndexPaths& paths,
                         const CreditsOf& credits, std::vector<result::Issue>& issues) {
  std::vector<Credit> stated = credits(scenario.credit);
  collateral::CohortPass sums(inputs.pool, scenario, paths, inputs.collateral, pointers_to(stated));
  if (inputs.parts) {
    result::append(issues, inputs.parts->for_each([&](const LoanParts::Part& part) {
      const Credit* own = credit_in(inputs, part, &scenario);
      const std::vector<Credit> here = credits(own ? *own : scenario.credit);
      sums.add(collateral::CohortPass(part.pool, scenario, paths, inputs.collateral, pointers_to(here)));
    }, false));
  }
  return {std::move(stated), std::move(sums)};
}

}  // namespace spillway::engine
