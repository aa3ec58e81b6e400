#include <algorithm>

#include "spillway/book/decrement_tables.h"
#include "spillway/book/loss_tables.h"
#include "spillway/book/price_grid.h"
#include "spillway/engine/break_evens.h"
#include "spillway/explain/path.h"
#include "spillway/explain/tables.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::explain {

namespace {

std::vector<std::string> percents(const std::vector<double>& values, int decimals = 2) {
  std::vector<std::string> texts;
  for (double value : values) texts.push_back(percent_key(value, decimals));
  return texts;
}

// More periods than a run may have: those beyond its end are told apart when it has been run.
Key period_key(const Source& source) {
  Key key{"period", {}};
  const int last = source.inputs.longest_term() + 120;
  for (int period = 1; period <= last; ++period) key.values.push_back(std::to_string(period));
  return key;
}

std::vector<std::string> class_names(const Source& source) {
  std::vector<std::string> names;
  for (const deal::BondClass& bond : source.inputs.deal.classes) names.push_back(bond.name);
  return names;
}

void add_class_tables(const Source& source, std::vector<Shape>& all) {
  const engine::BookPlan& plan = source.inputs.plan;
  if (plan.class_summary) {
    all.push_back({"class_summary", {{"class", class_names(source)}},
                   {"balance", "type", "wal_call", "wal_mat", "mdur_call", "mdur_mat", "window_call", "window_mat", "moodys", "sp", "last_scheduled"}});
    all.push_back({"class_summary", {{"class", {"Total"}}}, {"balance"}});
  }
  if (!source.inputs.deal.enhancement_target.empty()) {
    all.push_back({"credit_enhancement", {{"class", class_names(source)}}, {"moodys", "sp", "subordination_pct"}});
  }
  if (plan.price_dm) {
    const engine::ScenarioDefinition& scenario = *source.inputs.scenario(plan.price_dm->scenario);
    std::vector<std::string> ends;
    if (scenario.to_call) ends.push_back("call");
    if (scenario.to_maturity) ends.push_back("maturity");
    all.push_back({"dm_tables", {{"class", class_names(source)}, {"scenario", ends}, {"speed_pct", percents(scenario.speeds)}},
                   {"margin_pct", "balance", "dm_bps", "wal", "mdur", "first_prin", "last_prin"}});
  }
  if (plan.available_rate) {
    std::vector<std::string> columns;
    for (const auto& [name, scenario] : plan.available_rate->columns) columns.push_back("available_rate_" + name);
    all.push_back({"available_rate", {period_key(source)}, std::move(columns)});
  }
}

void add_decrements(const Source& source, std::vector<Shape>& all) {
  for (const engine::BookPlan::Decrements& plan : source.inputs.plan.decrements) {
    Key subjects{"class", {}}, dates{"date", {"Initial Percent"}}, speeds{"psa", {}};
    for (const auto& subject : plan.subjects) subjects.values.push_back(subject.label);
    for (const calendar::Date date : book::decrement_dates(source.inputs.deal.settlement, plan.through)) {
      dates.values.push_back(book::decrement_month(date));
    }
    dates.values.emplace_back("WAL_years");
    for (const auto& column : plan.columns) speeds.values.push_back(percent_key(column.speed, 0));
    all.push_back({"decrements", {std::move(subjects), std::move(dates), std::move(speeds)}, {"percent"}});
  }
}

void add_yields(const Source& source, std::vector<Shape>& all) {
  for (const engine::BookPlan::Yields& plan : source.inputs.plan.yields) {
    all.push_back({"yields", {{"class", {plan.class_name}}, {"index_pct", percents(plan.levels, 5)}, {"psa", percents(plan.speeds, 0)}},
                   {"price", "yield_pct"}});
  }
}

void add_break_evens(const engine::BookPlan::Credit& plan, const Key& classes, const Key& speeds, const Key& severities, std::vector<Shape>& all) {
  Key targets{"target", {}};
  for (const auto& target : plan.break_evens) targets.values.push_back(book::target_words(target.target, target.margin));
  std::vector<std::string> columns{"cdr_pct", "pool_loss_pct", "outcome", "evaluations"};
  for (double above : engine::kBeyondBreakEven) columns.push_back(book::beyond_column(above));
  all.push_back({"break_evens", {classes, std::move(targets), speeds, severities}, std::move(columns)});
}

void add_loss_tables(const Source& source, std::vector<Shape>& all) {
  if (!source.inputs.plan.credit) return;
  const engine::BookPlan::Credit& plan = *source.inputs.plan.credit;
  const auto& stated = source.inputs.scenario(plan.scenario)->assumptions.credit.severity;
  const Key severities{"severity_pct", percents(plan.severities.empty() ? std::vector<double>{stated.front()} : plan.severities)};
  const Key classes{"class", plan.classes.empty() ? class_names(source) : plan.classes};
  const Key speeds{"speed_pct", percents(plan.speeds)};
  if (!plan.cdrs.empty()) {
    all.push_back({"loss_grid", {classes, speeds, {"cdr_pct", percents(plan.cdrs)}, severities},
                   {"pool_loss_pct", "price", plan.index.empty() ? "yield_pct" : "dm_bps", "wal", "mdur", "written_down", "made_good",
                    "principal_loss", "principal_loss_pct", "interest_shortfall", "unpaid_interest", "unpaid_basis_risk", "first_write_down"}});
  }
  if (!plan.break_evens.empty()) add_break_evens(plan, classes, speeds, severities, all);
  if (plan.schedules) {
    std::vector<std::string> columns{"payment_date", "pool_ending", "overcollateralization", "excess_spread", "excess_spread_pct", "realized_losses",
                                     "losses_by_excess", "losses_by_oc", "losses_written_down"};
    for (const deal::BondClass& bond : source.inputs.deal.classes) {
      if (!bond.is_notional) columns.push_back(bond.name + "_enhancement_pct");
    }
    all.push_back({"credit_schedule", {period_key(source)}, std::move(columns)});
    std::vector<std::string> triggers{"payment_date"};
    for (const deal::Trigger& trigger : source.inputs.deal.triggers) triggers.push_back(trigger.name);
    if (triggers.size() > 1) all.push_back({"triggers", {period_key(source)}, std::move(triggers)});
    all.push_back({"collateral_losses", {period_key(source)},
                   {"payment_date", "performing", "defaulted", "advanced_principal", "advanced_interest", "recoveries", "mi_claims", "realized_losses",
                    "subsequent_recoveries", "foreclosure", "reo", "delinquent_30", "delinquent_60", "delinquent_90",
                    "cumulative_default_pct", "cumulative_loss_pct"}});
  }
  if (plan.residual.empty()) return;
  all.push_back({"residual", {period_key(source)}, {"payment_date", "cash"}});
  all.push_back({"residual", {{"period", {"Total"}}}, {"cash"}});
}

void add_pool_summary(const engine::Inputs& in, bool with_rows, std::vector<Shape>& all) {
  Key items{"item", {}};
  if (with_rows) {
    for (const table::Row& row : strat::pool_summary(in.tape, in.products, in.strats).rows) {
      items.values.push_back(std::get<std::string>(row.cells.front().value));
    }
  }
  all.push_back({"pool_summary", {std::move(items)}, {"value", "range_low", "range_high"}});
}

void add_strats(const engine::Inputs& in, bool with_rows, std::vector<Shape>& all) {
  if (!with_rows) return all.push_back({"strats", {}, {}});
  const std::vector<strat::LoanRows> rows = strat::loan_rows(in.tape, in.products, in.strats.tables);
  for (std::size_t t = 0; t < rows.size(); ++t) {
    std::vector<std::string> columns{"current_balance", "loan_count", "pct_of_total", "average_balance", "min_wac", "max_wac", "gross_wac",
                                     "net_wac", "remaining_term", "age", "fico", "orig_ltv"};
    if (in.strats.tables[t].months_to_roll_column) columns.push_back("wa_months_to_roll");
    Key labels{"label", rows[t].labels};
    labels.values.push_back("Total");
    all.push_back({"strats", {{"table", {rows[t].name}}, std::move(labels)}, std::move(columns)});
  }
}

void add_cash_flows(const Source& source, std::vector<Shape>& all) {
  const deal::Deal& deal = source.inputs.deal;
  if (source.inputs.scenarios.empty()) return;
  const Key period = period_key(source);
  all.push_back({"cash_flows", {{"class", class_names(source)}, period}, class_flow_columns()});
  all.push_back({"cash_flows", {{"pool", {"pool"}}, period}, pool_flow_columns()});
  std::vector<std::string> parties = deal.parties, quantities;
  for (const deal::Quantity& quantity : deal.quantities) quantities.push_back(quantity.name);
  all.push_back({"cash_flows", {{"party", parties}, period}, {"cash"}});
  all.push_back({"cash_flows", {{"quantity", quantities}, period}, {"value"}});
}

}  // namespace

std::string percent_key(double value, int decimals) {
  return table::format_cell(table::Cell(100.0 * value), {"", "", "", table::number_format(decimals)}, table::Style::plain);
}

std::vector<Shape> shapes(const Source& source, std::string_view only) {
  std::vector<Shape> all;
  add_class_tables(source, all);
  add_decrements(source, all);
  add_yields(source, all);
  add_loss_tables(source, all);
  if (source.inputs.tape.size() > 0) {
    add_pool_summary(source.inputs, only.empty() || only == "pool_summary", all);
    add_strats(source.inputs, only.empty() || only == "strats", all);
  }
  add_cash_flows(source, all);
  return all;
}

}  // namespace spillway::explain
