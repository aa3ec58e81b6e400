#include "explained_deal.h"

#include <algorithm>
#include <cmath>

#include "../unit/issue_lines.h"

namespace spillway::explain {

namespace {

using Nodes = std::vector<const Explanation*>;

const std::vector<std::string> kHyphenated{"A-1", "A-2", "M-1", "M-2", "M-3", "M-4", "A-3", "A-4", "A-5", "A-IO", "A-PO", "B-1", "B-2", "B-3", "B-4", "B-5", "B-6", "M-5", "M-6", "M-7", "M-8", "M-9"};

double tolerance(double value) { return 1e-9 * std::abs(value) + 1e-7; }

// A formula of the deal's language with its parts in place of the names: nothing of the explainer is used.
double worth(const deal::Expression& e, const std::vector<Explanation>& parts) {
  using Kind = deal::Expression::Kind;
  const auto at = [&](std::size_t i) { return worth(e.arguments[i], parts); };
  if (e.kind == Kind::name) {
    for (const Explanation& part : parts) {
      if (part.name != e.name) continue;
      if (const auto* date = std::get_if<calendar::Date>(&part.value.value)) {
        return static_cast<double>(std::chrono::sys_days{*date}.time_since_epoch().count());
      }
      return part.number().value();
    }
    ADD_FAILURE() << "no part is called " << e.name;
    return 0.0;
  }
  if (e.kind == Kind::call && e.name == "if") return at(0) != 0.0 ? at(1) : at(2);
  if (e.kind == Kind::call && e.name == "min") return std::min(at(0), at(1));
  if (e.kind == Kind::call && e.name == "max") return std::max(at(0), at(1));
  if (e.kind == Kind::call && e.name == "abs") return std::abs(at(0));
  if (e.kind == Kind::unary) return e.name == "not" ? (at(0) == 0.0 ? 1.0 : 0.0) : -at(0);
  if (e.kind != Kind::binary) return e.value;
  const double a = at(0), b = at(1);
  if (e.name == "+") return a + b;
  if (e.name == "-") return a - b;
  if (e.name == "*") return a * b;
  if (e.name == "/") return a == 0.0 && b == 0.0 ? 0.0 : a / b;
  if (e.name == "<=") return a <= b;
  if (e.name == "==") return a == b;
  if (e.name == "or") return a != 0.0 || b != 0.0;
  if (e.name == "and") return a != 0.0 && b != 0.0;
  if (e.name == ">=") return a >= b;
  if (e.name == "<") return a < b;
  if (e.name == ">") return a > b;
  ADD_FAILURE() << "the test does not know " << e.name;
  return 0.0;
}

double column_of(const table::Table& lines, const std::string& column, bool totals) {
  double sum = 0.0;
  for (const table::Row& row : lines.rows) {
    if (row.is_total != totals) continue;
    const auto* number = std::get_if<double>(&row.cells[table::column_index(lines, column)].value);
    sum += number ? *number : 0.0;
  }
  return sum;
}

// What the parts come to by the rule; `above`: the nodes from the root to this one.
double remade(const Explanation& e, const Nodes& above) {
  const auto part = [&](std::size_t i) { return e.parts.at(i).number().value(); };
  double value = e.rule == Rule::product ? 1.0 : 0.0;
  switch (e.rule) {
    case Rule::sum:
      for (std::size_t i = 0; i < e.parts.size(); ++i) value += part(i);
      return e.factor * value;
    case Rule::product:
      for (std::size_t i = 0; i < e.parts.size(); ++i) value *= part(i);
      return e.factor * value;
    case Rule::quotient: return e.factor * part(0) / part(1);
    case Rule::power: return e.factor * std::pow(part(0), part(1));
    case Rule::smallest:
    case Rule::largest:
      value = part(0);
      for (std::size_t i = 1; i < e.parts.size(); ++i) {
        value = e.rule == Rule::smallest ? std::min(value, part(i)) : std::max(value, part(i));
      }
      return e.factor * value;
    case Rule::column:
      for (auto node = above.rbegin(); node != above.rend(); ++node) {
        if ((*node)->lines) return e.factor * column_of(*(*node)->lines, e.counted, false);
      }
      ADD_FAILURE() << e.name << " counts a column of lines that are not there";
      return 0.0;
    case Rule::formula: return worth(deal::parse_formula({e.formula, {}}, kHyphenated).value.value(), e.parts);
    case Rule::given:
    case Rule::solved:
    case Rule::highest:
    case Rule::printed: break;
  }
  return e.number().value();
}

void expect_totals(const table::Table& lines, const std::string& where) {
  if (lines.rows.empty() || !lines.rows.back().is_total) return;
  for (std::size_t c = 1; c < lines.columns.size(); ++c) {
    const auto* total = std::get_if<double>(&lines.rows.back().cells[c].value);
    if (!total) continue;
    const double sum = column_of(lines, lines.columns[c].name, false);
    EXPECT_NEAR(sum, *total, tolerance(*total)) << where << ": " << lines.columns[c].name;
  }
}

std::string as_printed(double percent) {
  if (percent >= 0.5) return std::to_string(static_cast<int>(std::floor(percent + 0.5)));
  return percent < 1e-6 ? "0" : "*";
}

void check(const Explanation& e, Nodes above) {
  above.push_back(&e);
  std::string where;
  for (const Explanation* node : above) where += "/" + node->name;
  if (e.rule == Rule::highest) {
    EXPECT_LE(e.parts.at(0).number().value(), e.parts.at(1).number().value()) << where;
    EXPECT_GT(e.parts.at(2).number().value(), e.parts.at(1).number().value()) << where;
  } else if (e.rule == Rule::printed) {
    EXPECT_EQ(as_printed(e.parts.at(0).number().value()), std::get<std::string>(e.value.value)) << where;
  } else if (e.rule == Rule::solved) {
    EXPECT_NEAR(e.parts.at(0).number().value(), e.parts.at(1).number().value(), 1e-8) << where;
  } else if (e.number()) {
    EXPECT_NEAR(remade(e, above), *e.number(), tolerance(*e.number())) << where;
  } else {
    EXPECT_TRUE(e.rule == Rule::given) << where;
  }
  if (e.lines) expect_totals(*e.lines, where);
  for (const Explanation& part : e.parts) check(part, above);
  for (const Explanation& next : e.behind) check(next, above);
}

void expect_same(const table::Cell& made, const table::Cell& printed, const std::string& path) {
  const auto* number = std::get_if<double>(&printed.value);
  if (!number) {
    EXPECT_TRUE(made.value == printed.value || (printed.empty() && made.empty())) << path;
    return;
  }
  ASSERT_TRUE(std::holds_alternative<double>(made.value)) << path;
  EXPECT_NEAR(std::get<double>(made.value), *number, 1e-11 * std::abs(*number) + 1e-12) << path;
}

}  // namespace

void expect_adds_up(const Explanation& e) { check(e, {}); }

ExplainedDeal::ExplainedDeal(const std::string& example, const std::function<void(engine::Inputs&)>& change)
    : loaded_(io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + example + "/deal.yaml")) {
  change(*loaded_.inputs);
  book_ = *engine::run_book(*loaded_.inputs);
}

