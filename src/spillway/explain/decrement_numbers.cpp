// decrements: percent of original balances outstanding, and the average lives below them.

#include <algorithm>

#include "spillway/book/decrement_tables.h"
#include "spillway/book/price_grid.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/loss_measures.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

using Plan = engine::BookPlan::Decrements;

// The cell of a plan that a question is about.
struct Asked {
  const Plan* plan = nullptr;
  const Plan::Subject* subject = nullptr;
  const Plan::Column* column = nullptr;
};

Asked asked_of(const Source& source, const Question& question) {
  for (const Plan& plan : source.inputs.plan.decrements) {
    const auto subject = std::find_if(plan.subjects.begin(), plan.subjects.end(), [&](const auto& one) { return one.label == question.keys[0]; });
    const auto column = std::find_if(plan.columns.begin(), plan.columns.end(),
                                     [&](const auto& one) { return percent_key(one.speed, 0) == question.keys[2]; });
    if (subject != plan.subjects.end() && column != plan.columns.end()) return {&plan, &*subject, &*column};
  }
  throw result::InvariantViolation("a balance is asked about that no decrement table shows");
}

Subject subject_of(const RunView& view, const Plan::Subject& held) {
  return held_together(view, held.label, book::grid_subject(view.deal(), held.label, held.classes).classes);
}

// The balance that a row shows; `last`: the period (0 = period 1) whose payment was the last before it.
Explanation balance_at(const RunView& view, const Subject& subject, std::optional<std::size_t> last) {
  if (!last) {
    Explanation e = given("balance before the first payment", {subject.flows.original_balance, cents()}, "dollars");
    e.words = "Nothing has been paid yet.";
    return e;
  }
  if (*last < view.flows().periods()) return balance_after(view, subject, *last);
  Explanation e = given("balance", {0.0, cents()}, "dollars");
  e.words = "The run ended with period " + std::to_string(view.flows().periods()) + ", " + calendar::to_iso(view.flows().schedule.back().payment) + ".";
  e.behind.push_back(balance_after(view, subject, view.flows().periods() - 1));
  return e;
}

// The period whose payment falls in the month of a row; empty before the first.
std::optional<std::size_t> period_of_row(const RunView& view, const Asked& asked, const std::string& row) {
  for (const calendar::Date date : book::decrement_dates(view.deal().settlement, asked.plan->through)) {
    if (book::decrement_month(date) != row) continue;
    const int months = calendar::months_between(view.flows().schedule.front().payment, date);
    return months < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(months));
  }
  return std::nullopt;
}

Explanation percent_of(const RunView& view, const Subject& subject, const Asked& asked, const std::string& row) {
  const auto last = period_of_row(view, asked, row);
  std::vector<Explanation> parts, whole;
  whole.push_back(balance_at(view, subject, last));
  whole.push_back(given("original balance", {subject.flows.original_balance, cents()}, "dollars"));
  const double percent = 100.0 * *whole.front().number() / subject.flows.original_balance;
  parts.push_back(made("percent outstanding", Rule::quotient, 100.0, std::move(whole), {percent, digits(8)}, "percent"));
  Explanation e = made("percent", Rule::printed, 1.0, std::move(parts), book::decrement_percent(percent), "");
  if (last) add_change_of_balance(view, subject, std::min(*last, view.flows().periods() - 1), e);
  return e;
}

// Declines of the balance by the time they come at; what it grows by accretion does not count.
Explanation life_of(const RunView& view, const Subject& subject) {
  Lines lines("Declines of the balance of " + subject.name,
              {{{"period", "Period", "", table::integer_format()}, false}, {{"date", "Date", "", table::date_format()}, false},
               {{"years", "Years", "years", digits(6)}, false}, {{"after", "Balance after", "dollars", cents()}, false},
               {{"decline", "Decline", "dollars", cents()}, true}, {{"weighted", "Decline x Years", "dollar years", digits(2)}, true}});
  double before = subject.flows.original_balance, declined = 0.0, weighted = 0.0;
  std::vector<double> weights;
  for (std::size_t t = 0; t < view.flows().periods(); ++t) {
    const double after = subject.flows.ending_balance[t], decline = std::max(0.0, before - after);
    const double years = calendar::year_fraction(calendar::DayCount::thirty_360, view.deal().settlement, view.flows().schedule[t].payment);
    before = after;
    declined += decline;
    weighted += decline * years;
    weights.push_back(decline * years);
    if (decline > 0.0) lines.add({static_cast<int>(t + 1), view.flows().schedule[t].payment, years, after, decline, decline * years}, weights.back());
  }
  if (!(declined > 0.0)) return given("wal", {}, "years");
  std::vector<Explanation> parts;
  parts.push_back(column_sum("sum of decline x years", "weighted", {weighted, digits(2)}, "dollar years"));
  parts.push_back(column_sum("sum of declines", "decline", {declined, cents()}, "dollars"));
  Explanation e = made("wal", Rule::quotient, 1.0, std::move(parts), {weighted / declined, digits(6)}, "years");
  e.words = "Settlement is " + calendar::to_iso(view.deal().settlement) + "; years run to nominal payment dates on 30/360.";
  e.lines = lines.finish(view.options.rows, "periods");
  if (view.options.depth < 3) return e;
  if (const auto t = period_to_explain(view, weights)) {
    const bool by_loss = subject.flows.written_down[*t] > subject.flows.principal_paid[*t];
    e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, by_loss ? Paid::write_down : Paid::principal));
  }
  return e;
}

}  // namespace

std::vector<engine::RunRequest> decrement_runs(const Source& source, const Question& question) {
  const Asked asked = asked_of(source, question);
  return {{asked.column->scenario, asked.column->speed, false, {}}};
}

Explanation decrement_number(const RunView& view, const Question& question) {
  const Asked asked = asked_of(view.source, question);
  const Subject subject = subject_of(view, *asked.subject);
  const std::string& row = question.keys[1];
  const std::string at = ", at " + question.keys[2] + "% of " + asked.column->scenario;
  Explanation e = row == "WAL_years" ? life_of(view, subject) : percent_of(view, subject, asked, row);
  e.title = row == "WAL_years"         ? "Average life of " + subject.name + at
            : row == "Initial Percent" ? subject.name + " outstanding at first" + at
                                       : subject.name + " outstanding after " + row + at;
  return e;
}

}  // namespace spillway::explain
