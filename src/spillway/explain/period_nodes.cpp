// Level 3: the steps of the waterfall that produced a period's payment, and the quantities of the period.

#include <algorithm>
#include <cmath>

#include "spillway/deal/prose.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

constexpr double kNothing = 1e-13;  // of an amount: what rounding leaves in a step is no payment

bool counts(deal::Pay pay, Paid what) {
  if (what == Paid::principal) return pay == deal::Pay::principal;
  if (what == Paid::write_down) return pay == deal::Pay::write_down;
  if (what == Paid::interest) return pay == deal::Pay::interest || pay == deal::Pay::unpaid_interest || pay == deal::Pay::basis_risk;
  return deal::moves_cash(pay);
}

double paid_to(const cashflow::ClassCashFlows& flows, std::size_t t, Paid what) {
  if (what == Paid::principal) return flows.principal_paid[t];
  if (what == Paid::write_down) return flows.written_down[t];
  if (what == Paid::interest) return flows.interest_paid[t] + flows.unpaid_interest_paid[t] + flows.basis_risk_paid[t];
  return flows.cash(t);
}

const char* words_of(Paid what) {
  if (what == Paid::principal) return "principal";
  if (what == Paid::write_down) return "write-downs";
  return what == Paid::interest ? "interest" : "cash";
}

std::string step_name(const RunView& view, std::size_t s) {
  const deal::Step& step = view.deal().waterfall[s];
  return "step " + (step.section.empty() ? std::to_string(s + 1) : step.section);
}

std::string prose_of(const RunView& view, std::size_t s) {
  std::string text;
  for (const std::string& line : deal::step_prose(view.source.definition.waterfall[s], view.source.definition, s + 1)) {
    const std::size_t from = line.find_first_not_of(' ');
    text += (text.empty() ? "" : " ") + line.substr(from == std::string::npos ? 0 : from);
  }
  return text;
}

// What a step could pay at most: what its funds held, and its amount.
Explanation most_of_step(const RunView& view, std::size_t s, std::size_t t) {
  const PeriodValues values(view, t, s);
  const cashflow::StepTotals& totals = view.flows().steps[s];
  const deal::StepDefinition& written = view.source.definition.waterfall[s];
  std::vector<Explanation> parts;
  double most = HUGE_VAL;
  if (std::isfinite(totals.available[t])) {
    std::vector<Explanation> funds;
    double sum = 0.0;
    for (int fund : view.deal().waterfall[s].funds) {
      Explanation one = name_value(values, view.deal().funds[static_cast<std::size_t>(fund)].name, "", 0);
      sum += one.number().value_or(0.0);
      funds.push_back(std::move(one));
    }
    const bool known = std::abs(sum - totals.available[t]) <= 1e-6 + 1e-9 * std::abs(sum);
    parts.push_back(made("held by its funds", known ? Rule::sum : Rule::given, 1.0, std::move(funds), {totals.available[t], cents()}, "dollars"));
    most = totals.available[t];
  }
  if (written.amount) {
    Explanation limit = formula_value(values, "its amount", *written.amount, "", 3);
    limit.value = {totals.limit[t], cents()};
    limit.unit = "dollars";
    parts.push_back(std::move(limit));
    most = std::min(most, totals.limit[t]);
  }
  Explanation e = made("at most", Rule::smallest, 1.0, std::move(parts), {most, cents()}, "dollars");
  e.title = "The most it could pay";
  return e;
}

// All that a step paid, by receiver.
Explanation step_in_all(const RunView& view, std::size_t s, std::size_t t) {
  const deal::Deal& deal = view.deal();
  const std::size_t width = deal.classes.size() + deal.parties.size() + deal.accounts.size();
  std::vector<Explanation> receivers;
  for (std::size_t r = 0; r < width; ++r) {
    const cashflow::StepPayment& payment = view.flows().trace[s * width + r];
    if (payment.amounts[t] != 0.0) receivers.push_back(given(payment.receiver, {payment.amounts[t], cents()}, "dollars"));
  }
  Explanation e = made("paid by the step", Rule::sum, 1.0, std::move(receivers), {view.flows().steps[s].paid[t], cents()}, "dollars");
  e.title = "What the step paid to all";
  return e;
}

}  // namespace

std::vector<Explanation> steps_of_period(const RunView& view, std::size_t t) {
  std::vector<Explanation> all;
  for (std::size_t s = 0; s < view.deal().waterfall.size(); ++s) {
    if (!(view.flows().steps[s].paid[t] > 0.0)) continue;
    Explanation e = step_in_all(view, s, t);
    e.name = step_name(view, s);
    e.title = prose_of(view, s);
    e.source = place(view.source.definition.waterfall[s].where);
    e.behind.push_back(most_of_step(view, s, t));
    all.push_back(std::move(e));
  }
  return all;
}

