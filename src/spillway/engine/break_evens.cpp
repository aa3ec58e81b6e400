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

// What a run comes to, for each request of its task.
struct Outcome {
  std::vector<double> shortfalls;  // of the target: above the threshold is short
  std::vector<double> losses;      // principal
  double pool_loss = 0.0;
  std::vector<double> pool_losses;  // by period
};

double shortfall(const Inputs& inputs, const BreakEvenRequest& request, const Run& run, const cashflow::ClassCashFlows& flows) {
  switch (request.target) {
    case BreakEvenTarget::principal: return analytics::principal_loss(flows);
    case BreakEvenTarget::interest: return analytics::class_loss(flows).interest_shortfall;
    case BreakEvenTarget::zero_yield: {
      // The first period says what has accrued.
      const auto first = std::span(run.flows.schedule).first(std::min<std::size_t>(1, run.flows.periods()));
      const auto timed = analytics::make_timed_flows(flows, first, inputs.deal.settlement);
      return timed.original_balance * request.price / 100.0 + timed.accrued - analytics::total_cash(flows);
    }
    case BreakEvenTarget::discount_margin: break;
  }
  const auto floating = analytics::make_floater_flows(flows, run.flows.schedule, index_rates(inputs, run, request.index),
                                                      inputs.deal.settlement);
  // In dollars too: what the price at the margin falls short of the price.
  return (request.price - analytics::price_from_discount_margin(floating, *request.margin)) / 100.0 * floating.original_balance;
}

// The series that the requests are figured from.
waterfall::Record record_for(const std::vector<const BreakEvenRequest*>& requests) {
  const bool of_interest = std::any_of(requests.begin(), requests.end(),
                                       [](const auto* request) { return request->target == BreakEvenTarget::interest; });
  waterfall::Record record = of_interest ? waterfall::Record::classes() : waterfall::Record::cash();
  record.class_series |= 1u << deal::class_allocated_loss;
  record.parties = false;
  return record;
}

// Runs that differ in nothing but the CDR, each made once; the loans are passed over once for all of them. What a run comes to is
// kept of it, for all requests.
class Runs {
 public:
  Runs(const Inputs& inputs, std::vector<const BreakEvenRequest*> requests)
      : inputs_(inputs), requests_(std::move(requests)), base_(requests_.front()->run),
        scenario_(inputs.scenario(base_.scenario)->assumptions), paths_(paths_of(inputs, base_)),
        pass_(pass_over_loans(inputs, scenario_, paths_,
                              // without defaults loans may still be late, and no lag counts
                              [&](const auto& stated) { return std::vector{credit_at(kFirstStep, stated), credit_at(0.0, stated)}; },
                              issues)) {
    for (const BreakEvenRequest* request : requests_) subjects_.push_back(book::grid_subject(inputs.deal, request->class_name));
  }

  const Outcome& at(double cdr) {
    const auto [known, is_new] = outcomes_.try_emplace(cdr);
    Outcome& outcome = known->second;
    if (!is_new) return outcome;
    outcome.shortfalls.resize(requests_.size());
    outcome.losses.resize(requests_.size());
    if (result::has_errors(issues)) return outcome;  // the loans could not be read again
    const assumptions::Credit credit = credit_at(cdr, scenario_.credit);
    const cashflow::CollateralCashFlows collateral = pass_.sums.cash(base_.speed, &credit);
    if (!deal_ || collateral.total.periods() > laid_out_) {
      laid_out_ = collateral.total.periods();
      deal_.emplace(inputs_, laid_out_, std::vector{base_}, record_for(requests_));
    }
    auto flows = deal_->run(collateral, base_, false);
    if (issues.empty()) issues = std::move(flows.issues);
    if (!flows.ok()) return outcome;
    Run run{base_, 0, std::move(*flows)};
    run.request.credit.cdr = cdr;
    outcome.pool_loss = book::cumulative_loss(collateral, run.flows.periods());
    for (std::size_t t = 0; t < std::min(run.flows.periods(), collateral.total.periods()); ++t) {
      outcome.pool_losses.push_back(collateral.total.realized_losses[t] - collateral.total.subsequent_recoveries[t]);
    }
    for (std::size_t r = 0; r < requests_.size(); ++r) {
      cashflow::ClassCashFlows space;
      const cashflow::ClassCashFlows& own = book::held(subjects_[r], run.flows, space);
      outcome.shortfalls[r] = shortfall(inputs_, *requests_[r], run, own);
      outcome.losses[r] = analytics::principal_loss(own);
    }
    return outcome;
  }

  // The rates run so far, ascending.
  std::vector<double> rates() const {
    std::vector<double> all;
    for (const auto& [cdr, outcome] : outcomes_) all.push_back(cdr);
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
  std::vector<const BreakEvenRequest*> requests_;
  std::vector<book::GridSubject> subjects_;  // of each request
  RunRequest base_;
  const assumptions::Scenario& scenario_;
  rates::IndexPaths paths_;
  LoanPass pass_;
  std::optional<DealRunner> deal_;
  std::size_t laid_out_ = 0;
  std::map<double, Outcome> outcomes_;
};

// Request `r` of the runs' task.
BreakEvenRow solve(const Inputs& inputs, const BreakEvenRequest& request, std::size_t r, Runs& runs) {
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
    const Outcome& outcome = runs.at(cdr);
    return result::has_errors(runs.issues) ? 0.0 : outcome.shortfalls[r];
  };
  double original = 0.0;
  for (std::size_t c : book::grid_subject(inputs.deal, request.class_name).classes) {
    original += inputs.deal.classes[c].original_balance;
  }
  row.nothing = first_dollar(original);
  row.found = analytics::find_break_even(value, row.nothing, 1.0, kFirstStep, request.tolerance, runs.rates());
  if (result::has_errors(runs.issues) || row.found.outcome != analytics::BreakEven::Outcome::found) return row;
  row.pool_loss = runs.at(row.found.rate).pool_loss;
  row.losses = runs.at(row.found.rate).pool_losses;
  for (double above : kBeyondBreakEven) {
    const Outcome& outcome = runs.at(std::min(1.0, row.found.rate + above));
    if (result::has_errors(runs.issues)) break;
    row.beyond.emplace_back(above, outcome.losses[r]);
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
  const int threads = inputs.parts ? 1 : settings.threads;  // a reading of the tape remembers every loan id: one at a time
  for_each_task(tasks.size(), threads, [&](std::size_t t) {
    std::vector<const BreakEvenRequest*> asked;
    for (std::size_t r : tasks[t]) asked.push_back(&requests[r]);
    Runs runs(inputs, asked);
    for (std::size_t i = 0; i < asked.size(); ++i) rows[tasks[t][i]] = solve(inputs, *asked[i], i, runs);
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
