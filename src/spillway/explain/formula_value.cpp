#include "spillway/explain/formula_value.h"

#include <algorithm>
#include <cmath>

#include "spillway/result/issue.h"

namespace spillway::explain {

namespace {

using deal::Expression;

std::optional<double> call_of(const Expression& call, const NameValue& value) {
  std::vector<double> all;
  for (const Expression& argument : call.arguments) {
    const auto one = evaluate(argument, value);
    if (!one) return std::nullopt;
    all.push_back(*one);
  }
  if (call.name == "abs" && all.size() == 1) return std::abs(all[0]);
  if (call.name == "if" && all.size() == 3) return all[0] != 0.0 ? all[1] : all[2];
  if (call.name == "min" && !all.empty()) return *std::min_element(all.begin(), all.end());
  if (call.name == "max" && !all.empty()) return *std::max_element(all.begin(), all.end());
  return std::nullopt;
}

deal::Op op_of(const std::string& name) {
  static constexpr std::pair<std::string_view, deal::Op> kOps[] = {
      {"+", deal::Op::add},   {"-", deal::Op::subtract},    {"*", deal::Op::multiply}, {"/", deal::Op::divide},
      {"<", deal::Op::less},  {"<=", deal::Op::less_equal}, {">", deal::Op::greater},  {">=", deal::Op::greater_equal},
      {"==", deal::Op::equal}, {"!=", deal::Op::not_equal}, {"and", deal::Op::both},   {"or", deal::Op::either}};
  for (const auto& [known, op] : kOps) {
    if (known == name) return op;
  }
  throw result::InvariantViolation("a formula has an operator that is none");
}

}  // namespace

std::optional<double> evaluate(const Expression& e, const NameValue& value) {
  switch (e.kind) {
    case Expression::Kind::number:
    case Expression::Kind::percent:
    case Expression::Kind::date: return e.value;
    case Expression::Kind::name: return value(e.name);
    case Expression::Kind::call: return call_of(e, value);
    case Expression::Kind::unary: {
      const auto one = evaluate(e.arguments[0], value);
      if (!one) return std::nullopt;
      return e.name == "not" ? (*one == 0.0 ? 1.0 : 0.0) : -*one;
    }
    case Expression::Kind::binary: break;
  }
  const auto left = evaluate(e.arguments[0], value), right = evaluate(e.arguments[1], value);
  if (!left || !right) return std::nullopt;
  return deal::apply(op_of(e.name), *left, *right);
}

Expression parsed(const Source& source, const deal::Text& formula) {
  std::vector<std::string> hyphenated;
  for (const deal::ClassDefinition& written : source.definition.classes) {
    if (written.name.text.find('-') != std::string::npos) hyphenated.push_back(written.name.text);
  }
  auto made = deal::parse_formula(formula, hyphenated);
  result::require(made.ok(), "a formula of a resolved deal does not parse");
  return std::move(*made);
}

}  // namespace spillway::explain
