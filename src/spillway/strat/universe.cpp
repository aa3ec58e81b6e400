#include "spillway/strat/universe.h"

#include <algorithm>
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

// Marks the loans whose number compares as wanted; an unknown one never does.
template <class Compare>
void mark_where(const double* values, std::size_t count, std::uint32_t* in, Compare compare) {
  for (std::size_t i = 0; i < count; ++i) in[i] = compare(values[i]) ? 1 : 0;
}

void mark_compared(const UniverseRule& rule, const double* values, std::size_t count, std::uint32_t* in) {
  const double bound = rule.bound;
  if (rule.comparison == ">") return mark_where(values, count, in, [=](double v) { return v > bound; });
  if (rule.comparison == ">=") return mark_where(values, count, in, [=](double v) { return v >= bound; });
  if (rule.comparison == "<") return mark_where(values, count, in, [=](double v) { return v < bound; });
  if (rule.comparison == "<=") return mark_where(values, count, in, [=](double v) { return v <= bound; });
  if (rule.comparison == "=") return mark_where(values, count, in, [=](double v) { return v == bound; });
  mark_where(values, count, in, [=](double v) { return v < bound || v > bound; });
}

UniverseRule checked_rule(std::string_view written) {
  const std::optional<UniverseRule> rule = parse_universe(written);
  result::require(rule.has_value(), "a universe that check_definitions would refuse");
  return *rule;
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

Universe::Universe(const pool::LoanTape& tape, const pool::ProductTable& products, std::string_view written)
    : rule_(checked_rule(written)), product_(&tape.product), compared_(tape, rule_.attribute) {
  const bool adjustable = rule_.kind == UniverseRule::Kind::arm;
  for (const std::string& label : tape.product.labels) {
    const pool::Product* product = products.find(label);
    wanted_.push_back(product != nullptr && product->adjustable == adjustable);
  }
}

void Universe::mark(LoanBlock block, std::uint32_t* in) const {
  if (rule_.kind == UniverseRule::Kind::all) {
    std::fill_n(in, block.count, 1);
  } else if (rule_.kind == UniverseRule::Kind::comparison) {
    NumberBlock buffer;
    mark_compared(rule_, compared_.values(block, buffer), block.count, in);
  } else {
    const std::vector<std::uint32_t>& codes = product_->codes;
    for (std::size_t i = 0; i < block.count; ++i) {
      in[i] = block.first + i < codes.size() ? wanted_[codes[block.first + i]] : 0;
    }
  }
}

std::size_t Universes::number(const std::string& written) {
  const auto found = std::find(written_.begin(), written_.end(), written);
  if (found != written_.end()) return static_cast<std::size_t>(found - written_.begin());
  written_.push_back(written);
  universes_.emplace_back(*tape_, *products_, written);
  in_.emplace_back(block_size);
  return written_.size() - 1;
}

void Universes::mark(LoanBlock block) {
  for (std::size_t i = 0; i < universes_.size(); ++i) universes_[i].mark(block, in_[i].data());
}

}  // namespace spillway::strat
