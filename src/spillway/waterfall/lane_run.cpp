#include "spillway/waterfall/lane_run.h"

#include <algorithm>

#include "spillway/kernels/turn_lanes.h"
#include "spillway/waterfall/lane_inputs.h"
#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

namespace {

using cashflow::DealCashFlows;
using kernels::kLanes;
using kernels::LaneCell;

// Up to eight runs side by side.
class LaneRuns {
 public:
  LaneRuns(const deal::Deal& deal, const LaneWaterfall& program, std::span<const RunInputs> runs, const RunOptions& options,
           std::span<std::optional<DealCashFlows>> results)
      : deal_(deal), program_(program), runs_(runs), options_(options), results_(results) {}

  void run() {
    for (const RunInputs& inputs : runs_) most_ = std::max(most_, inputs.collateral.total.periods());
    lay_out();
    start();
    const std::size_t inputs = program_.inputs.size();
    std::vector<LaneCell> rows(kLanes * inputs), read(kLanes * inputs);
    for (std::size_t first = 0; first < most_ && any_alive(); first += kLanes) {
      for (std::size_t l = 0; l < runs_.size(); ++l) fill_lane(program_.inputs, runs_[l], fixings(l), first, rows[l].lanes);
      kernels::turn_in(rows.front().lanes, inputs, read.front().lanes, kLanes * inputs);
      const std::size_t count = std::min(kLanes, most_ - first);
      kernels::run_lanes(program_.period, cells_.front().lanes, {first, count, read.front().lanes, recorded_.front().lanes});
      keep(first);
    }
    for (std::size_t l = 0; l < runs_.size(); ++l) finish(l);
  }

 private:
  double& cell(int which, std::size_t lane) { return cells_[static_cast<std::size_t>(which)].lanes[lane]; }
  const Fixings& fixings(std::size_t lane) const { return runs_[lane].fixings ? *runs_[lane].fixings : own_fixings_[lane]; }

  bool any_alive() {
    const double* alive = cells_[static_cast<std::size_t>(program_.cells.alive)].lanes;
    return std::any_of(alive, alive + kLanes, [](double one) { return one != 0.0; });
  }

  void lay_out() {
    const auto recorded = std::count_if(program_.series.begin(), program_.series.end(), [](const auto& s) { return s.cell >= 0; });
    series_.resize(static_cast<std::size_t>(recorded) * kLanes);
    recorded_.resize(std::max(kLanes, series_.size()));
    for (std::size_t l = 0; l < runs_.size(); ++l) {
      check_inputs(deal_, runs_[l], options_);
      const std::size_t periods = runs_[l].collateral.total.periods();
      if (!results_[l]) results_[l] = name_flows(deal_);
      std::size_t next = 0;
      for (const LaneSeries& series : program_.series) {
        std::vector<double>& values = series_at(*results_[l], series.series);
        if (series.cell < 0) {
          values.assign(periods, 0.0);
          continue;
        }
        values.resize(periods);
        series_[next++ * kLanes + l] = values.data();
      }
      own_fixings_.push_back(runs_[l].fixings ? Fixings{} : fix(deal_, runs_[l].schedule, runs_[l].indices));
    }
  }

  void start() {
    cells_.resize(program_.before_the_run.size());
    for (std::size_t c = 0; c < cells_.size(); ++c) std::fill_n(cells_[c].lanes, kLanes, program_.before_the_run[c]);
    const auto set_all = [&](int which, double value) { std::fill_n(&cell(which, 0), kLanes, value); };
    for (const deal::BondClass& bond : deal_.classes) {
      set_all(bond.first_slot + deal::class_balance, bond.is_notional ? 0.0 : bond.original_balance);
    }
    set_all(deal::slot_to_call, options_.to_call);
    set_all(program_.cells.to_call, options_.to_call);
    set_all(deal::slot_classes_balance, deal_.class_total());
    for (std::size_t l = 0; l < runs_.size(); ++l) {
      const double cut_off = runs_[l].collateral.total.cut_off_balance;
      cell(deal_.pool_slot + deal::pool_cut_off, l) = cut_off;
      for (std::size_t g = 0; g < deal_.groups.size(); ++g) {
        cell(deal_.group_slot + static_cast<int>(g) * deal::pool_slot_count + deal::pool_cut_off, l) =
            runs_[l].collateral.groups[g].cut_off_balance;
      }
      cell(program_.cells.tolerance, l) = std::max(kTolerance, 1e-15 * cut_off);
      cell(program_.cells.prior_pool_less_classes, l) = cut_off - deal_.class_total();
      cell(program_.cells.first_pool_less_classes, l) = cut_off - deal_.class_total();
      cell(program_.cells.alive, l) = 1.0;
    }
    kernels::run_lanes(program_.once, cells_.front().lanes, {0, 1, nullptr, nullptr});
  }

  // Writes what the last periods recorded to the series.
  void keep(std::size_t first) {
    for (std::size_t l = 0; l < runs_.size(); ++l) {
      const std::size_t periods = runs_[l].collateral.total.periods();
      if (first + kLanes <= periods || series_.empty() || series_[l] == nullptr) continue;
      // The end of this lane's run, of less than all periods: nothing of it comes later.
      for (std::size_t at = l; at < series_.size(); at += kLanes) {
        for (std::size_t t = first; t < periods; ++t) series_[at][t] = recorded_[at - l + t - first].lanes[l];
        series_[at] = nullptr;
      }
    }
    kernels::turn_out(recorded_.front().lanes, series_.size() / kLanes, series_.data(), first);
  }

  // A run that has something to report is not done.
  void finish(std::size_t l) {
    bool is_sound = cell(program_.cells.broken, l) == 0.0;
    for (int held : program_.cells.held) is_sound = is_sound && cell(held, l) <= cell(program_.cells.tolerance, l);
    if (!is_sound) return results_[l].reset();
    DealCashFlows& flows = *results_[l];
    const auto periods = static_cast<std::size_t>(cell(program_.cells.periods, l));
    flows.schedule.assign(runs_[l].schedule.begin(), runs_[l].schedule.begin() + static_cast<std::ptrdiff_t>(periods));
    for (const LaneSeries& series : program_.series) series_at(flows, series.series).resize(periods);
    flows.call_period = static_cast<int>(cell(program_.cells.call_period, l));
    flows.first_callable_period = static_cast<int>(cell(program_.cells.first_callable, l));
    end_notionals(deal_, flows);
  }

  const deal::Deal& deal_;
  const LaneWaterfall& program_;
  std::span<const RunInputs> runs_;
  const RunOptions& options_;
  std::span<std::optional<DealCashFlows>> results_;
  std::size_t most_ = 0;               // periods
  std::vector<Fixings> own_fixings_;   // by lane
  std::vector<LaneCell> cells_, recorded_;
  std::vector<double*> series_;        // by recorded cell and lane; null once the lane's run has ended
};

}  // namespace

bool goes_in_lanes(const deal::Deal& deal, const RunOptions& options) {
  return !options.trace && !(options.to_call && (deal.call_part < 1.0 || deal.make_whole));
}

void run_in_lanes(const deal::Deal& deal, const LaneWaterfall& program, std::span<const RunInputs> runs,
                  const RunOptions& options, std::span<std::optional<DealCashFlows>> results) {
  LaneRuns(deal, program, runs, options, results).run();
}

}  // namespace spillway::waterfall
