#include "spillway/engine/book_basis.h"

namespace spillway::engine {

namespace {

void add_credit_runs(const BookPlan::Credit& plan, std::vector<book::TableRun>& runs) {
  for (const char* table : {"credit_schedule", "triggers", "collateral_losses", "residual"}) {
    runs.push_back({table, "", plan.scenario, 100.0 * plan.speeds.front(), plan.to_call});
  }
}

}  // namespace

book::Basis book_basis(const Inputs& inputs) {
  const BookPlan& plan = inputs.plan;
  book::Basis basis;
  basis.settlement = inputs.deal.settlement;
  if (plan.price_dm) {
    basis.conventions = plan.price_dm->conventions;
    basis.runs.push_back({"dm_tables", "", plan.price_dm->scenario, {}, {}});
  }
  if (plan.class_summary) {
    basis.runs.push_back({"class_summary", "", plan.class_summary->scenario, 100.0 * plan.class_summary->speed, {}});
    basis.runs.push_back({"class_summary", "last_scheduled", plan.class_summary->scenario, 0.0, false});
  }
  if (plan.available_rate) {
    for (const auto& [column, name] : plan.available_rate->columns) {
      const ScenarioDefinition& scenario = *inputs.scenario(name);
      basis.runs.push_back({"available_rate", "available_rate_" + column, name, 100.0 * scenario.speeds.front(), scenario.to_call,
                            plan.available_rate->quantity});
    }
  }
  for (const BookPlan::Decrements& table : plan.decrements) {
    if (!table.columns.empty()) basis.runs.push_back({"decrements", "", table.columns.front().scenario, {}, false});
  }
  if (plan.credit && plan.credit->schedules) add_credit_runs(*plan.credit, basis.runs);
  if (plan.balances) {
    basis.runs.push_back({"balances", "", plan.balances->scenario, 100.0 * plan.balances->speed, plan.balances->to_call});
  }
  basis.cut_off_balance = inputs.pool_balance();
  if (!inputs.deal.enhancement_target.empty()) {
    basis.enhancement_target = inputs.deal.enhancement_target_of(basis.cut_off_balance);
  }
  return basis;
}

}  // namespace spillway::engine
