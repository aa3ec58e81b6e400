#include "spillway/io/book_plan_reader.h"

#include <algorithm>

#include "spillway/io/yaml_values.h"

namespace spillway::io {

namespace {

class BookPlanReader {
 public:
  BookPlanReader(const YamlDocument& document, const ScenarioContext& context, const std::vector<std::string>& scenarios)
      : doc_(document), context_(context), scenarios_(scenarios) {}

  result::WithIssues<engine::BookPlan> read() {
    read_plan(child(doc_.root, "book"));
    return {std::move(plan_), std::move(issues_)};
  }

 private:
  // Reports a name that is not among those known; the schema reports one that is missing.
  void known(const YAML::Node& node, const std::string& what, const std::vector<std::string>& names) {
    const std::string name = scalar(node);
    if (!node.IsDefined() || std::find(names.begin(), names.end(), name) != names.end()) return;
    const char* owner = what == "scenario" || what == "class" ? "no " : "the deal has no ";
    const std::string said = what == "scenario" || what == "class" ? what + " is called " + name : what + " " + name;
    issues_.push_back(result::error(doc_.at(node), owner + said, result::suggestion(name, names)));
  }

  void known_scenario(const YAML::Node& node) { known(node, "scenario", scenarios_); }
  void known_class(const YAML::Node& node) { known(node, "class", context_.classes); }

  static double speed_of(const YAML::Node& node) { return parse_percent(scalar(child(node, "speed"))).value_or(1.0); }

  void read_plan(const YAML::Node& node) {
    for (const YAML::Node& table : items(child(node, "decrements"))) read_decrements(table);
    for (const YAML::Node& table : items(child(node, "yields"))) read_yields(table);
    if (const YAML::Node pricing = child(node, "price_dm"); pricing.IsDefined()) read_pricing(pricing);
    if (const YAML::Node summary = child(node, "class_summary"); summary.IsDefined()) {
      known_scenario(child(summary, "scenario"));
      plan_.class_summary = {scalar(child(summary, "scenario")), speed_of(summary)};
    }
    if (const YAML::Node rate = child(node, "available_rate"); rate.IsDefined()) {
      engine::BookPlan::AvailableRate plan{scalar(child(rate, "quantity")), {}};
      known(child(rate, "quantity"), "quantity", context_.quantities);
      for (const auto& column : entries(child(rate, "columns"))) {
        known_scenario(column.second);
        plan.columns.emplace_back(scalar(column.first), scalar(column.second));
      }
      plan_.available_rate = std::move(plan);
    }
    if (const YAML::Node credit = child(node, "credit"); credit.IsDefined()) read_credit_tables(credit);
    if (const YAML::Node target = child(node, "oc_target"); target.IsDefined()) {
      known(target, "quantity", context_.quantities);
      plan_.oc_target = scalar(target);
    }
    if (const YAML::Node balances = child(node, "balances"); balances.IsDefined()) {
      known_scenario(child(balances, "scenario"));
      plan_.balances = {scalar(child(balances, "scenario")), speed_of(balances),
                            scalar(child(balances, "to")) == "call"};
    }
  }

  static std::vector<double> percents(const YAML::Node& list) {
    std::vector<double> values;
    for (const YAML::Node& item : items(list)) values.push_back(parse_percent(scalar(item)).value_or(0.0));
    return values;
  }

  // A class, or {label: [classes held together]}.
  void read_subjects(engine::BookPlan::Decrements& plan, const YAML::Node& list) {
    for (const YAML::Node& item : items(list)) {
      if (!item.IsMap()) {
        known_class(item);
        plan.subjects.push_back({scalar(item), {scalar(item)}});
        continue;
      }
      for (const auto& [label, classes] : entries(item)) {
        for (const YAML::Node& name : items(classes)) known_class(name);
        plan.subjects.push_back({scalar(label), strings(classes)});
      }
    }
  }

  // A speed, or {speed: the scenario it runs under}.
  void read_columns(engine::BookPlan::Decrements& plan, const YAML::Node& list, const std::string& scenario) {
    for (const YAML::Node& item : items(list)) {
      if (!item.IsMap()) plan.columns.push_back({parse_percent(scalar(item)).value_or(0.0), scenario});
      for (const auto& [speed, other] : entries(item)) {
        known_scenario(other);
        plan.columns.push_back({parse_percent(scalar(speed)).value_or(0.0), scalar(other)});
      }
    }
  }

  void read_decrements(const YAML::Node& node) {
    engine::BookPlan::Decrements plan;
    known_scenario(child(node, "scenario"));
    read_subjects(plan, child(node, "classes"));
    read_columns(plan, child(node, "speeds"), scalar(child(node, "scenario")));
    plan.through = date_at(doc_, child(node, "through"), issues_);
    plan_.decrements.push_back(std::move(plan));
  }

