#include "spillway/engine/break_evens.h"

#include <algorithm>
#include <map>

#include "spillway/analytics/floater.h"
#include "spillway/analytics/loss.h"
#include "spillway/analytics/yield.h"
#include "spillway/engine/deal_runner.h"
#include "spillway/engine/loans.h"
#include "spillway/engine/parallel.h"
#include "spillway/engine/stage_counter.h"

namespace spillway::engine {

namespace {

using book::BreakEvenRow;
using book::BreakEvenTarget;

// A loss of less counts as none. Parts of the class, so that classes which retire side by side lose in the order of their
// seniority even when only dollars of them are left; never more than half a dollar.
double first_dollar(double original_balance) { return std::min(0.5, 5e-10 * original_balance); }

constexpr double kFirstStep = 0.005;
constexpr double kBeyond[] = {0.0001, 0.0005, 0.0010};

// Runs that differ in nothing but the CDR, each made once; the loans are passed over once for all of them.
class Runs {
 public:
  Runs(const Inputs& inputs, RunRequest base)
      : inputs_(inputs), base_(std::move(base)), scenario_(inputs.scenario(base_.scenario)->assumptions),
        paths_(paths_of(inputs, base_)),
        pass_(pass_over_loans(inputs, scenario_, paths_,
                              // without defaults loans may still be late, and no lag counts
                              [&](const auto& stated) { return std::vector{credit_at(kFirstStep, stated), credit_at(0.0, stated)}; },
                              issues)) {}

  const Run& at(double cdr) {
    if (const auto known = runs_.find(cdr); known != runs_.end()) return known->second;
    Run& run = runs_[cdr];
    run.request = base_;
    run.request.credit.cdr = cdr;
    if (result::has_errors(issues)) return run;  // the loans could not be read again
    const assumptions::Credit credit = credit_at(cdr, scenario_.credit);
    const cashflow::CollateralCashFlows collateral = pass_.sums.cash(base_.speed, &credit);
    if (!deal_ || collateral.total.periods() > laid_out_) {
      laid_out_ = collateral.total.periods();
      deal_.emplace(inputs_, laid_out_, std::vector{base_}, waterfall::Record::classes());
    }
    auto flows = deal_->run(collateral, run.request, false);
    if (issues.empty()) issues = std::move(flows.issues);
    if (!flows.ok()) return run;
    run.flows = std::move(*flows);
    losses_[cdr] = book::cumulative_loss(collateral, run.flows.periods());
    return run;
  }

  double pool_loss(double cdr) {
    at(cdr);
    return losses_[cdr];
  }

  // The rates run so far, ascending.
  std::vector<double> rates() const {
    std::vector<double> all;
    for (const auto& [cdr, run] : runs_) all.push_back(cdr);
    return all;
  }

  std::vector<result::Issue> issues;

 private:
  assumptions::Credit credit_at(double cdr, const assumptions::Credit& stated) const {
    CreditChange change = base_.credit;
    change.cdr = cdr;
    return changed_credit(stated, change, inputs_.pool.groups);
  }

