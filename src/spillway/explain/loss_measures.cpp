#include "spillway/explain/loss_measures.h"

#include <algorithm>
#include <cmath>

#include "spillway/analytics/loss.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

using cashflow::ClassCashFlows;
using cashflow::PoolVectors;
using Series = std::vector<double> ClassCashFlows::*;

table::Column period_column() { return {"period", "Period", "", table::integer_format()}; }
table::Column date_column() { return {"date", "Date", "", table::date_format()}; }

// What changes a balance, and which way.
struct Change {
  const char* name;
  const char* title;
  Series series;
  double sign;
};
constexpr Change kChanges[] = {{"accrued", "Interest Added", &ClassCashFlows::accrued, 1.0},
                               {"principal", "Principal Paid", &ClassCashFlows::principal_paid, -1.0},
                               {"written_down", "Written Down", &ClassCashFlows::written_down, -1.0},
                               {"written_up", "Written Up", &ClassCashFlows::written_up, 1.0}};

bool is_ever(const std::vector<double>& values, std::size_t last) {
  return std::any_of(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(last + 1), [](double v) { return v != 0.0; });
}

void add_period(const RunView& view, const Subject& subject, const std::vector<double>& weights, Paid what, Explanation& e) {
  if (view.options.depth < 3) return;
  if (const auto t = period_to_explain(view, weights)) e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, what));
}

// A balance of a notional follows from a formula, not from payments.
Explanation notional_after(const RunView& view, const Subject& subject, std::size_t t) {
  Explanation e = given("notional after period " + std::to_string(t + 1), {subject.flows.ending_balance[t], cents()}, "dollars");
  for (const deal::ClassDefinition& written : view.source.definition.classes) {
    if (written.name.text != subject.name || !written.notional) continue;
    e.formula = written.notional->text;
    e.source = place(written.notional->where);
  }
  return e;
}

// Written down less what was made good of it, by period.
Explanation allocated_loss_of(const RunView& view, const Subject& subject) {
  const ClassCashFlows& flows = subject.flows;
  const bool is_ever_written_down = is_ever(flows.written_down, view.flows().periods() - 1);
  if (!is_ever_written_down) return given("written down and not made good", {flows.allocated_loss.back(), cents()}, "dollars");
  Explanation e = summed(view, "written down and not made good", "Write-downs less what was made good", view.flows().periods(), [&](std::size_t t) {
    return flows.written_down[t] - flows.written_up[t] - flows.allocated_loss_paid[t];
  });
  e.value = {flows.allocated_loss.back(), cents()};
  return e;
}

}  // namespace

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

Explanation part_of_pool(const RunView& view, const std::string& name, std::size_t periods, bool of_losses) {
  const PoolVectors& pool = view.collateral.total;
  const auto amount = [&](std::size_t t) {
    return of_losses ? pool.realized_losses[t] - pool.subsequent_recoveries[t] : pool.defaulted_balance[t];
  };
  const std::size_t last = std::min(periods, pool.periods());
  std::vector<Explanation> parts;
  parts.push_back(summed(view, of_losses ? "losses less subsequent recoveries" : "defaults",
                         of_losses ? "Realized losses less subsequent recoveries" : "Defaults", last, amount));
  parts.push_back(given("pool at cut-off", {pool.cut_off_balance, cents()}, "dollars"));
  const double share = 100.0 * *parts.front().number() / pool.cut_off_balance;
  Explanation e = made(name, Rule::quotient, 100.0, std::move(parts), {share, digits(6)}, "percent");
  std::vector<double> weights;
  for (std::size_t t = 0; t < last; ++t) weights.push_back(amount(t));
  if (const auto t = period_to_explain(view, weights); t && of_losses && view.options.depth >= 4) e.behind.push_back(losses_of_period(view, *t));
  return e;
}

