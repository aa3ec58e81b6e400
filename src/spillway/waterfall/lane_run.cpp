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

// Groups of up to sixteen runs side by side, a lane each.
class LaneRuns {
 public:
  LaneRuns(const deal::Deal& deal, const LaneWaterfall& program, std::span<const RunInputs> runs, const SideBySide& lie,
           const RunOptions& options, std::span<std::optional<DealCashFlows>> results)
      : deal_(deal), program_(program), runs_(runs), lie_(lie), options_(options), results_(results) {}

  void run() {
    for (const RunInputs& inputs : runs_) {
      const std::size_t periods = inputs.collateral.total.periods();
      if (periods > most_) longest_ = static_cast<std::size_t>(&inputs - runs_.data());
      most_ = std::max(most_, periods);
    }
    lay_out();
    start();
    const std::span<const LaneInput> inputs = program_.inputs;
    const bool lies = lie_.collateral != nullptr;  // as lanes do: nothing is turned
    const std::size_t shared = lies ? inputs.size() - count_side_by_side(inputs) : count_shared(inputs, runs_);
    const std::size_t own = inputs.size() - shared;
    std::vector<LaneCell> rows(lies ? 0 : kLanes * own), read(groups_ * kLanes * own);
    std::vector<double> read_by_all(kLanes * shared);
    for (std::size_t first = 0; first < most_ && any_alive(); first += kLanes) {
      fill_shared(inputs.first(shared), runs_[longest_], fixings(longest_), first, read_by_all.data());
      for (std::size_t g = 0; g < groups_; ++g) {
        LaneCell* const cells = read.data() + g * kLanes * own;
        if (lies) {
          fill_side_by_side(inputs.subspan(shared), lie_, g * kLanes, first, own, cells);
          continue;
        }
        for (std::size_t l = g * kLanes; l < end_of(g); ++l) {
          fill_lane(inputs.subspan(shared), runs_[l], fixings(l), first, rows[l - g * kLanes].lanes);
        }
        kernels::turn_in(rows.front().lanes, own, cells->lanes, kLanes * own);
      }
      const std::size_t count = std::min(kLanes, most_ - first);
      kernels::run_lanes(program_.period, cells_.front().lanes,
                         {first, count, read.front().lanes, read_by_all.data(), shared, recorded_.front().lanes, stride(), groups_,
                          cells_apart(), kLanes * kLanes * own, kLanes * stride()});
      keep(first);
    }
    for (std::size_t l = 0; l < runs_.size(); ++l) finish(l);
  }

 private:
  double& cell(int which, std::size_t lane) {
    const auto place = static_cast<std::size_t>(program_.order[static_cast<std::size_t>(which)]);
    return cells_[lane / kLanes * program_.before_the_run.size() + place].lanes[lane % kLanes];
  }
  std::size_t end_of(std::size_t group) const { return std::min(runs_.size(), (group + 1) * kLanes); }
  const Fixings& fixings(std::size_t lane) const { return runs_[lane].fixings ? *runs_[lane].fixings : own_fixings_[lane]; }

  // From one period of what is recorded to the next: an odd number of cells, so that the periods of a cell do not all fall into
  // the same few lines of the cache.
  std::size_t stride() const { return (recorded_cells_ | 1) * kLanes; }
  std::size_t cells_apart() const { return program_.before_the_run.size() * kLanes; }

  bool any_alive() {
    for (std::size_t l = 0; l < runs_.size(); ++l) {
      if (cell(program_.cells.alive, l) != 0.0) return true;
    }
    return false;
  }

  void lay_out() {
    const auto recorded = std::count_if(program_.series.begin(), program_.series.end(), [](const auto& s) { return s.cell >= 0; });
    recorded_cells_ = static_cast<std::size_t>(recorded);
    series_.resize(groups_ * recorded_cells_ * kLanes);
    recorded_.resize(groups_ * stride());  // kLanes periods
    for (std::size_t l = 0; l < runs_.size(); ++l) {
      check_inputs(deal_, runs_[l], options_);
      const std::size_t periods = runs_[l].collateral.total.periods();
      if (!results_[l]) results_[l] = name_flows(deal_);
      std::size_t next = l / kLanes * recorded_cells_ * kLanes + l % kLanes;
      for (const LaneSeries& series : program_.series) {
        std::vector<double>& values = series_at(*results_[l], series.series);
        if (series.cell < 0) {
          if (values.size() != periods) values.assign(periods, 0.0);  // else 0 since an earlier run
          continue;
        }
        values.resize((periods + kLanes - 1) / kLanes * kLanes);  // `finish` cuts off what the last turn writes beyond
        series_[next] = values.data();
        next += kLanes;
      }
    }
    fix_indices();
  }

  void fix_indices() {
    ScheduleDays days;
    const std::vector<calendar::PaymentPeriod>* of = nullptr;
    for (const RunInputs& run : runs_) {
      if (run.fixings == nullptr && of != &run.schedule) days = days_of(deal_, *(of = &run.schedule));
      own_fixings_.push_back(run.fixings ? Fixings{} : fix(deal_, days, run.indices));
    }
  }

  void start() {
    const std::size_t count = program_.before_the_run.size();
    cells_.resize(groups_ * count);
    for (std::size_t c = 0; c < cells_.size(); ++c) std::fill_n(cells_[c].lanes, kLanes, program_.before_the_run[c % count]);
    const auto set_all = [&](int which, double value) {
      for (std::size_t l = 0; l < groups_ * kLanes; ++l) cell(which, l) = value;
    };
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
    kernels::run_lanes(program_.once, cells_.front().lanes, {.count = 1, .groups = groups_, .cells_apart = cells_apart()});
  }

  // Writes what the last periods recorded to the series.
  void keep(std::size_t first) {
    const std::size_t a_group = recorded_cells_ * kLanes;
    for (std::size_t g = 0; g < groups_ && a_group > 0; ++g) {
      const LaneCell* recorded = recorded_.data() + g * stride();
      double** series = series_.data() + g * a_group;
      kernels::turn_out(recorded->lanes, recorded_cells_, stride(), series, first);
      for (std::size_t l = g * kLanes; l < end_of(g); ++l) {
        if (first + kLanes >= runs_[l].collateral.total.periods()) end_lane(std::span(series, a_group), l % kLanes);
      }
    }
  }

  // Nothing of a lane comes after its run.
  static void end_lane(std::span<double*> series, std::size_t lane) {
    for (std::size_t at = lane; at < series.size(); at += kLanes) series[at] = nullptr;
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
  const SideBySide& lie_;
  const RunOptions& options_;
  std::span<std::optional<DealCashFlows>> results_;
  std::size_t groups_ = (runs_.size() + kLanes - 1) / kLanes;
  std::size_t most_ = 0, longest_ = 0; // periods, and the lane that has so many
  std::size_t recorded_cells_ = 0;     // in a period
  std::vector<Fixings> own_fixings_;   // by lane
  std::vector<LaneCell> cells_, recorded_;
  std::vector<double*> series_;        // by group, recorded cell and lane; null once the lane's run has ended
};

}  // namespace

bool goes_in_lanes(const deal::Deal& deal, const RunOptions& options) {
  return !options.trace && !(options.to_call && (deal.call_part < 1.0 || deal.make_whole));
}

void run_in_lanes(const deal::Deal& deal, const LaneWaterfall& program, std::span<const RunInputs> runs, const SideBySide& lie,
                  const RunOptions& options, std::span<std::optional<DealCashFlows>> results) {
  LaneRuns(deal, program, runs, lie, options, results).run();
}

}  // namespace spillway::waterfall
