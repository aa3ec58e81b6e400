#include <cmath>
#include <numeric>
#include <optional>
#include <random>
#include <stdexcept>

#include "inputs.h"
#include "scalar_projection.h"
#include "scalar_waterfall.h"
#include "spillway/collateral/project.h"
#include "spillway/io/load.h"
#include "spillway/pool/cohort_order.h"
#include "spillway/waterfall/many_runs.h"
#include "timing.h"
#include "work_count.h"
#include "workloads.h"

namespace bench {

namespace {

using namespace spillway;

constexpr std::size_t kPaths = 1000, kLines = 100;
constexpr int kMonths = 420;

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

// Loans of the tape, one in so many, enlarged to the pool's balance.
pool::Pool rep_lines(const pool::Pool& whole) {
  pool::Pool made = whole;
  const auto keep = [&](auto& column) {
    if (column.size() != whole.size()) return;
    for (std::size_t i = 0; i < kLines; ++i) column[i] = column[i * whole.size() / kLines];
    column.resize(kLines);
  };
  for (auto* c : {&made.balance, &made.gross_rate, &made.servicing_fee, &made.master_servicing_fee, &made.trustee_fee,
                  &made.mi_premium, &made.mi_coverage, &made.margin, &made.first_cap, &made.periodic_cap, &made.max_rate,
                  &made.min_rate, &made.rounding}) {
    keep(*c);
  }
  for (auto* c : {&made.group, &made.remaining_term, &made.amortization_term, &made.age, &made.interest_only_months,
                  &made.first_period, &made.index, &made.months_to_roll, &made.reset_months, &made.rate_change_lag,
                  &made.lookback_days}) {
    keep(*c);
  }
  keep(made.tape_row);
  const double factor = whole.total_balance() / made.total_balance();
  for (double& balance : made.balance) balance *= factor;
  return pool::in_cohort_order(std::move(made));
}

// Mean-reverting monthly rates, all indices moved alike.
std::vector<rates::IndexPaths> simulated(const deal::Deal& deal) {
  std::mt19937_64 random(20031201);
  std::normal_distribution<double> normal;
  std::vector<rates::IndexPaths> all;
  for (std::size_t p = 0; p < kPaths; ++p) {
    rates::IndexPath path;
    double rate = 0.0112;
    for (int month = -3; month < kMonths; ++month) {
      path.dates.push_back(calendar::add_months(calendar::make_date(2003, 12, 1), month));
      path.rates.push_back(rate);
      rate = std::max(0.0, rate + 0.01 * (0.045 - rate) + 0.0025 * normal(random));
    }
    std::vector<rates::IndexPath> named;
    for (const std::string& name : deal.indices) {
      named.push_back(path);
      named.back().name = name;
    }
    all.emplace_back(std::move(named));
  }
  return all;
}

struct Paths {
  engine::Inputs inputs;
  pool::Pool pool;
  assumptions::Scenario scenario;
  std::vector<rates::IndexPaths> paths;
  std::vector<calendar::PaymentPeriod> schedule;
  hedges::SwapSchedule no_swaps;
  std::optional<waterfall::ManyRuns> deals;
  std::vector<waterfall::FixingsSideBySide> fixings;  // by group of paths; the peer has its index by period beforehand too

