// Formulas of the deal file, with the values their names had.

#include <algorithm>
#include <cmath>

#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

// Amounts are taken apart near the number asked about, not wherever they are read.
constexpr int kExpanded = 4;

const deal::QuantityDefinition* quantity_called(const Source& source, const std::string& name) {
  for (const deal::QuantityDefinition& quantity : source.definition.quantities) {
    if (quantity.name.text == name) return &quantity;
  }
  return nullptr;
}

std::string shown(const std::string& name, double value) {
  const auto print = [](const table::Cell& cell, const table::Format& format) {
    return table::format_cell(cell, {"", "", "", format}, table::Style::print);
  };
  if (name == "date") {
    return print(table::Cell(calendar::Date{std::chrono::sys_days{std::chrono::days{static_cast<int>(value)}}}), table::date_format());
  }
  if (value == std::floor(value) && std::abs(value) < 1e15) return print(value, digits(0));
  return print(value, digits(std::abs(value) >= 100.0 ? 2 : 8));
}

// The formula with values in place of the names that have one.
std::string filled(const deal::Text& formula, const deal::Expression& parsed, const NameValue& value) {
  std::vector<std::pair<int, std::string>> names;
  deal::for_each_name(parsed, [&](const std::string& name, int offset) { names.emplace_back(offset, name); });
  std::sort(names.begin(), names.end());
  std::string text = formula.text;
  for (auto it = names.rbegin(); it != names.rend(); ++it) {
    if (const auto found = value(it->second)) {
      text.replace(static_cast<std::size_t>(it->first), it->second.size(), shown(it->second, *found));
    }
  }
  return text;
}

table::Cell cell_of(const std::string& name, double value) {
  if (name == "date") {
    return {calendar::Date{std::chrono::sys_days{std::chrono::days{static_cast<int>(value)}}}, table::date_format()};
  }
  if (value == std::floor(value) && std::abs(value) < 1000.0) return {value, digits(0)};
  return {value, std::abs(value) >= 100.0 ? digits(2) : digits(8)};
}

const char* words_of(const deal::QuantityDefinition& quantity) {
  switch (quantity.memory) {
    case deal::Memory::none: return quantity.before ? "fixed for the period before a step" : "";
    case deal::Memory::average: return "mean over periods";
    case deal::Memory::sum: return "sum over periods";
    case deal::Memory::total: return "sum over all periods so far";
    case deal::Memory::previous: return "what the formula came to at the end of the period before";
  }
  return "";
}

// A value whose formula is stated but looks at other moments than this one.
Explanation stated(const PeriodValues& values, const std::string& name, const deal::Text& formula, const char* words) {
  Explanation e = given(name, cell_of(name, *values.find(name)), "", place(formula.where));
  e.formula = formula.text;
  e.words = words;
  return e;
}

Explanation rate_of_pool(const PeriodValues& values, const std::string& name, CollateralAmount amount) {
  std::vector<Explanation> parts;
  parts.push_back(collateral_amount(values.view(), values.period(), amount));
  parts.push_back(name_value(values, "pool.balance.beginning", "", 0));
  Explanation e = made(name, Rule::quotient, 12.0, std::move(parts), cell_of(name, *values.find(name)), "annual decimal");
  e.words = "12 x net interest of the month over the balance before it";
  e.source = "docs/formulas/available-funds-rate.md";
  return e;
}

Explanation sum_of_classes(const PeriodValues& values, const std::string& name) {
  const std::string property = name.substr(std::string("classes.").size());
  std::vector<Explanation> parts;
  for (const deal::BondClass& bond : values.view().deal().classes) {
    if (!bond.is_notional) parts.push_back(name_value(values, bond.name + "." + property, "", 0));
  }
  return made(name, Rule::sum, 1.0, std::move(parts), cell_of(name, *values.find(name)), "dollars");
}

