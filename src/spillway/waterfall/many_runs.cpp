#include "spillway/waterfall/many_runs.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "spillway/waterfall/lane_run.h"

namespace spillway::waterfall {

using cashflow::DealCashFlows;

static_assert(kLaneGroup == kernels::kLanes);

struct ManyRuns::Program {
  const deal::Deal& deal;
  RunOptions options;
  std::optional<LaneWaterfall> lanes;  // none: runs go one by one
};

ManyRuns::ManyRuns(const deal::Deal& deal, const RunOptions& options) {
  std::optional<LaneWaterfall> lanes;
  if (goes_in_lanes(deal, options)) lanes = compile_lanes(deal, options.record);
  program_ = std::make_unique<const Program>(Program{deal, options, std::move(lanes)});
}

ManyRuns::~ManyRuns() = default;
ManyRuns::ManyRuns(ManyRuns&&) noexcept = default;
ManyRuns& ManyRuns::operator=(ManyRuns&&) noexcept = default;

bool ManyRuns::reads_groups() const {
  const deal::Deal& deal = program_->deal;
  const auto first = deal.is_read.begin() + deal.group_slot;
  const auto count = static_cast<std::ptrdiff_t>(deal.groups.size()) * deal::pool_slot_count;
  return std::any_of(first, first + count, [](bool is_read) { return is_read; });
}

std::vector<result::Result<DealCashFlows>> ManyRuns::run(std::span<const RunInputs> runs) const {
  std::vector<result::Result<DealCashFlows>> results;
  run(runs, results);
  return results;
}

template <class Alone>
void ManyRuns::run(std::span<const RunInputs> runs, const cashflow::CollateralSideBySide* collateral, const FixingsSideBySide* fixings,
                   Alone alone, std::vector<result::Result<DealCashFlows>>& results) const {
  const auto& [deal, options, lanes] = *program_;
  results.resize(runs.size());
  for (std::size_t first = 0; first < runs.size(); first += kSideBySide) {
    const auto some = runs.subspan(first, std::min(kSideBySide, runs.size() - first));
    std::array<std::optional<DealCashFlows>, kSideBySide> made;
    if (lanes) {
      for (std::size_t i = 0; i < some.size(); ++i) made[i] = std::exchange(results[first + i].value, std::nullopt);
      run_in_lanes(deal, *lanes, some, {collateral, fixings, first}, options, std::span(made).first(some.size()));
    }
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (made[i]) results[first + i] = {std::move(made[i]), {}};
      else results[first + i] = alone(first + i);
    }
  }
}

void ManyRuns::run(std::span<const RunInputs> runs, std::vector<result::Result<DealCashFlows>>& results) const {
  run(runs, nullptr, nullptr, [&](std::size_t i) { return run_waterfall(program_->deal, runs[i], program_->options); }, results);
}

namespace {

// How long collateral is and what it began with: all that lanes ask of it beside what lies side by side.
cashflow::CollateralCashFlows outline(const cashflow::CollateralSideBySide& flows) {
  cashflow::CollateralCashFlows made;
  const auto of = [&](const cashflow::PoolsSideBySide& pools) {
    cashflow::PoolVectors one;
    one.cut_off_balance = pools.cut_off_balance;
    one.ending_balance.resize(flows.periods);
    return one;
  };
  for (const cashflow::PoolsSideBySide& group : flows.groups) made.groups.push_back(of(group));
  made.total = of(flows.total);
  return made;
}

}  // namespace

void ManyRuns::run(const cashflow::CollateralSideBySide& collateral, const PathInputs& paths,
                   std::vector<result::Result<DealCashFlows>>& results) const {
  result::require(paths.indices.size() == collateral.runs && collateral.stride % kLaneGroup == 0 && paths.fixings.stride % kLaneGroup == 0 &&
                      paths.fixings.stride >= collateral.runs,
                  "runs do not lie side by side as lanes do");
  const auto with = [&](std::size_t i, const cashflow::CollateralCashFlows& flows, const Fixings& fixings) {
    return RunInputs{flows, paths.indices[i], paths.swaps, paths.schedule, paths.series, {}, &fixings};
  };
  const cashflow::CollateralCashFlows all = outline(collateral);
  std::vector<RunInputs> runs;
  for (std::size_t i = 0; i < collateral.runs; ++i) runs.push_back(with(i, all, paths.fixings.dates));
  const auto alone = [&](std::size_t i) {
    const cashflow::CollateralCashFlows own = cashflow::run_of(collateral, i);
    const Fixings fixings = fixings_of(paths.fixings, i);
    return run_waterfall(program_->deal, with(i, own, fixings), program_->options);
  };
  run(runs, &collateral, &paths.fixings, alone, results);
}

std::vector<result::Result<DealCashFlows>> run_waterfalls(const deal::Deal& deal, std::span<const RunInputs> runs,
                                                          const RunOptions& options) {
  return ManyRuns(deal, options).run(runs);
}

}  // namespace spillway::waterfall
