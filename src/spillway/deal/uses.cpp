#include "spillway/deal/uses.h"

#include <algorithm>

namespace spillway::deal {

namespace {

class Gatherer {
 public:
  explicit Gatherer(const DealDefinition& definition)
      : definition_(definition), hyphenated_(hyphenated_names(definition)) {}

  std::set<std::string> run() {
    const DealDefinition& d = definition_;
    for (const ClassDefinition& written : d.classes) {
      const std::string& scope = written.name.text;
      add(written.rate, scope);
      add(written.stated_rate, scope);
      add(written.notional, scope);
      add(written.unpaid_interest_rate, scope);
      add(written.basis_risk_rate, scope);
    }
    for (const FundDefinition& fund : d.funds) add(fund.amount);
    for (const QuantityDefinition& quantity : d.quantities) add(quantity.formula);
    for (const TriggerDefinition& trigger : d.triggers) add(trigger.when);
    for (const AccountDefinition& account : d.accounts) {
      add(account.target);
      add(account.floor);
      add(account.earns);
    }
    if (d.hedges) add(d.hedges->notional_limit);
    if (d.call) {
      add(d.call->when);
      add(d.call->proceeds);
    }
    for (const CapDefinition& cap : d.caps) {
      add(cap.notional);
      add(cap.strike);
      add(cap.ceiling);
    }
    add(d.credit_enhancement_target);
    for (const StepDefinition& step : d.waterfall) {
      add(step.when);
      add(step.amount);
      add_tree(step.to);
    }
    return std::move(names_);
  }

 private:
  void add(const Text& text, const std::string& scope = {}) {
    for (const std::string& name : names_in(text, hyphenated_)) {
      names_.insert(name);
      if (!scope.empty()) names_.insert(scope + "." + name);
    }
  }

  void add(const std::optional<Text>& text, const std::string& scope = {}) {
    if (text) add(*text, scope);
  }

  // `by` is a formula of each class of a pro rata list.
  void add_tree(const Distribution& node) {
    if (node.kind == Distribution::Kind::pro_rata) {
      for (const std::string& child : receivers_of(node, definition_)) add(node.formula, child);
    } else {
      add(node.formula);
    }
    for (const Distribution& child : node.children) add_tree(child);
  }

  const DealDefinition& definition_;
  std::vector<std::string> hyphenated_;
  std::set<std::string> names_;
};

// A group's members may be groups listed before it; `depth` ends what a faulty file would circle through.
void add_receiver(const std::string& name, const DealDefinition& definition, std::set<std::string>& all, int depth) {
  const auto group = std::find_if(definition.class_groups.begin(), definition.class_groups.end(),
                                  [&](const auto& entry) { return entry.first.text == name; });
  if (group == definition.class_groups.end() || depth == 0) {
    all.insert(name);
    return;
  }
  for (const Text& member : group->second) add_receiver(member.text, definition, all, depth - 1);
}

void add_receivers(const Distribution& node, const DealDefinition& definition, std::set<std::string>& all) {
  constexpr int kDeepest = 20;
  if (node.kind == Distribution::Kind::leaf) add_receiver(node.name.text, definition, all, kDeepest);
  for (const Distribution& child : node.children) add_receivers(child, definition, all);
}

}  // namespace

std::vector<std::string> hyphenated_names(const DealDefinition& definition) {
  std::vector<std::string> names;
  for (const ClassDefinition& written : definition.classes) {
    if (written.name.text.find('-') != std::string::npos) names.push_back(written.name.text);
  }
  return names;
}

std::set<std::string> names_in(const Text& formula, const std::vector<std::string>& hyphenated) {
  std::set<std::string> names;
  if (formula.empty()) return names;
  const auto parsed = parse_formula(formula, hyphenated);
  if (parsed.ok()) for_each_name(*parsed, [&](const std::string& name, int) { names.insert(name); });
  return names;
}

std::set<std::string> names_in_formulas(const DealDefinition& definition) { return Gatherer(definition).run(); }

std::set<std::string> receivers_of(const Distribution& to, const DealDefinition& definition) {
  std::set<std::string> all;
  add_receivers(to, definition, all);
  return all;
}

}  // namespace spillway::deal
