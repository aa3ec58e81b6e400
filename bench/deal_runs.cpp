#include <numeric>
#include <stdexcept>

#include "inputs.h"
#include "scalar_projection.h"
#include "spillway/engine/book_requests.h"
#include "spillway/engine/break_evens.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"
#include "timing.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

engine::Inputs example_deal() {
  auto loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml", {});
  if (!loaded.inputs) throw std::runtime_error(result::to_text(loaded.issues.front()));
  return std::move(*loaded.inputs);
}

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

}  // namespace

// Ours runs the pool and the deal's waterfall; a peer's run is the pool alone.
void bench_deal_runs(const Options& options) {
  engine::Inputs inputs = example_deal();
  for (engine::ScenarioDefinition& scenario : inputs.scenarios) scenario.assumptions.assumed_terms.clear();  // peers have none
  engine::ScenarioDefinition other = *inputs.scenario("pricing");
  other.name = "other curve";
  other.indices = other.indices.shifted(0.01);
  inputs.scenarios.push_back(other);
  std::vector<engine::RunRequest> requests;
  std::vector<ScalarInputs> scalar;
  for (const char* name : {"pricing", "other curve"}) {
    const engine::ScenarioDefinition& scenario = *inputs.scenario(name);
    for (const double speed : {0.0, 0.8, 1.0, 1.5, 1.8}) {
      engine::RunRequest request;
      request.scenario = name;
      request.speed = speed;
      requests.push_back(request);
      assumptions::Scenario assumed = scenario.assumptions;
      assumed.speed = speed;
      scalar.push_back(scalar_inputs(inputs.pool, assumed, scenario.indices));
    }
  }
  engine::RunSettings settings;
  settings.threads = 1;
  settings.record = waterfall::Record::cash();  // what prices and lives are figured from
  const auto run = [&] { return engine::run_scenarios(inputs, requests, settings); };
  const auto set = run();
  if (!set.ok()) throw std::runtime_error(result::to_text(set.issues.front()));
  for (std::size_t r = 0; r < requests.size(); ++r) {
    const cashflow::PoolVectors& ours = set->collateral[set->runs[r].collateral].total;
    const ScalarFlows theirs = good_scalar(scalar[r]);
    require_agreement("W3 interest", sum(ours.gross_interest), sum(theirs.interest), 1e-6);
    require_agreement("W3 prepaid principal", sum(ours.prepaid_principal) + 1, sum(theirs.prepaid) + 1, 1e-6);
  }
  const auto all_scalar = [&] {
    for (const ScalarInputs& one : scalar) use(good_scalar(one).interest[0]);
  };
  std::vector<Contestant> contestants{{"ours", [&] { use(static_cast<double>(run()->runs.size())); }}};
  if (options.peers) contestants.push_back({"good_scalar", all_scalar});
  time_in_turn({"W3", inputs.pool.size(), static_cast<double>(requests.size())}, contestants, options.rounds);
}

// What of W5 is projection and waterfalls: the runs of the example's tables and views, and the searches for break-evens, which the
// document behind it does not print.
void bench_book_runs(const Options& options) {
  const engine::Inputs inputs = example_deal();
  const auto requests = engine::book_requests(inputs);
  const auto searches = engine::break_even_requests(inputs);
  engine::RunSettings settings;
  settings.threads = 1;
  const auto require = [](const auto& made) {
    if (!made.ok()) throw std::runtime_error(result::to_text(made.issues.front()));
  };
  time_in_turn({"W5_runs", inputs.pool.size(), static_cast<double>(requests.size())},
               {{"ours", [&] { require(engine::run_scenarios(inputs, requests, settings, engine::view_requests(inputs))); }}}, options.rounds);
  time_in_turn({"W5_searches", inputs.pool.size(), static_cast<double>(searches.size())},
               {{"ours", [&] { require(engine::find_break_evens(inputs, searches, settings)); }}}, options.rounds);
}

}  // namespace bench
