// Cash flows by period.

#include <algorithm>

#include "spillway/explain/class_measures.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using cashflow::ClassCashFlows;
using cashflow::PoolVectors;

// Amounts that steps pay: the column, the kind of payment, the series.
struct PaidColumn {
  std::string_view column, pay;
  std::vector<double> ClassCashFlows::*series;
};
constexpr PaidColumn kPaid[] = {{"interest", "interest", &ClassCashFlows::interest_paid},
                                {"principal", "principal", &ClassCashFlows::principal_paid},
                                {"unpaid_interest_paid", "unpaid_interest", &ClassCashFlows::unpaid_interest_paid},
                                {"basis_risk_paid", "basis_risk", &ClassCashFlows::basis_risk_paid},
                                {"allocated_loss_paid", "allocated_loss", &ClassCashFlows::allocated_loss_paid},
                                {"premium_paid", "premium", &ClassCashFlows::premium_paid},
                                {"written_down", "write_down", &ClassCashFlows::written_down},
                                {"written_up", "write_up", &ClassCashFlows::written_up}};

struct CarriedColumn {
  std::string_view column;
  std::vector<double> ClassCashFlows::*series;
};
constexpr CarriedColumn kCarried[] = {{"unpaid_interest", &ClassCashFlows::unpaid_interest},
                                      {"basis_risk", &ClassCashFlows::basis_risk},
                                      {"allocated_loss", &ClassCashFlows::allocated_loss}};

struct PoolColumn {
  std::string_view column;
  std::vector<double> PoolVectors::*series;
};
constexpr PoolColumn kPool[] = {{"beginning", &PoolVectors::beginning_balance}, {"gross_interest", &PoolVectors::gross_interest},
                                {"servicing_fee", &PoolVectors::servicing_fee}, {"master_servicing_fee", &PoolVectors::master_servicing_fee},
                                {"trustee_fee", &PoolVectors::trustee_fee}, {"mi_premium", &PoolVectors::mi_premium},
                                {"scheduled", &PoolVectors::scheduled_principal}, {"prepaid", &PoolVectors::prepaid_principal},
                                {"losses", &PoolVectors::realized_losses}, {"defaulted", &PoolVectors::defaulted_balance},
                                {"recoveries", &PoolVectors::recoveries}};

Explanation ending_of(const RunView& view, std::size_t c, std::size_t t) {
  const ClassCashFlows& flows = view.flows().classes[c];
  std::vector<Explanation> parts;
  const auto add = [&](const char* name, double amount) { parts.push_back(given(name, {amount, cents()}, "dollars")); };
  add("balance before", flows.beginning_balance[t]);
  add("interest added to it", flows.accrued[t]);
  add("principal paid", -flows.principal_paid[t]);
  add("written down", -flows.written_down[t]);
  add("written up", flows.written_up[t]);
  const bool rolls = !flows.is_notional;
  return made("ending", rolls ? Rule::sum : Rule::given, 1.0, std::move(parts), {flows.ending_balance[t], cents()}, "dollars");
}

Explanation rate_of(const RunView& view, std::size_t c, std::size_t t) {
  const PeriodValues values(view, t, 0);
  std::vector<Explanation> parts;
  parts.push_back(name_value(values, view.flows().classes[c].name + ".rate"));
  return made("rate_pct", Rule::product, 100.0, std::move(parts), {100.0 * view.flows().classes[c].rate[t], digits(8)}, "percent a year");
}

