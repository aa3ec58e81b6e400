// dm_tables, class_summary, credit_enhancement, available_rate.

#include <algorithm>

#include "spillway/explain/class_measures.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"
#include "spillway/explain/tables.h"

namespace spillway::explain {

namespace {

const deal::ClassDefinition& written(const Source& source, const std::string& name) {
  const auto& all = source.definition.classes;
  return *std::find_if(all.begin(), all.end(), [&](const deal::ClassDefinition& one) { return one.name.text == name; });
}

const deal::BondClass& bond_of(const Source& source, const std::string& name) {
  const auto& all = source.inputs.deal.classes;
  return *std::find_if(all.begin(), all.end(), [&](const deal::BondClass& one) { return one.name == name; });
}

std::string rating(const deal::BondClass& bond, std::string_view agency) {
  for (const auto& [name, value] : bond.ratings) {
    if (name == agency) return value;
  }
  return {};
}

Explanation margin_stated(const Source& source, const std::string& name) {
  const auto margin = bond_of(source, name).constant("margin");
  Explanation e = given("margin_pct", margin ? table::Cell(100.0 * *margin, digits(6)) : table::Cell(), "percent");
  for (const deal::ClassConstant& constant : written(source, name).constants) {
    if (constant.name == "margin") e.source = place(constant.where);
  }
  return e;
}

// What a class file states outright; empty for what a run has to say.
std::optional<Explanation> stated(const Source& source, const Question& question) {
  const std::string& name = question.keys.front();
  if (question.column == "balance" && name == "Total") {
    std::vector<Explanation> parts;
    for (const deal::BondClass& bond : source.inputs.deal.classes) {
      if (!bond.is_notional) parts.push_back(given(bond.name, {bond.original_balance, cents()}, "dollars", place(written(source, bond.name).balance_where)));
    }
    return made("balance", Rule::sum, 1.0, std::move(parts), {source.inputs.deal.class_total(), cents()}, "dollars");
  }
  const deal::BondClass& bond = bond_of(source, name);
  if (question.column == "balance") return given("balance", {bond.original_balance, cents()}, "dollars", place(written(source, name).balance_where));
  if (question.column == "margin_pct") return margin_stated(source, name);
  if (question.column == "type") return given("type", bond.title, "", place(written(source, name).name.where));
  if (question.column == "moodys" || question.column == "sp") {
    return given(question.column, rating(bond, question.column), "", place(written(source, name).name.where));
  }
  return std::nullopt;
}

// The measure that a column shows, without the run it is of.
std::string measure_of(const std::string& column) {
  if (column.starts_with("wal")) return "wal";
  if (column.starts_with("mdur")) return "mdur";
  return column.starts_with("window") ? "window" : column;
}

std::string title_of(const RunView& view, const std::string& what, const std::string& who) {
  const engine::RunRequest& request = view.run.request;
  return what + " of " + who + ", to " + (request.to_call ? "call" : "maturity") + " at " +
         table::format_cell(table::Cell(100.0 * request.speed), {"", "", "", table::percent_format(2)}, table::Style::print) + " of " + request.scenario;
}

Explanation pool_at_cut_off(const Source& source, const Options& options) {
  const double pool = source.inputs.pool_balance();
  Explanation cut_off = column_sum("pool at cut-off", "balance", {pool, cents()}, "dollars");
  if (options.depth >= 5) {
    Lines lines("Loans by balance", {{{"loan", "Loan", "", table::text_format()}, false}, {{"balance", "Balance at Cut-off", "dollars", cents()}, true},
                                     {{"share_pct", "Share", "percent", digits(4)}, true}});
    const engine::Inputs& in = source.inputs;
    for (std::size_t i = 0; i < in.pool.size(); ++i) {
      const bool named = i < in.pool.tape_row.size() && in.pool.tape_row[i] < in.tape.loan_id.size();
      lines.add({named ? std::string(in.tape.loan_id[in.pool.tape_row[i]]) : "assumed loan " + std::to_string(i + 1), in.pool.balance[i],
                 100.0 * in.pool.balance[i] / pool},
                in.pool.balance[i]);
    }
    cut_off.lines = lines.finish(options.loans, "loans", Lines::Order::heaviest);
  } else {
    cut_off.rule = Rule::given;
  }
  return cut_off;
}

}  // namespace

std::vector<engine::RunRequest> class_runs(const Source& source, const Question& question) {
  if (stated(source, question)) return {};
  const engine::BookPlan& plan = source.inputs.plan;
  if (question.table == "dm_tables") {
    const engine::ScenarioDefinition& scenario = *source.inputs.scenario(plan.price_dm->scenario);
    for (double speed : scenario.speeds) {
      const std::string shown = table::format_cell(table::Cell(100.0 * speed), {"", "", "", table::number_format(2)}, table::Style::plain);
      if (shown == question.keys[2]) return {{scenario.name, speed, question.keys[1] == "call", {}}};
    }
  }
  const bool last = question.column == "last_scheduled";
  return {{plan.class_summary->scenario, last ? 0.0 : plan.class_summary->speed, question.column.ends_with("_call"), {}}};
}

Explanation class_number(const Source& source, const Question& question, const engine::RunSet& runs, const Options& options) {
  if (auto plain = stated(source, question)) {
    plain->title = question.column + " of " + question.keys.front();
    return std::move(*plain);
  }
  const RunView view = view_of(source, runs, class_runs(source, question).front(), options);
  const Subject subject = subject_of(view, question.keys.front());
  const std::string measure = measure_of(question.column);
  const double price = pricing_of(source).price;
  Explanation e;
  if (measure == "wal") e = average_life_of(view, subject);
  else if (measure == "mdur") e = duration_of(view, subject, price);
  else if (measure == "dm_bps") e = margin_of(view, subject, price);
  else e = window_of(view, subject, measure == "window" ? WindowEnd::both : measure == "first_prin" ? WindowEnd::first : WindowEnd::last);
  e.title = title_of(view, question.column, subject.name);
  return e;
}

Explanation enhancement_number(const Source& source, const Question& question, const Options& options) {
  if (auto plain = stated(source, question)) {
    plain->title = question.column + " of " + question.keys.front();
    return std::move(*plain);
  }
  const deal::Deal& deal = source.inputs.deal;
  const double pool = source.inputs.pool_balance(), target = deal.enhancement_target_of(pool);
  std::vector<Explanation> below;
  double sum = 0.0;
  bool is_below = false;
  for (const deal::BondClass& bond : deal.classes) {
    if (is_below && !bond.is_notional) {
      sum += bond.original_balance;
      below.push_back(given(bond.name, {bond.original_balance, cents()}, "dollars", place(written(source, bond.name).balance_where)));
    }
    is_below = is_below || bond.name == question.keys.front();
  }
  const deal::Text& formula = *source.definition.credit_enhancement_target;
  Explanation wanted = given("overcollateralization target", {target, cents()}, "dollars", place(formula.where));
  wanted.formula = formula.text;
  std::vector<Explanation> support, parts;
  support.push_back(made("classes below", Rule::sum, 1.0, std::move(below), {sum, cents()}, "dollars"));
  support.push_back(std::move(wanted));
  parts.push_back(made("what stands below", Rule::sum, 1.0, std::move(support), {sum + target, cents()}, "dollars"));
  parts.push_back(pool_at_cut_off(source, options));
  Explanation e = made("subordination_pct", Rule::quotient, 100.0, std::move(parts), {100.0 * (sum + target) / pool, digits(6)}, "percent");
  e.title = "Subordination below " + question.keys.front();
  return e;
}

Explanation available_rate_number(const RunView& view, const Question& question) {
  const std::size_t t = period_of(question, 0);
  const std::string& quantity = view.source.inputs.plan.available_rate->quantity;
  const PeriodValues values(view, t);
  std::vector<Explanation> parts;
  parts.push_back(name_value(values, quantity));
  const double rate = parts.front().number().value_or(0.0);
  Explanation e = made(question.column, Rule::product, 100.0, std::move(parts), {100.0 * rate, digits(8)}, "percent");
  e.formula = "100 x " + quantity;
  e.title = "Available rate of period " + question.keys.front() + ", " + calendar::to_iso(view.flows().schedule[t].payment) + ", scenario " + view.run.request.scenario;
  if (view.options.depth >= 3) e.behind.push_back(quantities_of_period(view, t));
  if (view.options.depth >= 4 && view.flows().hedge_net_payment[t] != 0.0) {
    e.behind.push_back(given("hedges, net payment to the trust", {view.flows().hedge_net_payment[t], cents()}, "dollars", "docs/formulas/hedges.md"));
    e.behind.push_back(given("hedges, notional", {view.flows().hedge_notional[t], cents()}, "dollars", "docs/formulas/hedges.md"));
  }
  return e;
}

}  // namespace spillway::explain