  void read_yields(const YAML::Node& node) {
    engine::BookPlan::Yields plan;
    known_scenario(child(node, "scenario"));
    known_class(child(node, "class"));
    known_index(child(node, "index"));
    plan.scenario = scalar(child(node, "scenario"));
    plan.class_name = scalar(child(node, "class"));
    plan.price = parse_number(scalar(child(node, "price"))).value_or(100.0);
    plan.index = scalar(child(node, "index"));
    plan.levels = percents(child(node, "levels"));
    plan.speeds = percents(child(node, "speeds"));
    plan_.yields.push_back(std::move(plan));
  }

  // "principal", "interest", "zero_yield", or {dm: 100} in basis points.
  void read_target(engine::BookPlan::Credit& plan, const YAML::Node& node) {
    using Target = book::BreakEvenTarget;
    const std::string word = scalar(node);
    if (word == "interest") plan.break_evens.push_back({Target::interest, {}});
    else if (word == "zero_yield") plan.break_evens.push_back({Target::zero_yield, {}});
    else if (!node.IsMap()) plan.break_evens.push_back({Target::principal, {}});
    if (!node.IsMap()) return;
    if (plan.index.empty()) {
      issues_.push_back(result::error(doc_.at(node), "a discount margin needs the classes' index", "add 'index' to the table"));
    }
    plan.break_evens.push_back({Target::discount_margin, parse_number(scalar(child(node, "dm"))).value_or(0.0) / 1e4});
  }

  void read_credit_tables(const YAML::Node& node) {
    engine::BookPlan::Credit plan;
    known_scenario(child(node, "scenario"));
    known_index(child(node, "index"));
    for (const YAML::Node& name : items(child(node, "classes"))) known_class(name);
    known(child(child(node, "residual"), "party"), "party", context_.parties);
    plan.scenario = scalar(child(node, "scenario"));
    plan.to_call = scalar(child(node, "to")) == "call";
    plan.price = parse_number(scalar(child(node, "price"))).value_or(100.0);
    plan.index = scalar(child(node, "index"));
    if (child(node, "speeds").IsDefined()) plan.speeds = percents(child(node, "speeds"));
    plan.cdrs = parts(child(node, "cdr"));
    plan.severities = parts(child(node, "severity"));
    plan.classes = strings(child(node, "classes"));
    for (const YAML::Node& target : items(child(node, "break_even"))) read_target(plan, target);
    plan.schedules = scalar(child(node, "schedules")) == "true";
    plan.residual = scalar(child(child(node, "residual"), "party"));
    plan.investment = parse_number(scalar(child(child(node, "residual"), "investment")));
    plan_.credit = std::move(plan);
  }

  // Percents of at most 100.
  std::vector<double> parts(const YAML::Node& list) {
    for (const YAML::Node& item : items(list)) {
      if (parse_percent(scalar(item)).value_or(0.0) <= 1.0) continue;
      issues_.push_back(result::error(doc_.at(item), "'" + scalar(item) + "' is over 100%", "write a part, as in 40%"));
    }
    return percents(list);
  }

  void read_pricing(const YAML::Node& node) {
    engine::BookPlan::PriceDm plan;
    known_scenario(child(node, "scenario"));
    known_index(child(node, "index"));
    plan.scenario = scalar(child(node, "scenario"));
    plan.index = scalar(child(node, "index"));
    plan.price = parse_number(scalar(child(node, "price"))).value_or(100.0);
    const std::string duration = scalar(child(node, "duration"));
    if (duration == "semiannual_30_360") plan.conventions.duration = analytics::DurationConvention::semiannual_30_360;
    if (duration == "margin_sensitivity") plan.conventions.duration = analytics::DurationConvention::margin_sensitivity;
    const std::string life = scalar(child(node, "average_life"));
    if (life == "actual/365") plan.conventions.average_life = calendar::DayCount::actual_365;
    if (life == "actual/360") plan.conventions.average_life = calendar::DayCount::actual_360;
    plan_.price_dm = plan;
  }

  void known_index(const YAML::Node& node) { known(node, "index", context_.indices); }

  const YamlDocument& doc_;
  const ScenarioContext& context_;
  const std::vector<std::string>& scenarios_;
  engine::BookPlan plan_;
  std::vector<result::Issue> issues_;
};

}  // namespace

result::WithIssues<engine::BookPlan> read_book_plan(const YamlDocument& document, const ScenarioContext& context,
                                                    const std::vector<std::string>& scenarios) {
  return BookPlanReader(document, context, scenarios).read();
}

}  // namespace spillway::io
