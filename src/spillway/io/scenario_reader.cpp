#include "spillway/io/scenario_reader.h"

#include <algorithm>
#include <map>

#include "spillway/io/book_plan_reader.h"
#include "spillway/io/credit_reader.h"
#include "spillway/io/files.h"
#include "spillway/io/market_files.h"
#include "spillway/io/yaml_values.h"

namespace spillway::embedded {
extern const char scenarios_schema[];
}

namespace spillway::io {

namespace {

using assumptions::Prepayment;
using engine::ScenarioDefinition;

// "30 CPR" as its number and measure.
std::pair<double, std::string> speed_parts(const std::string& text) {
  const std::size_t space = text.find(' ');
  if (space == std::string::npos) return {0.0, {}};
  return {parse_number(text.substr(0, space)).value_or(0.0) / 100.0, text.substr(space + 1)};
}

class ScenarioReader {
 public:
  ScenarioReader(const YamlDocument& document, const ScenarioContext& context) : doc_(document), context_(context) {}

  result::Result<ScenarioSet> read() {
    const YAML::Node scenarios = child(doc_.root, "scenarios");
    for (const auto& entry : entries(scenarios)) names_.push_back(scalar(entry.first));
    for (const auto& entry : entries(scenarios)) {
      std::vector<std::string> path;
      set_.scenarios.push_back(read_scenario(scenarios, scalar(entry.first), entry.second, path));
      // What a scenario takes over from another is checked there.
      const bool takes_over = child(entry.second, "like").IsDefined();
      if (!takes_over || child(entry.second, "indices").IsDefined()) check_indices(set_.scenarios.back());
      if (!takes_over || child(entry.second, "prepayment").IsDefined()) check_prepayment(set_.scenarios.back());
    }
    auto plan = read_book_plan(doc_, context_, names_);
    set_.plan = std::move(plan.value);
    result::append(issues_, std::move(plan.issues));
    for (const auto& [file, times] : files_read_) set_.files.push_back(file);
    return result::make_result(std::move(set_), std::move(issues_));
  }

 private:
  void fail(const YAML::Node& node, std::string what, std::string remedy = {}) {
    issues_.push_back(result::error(doc_.at(node), std::move(what), std::move(remedy)));
  }

  // A scenario starts from the one it is like, then changes what it states itself.
  ScenarioDefinition read_scenario(const YAML::Node& all, const std::string& name, const YAML::Node& node,
                                   std::vector<std::string>& path) {
    ScenarioDefinition made;
    path.push_back(name);
    if (const YAML::Node like = child(node, "like"); like.IsDefined()) {
      const std::string base = scalar(like);
      const YAML::Node base_node = child(all, base.c_str());
      if (!base_node.IsDefined()) {
        fail(like, "no scenario is called " + base, result::suggestion(base, names_));
      } else if (std::find(path.begin(), path.end(), base) != path.end()) {
        fail(like, "scenario " + name + " is like itself", "break the circle");
      } else {
        made = read_scenario(all, base, base_node, path);
      }
    }
    made.name = name;
    made.assumptions.name = name;
    made.where = doc_.at(node);
    read_speeds(made, node);
    read_prepayment(made, child(node, "prepayment"));
    read_terms(made, child(node, "assumed_terms"));
    if (const YAML::Node indices = child(node, "indices"); indices.IsDefined()) read_indices(made, indices);
    read_shock(made, child(node, "shock"));
    read_credit(doc_, node, context_, made.assumptions.credit, issues_);
    check_credit(doc_, node, context_, made.assumptions.credit, issues_);
    if (const YAML::Node hedges = child(node, "hedges"); hedges.IsDefined()) made.hedged = scalar(hedges) != "none";
    return made;
  }

  void read_speeds(ScenarioDefinition& made, const YAML::Node& node) {
    if (const YAML::Node speeds = child(node, "speeds"); speeds.IsDefined()) {
      made.speeds.clear();
      for (const YAML::Node& speed : items(speeds)) made.speeds.push_back(parse_percent(scalar(speed)).value_or(1.0));
    }
    if (const YAML::Node to = child(node, "to"); to.IsDefined()) {
      const std::vector<std::string> ends = strings(to);
      made.to_call = std::find(ends.begin(), ends.end(), "call") != ends.end();
      made.to_maturity = std::find(ends.begin(), ends.end(), "maturity") != ends.end();
    }
  }

