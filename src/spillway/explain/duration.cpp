// Modified duration explained, by each of the conventions.

#include <cmath>

#include "spillway/analytics/yield.h"
#include "spillway/explain/class_measures.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

using analytics::DurationConvention;
using analytics::FloaterFlows;

constexpr double kDaysAMonth = 365.25 / 12.0;
constexpr double kStep = 1e-5;  // of the margin, as analytics::modified_duration

struct Discounted {
  std::vector<double> years, factors;
};

Discounted by_margin(const FloaterFlows& flows, double margin) {
  Discounted made;
  double factor = 1.0, years = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    factor /= 1.0 + (flows.index_rates[t] + margin) * flows.days[t] / 360.0;
    years += flows.days[t] / 360.0;
    made.years.push_back(years);
    made.factors.push_back(factor);
  }
  return made;
}

Discounted by_yield(const FloaterFlows& flows, double yield) {
  Discounted made;
  for (const calendar::Date date : flows.dates) {
    made.years.push_back(calendar::year_fraction(calendar::DayCount::thirty_360, flows.settlement, date));
    made.factors.push_back(std::pow(1.0 + yield / 2.0, -2.0 * made.years.back()));
  }
  return made;
}

double value_of(const FloaterFlows& flows, const Discounted& discounted) {
  double value = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) value += flows.cash[t] * discounted.factors[t];
  return value;
}

// Macaulay duration over its lines, which go to `e`.
Explanation macaulay(const RunView& view, const FloaterFlows& flows, const Discounted& discounted, const std::string& who, Explanation& e) {
  Lines lines("Cash of " + who + ", weighted by time", {{{"period", "Period", "", table::integer_format()}, false}, {{"date", "Date", "", table::date_format()}, false},
                                     {{"years", "Years", "years", digits(6)}, false}, {{"factor", "Discount Factor", "", digits(10)}, false},
                                     {{"cash", "Cash", "dollars", cents()}, true}, {{"value", "Present Value", "dollars", cents()}, true},
                                     {{"weighted", "Present Value x Years", "dollar years", digits(2)}, true}});
  double weighted = 0.0;
  const double value = value_of(flows, discounted);
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    const double worth = flows.cash[t] * discounted.factors[t];
    weighted += worth * discounted.years[t];
    if (flows.cash[t] == 0.0) continue;
    lines.add({static_cast<int>(t + 1), flows.dates[t], discounted.years[t], discounted.factors[t], flows.cash[t], worth, worth * discounted.years[t]},
              worth * discounted.years[t]);
  }
  e.lines = lines.finish(view.options.rows, "periods");
  std::vector<Explanation> parts;
  parts.push_back(column_sum("sum of present value x years", "weighted", {weighted, digits(2)}, "dollar years"));
  parts.push_back(column_sum("sum of present values", "value", {value, cents()}, "dollars"));
  return made("Macaulay duration", Rule::quotient, 1.0, std::move(parts), {value != 0.0 ? weighted / value : 0.0, digits(8)}, "years");
}

// 1 + BEY / 2: six average months at the first index plus the margin.
Explanation compounding_period(double index, double margin) {
  std::vector<Explanation> rate;
  rate.push_back(given("index of the first period", {index, digits(8)}, "annual decimal"));
  rate.push_back(given("discount margin", {margin, digits(10)}, "annual decimal"));
  std::vector<Explanation> month;
  month.push_back(given("one", {1.0, digits(0)}, ""));
  month.push_back(made("interest of an average month", Rule::sum, kDaysAMonth / 360.0, std::move(rate), {(index + margin) * kDaysAMonth / 360.0, digits(10)}, ""));
  std::vector<Explanation> six;
  six.push_back(made("an average month", Rule::sum, 1.0, std::move(month), {1.0 + (index + margin) * kDaysAMonth / 360.0, digits(10)}, ""));
  six.push_back(given("months", {6.0, digits(0)}, ""));
  Explanation e = made("1 + BEY / 2", Rule::power, 1.0, std::move(six), {std::pow(1.0 + (index + margin) * kDaysAMonth / 360.0, 6.0), digits(10)}, "");
  e.words = "BEY = 2 x ((1 + (L + DM) x (365.25 / 12) / 360)^6 - 1)";
  return e;
}

