#include "pricing_options.h"

#include <algorithm>

namespace spillway::cli {

std::string classes_index(const std::string& named, const engine::Inputs& inputs, std::vector<result::Issue>& issues) {
  const std::string index = !named.empty() ? named : inputs.plan.price_dm ? inputs.plan.price_dm->index : "";
  const auto& known = inputs.deal.indices;
  if (std::find(known.begin(), known.end(), index) != known.end()) return index;
  issues.push_back(result::error({"--index", 0, 0}, index.empty() ? "a discount margin needs the classes' index" : "no index is called " + index,
                                 result::suggestion(index, known)));
  return {};
}

std::vector<book::GridSubject> subjects_of(const std::vector<std::string>& names, const engine::Inputs& inputs,
                                           std::vector<result::Issue>& issues) {
  const std::vector<std::string> known = book::grid_names(inputs.deal);
  std::vector<book::GridSubject> subjects;
  for (const std::string& name : names.empty() ? known : names) {
    subjects.push_back(book::grid_subject(inputs.deal, name));
    if (!subjects.back().classes.empty()) continue;
    issues.push_back(result::error({"--class", 0, 0}, "no class is called " + name, result::suggestion(name, known)));
  }
  return subjects;
}

}  // namespace spillway::cli