Explanation class_flow(const RunView& view, const Question& question, std::size_t c, std::size_t t) {
  const ClassCashFlows& flows = view.flows().classes[c];
  const std::string& column = question.column;
  for (const PaidColumn& paid : kPaid) {
    if (paid.column != column) continue;
    Explanation e = paid_by_steps(view, c, flows.name, t, std::string(paid.pay), (flows.*paid.series)[t]);
    if (column == "interest") e.behind.push_back(interest_due(view, c, t));
    e.behind.push_back(quantities_of_period(view, t));
    if (view.options.depth >= 4) e.behind.push_back(cash_of_period(view, t, column == "principal" ? Paid::principal : Paid::cash));
    return e;
  }
  if (column == "cash") return period_paid(view, flows.name, {c}, t, Paid::cash);
  if (column == "ending") return ending_of(view, c, t);
  if (column == "rate_pct") return rate_of(view, c, t);
  if (column == "interest_due") return interest_due(view, c, t);
  for (const CarriedColumn& carried : kCarried) {
    if (carried.column == column) return given(column, {(flows.*carried.series)[t], cents()}, "dollars");
  }
  return given(column, {flows.beginning_balance[t], cents()}, "dollars");
}

Explanation pool_flow(const RunView& view, const Question& question, std::size_t t) {
  for (const PoolColumn& pool : kPool) {
    if (pool.column != question.column) continue;
    const LoanAmount amount{std::string(pool.column), [series = pool.series](const PoolVectors& v, std::size_t i) { return (v.*series)[i]; }, ""};
    Explanation e = given(question.column, {view.part_left(t) * amount.of(view.collateral.total, t), cents()}, "dollars");
    if (view.options.depth >= 5) e.behind.push_back(loans_of_amount(view, t, amount));
    return e;
  }
  if (question.column == "net_interest") return collateral_amount(view, t, CollateralAmount::net_interest);
  if (question.column == "principal") return collateral_amount(view, t, CollateralAmount::principal);
  return given(question.column, {view.flows().pool_ending_balance[t], cents()}, "dollars");
}

}  // namespace

std::vector<std::string> class_flow_columns() {
  std::vector<std::string> columns{"beginning", "rate_pct", "interest_due"};
  for (const PaidColumn& paid : kPaid) columns.emplace_back(paid.column);
  for (const CarriedColumn& carried : kCarried) columns.emplace_back(carried.column);
  columns.insert(columns.end(), {"ending", "cash"});
  return columns;
}

std::vector<std::string> pool_flow_columns() {
  std::vector<std::string> columns;
  for (const PoolColumn& pool : kPool) columns.emplace_back(pool.column);
  columns.insert(columns.end(), {"net_interest", "principal", "ending"});
  return columns;
}

engine::RunRequest cash_flow_run(const Source& source, const Options& options) {
  if (options.run) return *options.run;
  const engine::BookPlan& plan = source.inputs.plan;
  if (plan.class_summary) return {plan.class_summary->scenario, plan.class_summary->speed, false, {}};
  const engine::ScenarioDefinition& first = source.inputs.scenarios.front();
  return {plan.price_dm ? plan.price_dm->scenario : first.name, plan.price_dm ? 1.0 : first.speeds.front(), false, {}};
}

Explanation cash_flow_number(const RunView& view, const Question& question) {
  const deal::Deal& deal = view.deal();
  const std::string& who = question.keys.front();
  const std::size_t t = period_of(question, 1);
  Explanation e;
  if (question.column == "value") {
    e = name_value(PeriodValues(view, t), who);
  } else if (who == "pool") {
    e = pool_flow(view, question, t);
  } else if (const auto party = std::find(deal.parties.begin(), deal.parties.end(), who); party != deal.parties.end()) {
    const auto at = static_cast<std::size_t>(party - deal.parties.begin());
    e = paid_by_steps(view, deal.classes.size() + at, who, t, "", view.flows().parties[at].values[t]);
    if (view.options.depth >= 4) e.behind.push_back(cash_of_period(view, t, Paid::cash));
  } else {
    e = class_flow(view, question, subject_of(view, who).classes.front(), t);
  }
  e.title = question.column + " of " + who + ", period " + question.keys[1] + ", " + calendar::to_iso(view.flows().schedule[t].payment_adjusted);
  return e;
}

}  // namespace spillway::explain