Explanation at_yield(double yield) {
  std::vector<Explanation> half, parts;
  half.push_back(given("yield", {yield, digits(10)}, "annual decimal"));
  parts.push_back(given("one", {1.0, digits(0)}, ""));
  parts.push_back(made("half the yield", Rule::product, 0.5, std::move(half), {yield / 2.0, digits(10)}, ""));
  return made("1 + y / 2", Rule::sum, 1.0, std::move(parts), {1.0 + yield / 2.0, digits(10)}, "");
}

Explanation sensitivity(const FloaterFlows& flows, double margin) {
  const double down = value_of(flows, by_margin(flows, margin - kStep)), up = value_of(flows, by_margin(flows, margin + kStep));
  const double at = value_of(flows, by_margin(flows, margin));
  std::vector<Explanation> difference, parts;
  difference.push_back(given("value a tenth of a basis point lower", {down, cents()}, "dollars"));
  difference.push_back(given("value a tenth of a basis point higher", {-up, cents()}, "dollars"));
  parts.push_back(made("difference", Rule::sum, 1.0, std::move(difference), {down - up, digits(6)}, "dollars"));
  parts.push_back(given("value at the margin", {at, cents()}, "dollars"));
  return made("mdur", Rule::quotient, 1.0 / (2.0 * kStep), std::move(parts), {}, "years");
}

// Behind a duration: the period that weighs most in it.
void add_heaviest(const RunView& view, const Subject& subject, const FloaterFlows& flows, const Discounted& discounted, Explanation& e) {
  if (view.options.depth < 3) return;
  std::vector<double> weights;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) weights.push_back(flows.cash[t] * discounted.factors[t] * discounted.years[t]);
  if (const auto t = period_to_explain(view, weights)) e.behind.push_back(period_paid(view, subject.name, subject.classes, *t, Paid::cash));
}

}  // namespace

Explanation duration_of(const RunView& view, const Subject& subject, double price) {
  const engine::BookPlan::PriceDm pricing = pricing_of(view.source);
  const std::string& name = subject.index.empty() ? pricing.index : subject.index;
  const std::vector<double> index = name.empty() ? std::vector<double>(view.flows().periods())
                                                 : engine::index_rates(view.source.inputs, view.run, name);
  const FloaterFlows flows = analytics::make_floater_flows(subject.flows, view.flows().schedule, index, view.deal().settlement);
  const auto margin = analytics::discount_margin_from_price(flows, price);
  Explanation e = given("mdur", {}, "years");
  if (!margin) {
    e.words = "No discount margin gives the price, so there is none to discount at.";
    return e;
  }
  const DurationConvention convention = pricing.conventions.duration;
  const double duration = analytics::modified_duration(flows, *margin, convention);
  Discounted discounted = by_margin(flows, *margin);
  if (convention == DurationConvention::margin_sensitivity) {
    e = sensitivity(flows, *margin);
  } else {
    e.rule = Rule::quotient;
    const bool at_margin = convention == DurationConvention::actual_360_bey;
    // Macaulay over modified is 1 + y / 2.
    const double yield = at_margin ? 0.0 : 2.0 * (analytics::macaulay_duration(flows, *margin, convention) / duration - 1.0);
    if (!at_margin) discounted = by_yield(flows, yield);
    e.parts.push_back(macaulay(view, flows, discounted, subject.name, e));
    e.parts.push_back(at_margin ? compounding_period(index.empty() ? 0.0 : index.front(), *margin) : at_yield(yield));
  }
  e.value = {duration, digits(6)};
  add_heaviest(view, subject, flows, discounted, e);
  return e;
}

Explanation yield_duration_of(const RunView& view, const Subject& subject, double price) {
  const auto timed = analytics::make_timed_flows(subject.flows, view.flows().schedule, view.deal().settlement);
  const auto yield = analytics::yield_from_price(timed, price);
  Explanation e = given("mdur", {}, "years");
  if (!yield) {
    e.words = "No yield gives the price, so there is none to discount at.";
    return e;
  }
  const std::vector<double> no_index(view.flows().periods());
  const FloaterFlows flows = analytics::make_floater_flows(subject.flows, view.flows().schedule, no_index, view.deal().settlement);
  const Discounted discounted = by_yield(flows, *yield);
  e.rule = Rule::quotient;
  e.parts.push_back(macaulay(view, flows, discounted, subject.name, e));
  e.parts.push_back(at_yield(*yield));
  e.value = {analytics::sensitivities(timed, *yield).modified, digits(6)};
  add_heaviest(view, subject, flows, discounted, e);
  return e;
}

}  // namespace spillway::explain
