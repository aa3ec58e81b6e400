#include "spillway/io/deal_names.h"

#include <utility>

#include "spillway/io/files.h"
#include "spillway/io/yaml_document.h"
#include "spillway/io/yaml_values.h"

namespace spillway::io {

namespace {

constexpr int kMostLikes = 100;  // a scenario may be like one that is like another; circles end here

result::Result<YamlDocument> read(const std::filesystem::path& path) {
  auto text = read_file(path);
  if (!text.ok()) return {std::nullopt, std::move(text.issues)};
  return parse_yaml(*text, path.filename().string());
}

void add_keys(const YAML::Node& map, std::vector<std::string>& names) {
  for (const auto& [key, value] : entries(map)) {
    if (scalar(key) != "defaults") names.push_back(scalar(key));  // what all classes have
  }
}

std::vector<double> speeds_of(const YAML::Node& all, YAML::Node scenario) {
  for (int i = 0; i < kMostLikes && scenario.IsDefined(); ++i) {
    std::vector<double> speeds;
    for (const YAML::Node& speed : items(child(scenario, "speeds"))) {
      if (const auto number = parse_percent(scalar(speed))) speeds.push_back(*number);
    }
    if (!speeds.empty()) return speeds;
    const std::string base = scalar(child(scenario, "like"));
    if (base.empty()) break;
    scenario.reset(child(all, base.c_str()));
  }
  return {1.0};
}

}  // namespace

result::Result<DealNames> read_deal_names(const std::filesystem::path& deal_file) {
  auto deal = read(deal_file);
  if (!deal.ok()) return {std::nullopt, std::move(deal.issues)};
  DealNames names;
  add_keys(child(deal->root, "classes"), names.classes);
  add_keys(child(deal->root, "combinations"), names.classes);
  const std::string file = scalar(child(deal->root, "scenarios"));
  if (file.empty()) return {std::move(names), {}};
  auto scenarios = read(deal_file.parent_path() / file);
  if (!scenarios.ok()) return {std::move(names), std::move(scenarios.issues)};
  const YAML::Node all = child(scenarios->root, "scenarios");
  for (const auto& [key, value] : entries(all)) names.scenarios.push_back({scalar(key), speeds_of(all, value)});
  return {std::move(names), {}};
}

}  // namespace spillway::io
