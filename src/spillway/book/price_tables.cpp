#include <cmath>

#include "spillway/book/tables.h"

namespace spillway::book {

namespace {

using analytics::FloaterMeasures;
using calendar::Date;
using table::Cell;
using table::Table;
using table::Value;

Cell optional_number(const std::optional<double>& number, double scale = 1.0) {
  return number ? Cell(*number * scale) : Cell();
}

Cell payment_month(const PricedRun& run, int period) {
  return period > 0 ? Cell(run.flows->schedule[static_cast<std::size_t>(period - 1)].payment) : Cell();
}

Cell first_principal(const PricedRun& run, const FloaterMeasures& m) {
  return m.window ? payment_month(run, m.window->first) : Cell();
}

Cell last_principal(const PricedRun& run, const FloaterMeasures& m) {
  return m.window ? payment_month(run, m.window->last) : Cell();
}

std::string window_text(const FloaterMeasures& m) {
  if (!m.window) return {};
  return std::to_string(m.window->first) + "-" + std::to_string(m.window->last);
}

std::string rating(const deal::BondClass& bond, std::string_view agency) {
  for (const auto& [name, value] : bond.ratings) {
    if (name == agency) return value;
  }
  return {};
}

Cell margin_percent(const deal::BondClass& bond) { return optional_number(bond.constant("margin"), 100.0); }

}  // namespace

PricedRun price_run(const deal::Deal& deal, const cashflow::DealCashFlows& flows, double speed, bool to_call,
                    std::span<const double> index_rates, double price, const analytics::Conventions& conventions) {
  PricedRun run{speed, to_call, &flows, {}};
  for (const cashflow::ClassCashFlows& bond : flows.classes) {
    run.measures.push_back(analytics::measure(
        analytics::make_floater_flows(bond, flows.schedule, index_rates, deal.settlement), price, conventions));
  }
  return run;
}

Table dm_table(const deal::Deal& deal, std::span<const PricedRun> runs) {
  Table made{"dm_tables", "Price-DM Sensitivity", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"margin_pct", "Margin", "percent", table::percent_format(3)},
                  {"balance", "Class Balance", "dollars", table::dollars_format()},
                  {"scenario", "To", "", table::text_format()},
                  {"speed_pct", "Speed", "percent of pricing speed", table::percent_format(2)},
                  {"dm_bps", "DM (bps)", "basis points", table::integer_format()},
                  {"wal", "WAL (yr)", "years", table::number_format(2)},
                  {"mdur", "MDUR (yr)", "years", table::number_format(2)},
                  {"first_prin", "First Prin Pay", "", table::month_format()},
                  {"last_prin", "Last Prin Pay", "", table::month_format()}};
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    for (const PricedRun& run : runs) {
      const FloaterMeasures& m = run.measures[c];
      made.rows.push_back({{deal.classes[c].name, margin_percent(deal.classes[c]), deal.classes[c].original_balance,
                            run.to_call ? "call" : "maturity", run.speed * 100.0,
                            optional_number(m.discount_margin, 1e4), optional_number(m.average_life),
                            optional_number(m.modified_duration), first_principal(run, m), last_principal(run, m)},
                           false});
    }
  }
  return made;
}

Table price_dm_page(const deal::Deal& deal, std::size_t class_position, bool to_call, std::span<const PricedRun> runs) {
  Table page{"", to_call ? "To call" : "To maturity", {}, {}, {}, {}};
  page.name = "price_dm_" + deal.classes[class_position].name + (to_call ? "_call" : "_maturity");
  page.columns.push_back({"measure", "Percentage of Pricing Prepayment Speed", "", table::text_format()});
  table::Row dm{{"DM (bps)"}, false}, wal{{"WAL (yr)"}, false}, mdur{{"MDUR (yr)"}, false};
  table::Row first{{"First Prin Pay"}, false}, last{{"Last Prin Pay"}, false};
  for (const PricedRun& run : runs) {
    if (run.to_call != to_call) continue;
    const FloaterMeasures& m = run.measures[class_position];
    const std::string speed = table::format_cell(Cell(run.speed * 100.0), {"", "", "", table::percent_format(2)},
                                                 table::Style::print);
    page.columns.push_back({"speed_" + speed, speed, "", table::number_format(2)});
    dm.cells.push_back({optional_number(m.discount_margin, 1e4).value, table::integer_format()});
    wal.cells.push_back(optional_number(m.average_life));
    mdur.cells.push_back(optional_number(m.modified_duration));
    first.cells.push_back({first_principal(run, m).value, table::month_format()});
    last.cells.push_back({last_principal(run, m).value, table::month_format()});
  }
  page.rows = {dm, wal, mdur, first, last};
  return page;
}

Table class_summary(const deal::Deal& deal, const PricedRun& call, const PricedRun& maturity,
                    const PricedRun& slowest) {
  Table made{"class_summary", "Classes", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"balance", "Approximate Bond Balance", "dollars", table::dollars_format()},
                  {"type", "Type", "", table::text_format()},
                  {"wal_call", "WAL Call (yr)", "years", table::number_format(2)},
                  {"wal_mat", "WAL Mat (yr)", "years", table::number_format(2)},
                  {"mdur_call", "MDUR Call (yr)", "years", table::number_format(2)},
                  {"mdur_mat", "MDUR Mat (yr)", "years", table::number_format(2)},
                  {"window_call", "Window Call (mo)", "months", table::text_format()},
                  {"window_mat", "Window Mat (mo)", "months", table::text_format()},
                  {"moodys", "Moody's", "", table::text_format()},
                  {"sp", "S&P", "", table::text_format()},
                  {"last_scheduled", "Last Scheduled Payment", "", table::month_format()}};
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    const deal::BondClass& bond = deal.classes[c];
    const FloaterMeasures& to_call = call.measures[c];
    const FloaterMeasures& to_maturity = maturity.measures[c];
    made.rows.push_back({{bond.name, bond.original_balance, bond.title, optional_number(to_call.average_life),
                          optional_number(to_maturity.average_life), optional_number(to_call.modified_duration),
                          optional_number(to_maturity.modified_duration), window_text(to_call),
                          window_text(to_maturity), rating(bond, "moodys"), rating(bond, "sp"),
                          last_principal(slowest, slowest.measures[c])},
                         false});
  }
  table::Row total{{"Total", deal.class_total()}, true};
  total.cells.resize(made.columns.size());
  made.rows.push_back(std::move(total));
  return made;
}

Table credit_enhancement(const deal::Deal& deal, double pool_cut_off_balance) {
  Table made{"credit_enhancement", "Credit Enhancement", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"moodys", "Moody's", "", table::text_format()},
                  {"sp", "S&P", "", table::text_format()},
                  {"subordination_pct", "Subordination (after required target is reached)", "percent",
                   table::percent_format(2)}};
  double below = deal.class_total();
  const double target = deal.enhancement_target_of(pool_cut_off_balance);
  for (const deal::BondClass& bond : deal.classes) {
    below -= bond.original_balance;
    made.rows.push_back({{bond.name, rating(bond, "moodys"), rating(bond, "sp"),
                          100.0 * (below + target) / pool_cut_off_balance},
                         false});
  }
  return made;
}

}  // namespace spillway::book