void ExplainedDeal::find_break_evens() {
  break_evens_ = *engine::find_break_evens(*loaded_.inputs, engine::break_even_requests(*loaded_.inputs));
}

// Every question about a table, with what its book says.
ExplainedDeal::Cells ExplainedDeal::cells_of(const std::string& name, const std::vector<std::string>& keys) const {
  const table::Table& table = book::data_table(book_, name);
  std::vector<std::pair<Question, table::Cell>> all;
  for (const table::Row& row : table.rows) {
    Question question{name, {}, ""};
    for (const std::string& key : keys) {
      const std::size_t k = table::column_index(table, key);
      question.keys.push_back(table::format_cell(row.cells[k], table.columns[k], table::Style::plain));
    }
    if (name == "strats" && row.is_total) question.keys[1] = "Total";
    if (name == "residual" && row.is_total) question.keys[0] = "Total";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      if (std::find(keys.begin(), keys.end(), table.columns[c].name) != keys.end()) continue;
      question.column = table.columns[c].name;
      all.emplace_back(question, row.cells[c]);
    }
  }
  return all;
}

void ExplainedDeal::expect_explained(const std::string& table, const std::vector<std::string>& keys, std::size_t least,
                                     std::size_t to_loans) const {
  const auto cells = cells_of(table, keys);
  std::vector<engine::RunRequest> requests;
  std::vector<std::pair<Question, table::Cell>> asked;
  for (const auto& [cell, value] : cells) {
    if (cell.column == "is_total" || (cell.column == "wa_months_to_roll" && value.empty())) continue;
    if (cell.keys.front() == "Total" && value.empty()) continue;
    const auto question = ask(source(), cell.path());
    ASSERT_TRUE(question.ok()) << cell.path() << ": " << lines(question.issues).front();
    asked.emplace_back(*question, value);
    for (const auto& request : runs_of(source(), *question)) {
      if (std::find(requests.begin(), requests.end(), request) == requests.end()) requests.push_back(request);
    }
  }
  const auto runs = engine::run_scenarios(*loaded_.inputs, requests, {0, true});
  ASSERT_TRUE(runs.ok());
  for (std::size_t i = 0; i < asked.size(); ++i) expect_cell(asked[i].first, asked[i].second, *runs, i % to_loans == 0 ? 5 : 4);
  EXPECT_GE(asked.size(), least) << table;
}

void ExplainedDeal::expect_cell(const Question& question, const table::Cell& value, const engine::RunSet& runs, int deepest) const {
  for (int depth : {1, deepest}) {
    Options options;
    options.depth = depth;
    const auto made = explain(source(), question, runs, options);
    ASSERT_TRUE(made.ok()) << question.path();
    expect_same(made->value, value, question.path());
    EXPECT_FALSE(made->title.empty()) << question.path();
    EXPECT_FALSE(made->source.empty()) << question.path();
    if (depth > 1) check(*made, {});
  }
}

}  // namespace spillway::explain
