#include "spillway/engine/deal_runner.h"

#include <algorithm>

#include "spillway/engine/schedules.h"
#include "spillway/waterfall/make_whole.h"

namespace spillway::engine {

rates::IndexPaths paths_of(const Inputs& inputs, const RunRequest& request) {
  const rates::IndexPaths& stated = inputs.scenario(request.scenario)->indices;
  const auto& level = request.index_level;
  const rates::IndexPaths paths = level ? stated.with_level(level->first, level->second) : stated;
  return request.index_shift != 0.0 ? paths.shifted(request.index_shift) : paths;
}

bool share_paths(const RunRequest& a, const RunRequest& b) {
  return a.scenario == b.scenario && a.index_level == b.index_level && a.index_shift == b.index_shift;
}

DealRunner::DealRunner(const Inputs& inputs, std::size_t periods, const std::vector<RunRequest>& requests,
                       const waterfall::Record& record)
    : inputs_(inputs),
      schedule_(calendar::make_schedule(inputs.deal.schedule, inputs.business_days, static_cast<int>(periods))),
      swaps_(hedges::lay_out(inputs.swaps, schedule_)),
      series_(lay_out_schedules(inputs, periods, unread_)),
      record_(record) {
  for (const bool to_call : {false, true}) {
    const auto alike = std::count_if(requests.begin(), requests.end(), [&](const auto& r) { return r.to_call == to_call; });
    if (alike > 1) many_[to_call].emplace(inputs.deal, waterfall::RunOptions{to_call, false, record});
  }
  for (const RunRequest& request : requests) {
    if (find_paths(request)) continue;
    Paths& paths = paths_.emplace_back(Paths{request, paths_of(inputs, request), {}});
    paths.fixings = waterfall::fix(inputs.deal, schedule_, paths.indices);
  }
}

const DealRunner::Paths* DealRunner::find_paths(const RunRequest& request) const {
  const auto found = std::find_if(paths_.begin(), paths_.end(), [&](const Paths& p) { return share_paths(p.first, request); });
  return found == paths_.end() ? nullptr : &*found;
}

waterfall::RunInputs DealRunner::inputs_of(const cashflow::CollateralCashFlows& collateral, const RunRequest& request) const {
  const Paths* paths = find_paths(request);
  result::require(paths != nullptr, "a run is on paths that were not laid out");
  const bool hedged = inputs_.scenario(request.scenario)->hedged;
  return {collateral, paths->indices, hedged ? swaps_ : no_swaps_, schedule_, series_, {}, &paths->fixings};
}

result::Result<cashflow::DealCashFlows> DealRunner::run(const cashflow::CollateralCashFlows& collateral,
                                                        const RunRequest& request, bool trace) const {
  if (result::has_errors(unread_)) return {std::nullopt, unread_};
  waterfall::RunInputs in = inputs_of(collateral, request);
  std::vector<std::vector<double>> premiums;
  if (inputs_.deal.make_whole && request.to_call) {
    const auto to_maturity = waterfall::run_waterfall(inputs_.deal, in, {});
    if (!to_maturity.ok()) return to_maturity;
    premiums = waterfall::make_whole_premiums(inputs_.deal, *to_maturity, in.indices);
    in.make_whole = premiums;
  }
  return waterfall::run_waterfall(inputs_.deal, in, {request.to_call, trace, record_});
}

std::vector<result::Result<cashflow::DealCashFlows>> DealRunner::run_all(std::span<const Work> works) const {
  std::vector<result::Result<cashflow::DealCashFlows>> all(works.size());
  for (const bool to_call : {false, true}) {
    std::vector<waterfall::RunInputs> alike;
    std::vector<std::size_t> places;
    for (std::size_t w = 0; w < works.size(); ++w) {
      const RunRequest& request = *works[w].request;
      if (request.to_call != to_call) continue;
      if (result::has_errors(unread_) || !many_[to_call] || (to_call && inputs_.deal.make_whole)) {
        all[w] = run(*works[w].collateral, request, false);
        continue;
      }
      alike.push_back(inputs_of(*works[w].collateral, request));
      places.push_back(w);
    }
    if (alike.empty()) continue;
    auto made = many_[to_call]->run(alike);
    for (std::size_t i = 0; i < made.size(); ++i) all[places[i]] = std::move(made[i]);
  }
  return all;
}

}  // namespace spillway::engine
