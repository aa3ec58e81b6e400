#include "spillway/engine/deal_runner.h"

#include "spillway/engine/schedules.h"
#include "spillway/waterfall/make_whole.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::engine {

rates::IndexPaths paths_of(const Inputs& inputs, const RunRequest& request) {
  const rates::IndexPaths& stated = inputs.scenario(request.scenario)->indices;
  const auto& level = request.index_level;
  const rates::IndexPaths paths = level ? stated.with_level(level->first, level->second) : stated;
  return request.index_shift != 0.0 ? paths.shifted(request.index_shift) : paths;
}

DealRunner::DealRunner(const Inputs& inputs, std::size_t periods)
    : inputs_(inputs),
      schedule_(calendar::make_schedule(inputs.deal.schedule, inputs.business_days, static_cast<int>(periods))),
      swaps_(hedges::lay_out(inputs.swaps, schedule_)),
      series_(lay_out_schedules(inputs, periods)) {}

result::Result<cashflow::DealCashFlows> DealRunner::run(const cashflow::CollateralCashFlows& collateral,
                                                        const RunRequest& request, bool trace) const {
  const rates::IndexPaths paths = paths_of(inputs_, request);
  const bool hedged = inputs_.scenario(request.scenario)->hedged;
  waterfall::RunInputs in{collateral, paths, hedged ? swaps_ : no_swaps_, schedule_, series_};
  std::vector<std::vector<double>> premiums;
  if (inputs_.deal.make_whole && request.to_call) {
    const auto to_maturity = waterfall::run_waterfall(inputs_.deal, in, {});
    if (!to_maturity.ok()) return to_maturity;
    premiums = waterfall::make_whole_premiums(inputs_.deal, *to_maturity, paths);
    in.make_whole = premiums;
  }
  return waterfall::run_waterfall(inputs_.deal, in, {request.to_call, trace});
}

}  // namespace spillway::engine
