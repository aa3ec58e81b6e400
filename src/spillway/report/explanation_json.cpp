#include <nlohmann/json.hpp>

#include "spillway/report/explanation_report.h"
#include "spillway/report/report.h"

namespace spillway::report {

namespace {

using Json = nlohmann::ordered_json;
using explain::Explanation;

const char* rule_name(explain::Rule rule) {
  using explain::Rule;
  switch (rule) {
    case Rule::given: return "given";
    case Rule::sum: return "sum";
    case Rule::quotient: return "quotient";
    case Rule::product: return "product";
    case Rule::power: return "power";
    case Rule::smallest: return "smallest";
    case Rule::largest: return "largest";
    case Rule::column: return "column";
    case Rule::formula: return "formula";
    case Rule::solved: return "solved";
    case Rule::highest: return "highest";
    case Rule::printed: return "printed";
  }
  return "";
}

Json value_of(const table::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return *text;
  if (const auto* number = std::get_if<double>(&cell.value)) return *number;
  if (const auto* date = std::get_if<calendar::Date>(&cell.value)) return calendar::to_iso(*date);
  return nullptr;
}

Json json_of(const Explanation& e) {
  Json made{{"name", e.name}};
  const auto add = [&](const char* key, const std::string& text) {
    if (!text.empty()) made[key] = text;
  };
  add("title", e.title);
  made["value"] = value_of(e.value);
  add("unit", e.unit);
  add("words", e.words);
  add("formula", e.formula);
  add("filled", e.filled);
  add("source", e.source);
  made["rule"] = rule_name(e.rule);
  if (e.factor != 1.0) made["factor"] = e.factor;
  add("counted", e.counted);
  for (const Explanation& part : e.parts) made["parts"].push_back(json_of(part));
  if (e.lines) made["lines"] = Json::parse(to_json(*e.lines));
  for (const Explanation& next : e.behind) made["behind"].push_back(json_of(next));
  return made;
}

}  // namespace

std::string to_json(const Explanation& explanation) {
  return json_of(explanation).dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace spillway::report
