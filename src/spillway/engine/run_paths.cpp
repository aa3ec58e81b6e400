#include "spillway/engine/run_paths.h"

#include <algorithm>
#include <optional>

#include "spillway/collateral/project.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/row_flows.h"
#include "spillway/engine/schedules.h"
#include "spillway/engine/stage_counter.h"
#include "spillway/waterfall/make_whole.h"
#include "spillway/waterfall/many_runs.h"

namespace spillway::engine {

namespace {

using cashflow::CollateralCashFlows;
using cashflow::CollateralSideBySide;
using cashflow::DealCashFlows;
using waterfall::kSideBySide;

constexpr std::size_t kGroupsAtOnce = 8;    // of paths side by side, on several threads: what they paid is held until it is handed over
constexpr std::size_t kPathsAReading = 32;  // of a tape in parts: what is read once serves so many

using Paid = std::vector<result::Result<DealCashFlows>>;

// The waterfall along many paths: what they share, and one group of paths after another.
class PathRunner {
 public:
  PathRunner(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths, const UseRun& use,
             const RunSettings& settings)
      : inputs_(inputs), paths_(paths), use_(use), settings_(settings),
        hedged_(inputs.scenario(request.scenario)->hedged), owes_premiums_(request.to_call && inputs.deal.make_whole),
        runs_(inputs.deal, {request.to_call, settings.trace, settings.record}),
        to_maturity_(inputs.deal, {false, false, waterfall::Record::payments()}),
        counter_(settings.on_progress, Stage::run_waterfalls, paths.size()) {}

  // Runs the paths from `first` on over their collateral, and hands them over in order.
  void take(std::size_t first, std::span<const CollateralCashFlows> collateral) {
    std::size_t periods = 0;
    for (const CollateralCashFlows& flows : collateral) periods = std::max(periods, flows.total.periods());
    if (!lay_out(periods)) return;
    fixings_.clear();
    for (std::size_t p = 0; p < collateral.size(); ++p) {
      fixings_.push_back(waterfall::fix(inputs_.deal, *days_, paths_[first + p]));
    }
    const std::size_t chunks = (collateral.size() + kSideBySide - 1) / kSideBySide;
    paid_.resize(std::max(paid_.size(), chunks));
    for_each_task(chunks, settings_.threads, [&](std::size_t chunk) { run_chunk(first, chunk * kSideBySide, collateral, paid_[chunk]); });
    for (std::size_t p = 0; p < collateral.size(); ++p) hand_over(first + p, paid_[p / kSideBySide][p % kSideBySide]);
  }

  // Whether waterfalls take collateral as it lies side by side, and what of it.
  bool takes_side_by_side() const { return !owes_premiums_; }
  collateral::Keep keep() const { return runs_.reads_groups() ? collateral::Keep::groups : collateral::Keep::total; }

  // The same over collateral side by side, without handing over: groups of paths may go on threads of their own once dates are laid out.
  void run(std::size_t first, const CollateralSideBySide& collateral, Paid& paid) const {
    waterfall::ScheduleDays days = *days_;  // each thread fixes on its own
    const auto paths = paths_.subspan(first, collateral.runs);
    const auto fixings = waterfall::fix_side_by_side(inputs_.deal, days, paths, collateral.stride);
    runs_.run(collateral, {paths, swaps_, schedule_, series_, fixings}, paid);
  }

  void hand_over(std::size_t first, Paid& paid) {
    for (std::size_t p = 0; p < paid.size(); ++p) hand_over(first + p, paid[p]);
  }

  // Dates, swaps and schedules of so many periods, or of more that came before. False: they have errors, or what came before had.
  bool lay_out(std::size_t periods) {
    if (result::has_errors(issues)) return false;
    if (days_ && periods <= schedule_.size()) return true;
    schedule_ = calendar::make_schedule(inputs_.deal.schedule, inputs_.business_days, static_cast<int>(periods));
    if (hedged_) swaps_ = hedges::lay_out(inputs_.swaps, schedule_);
    series_ = lay_out_schedules(inputs_, periods, issues);
    days_ = waterfall::days_of(inputs_.deal, schedule_);
    return !result::has_errors(issues);
  }

  std::vector<result::Issue> issues;

 private:
  void run_chunk(std::size_t first, std::size_t from, std::span<const CollateralCashFlows> collateral, Paid& paid) const {
    std::vector<waterfall::RunInputs> runs;
    for (std::size_t p = from; p < std::min(collateral.size(), from + kSideBySide); ++p) {
      runs.push_back({collateral[p], paths_[first + p], swaps_, schedule_, series_, {}, &fixings_[p]});
    }
    if (!owes_premiums_) return runs_.run(runs, paid);
    const Paid whole = to_maturity_.run(runs);
    std::vector<std::vector<std::vector<double>>> premiums(runs.size());
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (!whole[r].ok()) continue;
      premiums[r] = waterfall::make_whole_premiums(inputs_.deal, *whole[r], runs[r].indices);
      runs[r].make_whole = premiums[r];
    }
    paid = runs_.run(runs);
    for (std::size_t r = 0; r < runs.size(); ++r) {
      if (!whole[r].ok()) paid[r] = whole[r];
    }
  }

  void hand_over(std::size_t path, result::Result<DealCashFlows>& paid) {
    if (result::has_errors(issues)) return;
    for (result::Issue issue : paid.issues) {
      issue.what = "along path " + std::to_string(path + 1) + " of " + std::to_string(paths_.size()) + ": " + issue.what;
      issues.push_back(std::move(issue));
    }
    if (paid.ok()) use_(path, *paid);
    counter_.one_done();
  }