  // Every path in order, pool and deal: paths side by side in both.
  template <class Use>
  void run(Use use_deal) const {
    std::vector<result::Result<cashflow::DealCashFlows>> paid;
    const auto keep = deals->reads_groups() ? collateral::Keep::groups : collateral::Keep::total;
    const bool done = collateral::project_side_by_side(pool, scenario, paths, {}, keep, [&](std::size_t first, const auto& flows) {
      deals->run(flows, {std::span(paths).subspan(first, flows.runs), no_swaps, schedule, {}, fixings[first / waterfall::kSideBySide]}, paid);
      for (std::size_t p = 0; p < flows.runs; ++p) {
        if (!paid[p].ok()) throw std::runtime_error(result::to_text(paid[p].issues.front()));
        use_deal(first + p, *paid[p]);
      }
    });
    if (!done) throw std::runtime_error("the rep lines do not go side by side");
  }
};

Paths make_paths() {
  auto loaded = io::load_inputs(SPILLWAY_SOURCE_DIR "/examples/impac-2003-12/deal.yaml", {});
  if (!loaded.inputs) throw std::runtime_error(result::to_text(loaded.issues.front()));
  Paths made{std::move(*loaded.inputs), {}, {}, {}, {}, {}, {}, {}};
  made.pool = rep_lines(made.inputs.pool);
  made.scenario = made.inputs.scenario("pricing")->assumptions;
  made.scenario.assumed_terms.clear();  // peers have none
  made.paths = simulated(made.inputs.deal);
  made.schedule = calendar::make_schedule(made.inputs.deal.schedule, made.inputs.business_days, kMonths);
  waterfall::ScheduleDays days = waterfall::days_of(made.inputs.deal, made.schedule);
  for (std::size_t first = 0; first < kPaths; first += waterfall::kSideBySide) {
    const auto some = std::span(made.paths).subspan(first, std::min(waterfall::kSideBySide, kPaths - first));
    made.fixings.push_back(waterfall::fix_side_by_side(made.inputs.deal, days, some, waterfall::kSideBySide));
  }
  return made;
}

void require_same(const cashflow::DealCashFlows& ours, const ScalarDeal& theirs) {
  double interest = 0, principal = 0, basis_risk = 0;
  for (const cashflow::ClassCashFlows& bond : ours.classes) {
    interest += sum(bond.interest_paid) + sum(bond.unpaid_interest_paid);
    principal += sum(bond.principal_paid);
    basis_risk += sum(bond.basis_risk_paid);
  }
  require_agreement("W4 interest", interest, theirs.interest, 1e-6);
  require_agreement("W4 principal", principal, theirs.principal, 1e-6);
  require_agreement("W4 basis risk", basis_risk + 1.0, theirs.basis_risk + 1.0, 1e-6);
  require_agreement("W4 residual", sum(ours.parties.front().values), theirs.residual, 1e-6);
}

}  // namespace

void bench_rate_paths(const Options& options) {
  Paths given = make_paths();
  given.deals.emplace(given.inputs.deal, waterfall::RunOptions{false, false, series_by_hand()});
  std::vector<ScalarInputs> scalar;
  std::vector<std::vector<double>> index;
  for (const rates::IndexPaths& paths : given.paths) {
    scalar.push_back(scalar_inputs(given.pool, given.scenario, paths));
    const std::size_t at = *paths.find("libor_1m");
    std::vector<double>& rates = index.emplace_back();
    for (const auto& period : given.schedule) rates.push_back(paths.rate(static_cast<int>(at), period.accrual_start));
  }
  const double cut_off = given.pool.total_balance();
  const auto by_hand = [&](std::size_t p) {
    return scalar_waterfall(good_scalar(scalar[p]), cut_off, index[p], given.schedule);
  };
  given.run([&](std::size_t p, const cashflow::DealCashFlows& deal) {
    if (p % 97 == 0) require_same(deal, by_hand(p));
  });
  std::vector<Contestant> contestants{{"ours", [&] {
                                         given.run([](std::size_t, const cashflow::DealCashFlows& deal) {
                                           use(deal.classes.front().interest_paid[0]);
                                         });
                                       }}};
  if (options.peers) {
    contestants.push_back({"good_scalar", [&] {
                             for (std::size_t p = 0; p < kPaths; ++p) use(by_hand(p).interest);
                           }});
  }
  time_in_turn({"W4", kPaths, static_cast<double>(kPaths)}, contestants, options.rounds);
  if (!options.peers) return;
  const WorkCount one = count_work(given.pool);
  print_bound("W4_pool", kPaths, one.operations * kPaths, one.bytes);
  time_in_turn({"W4_pool", kPaths, static_cast<double>(kPaths)}, {{"ours", [&] {
    collateral::project_paths(given.pool, given.scenario, given.paths, {},
                              [](std::size_t, std::span<const cashflow::CollateralCashFlows> flows) {
                                use(flows.front().total.gross_interest[0]);
                              });
  }}}, options.rounds);
}

}  // namespace bench
