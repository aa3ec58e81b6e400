#include "spillway/compare/attribution.h"

#include <algorithm>

#include "spillway/compare/mixer.h"

namespace spillway::compare {

namespace {

using Values = std::vector<std::optional<double>>;

constexpr std::string_view kNames[] = {"speed", "curve", "credit", "collateral", "oc", "hedge", "call", "structure"};

std::optional<double> minus(const std::optional<double>& after, const std::optional<double>& before) {
  if (!after || !before) return std::nullopt;
  return *after - *before;
}

Mix mix_of(const Part& part) {
  Mix mix = 0;
  for (const Ingredient ingredient : part.ingredients) mix |= bit(ingredient);
  return mix;
}

std::vector<Part> parts_in(const std::vector<Ingredient>& order) {
  std::vector<Part> parts;
  const auto add = [&](Ingredient ingredient) {
    const bool known = std::any_of(parts.begin(), parts.end(), [&](const Part& p) { return p.ingredients.front() == ingredient; });
    if (!known) parts.push_back({{ingredient}});
  };
  for (const Ingredient ingredient : order) add(ingredient);
  for (const Ingredient ingredient : all_ingredients()) add(ingredient);
  return parts;
}

// Joins the parts of two ingredients, where the later one stood.
void join(std::vector<Part>& parts, const Refusal& refusal) {
  const auto part_of = [&](Ingredient wanted) {
    return std::find_if(parts.begin(), parts.end(), [&](const Part& part) {
      return std::find(part.ingredients.begin(), part.ingredients.end(), wanted) != part.ingredients.end();
    });
  };
  auto one = part_of(refusal.one), other = part_of(refusal.other);
  result::require(one != other, "ingredients that come from one side cannot be at odds");
  if (other < one) std::swap(one, other);
  other->ingredients.insert(other->ingredients.begin(), one->ingredients.begin(), one->ingredients.end());
  parts.erase(one);
}

class Attributor {
 public:
  Attributor(Mixer& mixer, const AttributionRequest& request) : mixer_(mixer), request_(request), parts_(parts_in(request.order)) {}

  result::Result<Attribution> run(const std::vector<std::string>& classes) {
    for (const Mix end : {Mix{0}, kAllOfB}) {
      if (mixer_.run(end).refusal) return {std::nullopt, mixer_.run(end).issues};
    }
    while (const auto refusal = first_refusal()) {
      issues_.push_back(result::warning({}, std::string(name_of(refusal->one)) + " is taken together with " +
                                                std::string(name_of(refusal->other)) + ": " + refusal->why));
      join(parts_, *refusal);
    }
    if (mixer_.scales()) {
      issues_.push_back(result::warning({}, "the classes of the deals do not add to the same: where loans or swaps of the one meet the "
                                            "classes of the other, their amounts are scaled with the classes"));
    }
    return {make(classes), std::move(issues_)};
  }

 private:
  Mix taken(std::size_t parts) const {
    Mix mix = 0;
    for (std::size_t p = 0; p < parts; ++p) mix |= mix_of(parts_[p]);
    return mix;
  }

  // The union of the parts whose bit is set.
  Mix chosen(std::size_t subset) const {
    Mix mix = 0;
    for (std::size_t p = 0; p < parts_.size(); ++p) mix |= (subset >> p & 1) ? mix_of(parts_[p]) : 0;
    return mix;
  }

  std::optional<Refusal> first_refusal() {
    std::vector<Mix> needed;
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      needed.insert(needed.end(), {taken(p + 1), mix_of(parts_[p]), kAllOfB ^ mix_of(parts_[p])});
    }
    const std::size_t subsets = request_.with_average ? std::size_t{1} << parts_.size() : 0;
    for (std::size_t s = 0; s < subsets; ++s) needed.push_back(chosen(s));
    for (const Mix mix : needed) {
      if (const auto& outcome = mixer_.run(mix); outcome.refusal) return outcome.refusal;
    }
    return std::nullopt;
  }

  const std::optional<double>& value(Mix mix, std::size_t at) { return mixer_.run(mix).values[at]; }

  // The mean over all orders: every subset of the others, weighted by the orders in which exactly these come before.
  std::optional<double> average(std::size_t part, std::size_t at) {
    const std::size_t parts = parts_.size();
    std::vector<double> factorial(parts + 1, 1.0);
    for (std::size_t n = 1; n <= parts; ++n) factorial[n] = factorial[n - 1] * static_cast<double>(n);
    double mean = 0.0;
    for (std::size_t subset = 0; subset < (std::size_t{1} << parts); ++subset) {
      if (subset >> part & 1) continue;
      std::size_t before = 0;
      for (std::size_t p = 0; p < parts; ++p) before += subset >> p & 1;
      const auto change = minus(value(chosen(subset | std::size_t{1} << part), at), value(chosen(subset), at));
      if (!change) return std::nullopt;
      mean += *change * factorial[before] * factorial[parts - before - 1] / factorial[parts];
    }
    return mean;
  }