  const Inputs& inputs_;
  std::span<const rates::IndexPaths> paths_;
  const UseRun& use_;
  const RunSettings& settings_;
  bool hedged_, owes_premiums_;
  waterfall::ManyRuns runs_, to_maturity_;
  StageCounter counter_;
  std::vector<calendar::PaymentPeriod> schedule_;
  hedges::SwapSchedule swaps_;
  std::vector<std::vector<double>> series_;
  std::optional<waterfall::ScheduleDays> days_;
  std::vector<waterfall::Fixings> fixings_;  // by path of the group
  std::vector<Paid> paid_;                   // by chunk of the group
};

RunRequest run_of(const PathsRequest& request) {
  return {request.scenario, request.speed, request.to_call, {}, 0, request.credit};
}

// A tape in parts is read again for every few paths.
std::vector<result::Issue> project_parts(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths,
                                         int threads, const collateral::UsePaths& use) {
  const assumptions::Scenario& scenario = inputs.scenario(request.scenario)->assumptions;
  for (std::size_t first = 0; first < paths.size(); first += kPathsAReading) {
    std::vector<Projection> projections;
    for (std::size_t p = first; p < std::min(paths.size(), first + kPathsAReading); ++p) {
      projections.push_back({&scenario, paths[p], {{request.speed, request.credit}}});
    }
    auto made = project_loans(inputs, projections, {threads});
    if (!made.ok()) return std::move(made.issues);
    std::vector<CollateralCashFlows> flows;
    for (auto& of_path : *made) flows.push_back(std::move(of_path.front()));
    use(first, flows);
  }
  return {};
}

// The collateral of every path, a few at a time.
std::vector<result::Issue> project_collateral(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths,
                                              int threads, const collateral::UsePaths& use) {
  if (inputs.parts) return project_parts(inputs, request, paths, threads, use);
  collateral::Settings settings = inputs.collateral;
  settings.for_each = [threads](std::size_t count, const auto& task) { for_each_task(count, threads, task); };
  collateral::project_paths(inputs.pool, scenario_of(inputs, run_of(request)), paths, settings, use);
  return {};
}

// All paths as they lie side by side, a few groups of them at a time, each on a thread; false, and nothing is done, where they do not.
bool run_side_by_side(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths, int threads,
                      PathRunner& deal) {
  if (inputs.parts || !deal.takes_side_by_side()) return false;
  const assumptions::Scenario scenario = scenario_of(inputs, run_of(request));
  const auto some = [&](std::size_t first) { return paths.subspan(first, std::min(kSideBySide, paths.size() - first)); };
  const auto project = [&](std::size_t first, const collateral::UseSideBySide& use) {
    return collateral::project_side_by_side(inputs.pool, scenario, some(first), inputs.collateral, deal.keep(), use);
  };
  std::vector<Paid> paid(threads == 1 ? 1 : kGroupsAtOnce);
  std::vector<char> is_done(paid.size());
  std::size_t groups = 1;  // the first says whether they do, and how many periods there are
  for (std::size_t first = 0; first < paths.size() && !result::has_errors(deal.issues); first += groups * kSideBySide, groups = paid.size()) {
    groups = std::min(groups, (paths.size() - first + kSideBySide - 1) / kSideBySide);
    for_each_task(groups, threads, [&](std::size_t g) {
      const std::size_t at = first + g * kSideBySide;
      is_done[g] = project(at, [&](std::size_t, const CollateralSideBySide& flows) {
        if (first > 0 || deal.lay_out(flows.periods)) deal.run(at, flows, paid[g]);
      });
    });
    if (first == 0 && !is_done[0]) return false;
    for (std::size_t g = 0; g < groups; ++g) {
      const std::size_t at = first + g * kSideBySide;
      if (is_done[g]) deal.hand_over(at, paid[g]);
      // The last few may be too few to lie so.
      else collateral::project_paths(inputs.pool, scenario, some(at), inputs.collateral, [&](std::size_t, const auto flows) { deal.take(at, flows); });
    }
  }
  return true;
}

std::vector<double> rates_by_period(const rates::IndexPaths& paths, const std::string& index,
                                    const std::vector<calendar::PaymentPeriod>& schedule) {
  const auto position = paths.find(index);
  result::require(position.has_value(), "the index that is discounted at has no path");
  std::vector<double> rates;
  for (const calendar::PaymentPeriod& period : schedule) rates.push_back(paths.rate(*position, period.accrual_start));
  return rates;
}

}  // namespace

std::vector<result::Issue> run_paths(const Inputs& inputs, const PathsRequest& request, std::span<const rates::IndexPaths> paths,
                                     const UseRun& use, const RunSettings& settings) {
  result::require(inputs.scenario(request.scenario) != nullptr, "a run asks for a scenario that is not there");
  PathRunner deal(inputs, request, paths, use, settings);
  if (run_side_by_side(inputs, request, paths, settings.threads, deal)) return std::move(deal.issues);
  auto unread = project_collateral(inputs, request, paths, settings.threads,
                                   [&](std::size_t first, std::span<const CollateralCashFlows> flows) { deal.take(first, flows); });
  result::append(unread, std::move(deal.issues));
  return unread;
}

result::Result<book::PathMeasures> measure_paths(const Inputs& inputs, const PathsRequest& request,
                                                 std::span<const rates::IndexPaths> paths, book::PathTerms terms,
                                                 const RunSettings& settings) {
  const std::string index = terms.index;
  book::PathMeasures measures(inputs.deal, std::move(terms));
  RunSettings kept = settings;
  kept.record = waterfall::Record::classes();
  auto issues = run_paths(inputs, request, paths, [&](std::size_t path, const DealCashFlows& flows) {
    measures.add(flows, rates_by_period(paths[path], index, flows.schedule));
  }, kept);
  return result::make_result(std::move(measures), std::move(issues));
}

}  // namespace spillway::engine
