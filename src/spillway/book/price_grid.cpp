#include "spillway/book/price_grid.h"

#include <optional>

namespace spillway::book {

namespace {

using analytics::FloaterFlows;
using table::Cell;

Cell number(const std::optional<double>& value, double scale = 1.0) { return value ? Cell(*value * scale) : Cell(); }

// What one subject is worth under one run.
struct Worth {
  std::optional<double> price, level, duration, convexity;
};

Worth worth_by_margin(const FloaterFlows& flows, std::optional<double> price, std::optional<double> margin,
                      const GridRequest& request) {
  Worth worth{price, margin, {}, {}};
  if (margin) worth.price = analytics::price_from_discount_margin(flows, *margin);
  else worth.level = analytics::discount_margin_from_price(flows, *price);
  if (worth.level) worth.duration = analytics::modified_duration(flows, *worth.level, request.conventions.duration);
  return worth;
}

Worth worth_by_yield(const analytics::TimedFlows& flows, std::optional<double> price, std::optional<double> yield,
                     const GridRequest& request) {
  Worth worth{price, yield, {}, {}};
  if (yield) worth.price = analytics::price_from_yield(flows, *yield, request.compounding);
  else worth.level = analytics::yield_from_price(flows, *price, request.compounding);
  if (!worth.level) return worth;
  const auto s = analytics::sensitivities(flows, *worth.level, request.compounding);
  worth.duration = s.modified;
  worth.convexity = s.convexity;
  return worth;
}

class Grid {
 public:
  Grid(const deal::Deal& deal, const GridRequest& request) : deal_(deal), request_(request) {
    by_yield_ = request.measure == GridRequest::Measure::yield;
    made_ = {"prices", by_yield_ ? "Prices and yields" : "Prices and discount margins", {}, {}, {}, {}};
    made_.columns = {{"class", "Class", "", table::text_format()},
                     {"speed_pct", "Speed", "percent", table::percent_format(2)},
                     {"price", "Price", "per 100", table::number_format(4)}};
    if (by_yield_) made_.columns.push_back({"yield_pct", "Yield", "percent", table::number_format(4)});
    else made_.columns.push_back({"dm_bps", "DM (bps)", "basis points", table::number_format(2)});
    made_.columns.push_back({"wal", "WAL (yr)", "years", table::number_format(4)});
    made_.columns.push_back({"mdur", "MDUR (yr)", "years", table::number_format(4)});
    if (by_yield_) made_.columns.push_back({"convexity", "Convexity", "years squared", table::number_format(4)});
    made_.columns.push_back({"first_prin", "First Prin Pay", "", table::month_format()});
    made_.columns.push_back({"last_prin", "Last Prin Pay", "", table::month_format()});
  }

  void add(const GridSubject& subject, const GridRun& run, std::optional<double> price, std::optional<double> level) {
    std::vector<const cashflow::ClassCashFlows*> parts;
    for (std::size_t c : subject.classes) parts.push_back(&run.flows->classes[c]);
    const cashflow::ClassCashFlows cash = parts.size() == 1 ? *parts.front() : cashflow::combine(subject.name, parts);
    const FloaterFlows floating = analytics::make_floater_flows(cash, run.flows->schedule, run.index_rates, deal_.settlement);
    const Worth worth = by_yield_ ? worth_by_yield(analytics::make_timed_flows(cash, run.flows->schedule, deal_.settlement),
                                                   price, level, request_)
                                  : worth_by_margin(floating, price, level, request_);
    const auto window = analytics::principal_window(floating);
    table::Row row{{subject.name, run.speed * 100.0, number(worth.price), number(worth.level, by_yield_ ? 100.0 : 1e4),
                    number(analytics::average_life(floating, request_.conventions.average_life)), number(worth.duration)},
                   false};
    if (by_yield_) row.cells.push_back(number(worth.convexity));
    row.cells.push_back(window ? month(run, window->first) : Cell());
    row.cells.push_back(window ? month(run, window->last) : Cell());
    made_.rows.push_back(std::move(row));
  }

  table::Table take() { return std::move(made_); }

 private:
  static Cell month(const GridRun& run, int period) {
    return run.flows->schedule[static_cast<std::size_t>(period - 1)].payment;
  }

  const deal::Deal& deal_;
  const GridRequest& request_;
  bool by_yield_ = false;
  table::Table made_;
};

}  // namespace

GridSubject grid_subject(const deal::Deal& deal, const std::string& name) {
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    if (deal.classes[c].name == name) return {name, {c}};
  }
  for (const deal::Combination& combination : deal.combinations) {
    if (combination.name == name) return {name, combination.parts};
  }
  return {name, {}};
}

std::vector<std::string> grid_names(const deal::Deal& deal) {
  std::vector<std::string> names;
  for (const deal::BondClass& bond : deal.classes) names.push_back(bond.name);
  for (const deal::Combination& combination : deal.combinations) names.push_back(combination.name);
  return names;
}

table::Table price_grid(const deal::Deal& deal, std::span<const GridSubject> subjects, std::span<const GridRun> runs,
                        const GridRequest& request) {
  Grid grid(deal, request);
  for (const GridSubject& subject : subjects) {
    for (double price : request.prices) {
      for (const GridRun& run : runs) grid.add(subject, run, price, std::nullopt);
    }
    for (double level : request.levels) {
      for (const GridRun& run : runs) grid.add(subject, run, std::nullopt, level);
    }
  }
  return grid.take();
}

}  // namespace spillway::book
