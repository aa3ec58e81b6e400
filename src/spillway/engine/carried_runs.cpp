#include "spillway/engine/carried_runs.h"

#include <algorithm>

#include "spillway/analytics/yield.h"
#include "spillway/book/price_grid.h"
#include "spillway/engine/credit_tables.h"

namespace spillway::engine {

namespace {

using book::CarriedRun;
using book::carried_dollars;
using book::ViewSeries;
using cashflow::ClassCashFlows;

const Run& run_of(const RunSet& set, const RunRequest& request) {
  const Run* run = set.find(request);
  result::require(run != nullptr, "a page carries a run that was not made");
  return *run;
}

// Interest accrued at settlement, which the first period says.
double accrued_of(const ClassCashFlows& flows, const Run& run, calendar::Date settlement, bool floats) {
  const auto first = std::span(run.flows.schedule).first(std::min<std::size_t>(1, run.flows.periods()));
  const std::vector<double> index(first.size());
  return floats ? analytics::make_floater_flows(flows, first, index, settlement).accrued : analytics::make_timed_flows(flows, first, settlement).accrued;
}

template <class Value>
std::vector<double> by_period(const ClassCashFlows& flows, Value value) {
  std::vector<double> values(flows.ending_balance.size());
  for (std::size_t t = 0; t < values.size(); ++t) values[t] = value(t);
  return values;
}

book::ViewTerms terms_of(const RunRequest& request, double price) {
  book::ViewTerms terms;
  terms.scenario = request.scenario;
  terms.speed = request.speed;
  terms.to_call = request.to_call;
  terms.price = price;
  return terms;
}

// What a class lost: balances and carried losses follow from these.
std::vector<ViewSeries> loss_series(const ClassCashFlows& flows) {
  std::vector<ViewSeries> made;
  made.push_back(carried_dollars("principal_paid", "Principal paid", flows.principal_paid));
  made.push_back(carried_dollars("other_paid", "Other cash", by_period(flows, [&](std::size_t t) { return flows.cash(t) - flows.principal_paid[t]; })));
  made.push_back(carried_dollars("accrued", "Interest added", flows.accrued));
  made.push_back(carried_dollars("written_down", "Written down", flows.written_down));
  made.push_back(carried_dollars("written_up", "Written up", flows.written_up));
  made.push_back(carried_dollars("reimbursed", "Reimbursed", flows.allocated_loss_paid));
  made.push_back(carried_dollars("short", "Interest short", by_period(flows, [&](std::size_t t) {
    return std::max(0.0, flows.interest_due[t] - flows.accrued[t] - flows.interest_paid[t]);
  })));
  return made;
}

CarriedRun of_loss_grid(const Inputs& in, const RunSet& set, const RunRequest& request) {
  const BookPlan::Credit& plan = *in.plan.credit;
  const auto& stated = in.scenario(plan.scenario)->assumptions.credit.severity;
  const Run& run = run_of(set, request);
  book::ViewTerms terms = terms_of(request, plan.price);
  if (!plan.index.empty()) terms.index_rates = index_rates(in, run, plan.index);
  CarriedRun made{"loss_grid", 100.0 * *request.credit.cdr, 100.0 * request.credit.severity.value_or(stated.front()), {},
                  book::carried_view(run.flows, terms)};
  const cashflow::PoolVectors& pool = set.collateral[run.collateral].total;
  std::vector<double> losses(std::min(run.flows.periods(), pool.periods()));
  for (std::size_t t = 0; t < losses.size(); ++t) losses[t] = pool.realized_losses[t] - pool.subsequent_recoveries[t];
  made.view.pool.push_back(carried_dollars("losses", "Losses less subsequent recoveries", std::move(losses)));
  for (const std::string& name : credit_classes(in)) {
    ClassCashFlows space;
    const ClassCashFlows& held = book::held(book::grid_subject(in.deal, name), run.flows, space);
    made.view.classes.push_back(book::carried_class(name, held, loss_series(held), accrued_of(held, run, in.deal.settlement, !plan.index.empty())));
  }
  return made;
}

void add_decrements(const Inputs& in, const RunSet& set, std::span<const RunRequest> viewed, std::vector<CarriedRun>& all) {
  // The page looks a class up in the view of the first column's scenario.
  const auto has_view = [&](const RunRequest& request) {
    return request.scenario == in.plan.decrements.front().columns.front().scenario && std::find(viewed.begin(), viewed.end(), request) != viewed.end();
  };
  for (const BookPlan::Decrements& plan : in.plan.decrements) {
    for (const auto& column : plan.columns) {
      const RunRequest request{column.scenario, column.speed, false, {}};
      const Run& run = run_of(set, request);
      CarriedRun made{"decrements", {}, {}, {}, book::carried_view(run.flows, terms_of(request, 100.0))};
      for (const auto& subject : plan.subjects) {
        const bool is_class = std::any_of(in.deal.classes.begin(), in.deal.classes.end(), [&](const auto& bond) { return bond.name == subject.label; });
        if (is_class && has_view(request)) continue;
        ClassCashFlows space;
        const ClassCashFlows& held = book::held(book::grid_subject(in.deal, subject.label, subject.classes), run.flows, space);
        made.view.classes.push_back(book::carried_class(subject.label, held, {carried_dollars("balance", "Balance", held.ending_balance)}));
      }
      if (!made.view.classes.empty()) all.push_back(std::move(made));
    }
  }
}

void add_yields(const Inputs& in, const RunSet& set, std::vector<CarriedRun>& all) {
  for (const BookPlan::Yields& plan : in.plan.yields) {
    for (double level : plan.levels) {
      for (double speed : plan.speeds) {
        const RunRequest request{plan.scenario, speed, false, std::pair{plan.index, level}};
        const Run& run = run_of(set, request);
        CarriedRun made{"yields", {}, {}, 100.0 * level, book::carried_view(run.flows, terms_of(request, plan.price))};
        ClassCashFlows space;
        const ClassCashFlows& held = book::held(book::grid_subject(in.deal, plan.class_name), run.flows, space);
        ViewSeries cash = carried_dollars("other_paid", "Cash", by_period(held, [&](std::size_t t) { return held.cash(t); }));
        cash.exact = true;  // a yield far below nothing makes much of the last cash
        made.view.classes.push_back(
            book::carried_class(plan.class_name, held, {std::move(cash)}, accrued_of(held, run, in.deal.settlement, false)));
        all.push_back(std::move(made));
      }
    }
  }
}

}  // namespace

std::vector<CarriedRun> carried_runs(const Inputs& inputs, const RunSet& set, std::span<const RunRequest> viewed) {
  std::vector<CarriedRun> all;
  for (const RunRequest& request : loss_grid_requests(inputs)) all.push_back(of_loss_grid(inputs, set, request));
  if (!inputs.plan.decrements.empty()) add_decrements(inputs, set, viewed, all);
  add_yields(inputs, set, all);
  return all;
}

}  // namespace spillway::engine
