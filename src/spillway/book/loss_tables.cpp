#include "spillway/book/loss_tables.h"

#include <cstdio>

#include "spillway/analytics/loss.h"

namespace spillway::book {

namespace {

using table::Cell;
using table::Table;

table::Column dollars(std::string name, std::string title, int decimals = 0) {
  return {std::move(name), std::move(title), "dollars", table::dollars_format(decimals)};
}

table::Column percent(std::string name, std::string title, int decimals = 2) {
  return {std::move(name), std::move(title), "percent", table::percent_format(decimals)};
}

table::Column whole(std::string name, std::string title) {
  return {std::move(name), std::move(title), "", table::integer_format()};
}

table::Column date(std::string name, std::string title) {
  return {std::move(name), std::move(title), "", table::date_format()};
}

Cell number(const std::optional<double>& value, double scale = 1.0) { return value ? Cell(*value * scale) : Cell(); }

// What a run cost the subject, its parts held together.
analytics::ClassLoss loss_of(const cashflow::DealCashFlows& flows, const GridSubject& subject, double& original) {
  cashflow::ClassCashFlows space;
  const cashflow::ClassCashFlows& own = held(subject, flows, space);
  original = own.is_notional ? 0.0 : own.original_balance;
  return analytics::class_loss(own);
}

}  // namespace

double cumulative_loss(const cashflow::CollateralCashFlows& collateral, std::size_t periods) {
  double lost = 0.0;
  for (std::size_t t = 0; t < periods && t < collateral.total.periods(); ++t) {
    lost += collateral.total.realized_losses[t] - collateral.total.subsequent_recoveries[t];
  }
  return collateral.total.cut_off_balance > 0.0 ? lost / collateral.total.cut_off_balance : 0.0;
}

Table loss_grid(const deal::Deal& deal, std::span<const GridSubject> subjects, std::span<const LossRun> runs,
                const GridRequest& request) {
  Table made{"loss_grid", "Loss Scenarios", {}, {}, {}, {}};
  for (const GridSubject& subject : subjects) {
    for (const LossRun& run : runs) {
      const GridRun priced{run.speed, run.flows, run.index_rates, {}};
      const Table worth = price_grid(deal, std::span(&subject, 1), std::span(&priced, 1), request);
      double original = 0.0;
      const analytics::ClassLoss loss = loss_of(*run.flows, subject, original);
      if (made.columns.empty()) {
        made.columns = {worth.columns[0], worth.columns[1], percent("cdr_pct", "CDR"), percent("severity_pct", "Severity"),
                        percent("pool_loss_pct", "Pool Loss")};
        made.columns.insert(made.columns.end(), {worth.columns[2], worth.columns[3], worth.columns[4],
                                                 worth.columns[table::column_index(worth, "mdur")]});
        made.columns.insert(made.columns.end(),
                            {dollars("written_down", "Written Down"), dollars("made_good", "Made Good"),
                             dollars("principal_loss", "Principal Loss"), percent("principal_loss_pct", "Implied Loss"),
                             dollars("interest_shortfall", "Interest Shortfall"), dollars("unpaid_interest", "Interest Unpaid"),
                             dollars("unpaid_basis_risk", "Basis Risk Unpaid"), whole("first_write_down", "First Write-down")});
      }
      for (const table::Row& row : worth.rows) {
        table::Row cells{{row.cells[0], row.cells[1], number(run.cdr, 100.0), number(run.severity, 100.0),
                          100.0 * cumulative_loss(*run.collateral, run.flows->periods()), row.cells[2], row.cells[3],
                          row.cells[4], row.cells[table::column_index(worth, "mdur")], loss.written_down, loss.made_good,
                          loss.principal_loss, 100.0 * loss.part_of(original), loss.interest_shortfall,
                          loss.unpaid_interest, loss.unpaid_basis_risk,
                          loss.first_written_down > 0 ? Cell(loss.first_written_down) : Cell()},
                         false};
        made.rows.push_back(std::move(cells));
      }
    }
  }
  return made;
}

std::string target_words(BreakEvenTarget target, std::optional<double> margin) {
  switch (target) {
    case BreakEvenTarget::principal: return "first principal loss";
    case BreakEvenTarget::interest: return "first interest shortfall";
    case BreakEvenTarget::zero_yield: return "zero yield";
    case BreakEvenTarget::discount_margin: break;
  }
  char text[64];
  std::snprintf(text, sizeof text, "DM of %.2f bps", 1e4 * margin.value_or(0.0));
  return text;
}

std::string beyond_column(double above) {
  char name[64];
  std::snprintf(name, sizeof name, "loss_%.0f_bps_above", 1e4 * above);
  return name;
}

std::string outcome_words(analytics::BreakEven::Outcome outcome) {
  switch (outcome) {
    case analytics::BreakEven::Outcome::found: return "found";
    case analytics::BreakEven::Outcome::never: return "never, up to 100% CDR";
    case analytics::BreakEven::Outcome::always: return "short without defaults";
  }
  return "";
}

Table break_even_table(std::span<const BreakEvenRow> rows) {
  Table made{"break_evens", "Break-Even Default Rates", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"target", "Up To", "", table::text_format()},
                  percent("speed_pct", "Speed"),
                  percent("severity_pct", "Severity"),
                  percent("cdr_pct", "Break-Even CDR", 4),
                  percent("pool_loss_pct", "Cumulative Loss", 4),
                  {"outcome", "Outcome", "", table::text_format()},
                  {"evaluations", "Runs", "", table::integer_format()}};
  if (!rows.empty()) {
    for (const auto& [above, loss] : rows.front().beyond) {
      char title[64];
      std::snprintf(title, sizeof title, "Loss %.0f bp Above", 1e4 * above);
      made.columns.push_back(dollars(beyond_column(above), title));
    }
  }
  for (const BreakEvenRow& row : rows) {
    const bool is_found = row.found.outcome == analytics::BreakEven::Outcome::found;
    table::Row cells{{row.class_name, target_words(row.target, row.margin), 100.0 * row.speed, 100.0 * row.severity,
                      is_found ? Cell(100.0 * row.found.rate) : Cell(), number(row.pool_loss, 100.0),
                      outcome_words(row.found.outcome), row.found.evaluations},
                     false};
    for (std::size_t i = 0; i < rows.front().beyond.size(); ++i) {
      cells.cells.push_back(i < row.beyond.size() ? Cell(row.beyond[i].second) : Cell());
    }
    made.rows.push_back(std::move(cells));
  }
  if (rows.empty()) return made;
  char note[200];
  std::snprintf(note, sizeof note, "Found to within %g of the CDR. A class has lost where it is short by more than 5e-10 of its balance, half a dollar at most.",
                rows.front().tolerance);
  made.notes.push_back(note);
  return made;
}