  bool is_group(const YAML::Node& key) {
    const std::string group = scalar(key);
    if (std::find(context_.groups.begin(), context_.groups.end(), group) != context_.groups.end()) return true;
    fail(key, "the pool has no loan group " + group, result::suggestion(group, context_.groups));
    return false;
  }

  void read_prepayment(ScenarioDefinition& made, const YAML::Node& node) {
    for (const auto& entry : entries(node)) {
      if (is_group(entry.first)) made.assumptions.prepayment[scalar(entry.first)] = prepayment(entry.second);
    }
  }

  Prepayment prepayment(const YAML::Node& node) {
    if (const YAML::Node ramp = child(node, "ramp"); ramp.IsDefined()) {
      const int months = whole_number(child(ramp, "months")).value_or(1);
      return assumptions::Ramp{cpr(child(ramp, "from")), cpr(child(ramp, "to")), months};
    }
    if (const YAML::Node vector = child(node, "vector"); vector.IsDefined()) {
      assumptions::CprVector made;
      for (const YAML::Node& month : items(vector)) made.cpr.push_back(cpr(month));
      made.by_loan_age = scalar(child(node, "by")) == "loan age";
      return made;
    }
    const auto [value, measure] = speed_parts(scalar(node));
    if (measure == "PSA") return assumptions::Psa{value};
    if (value > 1.0) fail(node, "'" + scalar(node) + "' is over 100%", "CPR, SMM and ABS are percents, at most 100");
    if (measure == "ABS") return assumptions::Abs{value};
    if (measure == "SMM") return assumptions::Smm{value};
    return assumptions::Cpr{value};
  }

  double cpr(const YAML::Node& node) {
    const double value = speed_parts(scalar(node)).first;
    if (value > 1.0) fail(node, "'" + scalar(node) + "' is over 100%", "CPR is a percent, at most 100");
    return value;
  }

  void read_terms(ScenarioDefinition& made, const YAML::Node& node) {
    if (!node.IsDefined()) return;
    made.assumptions.assumed_terms.clear();
    for (const auto& entry : entries(node)) {
      if (!is_group(entry.first)) continue;
      assumptions::AssumedTerms terms;
      terms.remaining_term = whole_number(child(entry.second, "remaining"));
      terms.age = whole_number(child(entry.second, "age"));
      terms.gross_rate = parse_percent(scalar(child(entry.second, "rate")));
      made.assumptions.assumed_terms[scalar(entry.first)] = terms;
    }
  }

  void read_shock(ScenarioDefinition& made, const YAML::Node& node) {
    if (!node.IsDefined()) return;
    if (!node.IsMap()) {
      made.indices = made.indices.with_shock(std::nullopt);
      return;
    }
    const auto by = parse_percent(scalar(child(node, "by")));
    const calendar::Date from = date_at(doc_, child(node, "from"), issues_);
    if (by && from.ok()) made.indices = made.indices.with_shock(rates::Shock{*by, from});
  }

  void read_indices(ScenarioDefinition& made, const YAML::Node& node) {
    std::vector<rates::IndexPath> paths;
    for (const auto& level : entries(child(node, "static"))) {
      const std::string name = scalar(level.first);
      if (known_index(level.first)) {
        paths.push_back(rates::flat_path(name, parse_percent(scalar(level.second)).value_or(0.0)));
      }
    }
    if (const YAML::Node forward = child(node, "forward"); forward.IsDefined()) add(paths, forwards(forward));
    if (const YAML::Node quotes = child(node, "quotes"); quotes.IsDefined()) add(paths, bootstrapped(node, quotes));
    add_spreads(paths, child(node, "spreads"));
    made.indices = rates::IndexPaths(std::move(paths), made.indices.shock());
  }

