#include "spillway/explain/nodes.h"

namespace spillway::explain {

std::optional<double> Explanation::number() const {
  const auto* number = std::get_if<double>(&value.value);
  return number ? std::optional(*number) : std::nullopt;
}

Explanation given(std::string name, table::Cell value, std::string unit, std::string source) {
  Explanation e;
  e.name = std::move(name);
  e.value = std::move(value);
  e.unit = std::move(unit);
  e.source = std::move(source);
  return e;
}

Explanation made(std::string name, Rule rule, double factor, std::vector<Explanation> parts, table::Cell value, std::string unit) {
  Explanation e = given(std::move(name), std::move(value), std::move(unit));
  e.rule = rule;
  e.factor = factor;
  e.parts = std::move(parts);
  return e;
}

Explanation column_sum(std::string name, std::string column, table::Cell value, std::string unit) {
  Explanation e = given(std::move(name), std::move(value), std::move(unit));
  e.rule = Rule::column;
  e.counted = std::move(column);
  return e;
}

table::Format cents() { return table::dollars_format(2); }

table::Format digits(int decimals) {
  table::Format format = table::number_format(decimals);
  format.thousands = true;
  return format;
}

std::string place(const result::Location& where) {
  return where.line > 0 ? where.file + ":" + std::to_string(where.line) : where.file;
}

}  // namespace spillway::explain
