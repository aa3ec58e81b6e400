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

std::vector<result::Result<DealCashFlows>> ManyRuns::run(std::span<const RunInputs> runs) const {
  std::vector<result::Result<DealCashFlows>> results;
  run(runs, results);
  return results;
}

void ManyRuns::run(std::span<const RunInputs> runs, std::vector<result::Result<DealCashFlows>>& results) const {
  const auto& [deal, options, lanes] = *program_;
  results.resize(runs.size());
  for (std::size_t first = 0; first < runs.size(); first += kSideBySide) {
    const auto some = runs.subspan(first, std::min(kSideBySide, runs.size() - first));
    std::array<std::optional<DealCashFlows>, kSideBySide> made;
    if (lanes) {
      for (std::size_t i = 0; i < some.size(); ++i) made[i] = std::exchange(results[first + i].value, std::nullopt);
      run_in_lanes(deal, *lanes, some, options, std::span(made).first(some.size()));
    }
    for (std::size_t i = 0; i < some.size(); ++i) {
      if (made[i]) results[first + i] = {std::move(made[i]), {}};
      else results[first + i] = run_waterfall(deal, some[i], options);
    }
  }
}

std::vector<result::Result<DealCashFlows>> run_waterfalls(const deal::Deal& deal, std::span<const RunInputs> runs,
                                                          const RunOptions& options) {
  return ManyRuns(deal, options).run(runs);
}

}  // namespace spillway::waterfall
