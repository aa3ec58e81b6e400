#include "spillway/explain/class_measures.h"

#include <algorithm>
#include <cmath>

#include "spillway/book/price_grid.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

table::Column period_column() { return {"period", "Period", "", table::integer_format()}; }
table::Column date_column() { return {"date", "Date", "", table::date_format()}; }
table::Column amount(const char* name, const char* title) { return {name, title, "dollars", cents()}; }

analytics::FloaterFlows floater_of(const RunView& view, const Subject& subject) {
  const engine::BookPlan::PriceDm pricing = pricing_of(view.source);
  const std::string& name = subject.index.empty() ? pricing.index : subject.index;
  const std::vector<double> index = name.empty() ? std::vector<double>(view.flows().periods())
                                                 : engine::index_rates(view.source.inputs, view.run, name);
  return analytics::make_floater_flows(subject.flows, view.flows().schedule, index, view.deal().settlement);
}

const char* day_count_name(calendar::DayCount count) {
  switch (count) {
    case calendar::DayCount::actual_360: return "actual/360";
    case calendar::DayCount::actual_365: return "actual/365";
    case calendar::DayCount::thirty_360: return "30/360";
  }
  return "";
}

void add_period(const RunView& view, const Subject& subject, const std::vector<double>& weights, Paid what, Explanation& e) {
  if (view.options.depth < 3) return;
  if (const auto t = period_to_explain(view, weights)) e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, what));
}

}  // namespace

Subject subject_of(const RunView& view, const std::string& name) {
  return held_together(view, name, book::grid_subject(view.deal(), name).classes);
}

Subject held_together(const RunView& view, const std::string& name, std::vector<std::size_t> classes) {
  Subject subject{name, std::move(classes), {}, {}};
  cashflow::ClassCashFlows space;
  subject.flows = book::held({name, subject.classes}, view.flows(), space);
  return subject;
}

engine::BookPlan::PriceDm pricing_of(const Source& source) {
  engine::BookPlan::PriceDm pricing = source.inputs.plan.price_dm.value_or(engine::BookPlan::PriceDm{});
  if (pricing.index.empty() && !source.inputs.deal.indices.empty()) pricing.index = source.inputs.deal.indices.front();
  return pricing;
}

std::optional<std::size_t> period_to_explain(const RunView& view, const std::vector<double>& weights) {
  if (view.options.period > 0) return static_cast<std::size_t>(view.options.period) - 1;
  std::optional<std::size_t> heaviest;
  for (std::size_t t = 0; t < weights.size(); ++t) {
    if (weights[t] != 0.0 && (!heaviest || std::abs(weights[t]) > std::abs(weights[*heaviest]))) heaviest = t;
  }
  return heaviest;
}

Explanation average_life_of(const RunView& view, const Subject& subject) {
  const analytics::FloaterFlows flows = floater_of(view, subject);
  const calendar::DayCount count = pricing_of(view.source).conventions.average_life;
  Lines lines("Principal of " + subject.name, {{period_column(), false}, {date_column(), false}, {{"years", "Years", "years", digits(6)}, false},
                                       {amount("principal", "Principal"), true},
                                       {{"weighted", "Principal x Years", "dollar years", digits(2)}, true},
                                       {{"share_pct", "Share", "percent", digits(4)}, true}});
  double principal = 0.0, weighted = 0.0;
  std::vector<double> weights;
  for (std::size_t t = 0; t < flows.principal.size(); ++t) {
    const double years = calendar::year_fraction(count, flows.settlement, flows.dates[t]);
    principal += flows.principal[t];
    weighted += flows.principal[t] * years;
    weights.push_back(flows.principal[t] * years);
  }
  for (std::size_t t = 0; t < flows.principal.size(); ++t) {
    if (flows.principal[t] == 0.0) continue;
    lines.add({static_cast<int>(t + 1), flows.dates[t], calendar::year_fraction(count, flows.settlement, flows.dates[t]), flows.principal[t],
               weights[t], 100.0 * weights[t] / weighted},
              weights[t]);
  }
  const auto life = analytics::average_life(flows, count);
  std::vector<Explanation> parts;
  parts.push_back(column_sum("sum of principal x years", "weighted", {weighted, digits(2)}, "dollar years"));
  parts.push_back(column_sum("sum of principal", "principal", {principal, cents()}, "dollars"));
  Explanation e = made("wal", Rule::quotient, 1.0, std::move(parts), life ? table::Cell(*life, digits(6)) : table::Cell(), "years");
  if (!life) e.rule = Rule::given;
  e.words = "Settlement is " + calendar::to_iso(flows.settlement) + "; years run to nominal payment dates on " + day_count_name(count) + ".";
  e.lines = lines.finish(view.options.rows, "periods");
  add_period(view, subject, weights, Paid::principal, e);
  return e;
}

