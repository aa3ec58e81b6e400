#include "spillway/engine/schedules.h"

#include <algorithm>

#include "spillway/engine/loans.h"

namespace spillway::engine {

namespace {

using deal::ScheduleDefinition;

assumptions::Prepayment curve_of(const std::pair<double, std::string>& speed) {
  const double value = speed.first / 100.0;
  if (speed.second == "PSA") return assumptions::Psa{value};
  if (speed.second == "SMM") return assumptions::Smm{value};
  if (speed.second == "ABS") return assumptions::Abs{value};
  return assumptions::Cpr{value};
}

// Principal by period of the pool or one group, every group at one speed; a list for each speed.
std::vector<std::vector<double>> principal_at(const Inputs& inputs, const ScheduleDefinition& schedule,
                                              std::vector<result::Issue>& issues) {
  std::vector<assumptions::Scenario> scenarios(schedule.speeds.size());
  std::vector<Projection> projections;
  for (std::size_t s = 0; s < scenarios.size(); ++s) {
    for (const std::string& group : inputs.pool.groups) scenarios[s].prepayment[group] = curve_of(schedule.speeds[s]);
    projections.push_back({&scenarios[s], inputs.scenarios.empty() ? rates::IndexPaths{} : inputs.scenarios.front().indices, {{}}});
  }
  auto flows = project_loans(inputs, projections, {1});
  result::append(issues, std::move(flows.issues));
  std::vector<std::vector<double>> all(scenarios.size());
  for (std::size_t s = 0; flows.ok() && s < all.size(); ++s) {
    const cashflow::CollateralCashFlows& at_speed = (*flows)[s].front();
    const cashflow::PoolVectors* vectors = &at_speed.total;
    for (const cashflow::PoolVectors& group : at_speed.groups) {
      if (group.name == schedule.principal_of) vectors = &group;
    }
    for (std::size_t t = 0; t < vectors->periods(); ++t) all[s].push_back(vectors->principal(t));
  }
  return all;
}

std::vector<double> derived_balance(const Inputs& inputs, const ScheduleDefinition& schedule, std::vector<result::Issue>& issues) {
  const std::vector<std::vector<double>> by_speed = principal_at(inputs, schedule, issues);
  std::vector<double> planned = by_speed.front();
  for (const std::vector<double>& other : by_speed) {
    planned.resize(std::min(planned.size(), other.size()));
    for (std::size_t t = 0; t < planned.size(); ++t) planned[t] = std::min(planned[t], other[t]);
  }
  const auto locked = std::min(planned.size(), static_cast<std::size_t>(std::max(0, schedule.lockout_months)));
  std::fill_n(planned.begin(), locked, 0.0);
  double total = 0.0;
  for (double principal : planned) total += principal;
  std::vector<double> balance;
  double left = schedule.start.value_or(total);
  for (double principal : planned) balance.push_back(left = std::max(0.0, left - principal));
  return balance;
}

std::vector<double> stepped(const ScheduleDefinition& schedule, std::size_t periods) {
  std::vector<double> series(periods, 0.0);
  for (const auto& [from, value] : schedule.steps) {
    for (std::size_t t = static_cast<std::size_t>(std::max(1, from)) - 1; t < periods; ++t) series[t] = value;
  }
  return series;
}

}  // namespace

std::vector<std::vector<double>> lay_out_schedules(const Inputs& inputs, std::size_t periods, std::vector<result::Issue>& issues) {
  std::vector<std::vector<double>> all;
  for (const ScheduleDefinition& schedule : inputs.deal.schedules) {
    if (!schedule.speeds.empty()) all.push_back(derived_balance(inputs, schedule, issues));
    else if (!schedule.steps.empty()) all.push_back(stepped(schedule, periods));
    else all.push_back(schedule.balances);
  }
  return all;
}

}  // namespace spillway::engine