// The formula behind `name` where it is one of a class: its rate, its stated rate.
const deal::Text* class_formula(const Source& source, const std::string& name, std::string& scope) {
  for (const deal::ClassDefinition& written : source.definition.classes) {
    const std::string prefix = written.name.text + ".";
    if (!name.starts_with(prefix)) continue;
    scope = written.name.text;
    if (name == prefix + "rate") return &written.rate;
    if (name == prefix + "stated_rate") return written.stated_rate ? &*written.stated_rate : &written.rate;
  }
  return nullptr;
}

result::Location constant_place(const Source& source, const std::string& name) {
  for (const deal::ClassDefinition& written : source.definition.classes) {
    for (const deal::ClassConstant& constant : written.constants) {
      if (name == written.name.text + "." + constant.name) return constant.where;
    }
  }
  return {};
}

// A formula some of whose names a run does not keep still has the value that was recorded of it.
Explanation or_recorded(Explanation e, double recorded) {
  if (e.value.empty()) e.value = cell_of(e.name, recorded);
  return e;
}

}  // namespace

Explanation formula_value(const PeriodValues& values, const std::string& name, const deal::Text& formula, const std::string& scope,
                          int levels) {
  const deal::Expression expression = parsed(values.view().source, formula);
  const NameValue value = [&](std::string_view known) { return values.find(known, scope); };
  const auto worth = evaluate(expression, value);
  Explanation e = given(name, worth ? cell_of(name, *worth) : table::Cell(), "", place(formula.where));
  e.formula = formula.text;
  e.filled = filled(formula, expression, value);
  e.rule = worth ? Rule::formula : Rule::given;
  std::vector<std::string> names;
  deal::for_each_name(expression, [&](const std::string& known, int) {
    if (std::find(names.begin(), names.end(), known) == names.end()) names.push_back(known);
  });
  for (const std::string& known : names) {
    Explanation part = name_value(values, known, scope, levels - 1);
    part.name = known;  // as the formula says it
    e.parts.push_back(std::move(part));
  }
  return e;
}

Explanation name_value(const PeriodValues& values, const std::string& name, const std::string& scope, int levels) {
  const Source& source = values.view().source;
  const auto unscoped = !scope.empty() && values.find(scope + "." + name) ? scope + "." + name : name;
  const auto found = values.find(unscoped);
  if (!found) {
    Explanation e = given(name, {}, "", "docs/deal-format.md");
    e.words = "a run does not keep its value";
    return e;
  }
  if (const auto* quantity = quantity_called(source, unscoped)) {
    if (quantity->memory != deal::Memory::none || quantity->before) return stated(values, unscoped, quantity->formula, words_of(*quantity));
    if (levels > 0) return or_recorded(formula_value(values, unscoped, quantity->formula, "", levels), *found);
    return stated(values, unscoped, quantity->formula, "");
  }
  std::string owner;
  if (const deal::Text* formula = class_formula(source, unscoped, owner); formula && levels > 0) {
    return or_recorded(formula_value(values, unscoped, *formula, owner, levels), *found);
  }
  const bool to_collateral = levels >= kExpanded && values.view().options.depth >= 4;
  if (to_collateral) {
    if (unscoped == "pool.net_rate") return rate_of_pool(values, unscoped, CollateralAmount::net_interest_due);
    if (unscoped == "pool.net_rate.collected") return rate_of_pool(values, unscoped, CollateralAmount::net_interest);
    if (unscoped == "pool.interest.net") return collateral_amount(values.view(), values.period(), CollateralAmount::net_interest);
    if (unscoped == "pool.principal") return collateral_amount(values.view(), values.period(), CollateralAmount::principal);
  }
  const bool is_sum = unscoped == "classes.balance" || unscoped == "classes.balance.beginning";
  if (is_sum && levels >= kExpanded) return sum_of_classes(values, unscoped);
  for (const deal::FundDefinition& fund : source.definition.funds) {
    if (fund.name.text == unscoped && fund.amount) return stated(values, unscoped, *fund.amount, "what is left of it");
  }
  const result::Location where = constant_place(source, unscoped);
  return given(name, cell_of(name, *found), "", where.line > 0 ? place(where) : std::string());
}

}  // namespace spillway::explain
