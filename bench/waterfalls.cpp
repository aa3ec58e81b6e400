#include <numeric>
#include <span>
#include <stdexcept>

#include "scalar_waterfall.h"
#include "spillway/collateral/project.h"
#include "spillway/engine/inputs.h"
#include "spillway/io/load.h"
#include "spillway/waterfall/many_runs.h"
#include "timing.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

constexpr std::size_t kRuns = 64;

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

// The example's pool at many speeds, and what a waterfall by hand needs of it.
struct Runs {
  engine::Inputs inputs;
  std::vector<cashflow::CollateralCashFlows> collateral;
  std::vector<ScalarFlows> by_hand;
  std::vector<double> index;
  std::vector<calendar::PaymentPeriod> schedule;
  hedges::SwapSchedule no_swaps;
  waterfall::Fixings fixings;
  std::vector<waterfall::RunInputs> all;
};

Runs make_runs() {
  auto loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml", {});
  if (!loaded.inputs) throw std::runtime_error(result::to_text(loaded.issues.front()));
  Runs made;
  made.inputs = std::move(*loaded.inputs);
  const engine::ScenarioDefinition& pricing = *made.inputs.scenario("pricing");
  assumptions::Scenario scenario = pricing.assumptions;
  for (std::size_t r = 0; r < kRuns; ++r) {
    scenario.speed = static_cast<double>(r) / 32.0;
    const auto& flows = made.collateral.emplace_back(collateral::project(made.inputs.pool, scenario, pricing.indices));
    ScalarFlows& pool = made.by_hand.emplace_back();
    pool.balance = flows.total.beginning_balance;
    pool.interest = flows.total.gross_interest;
    pool.scheduled = flows.total.scheduled_principal;
    pool.prepaid = flows.total.prepaid_principal;
    for (std::size_t t = 0; t < flows.total.periods(); ++t) {
      pool.fees.push_back(flows.total.gross_interest[t] - flows.total.net_interest(t));
    }
  }
  made.schedule = calendar::make_schedule(made.inputs.deal.schedule, made.inputs.business_days,
                                          static_cast<int>(made.collateral.front().total.periods()));
  made.fixings = waterfall::fix(made.inputs.deal, made.schedule, pricing.indices);
  const auto libor = static_cast<int>(*pricing.indices.find("libor_1m"));
  for (const auto& period : made.schedule) made.index.push_back(pricing.indices.rate(libor, period.accrual_start));
  return made;
}

void require_same(const cashflow::DealCashFlows& ours, const ScalarDeal& theirs) {
  double interest = 0, principal = 0;
  for (const cashflow::ClassCashFlows& bond : ours.classes) {
    interest += sum(bond.interest_paid) + sum(bond.unpaid_interest_paid);
    principal += sum(bond.principal_paid);
  }
  require_agreement("W7 interest", interest, theirs.interest, 1e-6);
  require_agreement("W7 principal", principal, theirs.principal, 1e-6);
  require_agreement("W7 residual", sum(ours.parties.front().values), theirs.residual, 1e-6);
}

}  // namespace

void bench_waterfalls(const Options& options) {
  Runs given = make_runs();
  const deal::Deal& deal = given.inputs.deal;
  const double cut_off = given.collateral.front().total.cut_off_balance;
  double periods = 0;
  for (const auto& flows : given.collateral) {
    given.all.push_back({flows, given.inputs.scenario("pricing")->indices, given.no_swaps, given.schedule, {}, {}, &given.fixings});
    periods += static_cast<double>(flows.total.periods());
  }
  const auto by_hand = [&](std::size_t r) { return scalar_waterfall(given.by_hand[r], cut_off, given.index, given.schedule); };
  const waterfall::ManyRuns payments(deal, {false, false, series_by_hand()}), everything(deal, {});
  // Some at a time, each looked at; the memory of results is used again, as by runs without end.
  using Results = std::vector<result::Result<cashflow::DealCashFlows>>;
  Results of_payments, of_everything;
  const auto in_lanes = [&](const waterfall::ManyRuns& runs, std::size_t some, Results& results) {
    for (std::size_t first = 0; first < kRuns; first += some) {
      runs.run(std::span(given.all).subspan(first, some), results);
      for (const auto& one : results) use(one->classes.front().interest_paid[0]);
    }
  };
  const auto made = waterfall::run_waterfalls(deal, given.all, {});
  for (std::size_t r = 0; r < kRuns; r += 7) require_same(*made[r], by_hand(r));
  std::vector<Contestant> contestants{{"ours", [&] { in_lanes(payments, waterfall::kSideBySide, of_payments); }},
                                      {"every_series", [&] { in_lanes(everything, waterfall::kLaneGroup, of_everything); }},
                                      {"one_by_one", [&] {
                                         for (const auto& one : given.all) {
                                           use(waterfall::run_waterfall(deal, one, {})->classes.front().cash(0));
                                         }
                                       }}};
  if (options.peers) {
    contestants.push_back({"by_hand", [&] {
                             for (std::size_t r = 0; r < kRuns; ++r) use(by_hand(r).interest);
                           }});
  }
  time_in_turn({"W7", kRuns, periods}, contestants, options.rounds);
}

}  // namespace bench
