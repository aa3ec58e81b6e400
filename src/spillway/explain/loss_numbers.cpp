// loss_grid, and the schedules by period of the loss tables.

#include <algorithm>
#include <cmath>

#include "spillway/analytics/loss.h"
#include "spillway/analytics/yield.h"
#include "spillway/explain/class_measures.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using cashflow::ClassCashFlows;
using cashflow::PoolVectors;

table::Column period_column() { return {"period", "Period", "", table::integer_format()}; }
table::Column date_column() { return {"date", "Date", "", table::date_format()}; }

std::string printed(double value) {
  return table::format_cell(table::Cell(value), {"", "", "", table::number_format(2)}, table::Style::plain);
}

// A dollar amount by period, summed.
Explanation summed(const RunView& view, const std::string& name, const std::string& title, std::size_t periods,
                   const std::function<double(std::size_t)>& amount) {
  Lines lines(title, {{period_column(), false}, {date_column(), false}, {{"amount", "Amount", "dollars", cents()}, true}});
  double sum = 0.0;
  for (std::size_t t = 0; t < periods; ++t) {
    sum += amount(t);
    if (amount(t) != 0.0) lines.add({static_cast<int>(t + 1), view.flows().schedule[t].payment_adjusted, amount(t)}, amount(t));
  }
  Explanation e = column_sum(name, "amount", {sum, cents()}, "dollars");
  e.lines = lines.finish(view.options.rows, "periods");
  return e;
}

// Losses, or defaults, to date over the cut-off balance, percent.
Explanation part_of_pool(const RunView& view, const std::string& name, std::size_t periods, bool of_losses) {
  const PoolVectors& pool = view.collateral.total;
  const auto amount = [&](std::size_t t) {
    return of_losses ? pool.realized_losses[t] - pool.subsequent_recoveries[t] : pool.defaulted_balance[t];
  };
  std::vector<Explanation> parts;
  parts.push_back(summed(view, of_losses ? "losses less subsequent recoveries" : "defaults",
                         of_losses ? "Realized losses less subsequent recoveries" : "Defaults", std::min(periods, pool.periods()), amount));
  parts.push_back(given("pool at cut-off", {pool.cut_off_balance, cents()}, "dollars"));
  const double share = 100.0 * *parts.front().number() / pool.cut_off_balance;
  return made(name, Rule::quotient, 100.0, std::move(parts), {share, digits(6)}, "percent");
}

Explanation principal_loss_of(const Subject& subject) {
  std::vector<Explanation> parts;
  const double owed = subject.flows.is_notional ? 0.0 : subject.flows.ending_balance.back();
  parts.push_back(given("balance at the end", {owed, cents()}, "dollars"));
  parts.push_back(given("written down and not made good", {subject.flows.allocated_loss.back(), cents()}, "dollars"));
  return made("principal_loss", Rule::sum, 1.0, std::move(parts), {std::max(0.0, owed + subject.flows.allocated_loss.back()), cents()}, "dollars");
}

Explanation yield_of(const RunView& view, const Subject& subject, double price) {
  const auto flows = analytics::make_timed_flows(subject.flows, view.flows().schedule, view.deal().settlement);
  const auto yield = analytics::yield_from_price(flows, price);
  Explanation e = given("yield_pct", yield ? table::Cell(100.0 * *yield, digits(6)) : table::Cell(), "percent");
  if (!yield) return e;
  Lines lines("Cash of " + subject.name + ", discounted", {{period_column(), false}, {{"years", "Years", "years", digits(6)}, false}, {{"cash", "Cash", "dollars", cents()}, true},
                                        {{"value", "Present Value", "dollars", cents()}, true}});
  double value = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    const double worth = flows.cash[t] * std::pow(1.0 + *yield / 2.0, -2.0 * flows.years[t]);
    value += worth;
    if (flows.cash[t] != 0.0) lines.add({static_cast<int>(t + 1), flows.years[t], flows.cash[t], worth}, worth);
  }
  std::vector<Explanation> worth, ratio;
  worth.push_back(column_sum("sum of present values", "value", {value, cents()}, "dollars"));
  worth.push_back(given("accrued interest", {-flows.accrued, cents()}, "dollars"));
  ratio.push_back(made("present value less accrued interest", Rule::sum, 1.0, std::move(worth), {value - flows.accrued, cents()}, "dollars"));
  ratio.push_back(given("original balance", {flows.original_balance, cents()}, "dollars"));
  e.rule = Rule::solved;
  e.parts.push_back(made("price at the yield", Rule::quotient, 100.0, std::move(ratio), {100.0 * (value - flows.accrued) / flows.original_balance, digits(8)}, "per 100"));
  e.parts.push_back(given("price asked", {price, digits(6)}, "per 100"));
  e.lines = lines.finish(view.options.rows, "periods");
  return e;
}

}  // namespace

std::vector<engine::RunRequest> loss_runs(const Source& source, const Question& question) {
  const engine::BookPlan::Credit& plan = *source.inputs.plan.credit;
  engine::RunRequest request;
  request.scenario = plan.scenario;
  request.speed = plan.speeds.front();
  request.to_call = plan.to_call;
  if (question.table != "loss_grid") return {request};
  for (double speed : plan.speeds) {
    if (printed(100.0 * speed) == question.keys[1]) request.speed = speed;
  }
  for (double cdr : plan.cdrs) {
    if (printed(100.0 * cdr) == question.keys[2]) request.credit.cdr = cdr;
  }
  for (double severity : plan.severities) {
    if (printed(100.0 * severity) == question.keys[3]) request.credit.severity = severity;
  }
  return {request};
}

Explanation loss_number(const RunView& view, const Question& question) {
  const Subject subject = subject_of(view, question.keys.front());
  const ClassCashFlows& flows = subject.flows;
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
  else if (column == "mdur") e = duration_of(view, subject, price);
  else if (column == "price") e = given(column, {price, digits(4)}, "per 100", "scenarios file, book.credit");
  else if (column == "pool_loss_pct") e = part_of_pool(view, column, view.flows().periods(), true);
  else if (column == "written_down") e = by_period("Write-downs", [&](std::size_t t) { return flows.written_down[t]; });
  else if (column == "made_good") e = by_period("Made good", [&](std::size_t t) { return flows.written_up[t] + flows.allocated_loss_paid[t]; });
  else if (column == "principal_loss") e = principal_loss_of(subject);
  else if (column == "interest_shortfall") {
    e = by_period("Interest not paid when due", [&](std::size_t t) { return std::max(0.0, flows.interest_due[t] - flows.accrued[t] - flows.interest_paid[t]); });
  } else if (column == "principal_loss_pct") {
    std::vector<Explanation> parts;
    parts.push_back(principal_loss_of(subject));
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
