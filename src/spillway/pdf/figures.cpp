#include "spillway/pdf/figures.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace spillway::pdf {

namespace {

using book::Chart;
constexpr double gap = std::numeric_limits<double>::quiet_NaN();

double number_of(const table::Cell& cell) {
  const double* number = std::get_if<double>(&cell.value);
  return number ? *number : gap;
}

// One measure of the price-DM tables, a line per table ("To call").
Plot speed_plot(const book::Section& section, const std::string& measure, const std::string& title, const std::string& unit) {
  Plot plot{{"", title, Chart::Kind::line, "Percent of pricing prepayment speed", title, unit, {}, {}}, {}};
  for (const table::Table& table : section.tables) {
    if (!table.name.starts_with("price_dm_")) continue;
    const auto row = std::find_if(table.rows.begin(), table.rows.end(), [&](const table::Row& r) {
      const auto* name = r.cells.empty() ? nullptr : std::get_if<std::string>(&r.cells.front().value);
      return name && name->starts_with(measure + " ");
    });
    if (row == table.rows.end()) continue;
    std::vector<double> values;
    for (std::size_t c = 1; c < table.columns.size(); ++c) {
      if (plot.chart.series.empty()) plot.chart.x.push_back(table.columns[c].title);
      values.push_back(number_of(row->cells[c]));
    }
    plot.chart.series.emplace_back(table.title, std::move(values));
  }
  for (std::string& label : plot.chart.x) {
    double speed = gap;
    std::from_chars(label.data(), label.data() + label.size(), speed);
    plot.x_values.push_back(speed);
    if (label.ends_with(".00%")) label.erase(label.size() - 4, 3);
  }
  return plot;
}

bool any_number(const Plot& plot) {
  return std::any_of(plot.chart.series.begin(), plot.chart.series.end(), [](const auto& series) {
    return std::any_of(series.second.begin(), series.second.end(), [](double value) { return std::isfinite(value) && value != 0; });
  });
}

// Speeds must rise for a line to run through them.
bool can_plot(const Plot& plot) {
  const auto& x = plot.x_values;
  return x.size() > 1 && std::all_of(x.begin(), x.end(), [](double v) { return std::isfinite(v); }) &&
         std::is_sorted(x.begin(), x.end()) && any_number(plot);
}

const book::RunView* chosen_view(const book::Book& book) {
  const book::RunView* chosen = nullptr;
  for (const book::RunView& view : book.views) {
    if (view.to_call || view.scenario != book.views.front().scenario) continue;
    if (!chosen || std::fabs(view.speed_pct - 100) < std::fabs(chosen->speed_pct - 100)) chosen = &view;
  }
  return chosen;
}

// Months up to the last in which a balance stood at `least` or more.
std::size_t months_above(const std::vector<double>& balances, double least) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < balances.size(); ++i) {
    if (balances[i] >= least) kept = i + 1;
  }
  return kept;
}

void cut_after(Chart& chart, std::size_t months) {
  chart.x.resize(std::min(chart.x.size(), months));
  for (auto& [name, values] : chart.series) values.resize(std::min(values.size(), months));
}

// Months in which a class is outstanding.
std::size_t months_outstanding(const book::RunView& view) {
  std::size_t months = 0;
  for (const book::ClassView& bond : view.classes) {
    const book::ViewSeries* balance = bond.is_notional ? nullptr : book::find_series(bond.series, "beginning_balance");
    if (balance) months = std::max(months, months_above(balance->values, 0.005));
  }
  return months;
}

std::vector<std::string> payment_months(const std::vector<calendar::Date>& dates) {
  std::vector<std::string> made;
  for (const calendar::Date date : dates) made.push_back(calendar::to_iso_month(date));
  return made;
}

// What is left of the pool by row; empty if the table does not say. The last thousandth is too little to speak of rates.
std::vector<double> pool_balances(const table::Table& table) {
  std::vector<double> balances;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].name != "pool_ending" && table.columns[c].name != "performing") continue;
    for (const table::Row& row : table.rows) balances.push_back(number_of(row.cells[c]));
  }
  return balances;
}

