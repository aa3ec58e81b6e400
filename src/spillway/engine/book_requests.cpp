#include "spillway/engine/book_requests.h"

#include <algorithm>
#include <utility>

#include "spillway/engine/credit_tables.h"

namespace spillway::engine {

namespace {

void add_request(std::vector<RunRequest>& requests, RunRequest request) {
  if (std::find(requests.begin(), requests.end(), request) == requests.end()) requests.push_back(std::move(request));
}

}  // namespace

std::vector<RunRequest> view_requests(const Inputs& inputs) {
  std::vector<RunRequest> requests;
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    for (const bool to_call : {true, false}) {
      if (to_call ? !scenario.to_call : !scenario.to_maturity) continue;
      for (double speed : scenario.speeds) add_request(requests, {scenario.name, speed, to_call, {}});
    }
  }
  return requests;
}

std::vector<RunRequest> book_requests(const Inputs& inputs) {
  std::vector<RunRequest> requests;
  const BookPlan& plan = inputs.plan;
  if (plan.price_dm) {
    const ScenarioDefinition& scenario = *inputs.scenario(plan.price_dm->scenario);
    for (const bool to_call : {true, false}) {
      if (to_call ? !scenario.to_call : !scenario.to_maturity) continue;
      for (double speed : scenario.speeds) add_request(requests, {scenario.name, speed, to_call, {}});
    }
  }
  if (plan.class_summary) {
    add_request(requests, {plan.class_summary->scenario, plan.class_summary->speed, true, {}});
    add_request(requests, {plan.class_summary->scenario, plan.class_summary->speed, false, {}});
    add_request(requests, {plan.class_summary->scenario, 0.0, false, {}});  // the last scheduled payment: no prepayment
  }
  if (plan.available_rate) {
    for (const auto& [column, scenario] : plan.available_rate->columns) {
      const ScenarioDefinition& definition = *inputs.scenario(scenario);
      add_request(requests, {scenario, definition.speeds.front(), definition.to_call, {}});
    }
  }
  for (const BookPlan::Decrements& table : plan.decrements) {
    for (const auto& column : table.columns) add_request(requests, {column.scenario, column.speed, false, {}});
  }
  for (const BookPlan::Yields& table : plan.yields) {
    for (double level : table.levels) {
      for (double speed : table.speeds) {
        add_request(requests, {table.scenario, speed, false, std::pair{table.index, level}});
      }
    }
  }
  if (plan.balances) add_request(requests, {plan.balances->scenario, plan.balances->speed, plan.balances->to_call, {}});
  for (RunRequest& request : credit_requests(inputs)) add_request(requests, std::move(request));
  for (RunRequest& request : view_requests(inputs)) add_request(requests, std::move(request));
  return requests;
}

}  // namespace spillway::engine
