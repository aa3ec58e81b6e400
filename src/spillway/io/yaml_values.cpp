#include "spillway/io/yaml_values.h"

#include <cmath>

namespace spillway::io {

namespace {

// What leaves room for the longest schedule in the holiday calendars.
constexpr int kFirstYear = 1950, kLastYear = 2140;

}  // namespace

YAML::Node child(const YAML::Node& map, const char* key) {
  if (map.IsDefined() && map.IsMap()) {
    if (YAML::Node found = map[key]; found.IsDefined()) return found;
  }
  return YAML::Node(YAML::NodeType::Undefined);
}

std::vector<std::pair<YAML::Node, YAML::Node>> entries(const YAML::Node& map) {
  std::vector<std::pair<YAML::Node, YAML::Node>> all;
  if (!map.IsDefined() || !map.IsMap()) return all;
  for (const auto& entry : map) all.emplace_back(entry.first, entry.second);
  return all;
}

std::vector<YAML::Node> items(const YAML::Node& list) {
  std::vector<YAML::Node> all;
  if (!list.IsDefined() || !list.IsSequence()) return all;
  for (const YAML::Node& item : list) all.push_back(item);
  return all;
}

std::string scalar(const YAML::Node& node) { return node.IsDefined() && node.IsScalar() ? node.Scalar() : std::string(); }

std::optional<int> whole_number(const YAML::Node& node) {
  const auto number = parse_number(scalar(node));
  if (!number || std::abs(*number) > 999'999'999.0 || *number != std::floor(*number)) return std::nullopt;
  return static_cast<int>(*number);
}

deal::Text text_at(const YamlDocument& document, const YAML::Node& node) {
  if (!node.IsDefined()) return {{}, {document.file, 0, 0}};
  deal::Text text{scalar(node), document.at(node)};
  if (node.Tag() == "!") ++text.where.column;
  return text;
}

std::vector<deal::Text> texts_at(const YamlDocument& document, const YAML::Node& node) {
  std::vector<deal::Text> texts;
  if (node.IsDefined() && node.IsScalar()) return {text_at(document, node)};
  for (const YAML::Node& item : items(node)) texts.push_back(text_at(document, item));
  return texts;
}

std::vector<std::string> strings(const YAML::Node& node) {
  std::vector<std::string> all;
  if (node.IsDefined() && node.IsScalar()) return {node.Scalar()};
  for (const YAML::Node& item : items(node)) all.push_back(scalar(item));
  return all;
}

calendar::Date date_at(const YamlDocument& document, const YAML::Node& node, std::vector<result::Issue>& issues) {
  const std::string text = scalar(node);
  const auto date = calendar::parse_date(text);
  if (date && static_cast<int>(date->year()) >= kFirstYear && static_cast<int>(date->year()) <= kLastYear) return *date;
  if (date) {
    issues.push_back(result::error(document.at(node), "the date " + text + " is out of range",
                                   "dates run from " + std::to_string(kFirstYear) + " to " + std::to_string(kLastYear)));
  } else if (node.IsDefined()) {
    issues.push_back(result::error(document.at(node), "'" + text + "' is not a date", "write a date as 2003-12-25"));
  }
  return calendar::Date{};
}

}  // namespace spillway::io