Explanation quantities_of_period(const RunView& view, std::size_t t) {
  Lines lines("Quantities of the period, as it ended", {{{"quantity", "Quantity", "", table::text_format()}, false},
                                          {{"value", "Value", "", digits(6)}, false},
                                          {{"formula", "Formula", "", table::text_format()}, false},
                                          {{"place", "Place", "", table::text_format()}, false}});
  for (const deal::QuantityDefinition& written : view.source.definition.quantities) {
    for (const cashflow::NamedSeries& series : view.flows().quantities) {
      if (series.name != written.name.text) continue;
      lines.add({series.name, series.values[t], written.formula.text, place(written.formula.where)}, 1.0);
    }
  }
  Explanation e = given("quantities", {}, "", view.source.definition.file);
  e.title = "The deal's quantities in period " + std::to_string(t + 1);
  e.lines = lines.finish(0, "");
  e.lines->rows.pop_back();  // quantities have no total
  return e;
}

Explanation interest_due(const RunView& view, std::size_t c, std::size_t t) {
  const cashflow::ClassCashFlows& flows = view.flows().classes[c];
  const PeriodValues values(view, t, 0);
  std::vector<Explanation> parts;
  parts.push_back(name_value(values, flows.name + ".rate", "", 6));
  if (parts.front().number().value_or(-1.0) < 0.0) parts.front() = given(flows.name + ".rate", {std::max(0.0, flows.rate[t]), digits(8)}, "annual decimal");
  parts.push_back(given("balance before the payment", {flows.beginning_balance[t], cents()}, "dollars"));
  parts.push_back(given("year fraction", {view.flows().schedule[t].year_fraction, digits(8)}, "years"));
  Explanation e = made("interest due", Rule::product, 1.0, std::move(parts), {flows.interest_due[t], cents()}, "dollars");
  e.title = "Interest due to " + flows.name + ", period " + std::to_string(t + 1);
  e.words = "Rate x balance before the payment date x day-count fraction.";
  e.source = "docs/conventions.md";
  return e;
}

Explanation paid_by_steps(const RunView& view, std::size_t receiver, const std::string& who, std::size_t t, const std::string& pay, double amount) {
  const deal::Deal& deal = view.deal();
  const std::size_t width = deal.classes.size() + deal.parties.size() + deal.accounts.size();
  std::vector<Explanation> steps;
  for (std::size_t s = 0; s < deal.waterfall.size(); ++s) {
    const cashflow::StepPayment& payment = view.flows().trace[s * width + receiver];
    if ((!pay.empty() && payment.pay != pay) || std::abs(payment.amounts[t]) <= kNothing * std::abs(amount)) continue;
    Explanation e = given(step_name(view, s), {payment.amounts[t], cents()}, "dollars", place(view.source.definition.waterfall[s].where));
    e.title = prose_of(view, s);
    e.behind.push_back(step_in_all(view, s, t));
    e.behind.push_back(most_of_step(view, s, t));
    steps.push_back(std::move(e));
  }
  Explanation e = made(pay.empty() ? "cash" : pay, Rule::sum, 1.0, std::move(steps), {amount, cents()}, "dollars");
  e.title = who + ", period " + std::to_string(t + 1) + ", " + calendar::to_iso(view.flows().schedule[t].payment_adjusted);
  return e;
}

Explanation period_paid(const RunView& view, const std::string& who, const std::vector<std::size_t>& classes, std::size_t t, Paid what) {
  const deal::Deal& deal = view.deal();
  const std::size_t width = deal.classes.size() + deal.parties.size() + deal.accounts.size();
  std::vector<Explanation> steps;
  double all = 0.0;
  for (std::size_t c : classes) all += paid_to(view.flows().classes[c], t, what);
  for (std::size_t s = 0; s < deal.waterfall.size(); ++s) {
    if (!counts(deal.waterfall[s].pay, what)) continue;
    double amount = 0.0;
    for (std::size_t c : classes) amount += view.flows().trace[s * width + c].amounts[t];
    if (std::abs(amount) <= kNothing * std::abs(all)) continue;
    Explanation e = given(step_name(view, s), {amount, cents()}, "dollars", place(view.source.definition.waterfall[s].where));
    e.title = prose_of(view, s);
    e.behind.push_back(step_in_all(view, s, t));
    e.behind.push_back(most_of_step(view, s, t));
    steps.push_back(std::move(e));
  }
  Explanation e = made("period " + std::to_string(t + 1), Rule::sum, 1.0, std::move(steps), {all, cents()}, "dollars");
  e.title = who + ": " + words_of(what) + " of period " + std::to_string(t + 1) + ", " +
            calendar::to_iso(view.flows().schedule[t].payment_adjusted);
  if (what == Paid::interest || what == Paid::cash) {
    for (std::size_t c : classes) e.behind.push_back(interest_due(view, c, t));
  }
  e.behind.push_back(quantities_of_period(view, t));
  if (view.options.depth >= 4 && what == Paid::write_down) e.behind.push_back(losses_of_period(view, t));
  else if (view.options.depth >= 4) e.behind.push_back(cash_of_period(view, t, what));
  return e;
}

}  // namespace spillway::explain