Table credit_schedule(const deal::Deal& deal, const cashflow::DealCashFlows& flows,
                      const cashflow::CollateralCashFlows& collateral) {
  Table made{"credit_schedule", "Credit Enhancement and Excess Spread", {}, {}, {}, {}};
  made.columns = {whole("period", "Period"), date("payment_date", "Payment Date"), dollars("pool_ending", "Pool"),
                  dollars("overcollateralization", "OC"), dollars("excess_spread", "Excess Spread"),
                  percent("excess_spread_pct", "Excess Spread, a Year", 3), dollars("realized_losses", "Realized Losses"),
                  dollars("losses_by_excess", "by Excess Cash Flow"), dollars("losses_by_oc", "by OC"),
                  dollars("losses_written_down", "Written Down")};
  for (const deal::BondClass& bond : deal.classes) {
    if (!bond.is_notional) made.columns.push_back(percent(bond.name + "_enhancement_pct", bond.name + " Enhancement"));
  }
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    const double pool = flows.pool_ending_balance[t], opening = collateral.total.beginning_balance[t];
    double excess = collateral.total.net_interest(t) + flows.hedge_net_payment[t], below = flows.overcollateralization[t];
    for (const cashflow::ClassCashFlows& bond : flows.classes) excess -= bond.interest_due[t];
    table::Row row{{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted, pool, flows.overcollateralization[t], excess,
                    opening > 0.0 ? Cell(1200.0 * excess / opening) : Cell(), collateral.total.realized_losses[t],
                    flows.losses_by_excess[t], flows.losses_by_oc[t], flows.losses_written_down[t]},
                   false};
    std::vector<Cell> enhancement;
    for (std::size_t c = deal.classes.size(); c-- > 0;) {
      if (deal.classes[c].is_notional) continue;
      enhancement.insert(enhancement.begin(), pool > 0.0 ? Cell(100.0 * below / pool) : Cell());
      below += flows.classes[c].ending_balance[t];
    }
    row.cells.insert(row.cells.end(), enhancement.begin(), enhancement.end());
    made.rows.push_back(std::move(row));
  }
  return made;
}