  const Inputs& inputs_;
  RunRequest base_;
  const assumptions::Scenario& scenario_;
  rates::IndexPaths paths_;
  LoanPass pass_;
  std::optional<DealRunner> deal_;
  std::size_t laid_out_ = 0;
  std::map<double, Run> runs_;
  std::map<double, double> losses_;
};

cashflow::ClassCashFlows held(const Inputs& inputs, const std::string& name, const Run& run) {
  std::vector<const cashflow::ClassCashFlows*> parts;
  for (std::size_t c : book::grid_subject(inputs.deal, name).classes) parts.push_back(&run.flows.classes[c]);
  return cashflow::combine(name, parts);
}

// How far a run falls short of the target: above the threshold is short.
double shortfall(const Inputs& inputs, const BreakEvenRequest& request, const Run& run) {
  const cashflow::ClassCashFlows flows = held(inputs, request.class_name, run);
  const analytics::ClassLoss loss = analytics::class_loss(flows);
  switch (request.target) {
    case BreakEvenTarget::principal: return loss.principal_loss;
    case BreakEvenTarget::interest: return loss.interest_shortfall;
    case BreakEvenTarget::zero_yield: {
      const auto timed = analytics::make_timed_flows(flows, run.flows.schedule, inputs.deal.settlement);
      return timed.original_balance * request.price / 100.0 + timed.accrued - analytics::total_cash(flows);
    }
    case BreakEvenTarget::discount_margin: break;
  }
  const auto floating = analytics::make_floater_flows(flows, run.flows.schedule, index_rates(inputs, run, request.index),
                                                      inputs.deal.settlement);
  // In dollars too: what the price at the margin falls short of the price.
  return (request.price - analytics::price_from_discount_margin(floating, *request.margin)) / 100.0 * floating.original_balance;
}

BreakEvenRow solve(const Inputs& inputs, const BreakEvenRequest& request, Runs& runs) {
  BreakEvenRow row;
  row.class_name = request.class_name;
  row.target = request.target;
  row.margin = request.margin;
  row.speed = request.run.speed;
  row.tolerance = request.tolerance;
  const auto& scenario = *inputs.scenario(request.run.scenario);
  row.severity = request.run.credit.severity.value_or(scenario.assumptions.credit.severity.front());
  // Stops asking once a run has shown a fault of the deal.
  const auto value = [&](double cdr) {
    const Run& run = runs.at(cdr);
    return result::has_errors(runs.issues) ? 0.0 : shortfall(inputs, request, run);
  };
  double original = 0.0;
  for (std::size_t c : book::grid_subject(inputs.deal, request.class_name).classes) {
    original += inputs.deal.classes[c].original_balance;
  }
  row.found = analytics::find_break_even(value, first_dollar(original), 1.0, kFirstStep, request.tolerance, runs.rates());
  if (result::has_errors(runs.issues) || row.found.outcome != analytics::BreakEven::Outcome::found) return row;
  row.pool_loss = runs.pool_loss(row.found.rate);
  for (double above : kBeyond) {
    const double cdr = std::min(1.0, row.found.rate + above);
    const Run& run = runs.at(cdr);
    if (result::has_errors(runs.issues)) break;
    row.beyond.emplace_back(above, analytics::class_loss(held(inputs, request.class_name, run)).principal_loss);
  }
  return row;
}

}  // namespace

result::Result<std::vector<BreakEvenRow>> find_break_evens(const Inputs& inputs,
                                                           const std::vector<BreakEvenRequest>& requests,
                                                           const RunSettings& settings) {
  std::vector<BreakEvenRow> rows(requests.size());
  // Requests under one base share their runs, so they are one task.
  std::vector<std::vector<std::size_t>> tasks;
  for (std::size_t r = 0; r < requests.size(); ++r) {
    const auto same = std::find_if(tasks.begin(), tasks.end(),
                                   [&](const auto& task) { return requests[task.front()].run == requests[r].run; });
    if (same == tasks.end()) tasks.push_back({r});
    else same->push_back(r);
  }
  std::vector<std::vector<result::Issue>> issues(tasks.size());
  StageCounter counter(settings.on_progress, Stage::find_break_evens, tasks.size());
  for_each_task(tasks.size(), settings.threads, [&](std::size_t t) {
    Runs runs(inputs, requests[tasks[t].front()].run);
    for (std::size_t r : tasks[t]) rows[r] = solve(inputs, requests[r], runs);
    issues[t] = std::move(runs.issues);
    counter.one_done();
  });
  std::vector<result::Issue> all;
  for (auto& found : issues) {
    if (all.empty()) result::append(all, std::move(found));
  }
  return result::make_result(std::move(rows), std::move(all));
}

}  // namespace spillway::engine
