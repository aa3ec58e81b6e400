// credit_schedule, triggers, collateral_losses, residual.

#include <algorithm>

#include "spillway/explain/loss_measures.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using cashflow::PoolVectors;

Explanation excess_spread(const RunView& view, std::size_t t) {
  std::vector<Explanation> parts;
  parts.push_back(collateral_amount(view, t, CollateralAmount::net_interest));
  // The schedule takes the collateral as it was before any partial call.
  double sum = view.collateral.total.net_interest(t) + view.flows().hedge_net_payment[t];
  if (view.part_left(t) != 1.0) parts.front() = given("net interest collected", {view.collateral.total.net_interest(t), cents()}, "dollars");
  parts.push_back(given("hedges, net", {view.flows().hedge_net_payment[t], cents()}, "dollars", "docs/formulas/hedges.md"));
  for (const cashflow::ClassCashFlows& bond : view.flows().classes) {
    sum -= bond.interest_due[t];
    parts.push_back(given("interest due to " + bond.name, {-bond.interest_due[t], cents()}, "dollars"));
  }
  return made("excess_spread", Rule::sum, 1.0, std::move(parts), {sum, cents()}, "dollars");
}

Explanation enhancement(const RunView& view, std::size_t t, const std::string& name) {
  const deal::Deal& deal = view.deal();
  std::vector<Explanation> support, parts;
  double below = view.flows().overcollateralization[t];
  support.push_back(given("overcollateralization", {below, cents()}, "dollars"));
  for (std::size_t c = deal.classes.size(); c-- > 0 && deal.classes[c].name != name;) {
    if (deal.classes[c].is_notional) continue;
    below += view.flows().classes[c].ending_balance[t];
    support.push_back(given(deal.classes[c].name, {view.flows().classes[c].ending_balance[t], cents()}, "dollars"));
  }
  const double pool = view.flows().pool_ending_balance[t];
  parts.push_back(made("what stands below", Rule::sum, 1.0, std::move(support), {below, cents()}, "dollars"));
  parts.push_back(given("pool after the month", {pool, cents()}, "dollars"));
  if (!(pool > 0.0)) return given(name, {}, "percent");
  return made(name, Rule::quotient, 100.0, std::move(parts), {100.0 * below / pool, digits(6)}, "percent");
}

Explanation oc_of(const RunView& view, std::size_t t) {
  std::vector<Explanation> parts;
  parts.push_back(given("pool after the month", {view.flows().pool_ending_balance[t], cents()}, "dollars"));
  for (const cashflow::ClassCashFlows& bond : view.flows().classes) {
    if (!bond.is_notional) parts.push_back(given(bond.name, {-bond.ending_balance[t], cents()}, "dollars"));
  }
  return made("overcollateralization", Rule::sum, 1.0, std::move(parts), {view.flows().overcollateralization[t], cents()}, "dollars");
}

Explanation of_credit_schedule(const RunView& view, std::size_t t, const std::string& column) {
  const cashflow::DealCashFlows& flows = view.flows();
  if (column == "excess_spread") return excess_spread(view, t);
  if (column == "overcollateralization") return oc_of(view, t);
  if (column == "excess_spread_pct") {
    std::vector<Explanation> parts;
    parts.push_back(excess_spread(view, t));
    const double opening = view.collateral.total.beginning_balance[t], excess = *parts.front().number();
    parts.push_back(given("pool before the month", {opening, cents()}, "dollars"));
    if (!(opening > 0.0)) return given(column, {}, "percent");
    return made(column, Rule::quotient, 1200.0, std::move(parts), {1200.0 * excess / opening, digits(6)}, "percent a year");
  }
  if (const std::size_t at = column.rfind("_enhancement_pct"); at != std::string::npos) return enhancement(view, t, column.substr(0, at));
  const double value = column == "pool_ending"        ? flows.pool_ending_balance[t]
                       : column == "realized_losses"  ? view.collateral.total.realized_losses[t]
                       : column == "losses_by_excess" ? flows.losses_by_excess[t]
                       : column == "losses_by_oc"     ? flows.losses_by_oc[t]
                                                      : flows.losses_written_down[t];
  return given(column, {value, cents()}, "dollars");
}

using Series = std::vector<double> PoolVectors::*;
constexpr std::pair<std::string_view, Series> kLosses[] = {
    {"defaulted", &PoolVectors::defaulted_balance}, {"advanced_principal", &PoolVectors::advanced_principal},
    {"advanced_interest", &PoolVectors::advanced_interest}, {"recoveries", &PoolVectors::recoveries},
    {"mi_claims", &PoolVectors::mi_claims}, {"realized_losses", &PoolVectors::realized_losses},
    {"subsequent_recoveries", &PoolVectors::subsequent_recoveries}, {"foreclosure", &PoolVectors::foreclosure_balance},
    {"reo", &PoolVectors::reo_balance}, {"delinquent_30", &PoolVectors::delinquent_30},
    {"delinquent_60", &PoolVectors::delinquent_60}, {"delinquent_90", &PoolVectors::delinquent_90}};

