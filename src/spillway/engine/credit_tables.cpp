#include "spillway/engine/credit_tables.h"

namespace spillway::engine {

namespace {

using Plan = BookPlan::Credit;

constexpr double kPrinted = 1e-8;  // of a CDR: a hundredth of the last digit that a book prints

std::vector<std::optional<double>> severities_of(const Plan& plan) {
  if (plan.severities.empty()) return {std::nullopt};
  return {plan.severities.begin(), plan.severities.end()};
}

RunRequest request_of(const Plan& plan, double speed, std::optional<double> severity, std::optional<double> cdr) {
  RunRequest request;
  request.scenario = plan.scenario;
  request.speed = speed;
  request.to_call = plan.to_call;
  request.credit.severity = severity;
  request.credit.cdr = cdr;
  return request;
}

// The grid's runs in the order of its rows.
std::vector<RunRequest> grid_requests(const Plan& plan) {
  std::vector<RunRequest> requests;
  for (double speed : plan.speeds) {
    for (const auto& severity : severities_of(plan)) {
      for (double cdr : plan.cdrs) requests.push_back(request_of(plan, speed, severity, cdr));
    }
  }
  return requests;
}

// The scenario as it is.
RunRequest plain_request(const Plan& plan) { return request_of(plan, plan.speeds.front(), std::nullopt, std::nullopt); }

const Run& run_of(const RunSet& set, const RunRequest& request) {
  const Run* run = set.find(request);
  result::require(run != nullptr, "a loss table asks for a run that was not made");
  return *run;
}

table::Table grid(const Inputs& inputs, const RunSet& set, const Plan& plan) {
  std::vector<book::LossRun> runs;
  for (const RunRequest& request : grid_requests(plan)) {
    const Run& run = run_of(set, request);
    std::vector<double> rates(run.flows.periods());
    if (!plan.index.empty()) rates = index_rates(inputs, run, plan.index);
    const double severity =
        request.credit.severity.value_or(inputs.scenario(plan.scenario)->assumptions.credit.severity.front());
    runs.push_back({request.speed, request.credit.cdr, severity, &run.flows, &set.collateral[run.collateral], std::move(rates)});
  }
  std::vector<book::GridSubject> subjects;
  for (const std::string& name : credit_classes(inputs)) subjects.push_back(book::grid_subject(inputs.deal, name));
  book::GridRequest request;
  request.measure = plan.index.empty() ? book::GridRequest::Measure::yield : book::GridRequest::Measure::discount_margin;
  request.prices = {plan.price};
  if (inputs.plan.price_dm) request.conventions = inputs.plan.price_dm->conventions;
  return book::loss_grid(inputs.deal, subjects, runs, request);
}

}  // namespace

std::vector<RunRequest> loss_grid_requests(const Inputs& inputs) {
  return inputs.plan.credit ? grid_requests(*inputs.plan.credit) : std::vector<RunRequest>{};
}

std::vector<std::string> credit_classes(const Inputs& inputs) {
  if (!inputs.plan.credit->classes.empty()) return inputs.plan.credit->classes;
  std::vector<std::string> names;
  for (const deal::BondClass& bond : inputs.deal.classes) names.push_back(bond.name);
  return names;
}

std::vector<RunRequest> credit_requests(const Inputs& inputs) {
  if (!inputs.plan.credit) return {};
  std::vector<RunRequest> requests = grid_requests(*inputs.plan.credit);
  if (inputs.plan.credit->schedules || !inputs.plan.credit->residual.empty()) {
    requests.push_back(plain_request(*inputs.plan.credit));
  }
  return requests;
}

std::vector<BreakEvenRequest> break_even_requests(const Inputs& inputs) {
  std::vector<BreakEvenRequest> requests;
  if (!inputs.plan.credit) return requests;
  const Plan& plan = *inputs.plan.credit;
  for (const std::string& name : credit_classes(inputs)) {
    for (double speed : plan.speeds) {
      for (const auto& severity : severities_of(plan)) {
        for (const Plan::Target& target : plan.break_evens) {
          BreakEvenRequest request;
          request.class_name = name;
          request.target = target.target;
          request.margin = target.margin;
          request.run = request_of(plan, speed, severity, std::nullopt);
          request.price = plan.price;
          request.index = plan.index;
          request.tolerance = kPrinted;
          requests.push_back(std::move(request));
        }
      }
    }
  }
  return requests;
}

std::vector<table::Table> credit_tables(const Inputs& inputs, const RunSet& set,
                                        std::span<const book::BreakEvenRow> break_evens) {
  std::vector<table::Table> made;
  if (!inputs.plan.credit) return made;
  const Plan& plan = *inputs.plan.credit;
  if (!plan.cdrs.empty()) made.push_back(grid(inputs, set, plan));
  if (!break_evens.empty()) made.push_back(book::break_even_table(break_evens));
  if (!plan.schedules && plan.residual.empty()) return made;
  const Run& run = run_of(set, plain_request(plan));
  const cashflow::CollateralCashFlows& collateral = set.collateral[run.collateral];
  if (plan.schedules) {
    made.push_back(book::credit_schedule(inputs.deal, run.flows, collateral));
    made.push_back(book::trigger_status(run.flows));
    made.push_back(book::collateral_losses(run.flows, collateral));
  }
  if (!plan.residual.empty()) {
    made.push_back(book::residual_table(inputs.deal, run.flows, plan.residual, plan.investment));
  }
  return made;
}

}  // namespace spillway::engine