  static void add(std::vector<rates::IndexPath>& paths, std::vector<rates::IndexPath> more) {
    paths.insert(paths.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  bool known_index(const YAML::Node& key) {
    const std::string name = scalar(key);
    if (std::find(context_.indices.begin(), context_.indices.end(), name) != context_.indices.end()) return true;
    fail(key, "the deal has no index " + name, result::suggestion(name, context_.indices));
    broken_indices_ = true;
    return false;
  }

  // A scenario that is like another reads the same file again: its problems are said once.
  template <class T, class Read>
  std::optional<T> from_file(const YAML::Node& node, Read read) {
    const std::string name = scalar(node);
    auto text = read_file(context_.folder / name);
    std::vector<result::Issue> found;
    std::optional<T> value;
    if (!text.ok()) {
      for (result::Issue& issue : text.issues) {
        issue.where = doc_.at(node);
        issue.what += ": " + name;
      }
      found = std::move(text.issues);
    } else {
      auto made = read(*text, name);
      found = std::move(made.issues);
      value = std::move(made.value);
    }
    if (files_read_[name]++ == 0) result::append(issues_, std::move(found));
    return value;
  }

  std::vector<rates::IndexPath> forwards(const YAML::Node& node) {
    auto paths = from_file<std::vector<rates::IndexPath>>(
        node, [&](const std::string& text, const std::string& file) { return read_forwards(text, file, context_.indices); });
    broken_indices_ = broken_indices_ || !paths;
    return paths.value_or(std::vector<rates::IndexPath>{});
  }

  std::vector<rates::IndexPath> bootstrapped(const YAML::Node& node, const YAML::Node& file) {
    const YAML::Node as_of = child(node, "as_of");
    if (!as_of.IsDefined()) {
      fail(file, "market quotes need a date", "add as_of, the date of the quotes");
      return {};
    }
    const calendar::Date date = date_at(doc_, as_of, issues_);
    const auto quotes = from_file<std::vector<market::Quote>>(
        file, [](const std::string& text, const std::string& name) { return read_quotes(text, name); });
    broken_indices_ = broken_indices_ || !quotes;
    if (!quotes || !date.ok()) return {};
    const int months = whole_number(child(node, "months")).value_or(360);
    auto paths = market::bootstrap_forwards(*quotes, date, months);
    for (result::Issue& issue : paths.issues) {
      if (issue.where.file.empty()) issue.where = doc_.at(file);
    }
    broken_indices_ = broken_indices_ || !paths.ok();
    result::append(issues_, std::move(paths.issues));
    return paths.value.value_or(std::vector<rates::IndexPath>{});
  }

  void add_spreads(std::vector<rates::IndexPath>& paths, const YAML::Node& node) {
    for (const auto& entry : entries(node)) {
      if (!known_index(entry.first)) continue;
      const std::string over = scalar(child(entry.second, "over"));
      const auto base = std::find_if(paths.begin(), paths.end(), [&](const auto& path) { return path.name == over; });
      if (base == paths.end() && broken_indices_) continue;  // what is missing may be what was reported
      if (base == paths.end()) {
        fail(child(entry.second, "over"), "the scenario has no path for " + over);
        continue;
      }
      rates::IndexPath path = *base;
      path.name = scalar(entry.first);
      for (double& rate : path.rates) rate += parse_percent(scalar(child(entry.second, "by"))).value_or(0.0);
      paths.push_back(std::move(path));
    }
  }

  void check_indices(const ScenarioDefinition& scenario) {
    if (broken_indices_) return;  // what is missing may be what was reported
    for (const std::string& index : context_.indices) {
      if (scenario.indices.find(index)) continue;
      issues_.push_back(result::error(scenario.where, "scenario " + scenario.name + " gives no path for index " + index,
                                      "add it to 'indices', or as a column of the file named there"));
    }
  }

  void check_prepayment(const ScenarioDefinition& scenario) {
    const auto& curves = scenario.assumptions.prepayment;
    for (const std::string& group : context_.groups) {
      if (curves.empty() || curves.contains(group)) continue;
      issues_.push_back(result::warning(scenario.where, "scenario " + scenario.name + " gives loan group " + group +
                                                            " no prepayment: it runs at 0 CPR",
                                        "add it to 'prepayment'"));
    }
  }

  const YamlDocument& doc_;
  const ScenarioContext& context_;
  std::vector<std::string> names_;
  std::map<std::string, int> files_read_;
  bool broken_indices_ = false;
  ScenarioSet set_;
  std::vector<result::Issue> issues_;
};

}  // namespace

result::Result<ScenarioSet> read_scenarios(const std::string& text, const std::string& file,
                                           const ScenarioContext& context) {
  auto document = parse_yaml(text, file);
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  auto issues = std::move(document.issues);
  result::append(issues, validate(*document, embedded::scenarios_schema));
  auto read = ScenarioReader(*document, context).read();
  result::append(issues, std::move(read.issues));
  if (result::has_errors(issues)) read.value.reset();
  return {std::move(read.value), std::move(issues)};
}

}  // namespace spillway::io