Table trigger_status(const cashflow::DealCashFlows& flows) {
  Table made{"triggers", "Trigger Status", {}, {}, {}, {}};
  made.columns = {whole("period", "Period"), date("payment_date", "Payment Date")};
  for (const cashflow::NamedSeries& trigger : flows.triggers) {
    made.columns.push_back({trigger.name, trigger.name, "", table::text_format()});
  }
  for (std::size_t t = 0; t < flows.periods() && !flows.triggers.empty(); ++t) {
    table::Row row{{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted}, false};
    for (const cashflow::NamedSeries& trigger : flows.triggers) row.cells.push_back(trigger.values[t] != 0.0 ? "on" : "off");
    made.rows.push_back(std::move(row));
  }
  return made;
}

Table collateral_losses(const cashflow::DealCashFlows& flows, const cashflow::CollateralCashFlows& collateral) {
  const cashflow::PoolVectors& pool = collateral.total;
  Table made{"collateral_losses", "Collateral Losses", {}, {}, {}, {}};
  made.columns = {whole("period", "Period"), date("payment_date", "Payment Date"), dollars("performing", "Performing"),
                  dollars("defaulted", "Defaulted"), dollars("advanced_principal", "Principal Advanced"),
                  dollars("advanced_interest", "Interest Advanced"), dollars("recoveries", "Recoveries"),
                  dollars("mi_claims", "of Which Insurance"), dollars("realized_losses", "Realized Losses"),
                  dollars("subsequent_recoveries", "Subsequent Recoveries"), dollars("foreclosure", "In Foreclosure"),
                  dollars("reo", "of Which REO"), dollars("delinquent_30", "30 Days"), dollars("delinquent_60", "60 Days"),
                  dollars("delinquent_90", "90 Days"), percent("cumulative_default_pct", "Cumulative Defaults", 3),
                  percent("cumulative_loss_pct", "Cumulative Losses", 3)};
  double defaulted = 0.0, lost = 0.0;
  for (std::size_t t = 0; t < flows.periods() && t < pool.periods(); ++t) {
    defaulted += pool.defaulted_balance[t];
    lost += pool.realized_losses[t] - pool.subsequent_recoveries[t];
    made.rows.push_back(
        {{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted, pool.ending_balance[t] - pool.foreclosure_balance[t],
          pool.defaulted_balance[t], pool.advanced_principal[t], pool.advanced_interest[t], pool.recoveries[t],
          pool.mi_claims[t], pool.realized_losses[t], pool.subsequent_recoveries[t], pool.foreclosure_balance[t],
          pool.reo_balance[t], pool.delinquent_30[t], pool.delinquent_60[t], pool.delinquent_90[t],
          100.0 * defaulted / pool.cut_off_balance, 100.0 * lost / pool.cut_off_balance},
         false});
  }
  return made;
}

Table residual_table(const deal::Deal& deal, const cashflow::DealCashFlows& flows, const std::string& party,
                     std::optional<double> investment) {
  Table made{"residual", "Cash Flow of " + party, {}, {}, {}, {}};
  made.columns = {whole("period", "Period"), date("payment_date", "Payment Date"), dollars("cash", party, 2)};
  const cashflow::NamedSeries* cash = nullptr;
  for (const cashflow::NamedSeries& series : flows.parties) {
    if (series.name == party) cash = &series;
  }
  result::require(cash != nullptr, "a residual table asks for a party that is not there");
  double total = 0.0;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    made.rows.push_back({{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted, cash->values[t]}, false});
    total += cash->values[t];
  }
  made.rows.push_back({{Cell(), Cell(), total}, true});
  if (!investment) return made;
  const auto rate = analytics::internal_rate_of_return(*investment, cash->values, flows.schedule, deal.settlement);
  char text[160];
  if (rate) std::snprintf(text, sizeof text, "Internal rate of return on $%.0f at settlement: %.3f%% a year, compounded annually.", *investment, 100.0 * *rate);
  else std::snprintf(text, sizeof text, "No rate of return solves for $%.0f at settlement.", *investment);
  made.notes.push_back(text);
  return made;
}

}  // namespace spillway::book
