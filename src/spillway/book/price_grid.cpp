#include "spillway/book/price_grid.h"

#include <optional>

#include "spillway/result/issue.h"

namespace spillway::book {

namespace {

using analytics::FloaterFlows;
using table::Cell;

Cell number(const std::optional<double>& value, double scale = 1.0) { return value ? Cell(*value * scale) : Cell(); }

// One subject's flows under one run, both ways.
struct SubjectFlows {
  FloaterFlows floating;
  analytics::TimedFlows timed;
};

SubjectFlows flows_of(const deal::Deal& deal, const GridSubject& subject, const GridRun& run) {
  cashflow::ClassCashFlows space;
  const cashflow::ClassCashFlows& cash = held(subject, *run.flows, space);
  return {analytics::make_floater_flows(cash, run.flows->schedule, run.index_rates, deal.settlement),
          analytics::make_timed_flows(cash, run.flows->schedule, deal.settlement)};
}

// What one subject is worth under one run.
struct Worth {
  std::optional<double> price, level, macaulay, duration, convexity;
};

Worth worth_by_margin(const FloaterFlows& flows, std::optional<double> price, std::optional<double> margin,
                      const GridRequest& request) {
  Worth worth{price, margin, {}, {}, {}};
  if (margin) worth.price = analytics::price_from_discount_margin(flows, *margin);
  else worth.level = analytics::discount_margin_from_price(flows, *price);
  if (!worth.level) return worth;
  worth.macaulay = analytics::macaulay_duration(flows, *worth.level, request.conventions.duration);
  worth.duration = analytics::modified_duration(flows, *worth.level, request.conventions.duration);
  return worth;
}

Worth worth_by_yield(const analytics::TimedFlows& flows, std::optional<double> price, std::optional<double> yield,
                     const GridRequest& request) {
  Worth worth{price, yield, {}, {}, {}};
  if (yield) worth.price = analytics::price_from_yield(flows, *yield, request.compounding);
  else worth.level = analytics::yield_from_price(flows, *price, request.compounding);
  if (!worth.level) return worth;
  const auto s = analytics::sensitivities(flows, *worth.level, request.compounding);
  worth.macaulay = s.macaulay;
  worth.duration = s.modified;
  worth.convexity = s.convexity;
  return worth;
}

// Price per 100 with accrued interest at a margin, or at a yield moved by `move`.
double full_price(const SubjectFlows& flows, double level, double move, const GridRequest& request) {
  if (request.measure == GridRequest::Measure::yield) {
    return analytics::price_from_yield(flows.timed, level + move, request.compounding) +
           100.0 * flows.timed.accrued / flows.timed.original_balance;
  }
  return analytics::price_from_discount_margin(flows.floating, level) +
         100.0 * flows.floating.accrued / flows.floating.original_balance;
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
    made_.columns.push_back({"macaulay", "Mac Dur (yr)", "years", table::number_format(4)});
    made_.columns.push_back({"mdur", "MDUR (yr)", "years", table::number_format(4)});
    if (by_yield_) made_.columns.push_back({"convexity", "Convexity", "years squared", table::number_format(4)});
    if (request.shift > 0.0) {
      made_.columns.push_back({"eff_duration", "Eff Dur (yr)", "years", table::number_format(4)});
      made_.columns.push_back({"eff_convexity", "Eff Convexity", "years squared", table::number_format(4)});
    }
    if (request.curve) {
      made_.columns.push_back({"spread_bps", "Spread (bps)", "basis points", table::number_format(2)});
      made_.columns.push_back({"z_spread_bps", "Z-Spread (bps)", "basis points", table::number_format(2)});
    }
    made_.columns.push_back({"first_prin", "First Prin Pay", "", table::month_format()});
    made_.columns.push_back({"last_prin", "Last Prin Pay", "", table::month_format()});
  }

  void add(const GridSubject& subject, const GridRun& run, std::optional<double> price, std::optional<double> level) {
    const SubjectFlows flows = flows_of(deal_, subject, run);
    const Worth worth = by_yield_ ? worth_by_yield(flows.timed, price, level, request_)
                                  : worth_by_margin(flows.floating, price, level, request_);
    const auto life = analytics::average_life(flows.floating, request_.conventions.average_life);
    const auto window = analytics::principal_window(flows.floating);
    table::Row row{{subject.name, run.speed * 100.0, number(worth.price), number(worth.level, by_yield_ ? 100.0 : 1e4),
                    number(life), number(worth.macaulay), number(worth.duration)},
                   false};
    if (by_yield_) row.cells.push_back(number(worth.convexity));
    if (request_.shift > 0.0) add_effective(row, subject, run, flows, worth.level);
    if (request_.curve) add_spreads(row, run, flows.timed, worth, life);
    row.cells.push_back(window ? month(run, window->first) : Cell());
    row.cells.push_back(window ? month(run, window->last) : Cell());
    made_.rows.push_back(std::move(row));
  }

  table::Table take() { return std::move(made_); }

 private:
  void add_effective(table::Row& row, const GridSubject& subject, const GridRun& run, const SubjectFlows& flows,
                     std::optional<double> level) const {
    result::require(run.shifted.size() == 2, "effective duration needs a run with the indices down and one with them up");
    std::optional<double> duration, convexity;
    if (level) {
      const double at = full_price(flows, *level, 0.0, request_);
      const double down = full_price(flows_of(deal_, subject, run.shifted[0]), *level, -request_.shift, request_);
      const double up = full_price(flows_of(deal_, subject, run.shifted[1]), *level, request_.shift, request_);
      duration = analytics::effective_duration(down, at, up, request_.shift);
      convexity = analytics::effective_convexity(down, at, up, request_.shift);
    }
    row.cells.push_back(number(duration));
    row.cells.push_back(number(convexity));
  }

  // Without principal there is no average life to read the curve at.
  void add_spreads(table::Row& row, const GridRun& run, const analytics::TimedFlows& flows, const Worth& worth,
                   std::optional<double> life) const {
    std::optional<double> nominal, zero;
    if (worth.level && life) {
      nominal = analytics::nominal_spread(*worth.level, request_.compounding, *request_.curve, deal_.settlement, *life);
    }
    if (worth.level && worth.price) {
      zero = analytics::z_spread(flows, analytics::zero_yields(*request_.curve, deal_.settlement, run.flows->schedule),
                                 *worth.price);
    }
    row.cells.push_back(number(nominal, 1e4));
    row.cells.push_back(number(zero, 1e4));
  }

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

GridSubject grid_subject(const deal::Deal& deal, std::string label, const std::vector<std::string>& names) {
  GridSubject made{std::move(label), {}};
  for (const std::string& name : names) {
    const std::vector<std::size_t> parts = grid_subject(deal, name).classes;
    made.classes.insert(made.classes.end(), parts.begin(), parts.end());
  }
  return made;
}

const cashflow::ClassCashFlows& held(const GridSubject& subject, const cashflow::DealCashFlows& flows, cashflow::ClassCashFlows& space) {
  if (subject.classes.size() == 1) return flows.classes[subject.classes.front()];
  std::vector<const cashflow::ClassCashFlows*> parts;
  for (std::size_t c : subject.classes) parts.push_back(&flows.classes[c]);
  return space = cashflow::combine(subject.name, parts);
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
