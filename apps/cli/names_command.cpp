#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "spillway/explain/path.h"
#include "spillway/io/deal_names.h"
#include "spillway/table/table.h"

namespace spillway::cli {

namespace {

void print_lines(const std::vector<std::string>& lines, const std::string& start) {
  for (const std::string& line : lines) {
    if (line.starts_with(start)) std::printf("%s\n", line.c_str());
  }
}

// The speeds of the scenario, or of all of them, each once: "80".
std::vector<std::string> speeds_of(const io::DealNames& names, const std::string& scenario) {
  std::vector<std::string> speeds;
  for (const io::DealNames::Scenario& each : names.scenarios) {
    if (!scenario.empty() && each.name != scenario) continue;
    for (const double speed : each.speeds) {
      const table::Cell cell(table::round_half_away(100.0 * speed, 6));
      std::string text = table::format_cell(cell, {"", "", "", {}}, table::Style::plain);
      if (std::find(speeds.begin(), speeds.end(), text) == speeds.end()) speeds.push_back(std::move(text));
    }
  }
  return speeds;
}

int print_paths(const NamesOptions& options) {
  DealOptions deal;
  deal.deal = options.deal;
  const io::Loaded loaded = load(deal, io::TapeUse::book);
  if (!loaded.inputs) return kInputProblem;
  print_lines(spillway::explain::continuations({*loaded.inputs, loaded.definition}, options.start), options.start);
  return kDone;
}

}  // namespace

int names(const NamesOptions& options) {
  if (options.kind == "paths") return print_paths(options);
  const auto read = io::read_deal_names(options.deal);
  print_issues(read.issues);
  if (!read.ok()) return kInputProblem;
  std::vector<std::string> lines;
  if (options.kind == "classes") lines = read->classes;
  else if (options.kind == "speeds") lines = speeds_of(*read, options.scenario);
  else for (const auto& scenario : read->scenarios) lines.push_back(scenario.name);
  print_lines(lines, options.start);
  return kDone;
}

}  // namespace spillway::cli