Explanation to_date(const RunView& view, std::size_t last, const std::string& column) {
  const PoolVectors& pool = view.collateral.total;
  const bool of_losses = column == "cumulative_loss_pct";
  Lines lines(of_losses ? "Realized losses less subsequent recoveries" : "Defaults",
              {{{"period", "Period", "", table::integer_format()}, false}, {{"amount", "Amount", "dollars", cents()}, true}});
  double sum = 0.0;
  for (std::size_t t = 0; t <= last; ++t) {
    const double amount = of_losses ? pool.realized_losses[t] - pool.subsequent_recoveries[t] : pool.defaulted_balance[t];
    sum += amount;
    if (amount != 0.0) lines.add({static_cast<int>(t + 1), amount}, amount);
  }
  std::vector<Explanation> parts;
  parts.push_back(column_sum("to date", "amount", {sum, cents()}, "dollars"));
  parts.front().lines = lines.finish(view.options.rows, "periods");
  parts.push_back(given("pool at cut-off", {pool.cut_off_balance, cents()}, "dollars"));
  return made(column, Rule::quotient, 100.0, std::move(parts), {100.0 * sum / pool.cut_off_balance, digits(6)}, "percent");
}

Explanation of_collateral_losses(const RunView& view, std::size_t t, const std::string& column) {
  if (column.starts_with("cumulative_")) return to_date(view, t, column);
  LoanAmount amount{column, [](const PoolVectors& pool, std::size_t i) { return pool.ending_balance[i] - pool.foreclosure_balance[i]; },
                    "docs/formulas/credit.md"};
  for (const auto& [name, series] : kLosses) {
    if (name == column) amount.of = [series](const PoolVectors& pool, std::size_t i) { return (pool.*series)[i]; };
  }
  Explanation e = given(column, {amount.of(view.collateral.total, t), cents()}, "dollars");
  if (view.options.depth >= 5) e.behind.push_back(loans_of_amount(view, t, amount));
  return e;
}

Explanation trigger_of(const RunView& view, std::size_t t, const std::string& name) {
  const PeriodValues values(view, t, 0);
  Explanation e = given(name, values.find(name).value_or(0.0) != 0.0 ? "on" : "off", "");
  for (const deal::TriggerDefinition& written : view.source.definition.triggers) {
    if (written.name.text != name) continue;
    e.source = place(written.when.where);
    e.behind.push_back(formula_value(values, "its condition", written.when));
    e.words = "Trips after " + std::to_string(written.after) + " periods in a row in which its condition holds.";
  }
  return e;
}

std::size_t residual_position(const RunView& view) {
  const auto& parties = view.deal().parties;
  return static_cast<std::size_t>(std::find(parties.begin(), parties.end(), view.source.inputs.plan.credit->residual) - parties.begin());
}

Explanation residual_of(const RunView& view, std::size_t t) {
  const std::size_t at = residual_position(view);
  return paid_by_steps(view, view.deal().classes.size() + at, view.deal().parties[at], t, "", view.flows().parties[at].values[t]);
}

Explanation residual_in_all(const RunView& view) {
  const cashflow::NamedSeries& cash = view.flows().parties[residual_position(view)];
  Explanation e = summed(view, "cash", "Cash of " + cash.name, view.flows().periods(), [&](std::size_t t) { return cash.values[t]; });
  e.title = "All cash of " + cash.name;
  const auto t = period_to_explain(view, cash.values);
  if (t && view.options.depth >= 3) e.behind.push_back(residual_of(view, *t));
  return e;
}

// The nominal date, moved to a business day.
Explanation payment_date(const RunView& view, std::size_t t) {
  const calendar::PaymentPeriod& period = view.flows().schedule[t];
  Explanation e = given("payment_date", {period.payment_adjusted, table::date_format()}, "");
  e.behind.push_back(given("nominal payment date", {period.payment, table::date_format()}, "", "docs/conventions.md"));
  return e;
}

}  // namespace

Explanation schedule_number(const RunView& view, const Question& question) {
  if (question.keys.front() == "Total") return residual_in_all(view);
  const std::size_t t = period_of(question, 0);
  Explanation e;
  if (question.column == "payment_date") e = payment_date(view, t);
  else if (question.table == "credit_schedule") e = of_credit_schedule(view, t, question.column);
  else if (question.table == "collateral_losses") e = of_collateral_losses(view, t, question.column);
  else if (question.table == "triggers") e = trigger_of(view, t, question.column);
  else e = residual_of(view, t);
  if (e.title.empty()) e.title = question.column + ", period " + question.keys.front();
  return e;
}

}  // namespace spillway::explain
