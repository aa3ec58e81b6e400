#include "spillway/book/path_measures.h"

#include <numeric>
#include <utility>

#include "spillway/result/issue.h"

namespace spillway::book {

namespace {

using analytics::ClassLoss;
using table::Cell;
using table::Column;

Cell number(const std::optional<double>& value, double scale = 1.0) { return value ? Cell(*value * scale) : Cell(); }

Cell date(const std::optional<calendar::Date>& value) { return value ? Cell(*value) : Cell(); }

double sum(const std::vector<double>& values) { return std::accumulate(values.begin(), values.end(), 0.0); }

Column dollars(const char* name, const char* title) { return {name, title, "dollars", table::dollars_format()}; }
Column years(const char* name, const char* title) { return {name, title, "years", table::number_format(4)}; }
Column basis_points(const char* name, const char* title) { return {name, title, "basis points", table::number_format(2)}; }
Column per_100(const char* name, const char* title) { return {name, title, "per 100", table::number_format(4)}; }

// What is lost, in the order of its columns.
constexpr double ClassLoss::*kLosses[] = {&ClassLoss::written_down, &ClassLoss::principal_loss, &ClassLoss::unpaid_interest,
                                          &ClassLoss::unpaid_basis_risk};

void add_loss_columns(std::vector<Column>& columns) {
  columns.insert(columns.end(), {dollars("written_down", "Written Down"), dollars("principal_loss", "Principal Loss"),
                                 dollars("unpaid_interest", "Interest Unpaid"), dollars("unpaid_basis_risk", "Basis Risk Unpaid")});
}

double interest(const cashflow::ClassCashFlows& flows) {
  return sum(flows.interest_paid) + sum(flows.unpaid_interest_paid) + sum(flows.basis_risk_paid);
}

}  // namespace

PathMeasures::PathMeasures(const deal::Deal& deal, PathTerms terms) : deal_(&deal), terms_(std::move(terms)) {
  result::require(terms_.prices.size() == terms_.subjects.size(), "a price is needed for every subject");
  subjects_.resize(terms_.subjects.size());
}

void PathMeasures::add(const cashflow::DealCashFlows& flows, const std::vector<double>& index_rates) {
  cashflow::ClassCashFlows space;
  for (std::size_t s = 0; s < subjects_.size(); ++s) {
    const cashflow::ClassCashFlows& own = held(terms_.subjects[s], flows, space);
    analytics::FloaterFlows floating = analytics::make_floater_flows(own, flows.schedule, index_rates, deal_->settlement);
    Outcome& made = subjects_[s].outcomes.emplace_back();
    made.life = analytics::average_life(floating, terms_.average_life);
    if (const auto window = analytics::principal_window(floating)) {
      made.first_principal = floating.dates[static_cast<std::size_t>(window->first - 1)];
      made.last_principal = floating.dates[static_cast<std::size_t>(window->last - 1)];
    }
    made.interest = interest(own);
    made.principal = sum(own.principal_paid);
    made.loss = analytics::class_loss(own);
    subjects_[s].flows.add(std::move(floating), rates_);
  }
}

std::optional<double> PathMeasures::spread(std::size_t subject) const {
  return analytics::spread_over_paths(subjects_[subject].flows, rates_, terms_.prices[subject]);
}

std::optional<double> PathMeasures::spread_shown(std::size_t subject) const {
  return terms_.spread ? terms_.spread : spread(subject);
}

table::Row PathMeasures::summary_row(std::size_t subject) const {
  const Subject& of = subjects_[subject];
  const std::optional<double> over_all = spread(subject);
  std::optional<double> deviation;
  if (over_all) deviation = analytics::distribution(analytics::prices_on_paths(of.flows, rates_, *over_all))->deviation;
  table::Row row{{terms_.subjects[subject].name, terms_.prices[subject], number(over_all, 1e4), number(deviation)}, false};
  if (terms_.spread) {
    row.cells.push_back(1e4 * *terms_.spread);
    row.cells.push_back(paths() > 0 ? Cell(analytics::mean_price(of.flows, rates_, *terms_.spread)) : Cell());
  }
  std::vector<double> lives;
  for (const Outcome& outcome : of.outcomes) {
    if (outcome.life) lives.push_back(*outcome.life);
  }
  const auto life = analytics::distribution(std::move(lives));
  row.cells.insert(row.cells.end(), {life ? Cell(life->mean) : Cell(), life ? number(life->deviation) : Cell(),
                                     life ? Cell(life->low) : Cell(), life ? Cell(life->median) : Cell(),
                                     life ? Cell(life->high) : Cell()});
  for (auto lost : kLosses) {
    double total = 0.0;
    for (const Outcome& outcome : of.outcomes) total += outcome.loss.*lost;
    row.cells.push_back(paths() > 0 ? Cell(total / static_cast<double>(paths())) : Cell());
  }
  return row;
}

table::Table PathMeasures::summary() const {
  table::Table made{"paths", "Classes along " + std::to_string(paths()) + (paths() == 1 ? " path" : " paths"), {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()}, per_100("price", "Price"),
                  basis_points("spread_bps", "Spread (bps)"), per_100("price_sd", "Price SD")};
  if (terms_.spread) {
    made.columns.push_back(basis_points("at_bps", "At (bps)"));
    made.columns.push_back(per_100("mean_price", "Mean Price"));
  }
  made.columns.insert(made.columns.end(), {years("wal_mean", "WAL Mean"), years("wal_sd", "WAL SD"), years("wal_5", "WAL 5%"),
                                           years("wal_50", "WAL 50%"), years("wal_95", "WAL 95%")});
  add_loss_columns(made.columns);
  for (std::size_t s = 0; s < subjects_.size(); ++s) made.rows.push_back(summary_row(s));
  return made;
}

table::Table PathMeasures::by_path(std::span<const std::string> names) const {
  result::require(names.size() == paths(), "a name is needed for every path");
  table::Table made{"by_path", "Classes by path", {}, {}, {}, {}};
  made.columns = {{"path", "Path", "", table::text_format()}, {"class", "Class", "", table::text_format()},
                  {"wal", "WAL (yr)", "years", table::number_format(4)},
                  {"first_prin", "First Prin Pay", "", table::month_format()},
                  {"last_prin", "Last Prin Pay", "", table::month_format()},
                  dollars("interest", "Interest"), dollars("principal", "Principal")};
  add_loss_columns(made.columns);
  made.columns.push_back(per_100("price", "Price"));
  std::vector<std::vector<double>> prices(subjects_.size());
  for (std::size_t s = 0; s < prices.size(); ++s) {
    if (const auto at = spread_shown(s)) prices[s] = analytics::prices_on_paths(subjects_[s].flows, rates_, *at);
  }
  for (std::size_t p = 0; p < paths(); ++p) {
    for (std::size_t s = 0; s < subjects_.size(); ++s) {
      const Outcome& outcome = subjects_[s].outcomes[p];
      table::Row row{{names[p], terms_.subjects[s].name, number(outcome.life), date(outcome.first_principal),
                      date(outcome.last_principal), outcome.interest, outcome.principal}, false};
      for (auto lost : kLosses) row.cells.push_back(outcome.loss.*lost);
      row.cells.push_back(prices[s].empty() ? Cell() : Cell(prices[s][p]));
      made.rows.push_back(std::move(row));
    }
  }
  return made;
}

}  // namespace spillway::book
