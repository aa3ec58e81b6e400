// loss_grid.

#include "spillway/analytics/loss.h"
#include "spillway/explain/loss_measures.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

std::vector<engine::RunRequest> loss_runs(const Source& source, const Question& question) {
  const engine::BookPlan::Credit& plan = *source.inputs.plan.credit;
  engine::RunRequest request;
  request.scenario = plan.scenario;
  request.speed = plan.speeds.front();
  request.to_call = plan.to_call;
  if (question.table != "loss_grid") return {request};
  for (double speed : plan.speeds) {
    if (percent_key(speed) == question.keys[1]) request.speed = speed;
  }
  for (double cdr : plan.cdrs) {
    if (percent_key(cdr) == question.keys[2]) request.credit.cdr = cdr;
  }
  for (double severity : plan.severities) {
    if (percent_key(severity) == question.keys[3]) request.credit.severity = severity;
  }
  return {request};
}

Explanation loss_number(const RunView& view, const Question& question) {
  Subject subject = subject_of(view, question.keys.front());
  subject.index = view.source.inputs.plan.credit->index;
  const cashflow::ClassCashFlows& flows = subject.flows;
  const std::string& column = question.column;
  const double price = view.source.inputs.plan.credit->price;
  const auto by_period = [&](const char* title, const std::function<double(std::size_t)>& amount) {
    return summed(view, column, title, view.flows().periods(), amount);
  };
  Explanation e;
  const analytics::ClassLoss loss = analytics::class_loss(flows);
  if (column == "dm_bps") e = margin_of(view, subject, price);
  else if (column == "yield_pct") e = yield_of(view, subject, price);
  else if (column == "wal") e = average_life_of(view, subject);
  else if (column == "mdur") e = subject.index.empty() ? yield_duration_of(view, subject, price) : duration_of(view, subject, price);
  else if (column == "price") e = given(column, {price, digits(4)}, "per 100", "scenarios file, book.credit");
  else if (column == "pool_loss_pct") e = part_of_pool(view, column, view.flows().periods(), true);
  else if (column == "written_down") e = written_down_of(view, subject);
  else if (column == "made_good") e = by_period("Made good", [&](std::size_t t) { return flows.written_up[t] + flows.allocated_loss_paid[t]; });
  else if (column == "principal_loss") e = principal_loss_of(view, subject);
  else if (column == "interest_shortfall") e = interest_shortfall_of(view, subject);
  else if (column == "principal_loss_pct") {
    std::vector<Explanation> parts;
    parts.push_back(principal_loss_of(view, subject));
    parts.push_back(given("original balance", {flows.original_balance, cents()}, "dollars"));
    e = made(column, Rule::quotient, 100.0, std::move(parts), {100.0 * loss.part_of(flows.is_notional ? 0.0 : flows.original_balance), digits(6)}, "percent");
  } else if (column == "first_write_down") {
    e = given(column, loss.first_written_down > 0 ? table::Cell(static_cast<double>(loss.first_written_down), digits(0)) : table::Cell(), "period");
  } else {
    e = given(column, {column == "unpaid_interest" ? loss.unpaid_interest : loss.unpaid_basis_risk, cents()}, "dollars");
  }
  e.title = column + " of " + subject.name + " at " + question.keys[2] + "% CDR, " + question.keys[3] + "% severity, " + question.keys[1] + "% speed";
  return e;
}

}  // namespace spillway::explain