// A plot of some of the table's columns by payment month; empty if it lacks one.
Plot column_plot(const table::Table& table, Chart chart, const std::vector<std::pair<std::string, std::string>>& columns) {
  const std::vector<double> balances = pool_balances(table);
  std::optional<std::size_t> dates;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (!dates && table.columns[c].format.kind == table::Kind::date) dates = c;
  }
  if (!dates) return {};
  for (const table::Row& row : table.rows) {
    const auto* date = std::get_if<calendar::Date>(&row.cells[*dates].value);
    if (date) chart.x.push_back(calendar::to_iso_month(*date));
  }
  for (const auto& [name, title] : columns) {
    const auto found = std::find_if(table.columns.begin(), table.columns.end(),
                                    [wanted = name](const table::Column& column) { return column.name == wanted; });
    if (found == table.columns.end()) return {};
    const auto c = static_cast<std::size_t>(found - table.columns.begin());
    std::vector<double> values;
    for (const table::Row& row : table.rows) values.push_back(number_of(row.cells[c]));
    values.resize(chart.x.size(), gap);
    chart.series.emplace_back(title, std::move(values));
  }
  if (!balances.empty()) cut_after(chart, months_above(balances, balances.front() / 1000));
  return {std::move(chart), {}};
}

Chart line_chart(std::string title, std::string y_title, std::string unit) {
  return {"", std::move(title), Chart::Kind::line, "Payment date", std::move(y_title), std::move(unit), {}, {}};
}

void add_if_any(std::vector<Plot>& plots, Plot plot) {
  if (plot.chart.x.size() > 1 && any_number(plot)) plots.push_back(std::move(plot));
}

}  // namespace

std::vector<Plot> speed_figures(const book::Section& section) {
  std::vector<Plot> plots;
  for (const auto& [measure, title, unit] : {std::array{"WAL", "Average life", "years"}, std::array{"DM", "Discount margin", "basis points"}}) {
    Plot plot = speed_plot(section, measure, title, unit);
    if (can_plot(plot)) plots.push_back(std::move(plot));
  }
  return plots;
}

std::vector<Plot> enhancement_figures(const book::Book& book) {
  const book::RunView* view = chosen_view(book);
  if (!view) return {};
  const auto series = [&](const char* name) {
    const book::ViewSeries* found = book::find_series(view->deal, name);
    return found ? found->values : std::vector<double>{};
  };
  const std::size_t months = months_outstanding(*view);
  std::vector<Plot> plots;
  Plot oc{line_chart("Overcollateralization, to maturity", "Balance", "dollars"), {}};
  oc.chart.x = payment_months(view->dates);
  if (const auto target = series("oc_target"); !target.empty()) oc.chart.series.emplace_back("Target", target);
  oc.chart.series.insert(oc.chart.series.begin(), {"Overcollateralization", series("overcollateralization")});
  cut_after(oc.chart, months);
  add_if_any(plots, std::move(oc));
  Plot excess{line_chart("Excess spread, to maturity", "A year, on the pool", "percent"), {}};
  excess.chart.x = payment_months(view->dates);
  excess.chart.series.emplace_back("Excess spread", series("excess_spread_pct"));
  cut_after(excess.chart, months);
  add_if_any(plots, std::move(excess));
  return plots;
}

std::vector<Plot> schedule_figures(const table::Table& table) {
  std::vector<Plot> plots;
  if (table.name == "credit_schedule") {
    add_if_any(plots, column_plot(table, line_chart("Overcollateralization", "Balance", "dollars"), {{"overcollateralization", "OC"}}));
    add_if_any(plots, column_plot(table, line_chart("Excess spread", "A year, on the pool", "percent"),
                                  {{"excess_spread_pct", "Excess spread"}}));
  } else if (table.name == "collateral_losses") {
    add_if_any(plots, column_plot(table, line_chart("Cumulative defaults and losses", "Of the cut-off balance", "percent"),
                                  {{"cumulative_default_pct", "Defaults"}, {"cumulative_loss_pct", "Losses"}}));
    add_if_any(plots, column_plot(table, line_chart("Realized losses", "A month", "dollars"), {{"realized_losses", "Losses"}}));
  }
  return plots;
}

}  // namespace spillway::pdf
