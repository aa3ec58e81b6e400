#include "spillway/strat/universe.h"

#include <array>
#include <charconv>
#include <cmath>

#include "spillway/result/issue.h"
#include "spillway/strat/attribute.h"

namespace spillway::strat {

namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

bool holds(const UniverseRule& rule, double value) {
  if (std::isnan(value)) return false;
  if (rule.comparison == ">") return value > rule.bound;
  if (rule.comparison == ">=") return value >= rule.bound;
  if (rule.comparison == "<") return value < rule.bound;
  if (rule.comparison == "<=") return value <= rule.bound;
  return (value == rule.bound) == (rule.comparison == "=");
}

std::vector<char> members_by_product(const pool::LoanTape& tape, const pool::ProductTable& products, bool adjustable) {
  std::vector<char> wanted;
  for (const std::string& label : tape.product.labels) {
    const pool::Product* product = products.find(label);
    wanted.push_back(product != nullptr && product->adjustable == adjustable);
  }
  std::vector<char> members(tape.size(), 0);
  for (std::size_t i = 0; i < members.size() && i < tape.product.codes.size(); ++i) {
    members[i] = wanted[tape.product.codes[i]];
  }
  return members;
}

}  // namespace

std::optional<UniverseRule> parse_universe(std::string_view text) {
  using Kind = UniverseRule::Kind;
  text = trimmed(text);
  if (text == "all") return UniverseRule{};
  if (text == "arm") return UniverseRule{.kind = Kind::arm};
  if (text == "fixed") return UniverseRule{.kind = Kind::fixed};
  for (std::string_view sign : {">=", "<=", "!=", ">", "<", "="}) {
    const std::size_t at = text.find(sign);
    if (at == std::string_view::npos) continue;
    const std::string_view number = trimmed(text.substr(at + sign.size()));
    UniverseRule rule{.kind = Kind::comparison,
                      .attribute = std::string(trimmed(text.substr(0, at))),
                      .comparison = std::string(sign)};
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), rule.bound);
    if (error != std::errc{} || end != number.data() + number.size() || !std::isfinite(rule.bound)) return std::nullopt;
    if (rule.attribute.empty()) return std::nullopt;
    return rule;
  }
  return std::nullopt;
}

std::vector<char> universe_members(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   std::string_view universe) {
  const std::optional<UniverseRule> rule = parse_universe(universe);
  result::require(rule.has_value(), "a universe that check_definitions would refuse");
  if (rule->kind == UniverseRule::Kind::all) return std::vector<char>(tape.size(), 1);
  if (rule->kind != UniverseRule::Kind::comparison) {
    return members_by_product(tape, products, rule->kind == UniverseRule::Kind::arm);
  }
  const NumberColumn values = number_column(tape, rule->attribute);
  std::vector<char> members(tape.size());
  for (std::size_t i = 0; i < members.size(); ++i) members[i] = holds(*rule, values[i]);
  return members;
}

}  // namespace spillway::strat