  PartChange change_by(std::size_t part, std::size_t at) {
    const Mix own = mix_of(parts_[part]);
    PartChange made;
    made.in_order = minus(value(taken(part + 1), at), value(taken(part), at));
    made.first = minus(value(own, at), value(0, at));
    made.last = minus(value(kAllOfB, at), value(kAllOfB ^ own, at));
    if (request_.with_average) made.average = average(part, at);
    return made;
  }

  Attribution make(const std::vector<std::string>& classes) {
    Attribution made{parts_, {}, {}, request_.with_average};
    const auto& measures = mixer_.measures();
    for (const MeasureTerms& terms : measures) made.measures.push_back(terms.name);
    for (std::size_t c = 0; c < classes.size(); ++c) {
      for (std::size_t m = 0; m < measures.size(); ++m) {
        const std::size_t at = c * measures.size() + m;
        const MeasureTerms& terms = measures[m];
        MeasureChange change{classes[c], terms.name, terms.title, terms.unit, terms.decimals, value(0, at), value(kAllOfB, at), {}};
        for (std::size_t p = 0; p < parts_.size(); ++p) change.parts.push_back(change_by(p, at));
        made.changes.push_back(std::move(change));
      }
    }
    return made;
  }

  Mixer& mixer_;
  const AttributionRequest& request_;
  std::vector<Part> parts_;
  std::vector<result::Issue> issues_;
};

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// The classes to measure: those asked for, which both must have, or those that both have.
std::vector<std::string> classes_of(const Side& a, const Side& b, const std::vector<std::string>& wanted, std::vector<result::Issue>& issues) {
  const auto names_a = book::grid_names(a.inputs.deal), names_b = book::grid_names(b.inputs.deal);
  std::vector<std::string> both;
  for (const std::string& name : names_a) {
    if (contains(names_b, name)) both.push_back(name);
    else if (wanted.empty()) issues.push_back(result::warning({}, "class " + name + " is in A alone: it is left out"));
  }
  for (const std::string& name : names_b) {
    if (wanted.empty() && !contains(names_a, name)) issues.push_back(result::warning({}, "class " + name + " is in B alone: it is left out"));
  }
  for (const std::string& name : wanted) {
    if (!contains(both, name)) issues.push_back(result::error({}, "no class of both deals is called " + name, result::suggestion(name, both)));
  }
  if (both.empty()) issues.push_back(result::error({}, "no class is in both deals", "compare deals that share class names"));
  return wanted.empty() ? both : wanted;
}

// The measures are those of A's price-DM pages: says so where B's own differ.
void compare_yardsticks(const Side& a, const Side& b, std::vector<result::Issue>& issues) {
  const auto &one = a.inputs.plan.price_dm, &other = b.inputs.plan.price_dm;
  if (!one || !other || (one->price == other->price && one->index == other->index)) return;
  issues.push_back(result::warning({}, "the price-DM pages of B are at another price or index: both sides are measured as A"));
}

}  // namespace

const std::vector<Ingredient>& all_ingredients() {
  static const std::vector<Ingredient> all{Ingredient::speed, Ingredient::curve, Ingredient::credit, Ingredient::collateral,
                                           Ingredient::oc, Ingredient::hedge, Ingredient::call, Ingredient::structure};
  return all;
}

std::string_view name_of(Ingredient ingredient) { return kNames[static_cast<std::size_t>(ingredient)]; }

std::optional<Ingredient> ingredient_called(std::string_view name) {
  for (const Ingredient ingredient : all_ingredients()) {
    if (name_of(ingredient) == name) return ingredient;
  }
  return std::nullopt;
}

std::string Part::name() const {
  std::string text;
  for (const Ingredient ingredient : ingredients) text += (text.empty() ? "" : " + ") + std::string(name_of(ingredient));
  return text;
}

result::Result<Attribution> attribute(Side a, Side b, const AttributionRequest& request) {
  std::vector<result::Issue> issues;
  const std::vector<std::string> classes = classes_of(a, b, request.classes, issues);
  if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  if (!request.price) compare_yardsticks(a, b, issues);
  Mixer mixer(std::move(a), std::move(b), classes, request.price, request.threads);
  auto made = Attributor(mixer, request).run(classes);
  result::append(issues, std::move(made.issues));
  return {std::move(made.value), std::move(issues)};
}

}  // namespace spillway::compare
