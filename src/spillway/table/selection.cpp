#include "spillway/table/selection.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace spillway::table {

namespace {

using Test = Condition::Test;

std::string trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return std::string(text);
}

std::optional<double> number_in(const std::string& text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool same_text(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

bool meets(const Cell& cell, const Column& column, const Condition& condition) {
  const std::string shown = format_cell(cell, column, Style::plain);
  const auto here = number_in(shown), wanted = number_in(condition.value);
  const bool numbers = here && wanted;
  const bool equal = numbers ? *here == *wanted : same_text(shown, condition.value);
  switch (condition.test) {
    case Test::equal: return equal;
    case Test::not_equal: return !equal;
    case Test::less: return numbers && *here < *wanted;
    case Test::at_most: return numbers && *here <= *wanted;
    case Test::more: return numbers && *here > *wanted;
    case Test::at_least: return numbers && *here >= *wanted;
  }
  return false;
}

// The position of a column by name; one it does not have is an issue of `option`.
std::optional<std::size_t> find_column(const Table& table, const std::string& name, const char* option,
                                       std::vector<result::Issue>& issues) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  issues.push_back(result::error({option, 0, 0}, "the table " + table.name + " has no column " + name,
                                 result::suggestion(name, names)));
  return std::nullopt;
}

}  // namespace

std::optional<Condition> read_condition(std::string_view text) {
  constexpr std::pair<std::string_view, Test> kTests[] = {{"!=", Test::not_equal}, {"<=", Test::at_most},
                                                          {">=", Test::at_least},  {"=", Test::equal},
                                                          {"<", Test::less},       {">", Test::more}};
  const std::size_t at = text.find_first_of("=<>!");
  if (at == std::string_view::npos) return std::nullopt;
  for (const auto& [sign, test] : kTests) {
    if (!text.substr(at).starts_with(sign)) continue;
    Condition made{trimmed(text.substr(0, at)), test, trimmed(text.substr(at + sign.size()))};
    if (made.column.empty()) return std::nullopt;
    return made;
  }
  return std::nullopt;
}

result::Result<Table> select(const Table& table, const Selection& selection) {
  std::vector<result::Issue> issues;
  std::vector<std::size_t> columns, tested;
  for (const std::string& name : selection.columns) {
    if (const auto found = find_column(table, name, "--columns", issues)) columns.push_back(*found);
  }
  for (const Condition& condition : selection.conditions) {
    if (const auto found = find_column(table, condition.column, "--where", issues)) tested.push_back(*found);
  }
  if (result::has_errors(issues)) return {std::nullopt, std::move(issues)};
  if (selection.columns.empty()) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) columns.push_back(c);
  }
  Table made{table.name, table.title, table.subtitle, {}, {}, table.notes};
  for (std::size_t c : columns) made.columns.push_back(table.columns[c]);
  const Cell nothing;
  const auto cell_at = [&](const Row& row, std::size_t c) -> const Cell& { return c < row.cells.size() ? row.cells[c] : nothing; };
  for (const Row& row : table.rows) {
    if (selection.most_rows && made.rows.size() >= *selection.most_rows) break;
    bool wanted = true;
    for (std::size_t i = 0; wanted && i < tested.size(); ++i) {
      wanted = meets(cell_at(row, tested[i]), table.columns[tested[i]], selection.conditions[i]);
    }
    if (!wanted) continue;
    Row kept{{}, row.is_total};
    for (std::size_t c : columns) kept.cells.push_back(cell_at(row, c));
    made.rows.push_back(std::move(kept));
  }
  return {std::move(made), {}};
}

}  // namespace spillway::table