Explanation price_at_margin(const RunView& view, const Subject& subject, double margin) {
  const analytics::FloaterFlows flows = floater_of(view, subject);
  Lines lines("Cash of " + subject.name + ", discounted", {{period_column(), false}, {date_column(), false}, {{"days", "Days", "days", digits(0)}, false},
                                        {{"index_pct", "Index", "percent", digits(5)}, false},
                                        {{"rate_pct", "Index + Margin", "percent", digits(6)}, false},
                                        {{"factor", "Discount Factor", "", digits(10)}, false}, {amount("cash", "Cash"), true},
                                        {amount("value", "Present Value"), true}});
  double factor = 1.0, value = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    factor /= 1.0 + (flows.index_rates[t] + margin) * flows.days[t] / 360.0;
    const double present = flows.cash[t] * factor;
    value += present;
    if (flows.cash[t] == 0.0) continue;
    lines.add({static_cast<int>(t + 1), flows.dates[t], flows.days[t], 100.0 * flows.index_rates[t], 100.0 * (flows.index_rates[t] + margin), factor,
               flows.cash[t], present},
              present);
  }
  std::vector<Explanation> worth, ratio;
  worth.push_back(column_sum("sum of present values", "value", {value, cents()}, "dollars"));
  worth.push_back(given("accrued interest", {-flows.accrued, cents()}, "dollars"));
  ratio.push_back(made("present value less accrued interest", Rule::sum, 1.0, std::move(worth), {value - flows.accrued, cents()}, "dollars"));
  ratio.push_back(given("original balance", {flows.original_balance, cents()}, "dollars"));
  Explanation e = made("price at the margin", Rule::quotient, 100.0, std::move(ratio),
                       {100.0 * (value - flows.accrued) / flows.original_balance, digits(10)}, "per 100");
  e.lines = lines.finish(view.options.rows, "periods");
  return e;
}

Explanation margin_of(const RunView& view, const Subject& subject, double price) {
  const analytics::FloaterFlows flows = floater_of(view, subject);
  const auto margin = analytics::discount_margin_from_price(flows, price);
  Explanation e = given("dm_bps", margin ? table::Cell(*margin * 1e4, digits(6)) : table::Cell(), "basis points");
  if (!margin) {
    e.words = "No margin between -50% and +200% gives the price.";
    return e;
  }
  e.rule = Rule::solved;
  e.parts.push_back(price_at_margin(view, subject, *margin));
  e.parts.push_back(given("price asked", {price, digits(6)}, "per 100", "scenarios file, book.price_dm"));
  e.words = "Found between -50% and +200%; days are actual days over 360, the first from settlement, " + calendar::to_iso(flows.settlement) + ".";
  e.lines.swap(e.parts.front().lines);
  double factor = 1.0;
  std::vector<double> weights;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    factor /= 1.0 + (flows.index_rates[t] + *margin) * flows.days[t] / 360.0;
    weights.push_back(flows.cash[t] * factor);
  }
  add_period(view, subject, weights, Paid::cash, e);
  return e;
}

Explanation window_of(const RunView& view, const Subject& subject, WindowEnd end) {
  const analytics::FloaterFlows flows = floater_of(view, subject);
  const auto window = analytics::principal_window(flows);
  Explanation e = given("window", {}, end == WindowEnd::both ? "periods" : "");
  e.words = "Payments of principal under half a cent do not count.";
  if (!window) return e;
  const auto at = [](int period) { return static_cast<std::size_t>(period - 1); };
  if (end == WindowEnd::both) e.value = std::to_string(window->first) + "-" + std::to_string(window->last);
  else e.value = {view.flows().schedule[at(end == WindowEnd::first ? window->first : window->last)].payment, table::month_format()};
  Lines lines("Principal of " + subject.name, {{period_column(), false}, {date_column(), false}, {amount("principal", "Principal"), true},
                                       {amount("balance", "Balance after"), false}});
  const int last_shown = static_cast<int>(flows.principal.size());
  for (int period = 1; period <= last_shown; ++period) {
    const bool near_first = end != WindowEnd::last && std::abs(period - window->first) <= 1;
    const bool near_last = end != WindowEnd::first && std::abs(period - window->last) <= 1;
    if (!near_first && !near_last) continue;
    lines.add({period, flows.dates[at(period)], flows.principal[at(period)], subject.flows.ending_balance[at(period)]}, 1.0);
  }
  e.lines = lines.finish(0, "periods");
  e.lines->rows.pop_back();  // periods around the ends alone: no total
  std::vector<double> weights(flows.principal.size());
  weights[at(end == WindowEnd::first ? window->first : window->last)] = 1.0;
  add_period(view, subject, weights, Paid::principal, e);
  return e;
}

}  // namespace spillway::explain
