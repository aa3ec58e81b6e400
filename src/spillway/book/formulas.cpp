#include "spillway/book/formulas.h"

#include <algorithm>

#include "spillway/book/formula_lists.h"

namespace spillway::book {

namespace {

// Whether `name` is `pattern`, whose star, if it has one, stands for one character or more.
bool fits(std::string_view pattern, std::string_view name) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  const std::string_view before = pattern.substr(0, star), after = pattern.substr(star + 1);
  return name.size() > before.size() + after.size() && name.starts_with(before) && name.ends_with(after);
}

}  // namespace

std::vector<Formula> formulas() {
  std::vector<Formula> all;
  for (const auto list : {class_formulas(), loss_formulas(), collateral_formulas(), cash_flow_formulas(),
                          appendix_formulas()}) {
    all.insert(all.end(), list.begin(), list.end());
  }
  return all;
}

std::optional<Formula> formula_of(std::string_view table, std::string_view column) {
  const std::vector<Formula> all = formulas();
  const bool is_known = std::any_of(all.begin(), all.end(), [&](const Formula& known) { return known.table == table; });
  std::optional<Formula> found;
  for (const Formula& known : all) {
    if (known.table != (is_known ? table : "strats") || !fits(known.column, column)) continue;
    if (known.column == column) return known;
    if (!found || known.column.size() > found->column.size()) found = known;
  }
  return found;
}

}  // namespace spillway::book
