#include "spillway/strat/loan_condition.h"

#include <cstdint>
#include <optional>
#include <string>

#include "spillway/strat/attribute.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/universe.h"

namespace spillway::strat {

namespace {

constexpr std::string_view kJoint = " and ";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string_view> clauses_of(std::string_view text) {
  std::vector<std::string_view> clauses;
  for (std::size_t at; (at = text.find(kJoint)) != std::string_view::npos; text.remove_prefix(at + kJoint.size())) {
    clauses.push_back(trimmed(text.substr(0, at)));
  }
  clauses.push_back(trimmed(text));
  return clauses;
}

/// An attribute, a sign and a word.
struct TextClause {
  std::string attribute;
  std::string sign;
  std::string word;
};

std::optional<TextClause> parse_text_clause(std::string_view clause) {
  for (std::string_view sign : {">=", "<=", "!=", ">", "<", "="}) {
    const std::size_t at = clause.find(sign);
    if (at == std::string_view::npos) continue;
    return TextClause{std::string(trimmed(clause.substr(0, at))), std::string(sign),
                      std::string(trimmed(clause.substr(at + sign.size())))};
  }
  return std::nullopt;
}

// What is wrong with a clause; empty if nothing is.
std::optional<result::Issue> fault(std::string_view clause, const result::Location& where) {
  const std::string quoted = "'" + std::string(clause) + "'";
  const auto rule = parse_universe(clause);
  if (rule && rule->kind != UniverseRule::Kind::comparison) return std::nullopt;
  const auto parts = parse_text_clause(clause);
  if (!parts || parts->attribute.empty()) {
    return result::error(where, quoted + " is no condition on loans", "write it as orig_ltv > 80, mi_flag = N, arm or fixed");
  }
  const auto kind = attribute_kind(parts->attribute);
  if (!kind) {
    const std::vector<std::string> names = attribute_names();
    return result::error(where, "no loan attribute is called " + parts->attribute, result::suggestion(parts->attribute, names));
  }
  if (*kind == AttributeKind::date) {
    return result::error(where, quoted + " compares a date", "compare a number, such as age or months_to_roll");
  }
  if (*kind == AttributeKind::number && !rule) {
    return result::error(where, quoted + " compares " + parts->attribute + " with what is no number",
                         "write a number without a sign of its unit, as in orig_ltv > 80");
  }
  if (*kind == AttributeKind::text && parts->sign != "=" && parts->sign != "!=") {
    return result::error(where, quoted + " orders text", "compare " + parts->attribute + " with = or !=");
  }
  return std::nullopt;
}

std::vector<char> members_of(const pool::LoanTape& tape, const pool::ProductTable& products, std::string_view clause) {
  const auto parts = parse_text_clause(clause);
  std::vector<char> members(tape.size());
  if (!parts || attribute_kind(parts->attribute) != AttributeKind::text) {
    const Universe universe(tape, products, clause);
    std::vector<std::uint32_t> in(block_size);
    for_each_block(tape, [&](LoanBlock block) {
      universe.mark(block, in.data());
      for (std::size_t i = 0; i < block.count; ++i) members[block.first + i] = in[i] != 0;
    });
    return members;
  }
  const pool::TextColumn* column = text_column(tape, parts->attribute);
  for (std::size_t i = 0; i < members.size(); ++i) {
    const bool known = column != nullptr && i < column->codes.size();
    members[i] = ((known ? column->at(i) : std::string()) == parts->word) == (parts->sign == "=");
  }
  return members;
}

}  // namespace

result::Result<std::vector<char>> loans_where(const pool::LoanTape& tape, const pool::ProductTable& products,
                                              std::string_view text, const result::Location& where) {
  std::vector<result::Issue> issues;
  const auto clauses = clauses_of(text);
  for (std::string_view clause : clauses) {
    if (auto issue = fault(clause, where)) issues.push_back(std::move(*issue));
  }
  if (!issues.empty()) return {std::nullopt, std::move(issues)};
  std::vector<char> all(tape.size(), 1);
  for (std::string_view clause : clauses) {
    const std::vector<char> members = members_of(tape, products, clause);
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = all[i] && members[i];
  }
  return {std::move(all), {}};
}

}  // namespace spillway::strat
