// What cannot be had of two sides at once, known before anything runs.

#include "spillway/compare/mixer.h"

namespace spillway::compare {

namespace {

// The first group of the pool that `own` says something of and `other` does not; empty if there is none.
template <class Value>
std::string group_without(const pool::Pool& pool, const std::map<std::string, Value>& own, const std::map<std::string, Value>& other) {
  if (other.empty()) return {};
  for (const std::string& group : pool.groups) {
    if (own.contains(group) && !other.contains(group)) return group;
  }
  return {};
}

bool has_rules(const assumptions::Credit& credit) {
  return !credit.loan_multiple.empty() || !credit.loan_severity.empty() || !credit.loan_coverage.empty();
}

std::string without_path(const std::vector<std::string>& names, const rates::IndexPaths& paths) {
  for (const std::string& name : names) {
    if (!paths.find(name)) return name;
  }
  return {};
}

}  // namespace

std::optional<Refusal> Mixer::refused(Mix mix) const {
  if (mix == 0 || mix == kAllOfB) return std::nullopt;  // checked when they were loaded
  if (auto refusal = refused_groups(mix)) return refusal;
  if (auto refusal = refused_paths(mix)) return refusal;
  return refused_structure(mix);
}

std::optional<Refusal> Mixer::refused_groups(Mix mix) const {
  const Own& loans = of(mix, Ingredient::collateral);
  const auto& own = loans.scenario.assumptions;
  const auto& speed = of(mix, Ingredient::speed).scenario.assumptions;
  if (const auto group = group_without(loans.side.inputs.pool, own.prepayment, speed.prepayment); !group.empty()) {
    return Refusal{Ingredient::speed, Ingredient::collateral, "the other scenario has no prepayment curve for loan group " + group};
  }
  const auto& credit = of(mix, Ingredient::credit).scenario.assumptions.credit;
  if (const auto group = group_without(loans.side.inputs.pool, own.credit.defaults, credit.defaults); !group.empty()) {
    return Refusal{Ingredient::credit, Ingredient::collateral, "the other scenario has no default model for loan group " + group};
  }
  const auto& parts = of(mix, Ingredient::credit).side.inputs.parts;
  const bool ruled = parts ? parts->has_rules : has_rules(credit);
  if (&of(mix, Ingredient::credit) != &loans && ruled && !same_loans_) {
    return Refusal{Ingredient::credit, Ingredient::collateral, "its rules were worked out on the loans of its own tape"};
  }
  return std::nullopt;
}

std::optional<Refusal> Mixer::refused_paths(Mix mix) const {
  const rates::IndexPaths& paths = of(mix, Ingredient::curve).scenario.indices;
  if (!index_.empty() && !paths.find(index_)) {
    return Refusal{Ingredient::curve, Ingredient::structure, "the scenario gives no path for index " + index_ + ", by which classes are measured"};
  }
  const auto& deal = of(mix, Ingredient::structure).side.definition;
  std::vector<std::string> names;
  for (const auto& [name, title] : deal.indices) names.push_back(name.text);
  if (const auto name = without_path(names, paths); !name.empty()) {
    return Refusal{Ingredient::curve, Ingredient::structure, "the scenario gives no path for index " + name + " of the other deal"};
  }
  const auto& pool = of(mix, Ingredient::collateral).side.inputs.pool;
  if (const auto name = without_path(pool.indices, paths); !name.empty()) {
    return Refusal{Ingredient::curve, Ingredient::collateral, "the scenario gives no path for index " + name + ", which loans of the other tape follow"};
  }
  return std::nullopt;
}

std::optional<Refusal> Mixer::refused_structure(Mix mix) const {
  const Own& loans = of(mix, Ingredient::collateral);
  const Own& terms = of(mix, Ingredient::structure);
  if (&loans == &terms) return std::nullopt;
  const auto& one = loans.side.definition;
  const auto& other = terms.side.definition;
  if (one.cut_off != other.cut_off || calendar::months_between(one.schedule.first_payment, other.schedule.first_payment) != 0) {
    return Refusal{Ingredient::collateral, Ingredient::structure, "the deals have other cut-off or first payment dates"};
  }
  return std::nullopt;
}

}  // namespace spillway::compare