Explanation written_down_of(const RunView& view, const Subject& subject) {
  const std::vector<double>& amounts = subject.flows.written_down;
  Explanation e = summed(view, "written_down", "Write-downs", view.flows().periods(), [&](std::size_t t) { return amounts[t]; });
  add_period(view, subject, amounts, Paid::write_down, e);
  return e;
}

Explanation principal_loss_of(const RunView& view, const Subject& subject) {
  const std::size_t last = view.flows().periods() - 1;
  std::vector<Explanation> parts;
  if (subject.flows.is_notional) parts.push_back(given("balance at the end", {0.0, cents()}, "dollars"));
  else parts.push_back(balance_after(view, subject, last));
  parts.push_back(allocated_loss_of(view, subject));
  Explanation e = made("principal_loss", Rule::sum, 1.0, std::move(parts), {analytics::principal_loss(subject.flows), cents()}, "dollars");
  if (is_ever(subject.flows.written_down, last)) add_period(view, subject, subject.flows.written_down, Paid::write_down, e);
  else add_change_of_balance(view, subject, last, e);
  return e;
}

Explanation interest_shortfall_of(const RunView& view, const Subject& subject) {
  const ClassCashFlows& flows = subject.flows;
  const auto amount = [&](std::size_t t) { return std::max(0.0, flows.interest_due[t] - flows.accrued[t] - flows.interest_paid[t]); };
  Explanation e = summed(view, "interest_shortfall", "Interest not paid when due", view.flows().periods(), amount);
  std::vector<double> weights;
  for (std::size_t t = 0; t < view.flows().periods(); ++t) weights.push_back(amount(t));
  add_period(view, subject, weights, Paid::interest, e);
  return e;
}

Explanation balance_after(const RunView& view, const Subject& subject, std::size_t t) {
  const ClassCashFlows& flows = subject.flows;
  if (flows.is_notional) return notional_after(view, subject, t);
  std::vector<std::pair<table::Column, bool>> columns{{period_column(), false}, {date_column(), false},
                                                      {{"before", "Balance before", "dollars", cents()}, false}};
  std::vector<Change> changes;
  for (const Change& change : kChanges) {
    if (!is_ever(flows.*change.series, t)) continue;
    changes.push_back(change);
    columns.push_back({{change.name, change.title, "dollars", cents()}, true});
  }
  columns.push_back({{"change", "Change", "dollars", cents()}, true});
  Lines lines("Balance of " + subject.name, std::move(columns));
  for (std::size_t k = 0; k <= t; ++k) {
    std::vector<table::Cell> cells{static_cast<int>(k + 1), view.flows().schedule[k].payment, flows.beginning_balance[k]};
    double all = 0.0;
    for (const Change& change : changes) {
      cells.push_back((flows.*change.series)[k]);
      all += change.sign * (flows.*change.series)[k];
    }
    cells.push_back(all);
    if (all != 0.0) lines.add(std::move(cells), all);
  }
  std::vector<Explanation> parts;
  parts.push_back(given("original balance", {flows.original_balance, cents()}, "dollars"));
  parts.push_back(column_sum("changes to date", "change", {flows.ending_balance[t] - flows.original_balance, cents()}, "dollars"));
  Explanation e = made("balance after period " + std::to_string(t + 1), Rule::sum, 1.0, std::move(parts), {flows.ending_balance[t], cents()}, "dollars");
  e.lines = lines.finish(view.options.rows, "periods");
  return e;
}

void add_change_of_balance(const RunView& view, const Subject& subject, std::size_t t, Explanation& e) {
  const ClassCashFlows& flows = subject.flows;
  const auto up_to = [&](const std::vector<double>& values) {
    return std::vector<double>(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(t + 1));
  };
  const std::vector<double> down = up_to(flows.written_down), paid = up_to(flows.principal_paid);
  const bool by_loss = *std::max_element(down.begin(), down.end()) > *std::max_element(paid.begin(), paid.end());
  add_period(view, subject, by_loss ? down : paid, by_loss ? Paid::write_down : Paid::principal, e);
}

}  // namespace spillway::explain
