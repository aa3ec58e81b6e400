#include "spillway/engine/tape_effects.h"

#include <algorithm>

#include "spillway/analytics/floater.h"
#include "spillway/collateral/project.h"
#include "spillway/engine/stage_counter.h"

namespace spillway::engine {

namespace {

// The balances without the rows, the others scaled to the same total; none if nothing is left. A loan of no balance pays nothing,
// and all that is known by position of the loan stays in its place.
std::optional<std::vector<double>> balances_without(const pool::Pool& pool, const TapeRows& rows) {
  std::vector<std::uint32_t> dropped(rows.begin(), rows.end());
  std::sort(dropped.begin(), dropped.end());
  std::vector<double> balances = pool.balance;
  double left = 0.0;
  for (std::size_t i = 0; i < balances.size(); ++i) {
    if (std::binary_search(dropped.begin(), dropped.end(), pool.tape_row[i])) balances[i] = 0.0;
    left += balances[i];
  }
  if (!(left > 0.0)) return std::nullopt;
  const double scale = pool.total_balance() / left;
  if (scale != 1.0) {
    for (double& balance : balances) balance *= scale;
  }
  return balances;
}

std::optional<double> life_of(const cashflow::PoolVectors& pool) {
  double principal = 0.0, weighted = 0.0;
  for (std::size_t t = 0; t < pool.periods(); ++t) {
    principal += pool.principal(t);
    weighted += pool.principal(t) * static_cast<double>(t + 1) / 12.0;
  }
  return principal > 0.0 ? std::optional{weighted / principal} : std::nullopt;
}

profile::Lives lives_of(const Inputs& inputs, const RunSet& set) {
  const Run& run = set.runs.front();
  profile::Lives lives{life_of(set.collateral[run.collateral].total), {}};
  const std::vector<double> no_index(run.flows.periods());
  for (const cashflow::ClassCashFlows& flows : run.flows.classes) {
    const auto timed = analytics::make_floater_flows(flows, run.flows.schedule, no_index, inputs.deal.settlement);
    lives.classes.push_back(analytics::average_life(timed, calendar::DayCount::thirty_360));
  }
  return lives;
}

}  // namespace

result::Result<profile::Effects> effects_on_deal(const Inputs& inputs, const RunRequest& run, std::span<const TapeRows> without,
                                                 const RunSettings& settings) {
  result::require(!inputs.parts, "the loans of a profile must be held");
  const RunSettings quiet{settings.threads};
  StageCounter counter(settings.on_progress, Stage::run_waterfalls, without.size() + 1);
  const auto set = run_scenarios(inputs, {run}, quiet);
  if (!set.ok()) return {std::nullopt, set.issues};
  counter.one_done();
  profile::Effects effects;
  for (const deal::BondClass& bond : inputs.deal.classes) effects.classes.push_back(bond.name);
  effects.all = lives_of(inputs, *set);
  Inputs changed = inputs;
  for (const TapeRows& rows : without) {
    effects.without.emplace_back();
    auto balances = balances_without(inputs.pool, rows);
    if (balances && *balances == inputs.pool.balance) effects.without.back() = effects.all;
    else if (balances) {
      changed.pool.balance = std::move(*balances);
      const auto made = run_scenarios(changed, {run}, quiet);
      if (made.ok()) effects.without.back() = lives_of(inputs, *made);
    }
    counter.one_done();
  }
  return {std::move(effects), {}};
}

profile::Effects effects_on_pool(const pool::Pool& pool, double cpr, std::span<const TapeRows> without) {
  assumptions::Scenario scenario;
  for (const std::string& group : pool.groups) scenario.prepayment[group] = assumptions::Cpr{cpr};
  pool::Pool changed = pool;
  std::fill(changed.index.begin(), changed.index.end(), -1);
  changed.indices.clear();
  changed.order.clear();
  const auto life = [&] { return life_of(collateral::project(changed, scenario, {}).total); };
  profile::Effects effects;
  effects.all.pool = life();
  for (const TapeRows& rows : without) {
    effects.without.emplace_back();
    auto balances = balances_without(pool, rows);
    if (!balances) continue;
    changed.balance = std::move(*balances);
    effects.without.back().pool = life();
  }
  return effects;
}

}  // namespace spillway::engine
