#include "spillway/engine/assumption_tables.h"

#include <array>
#include <utility>

namespace spillway::engine {

namespace {

using table::Cell;
using table::Table;

constexpr int kDecimals = 6;

table::Column rate_column(const char* name, const char* title, const char* unit = "percent a year") {
  return {name, title, unit, table::number_format(kDecimals)};
}

table::Column text_column(const char* name, const char* title) { return {name, title, "", table::text_format()}; }

std::string percents(const std::vector<double>& speeds) {
  std::string text;
  for (double speed : speeds) {
    if (!text.empty()) text += ", ";
    text += table::format_cell(Cell(table::round_half_away(speed * 100.0, kDecimals)), {"", "", "", {}}, table::Style::print) + "%";
  }
  return text;
}

Table scenario_table(const Inputs& inputs) {
  Table made{"scenarios", "Scenarios", {}, {}, {}, {}};
  made.columns = {text_column("scenario", "Scenario"), text_column("speeds", "Speeds"), text_column("ends", "Runs to"),
                  text_column("hedges", "Hedges"), rate_column("shock_pct", "Index shock", "percent"),
                  {"shock_from", "Shock from", "", table::date_format()}};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    const char* ends = scenario.to_call && scenario.to_maturity ? "call and maturity" : scenario.to_call ? "call" : "maturity";
    Cell by, from;
    if (const auto& shock = scenario.indices.shock()) {
      by = Cell(shock->by * 100.0);
      from = Cell(shock->from);
    }
    made.rows.push_back({{scenario.name, percents(scenario.speeds), ends, scenario.hedged ? "deal" : "none", by, from}, false});
  }
  made.notes = {"Speeds are percents of the scenario's prepayment curves. A shock is added to every index fixed on or after its date."};
  return made;
}

// A curve in rows: measure, shape, by what its months count, and the month and value of each.
struct Shape {
  const char* measure;
  const char* shape;
  const char* by;
  std::vector<std::pair<int, double>> points;  // month, decimal; month 0: every month
};

Shape constant(const char* measure, double value) { return {measure, "constant", "", {{0, value}}}; }

struct ShapeOf {
  Shape operator()(const assumptions::Cpr& curve) const { return constant("CPR", curve.cpr); }
  Shape operator()(const assumptions::Smm& curve) const { return constant("SMM", curve.smm); }
  Shape operator()(const assumptions::Psa& curve) const { return constant("PSA", curve.psa); }
  Shape operator()(const assumptions::Abs& curve) const { return constant("ABS", curve.abs); }
  Shape operator()(const assumptions::Ramp& curve) const {
    return {"CPR", "ramp", "loan age", {{1, curve.from}, {curve.months, curve.to}}};
  }
  Shape operator()(const assumptions::CprVector& curve) const {
    Shape made{"CPR", "vector", curve.by_loan_age ? "loan age" : "period", {}};
    for (std::size_t i = 0; i < curve.cpr.size(); ++i) made.points.emplace_back(static_cast<int>(i) + 1, curve.cpr[i]);
    return made;
  }
};

Table prepayment_table(const Inputs& inputs) {
  Table made{"prepayment_curves", "Prepayment curves", {}, {}, {}, {}};
  made.columns = {text_column("scenario", "Scenario"), text_column("loan_group", "Loan group"), text_column("measure", "Measure"),
                  text_column("shape", "Shape"), text_column("by", "By"),
                  {"month", "Month", "months", table::integer_format()}, rate_column("value_pct", "Value", "percent")};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    for (const auto& [group, curve] : scenario.assumptions.prepayment) {
      const Shape shape = std::visit(ShapeOf{}, curve);
      for (const auto& [month, value] : shape.points) {
        made.rows.push_back({{scenario.name, group, shape.measure, shape.shape, shape.by,
                              month > 0 ? Cell(month) : Cell(), value * 100.0}, false});
      }
    }
  }
  made.notes = {"At 100% of the prepayment speed. Ramps run in a line between their two months and stay; the last month of a vector stays.",
                "A loan group that is not listed does not prepay."};
  return made;
}

Table terms_table(const Inputs& inputs) {
  Table made{"assumed_terms", "Assumed terms", {}, {}, {}, {}};
  made.columns = {text_column("scenario", "Scenario"), text_column("loan_group", "Loan group"),
                  {"remaining_term", "Remaining term", "months", table::integer_format()},
                  {"age", "Age", "months", table::integer_format()}, rate_column("gross_rate_pct", "Gross rate")};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    for (const auto& [group, terms] : scenario.assumptions.assumed_terms) {
      made.rows.push_back({{scenario.name, group, terms.remaining_term ? Cell(*terms.remaining_term) : Cell(),
                            terms.age ? Cell(*terms.age) : Cell(), terms.gross_rate ? Cell(*terms.gross_rate * 100.0) : Cell()},
                           false});
    }
  }
  made.notes = {"In place of what the tape states; blank: the tape's own."};
  return made;
}

Table index_table(const Inputs& inputs) {
  Table made{"index_paths", "Index paths", {}, {}, {}, {}};
  made.columns = {text_column("scenario", "Scenario"), text_column("index", "Index"), {"date", "Date", "", table::date_format()},
                  rate_column("rate_pct", "Rate"), rate_column("shocked_pct", "Rate with shock")};
  for (const ScenarioDefinition& scenario : inputs.scenarios) {
    const auto& paths = scenario.indices.paths();
    for (std::size_t i = 0; i < paths.size(); ++i) {
      for (std::size_t k = 0; k < paths[i].dates.size(); ++k) {
        const calendar::Date date = paths[i].dates[k];
        made.rows.push_back({{scenario.name, paths[i].name, paths[i].dates.size() > 1 ? Cell(date) : Cell(), paths[i].rates[k] * 100.0,
                              100.0 * scenario.indices.rate(static_cast<int>(i), date)}, false});
      }
    }
  }
  made.notes = {"Rates run in a line between dates and stay flat outside them; without a date the index stays at one level."};
  return made;
}

Table hedge_table(const Inputs& inputs) {
  Table made{"hedges", "Swaps: the trust pays the fixed rate", {}, {}, {}, {}};
  made.columns = {text_column("swap", "Swap"), rate_column("fixed_rate_pct", "Fixed rate"),
                  {"accrual_start", "Accrual start", "", table::date_format()},
                  {"payment_date", "Payment date", "", table::date_format()},
                  {"notional", "Notional", "dollars", table::dollars_format()}};
  for (const hedges::Swap& swap : inputs.swaps) {
    for (const hedges::SwapPeriod& period : swap.periods) {
      made.rows.push_back({{swap.name, swap.fixed_rate * 100.0, period.accrual_start, period.payment, period.notional}, false});
    }
  }
  return made;
}

}  // namespace

std::vector<Table> assumption_tables(const Inputs& inputs) {
  std::vector<Table> made;
  for (Table& table : std::array{scenario_table(inputs), prepayment_table(inputs), terms_table(inputs), credit_terms(inputs),
                                 credit_curves(inputs), index_table(inputs), hedge_table(inputs)}) {
    if (!table.rows.empty()) made.push_back(std::move(table));
  }
  return made;
}

}  // namespace spillway::engine
