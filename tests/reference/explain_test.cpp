// What an explanation prints adds up to the number asked about, at every level, for every cell of the Impac book.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "../unit/issue_lines.h"
#include "spillway/explain/explain.h"
#include "spillway/io/load.h"

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
    case Rule::solved: break;
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

int checked = 0;

void check(const Explanation& e, Nodes above) {
  above.push_back(&e);
  std::string where;
  for (const Explanation* node : above) where += "/" + node->name;
  if (e.rule == Rule::solved) {
    EXPECT_NEAR(e.parts.at(0).number().value(), e.parts.at(1).number().value(), 1e-8) << where;
  } else if (e.number()) {
    EXPECT_NEAR(remade(e, above), *e.number(), tolerance(*e.number())) << where;
  } else {
    EXPECT_TRUE(e.rule == Rule::given) << where;
  }
  if (e.lines) expect_totals(*e.lines, where);
  ++checked;
  for (const Explanation& part : e.parts) check(part, above);
  for (const Explanation& next : e.behind) check(next, above);
}

class ImpacExplained : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    loaded_ = new io::Loaded(io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml"));
    book_ = new book::Book(*engine::run_book(*loaded_->inputs));
  }
  static void TearDownTestSuite() {
    delete loaded_;
    delete book_;
  }

  static Source source() { return {*loaded_->inputs, loaded_->definition}; }

  // Every question about a table, with what its book says.
  std::vector<std::pair<Question, table::Cell>> cells_of(const std::string& name, const std::vector<std::string>& keys) const {
    const table::Table& table = book::data_table(*book_, name);
    std::vector<std::pair<Question, table::Cell>> all;
    for (const table::Row& row : table.rows) {
      Question question{name, {}, ""};
      for (const std::string& key : keys) {
        const std::size_t k = table::column_index(table, key);
        question.keys.push_back(table::format_cell(row.cells[k], table.columns[k], table::Style::plain));
      }
      if (name == "strats" && row.is_total) question.keys[1] = "Total";
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (std::find(keys.begin(), keys.end(), table.columns[c].name) != keys.end()) continue;
        question.column = table.columns[c].name;
        all.emplace_back(question, row.cells[c]);
      }
    }
    return all;
  }

  // Explains each cell at every level, and holds it against the book; down to the loans one in so many, where that takes long.
  void expect_explained(const std::string& table, const std::vector<std::string>& keys, std::size_t least,
                        std::size_t to_loans = 1) {
    const auto cells = cells_of(table, keys);
    std::vector<engine::RunRequest> requests;
    std::vector<std::pair<Question, table::Cell>> asked;
    for (const auto& [cell, value] : cells) {
      if (cell.column == "is_total" || (cell.column == "wa_months_to_roll" && value.empty())) continue;
      if (cell.column == "payment_date" || cell.keys.front().empty()) continue;
      if (cell.keys.front() == "Total" && cell.column != "balance") continue;
      const auto question = ask(source(), cell.path());
      ASSERT_TRUE(question.ok()) << cell.path() << ": " << lines(question.issues).front();
      asked.emplace_back(*question, value);
      for (const auto& request : runs_of(source(), *question)) {
        if (std::find(requests.begin(), requests.end(), request) == requests.end()) requests.push_back(request);
      }
    }
    const auto runs = engine::run_scenarios(*loaded_->inputs, requests, {0, true});
    ASSERT_TRUE(runs.ok());
    for (std::size_t i = 0; i < asked.size(); ++i) expect_cell(asked[i].first, asked[i].second, *runs, i % to_loans == 0 ? 5 : 4);
    EXPECT_GE(asked.size(), least) << table;
  }

  void expect_cell(const Question& question, const table::Cell& value, const engine::RunSet& runs, int deepest) {
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

  static void expect_same(const table::Cell& made, const table::Cell& printed, const std::string& path) {
    const auto* number = std::get_if<double>(&printed.value);
    if (!number) {
      EXPECT_TRUE(made.value == printed.value || (printed.empty() && made.empty())) << path;
      return;
    }
    ASSERT_TRUE(std::holds_alternative<double>(made.value)) << path;
    EXPECT_NEAR(std::get<double>(made.value), *number, 1e-11 * std::abs(*number) + 1e-12) << path;
  }

  static io::Loaded* loaded_;
  static book::Book* book_;
};

io::Loaded* ImpacExplained::loaded_ = nullptr;
book::Book* ImpacExplained::book_ = nullptr;

TEST_F(ImpacExplained, PriceDmPagesAddUpFromFormulaToLoans) { expect_explained("dm_tables", {"class", "scenario", "speed_pct"}, 420); }
TEST_F(ImpacExplained, FrontPageAddsUpFromFormulaToLoans) { expect_explained("class_summary", {"class"}, 67); }
TEST_F(ImpacExplained, CreditEnhancementAddsUp) { expect_explained("credit_enhancement", {"class"}, 18); }
TEST_F(ImpacExplained, AvailableRatesAddUpFromFormulaToLoans) { expect_explained("available_rate", {"period"}, 94); }
TEST_F(ImpacExplained, StratificationsAddUpFromTheirLoans) { expect_explained("strats", {"table", "label"}, 3400); }
TEST_F(ImpacExplained, PoolSummaryAddsUpFromItsLoans) { expect_explained("pool_summary", {"item"}, 100); }
TEST_F(ImpacExplained, LossGridAddsUpFromFormulaToLoans) {
  expect_explained("loss_grid", {"class", "speed_pct", "cdr_pct", "severity_pct"}, 600, 53);
}
TEST_F(ImpacExplained, CreditScheduleAddsUp) { expect_explained("credit_schedule", {"period"}, 5000, 499); }
TEST_F(ImpacExplained, CollateralLossesAddUpToTheirLoans) { expect_explained("collateral_losses", {"period"}, 5000, 499); }
TEST_F(ImpacExplained, ResidualAddsUpFromItsSteps) { expect_explained("residual", {"period"}, 370, 53); }

TEST_F(ImpacExplained, AnswersAPathThatDoesNotFitWithWhatThereIs) {
  EXPECT_EQ(lines(ask(source(), "dm_table/A-1/call/100/wal").issues).front(), "PATH: error: no table is called dm_table; did you mean dm_tables?");
  const auto wrong = ask(source(), "dm_tables/A-9/maturity/155/wall");
  EXPECT_EQ(lines(wrong.issues),
            (Lines{"PATH: error: no class of dm_tables is A-9; did you mean A-1?; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>",
                   "PATH: error: no speed_pct of dm_tables is 155; known: 0.00, 80.00, 100.00, 150.00, 180.00; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>",
                   "PATH: error: dm_tables has no column wall; did you mean wal?; a path is dm_tables/<class>/<scenario>/<speed_pct>/<column>"}));
  const auto half = ask(source(), "dm_tables/A-1/call");
  ASSERT_FALSE(half.ok());
  EXPECT_EQ(lines(half.issues).front(),
            "PATH: error: dm_tables/A-1/call is no whole path: it is dm_tables/<class>/<scenario>/<speed_pct>/<column>; speed_pct is one "
            "of: known: 0.00, 80.00, 100.00, 150.00, 180.00");
  EXPECT_EQ(ask(source(), "strats/purpose/REFI/CASH-OUT/fico")->keys, (std::vector<std::string>{"purpose", "REFI/CASH-OUT"}));
  EXPECT_EQ(ask(source(), "dm_tables/A-1/maturity/150%/wal")->path(), "dm_tables/A-1/maturity/150.00/wal");
}

TEST_F(ImpacExplained, IsAboutThePeriodAskedFor) {
  const auto question = *ask(source(), "dm_tables/A-1/maturity/150/wal");
  const auto runs = *engine::run_scenarios(*loaded_->inputs, runs_of(source(), question), {0, true});
  Options options;
  options.period = 7;
  EXPECT_EQ(explain(source(), question, runs, options)->behind.front().name, "period 7");
  options.period = 400;
  EXPECT_EQ(lines(explain(source(), question, runs, options).issues),
            (Lines{"PATH: error: the run has no period 400; its last one is 360"}));
  options.period = 0;
  options.rows = options.loans = 0;
  check(*explain(source(), question, runs, options), {});
}

// Deals of other kinds: accounts, triggers, accruals, notionals, losses.
TEST(OtherDealsExplained, AddUpFromCashFlowsToLoans) {
  for (const char* deal : {"auto-reserve", "subprime", "pac-support", "sequential-z", "shifting-interest", "auto-abs", "fannie-2025-21"}) {
    const io::Loaded loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + deal + "/deal.yaml");
    ASSERT_TRUE(loaded.inputs) << deal;
    const Source source{*loaded.inputs, loaded.definition};
    const auto runs = engine::run_scenarios(*loaded.inputs, {runs_of(source, {"cash_flows", {"", "1"}, ""})}, {0, true});
    ASSERT_TRUE(runs.ok()) << deal;
    for (const Shape& shape : shapes(source)) {
      if (shape.table != "cash_flows") continue;
      for (const std::string& who : shape.keys.front().values) {
        for (const char* period : {"1", "2", "13", "30"}) {
          for (const std::string& column : shape.columns) {
            SCOPED_TRACE(std::string(deal) + "/" + who + "/" + period + "/" + column);
            const auto made = explain(source, {"cash_flows", {who, period}, column}, *runs);
            ASSERT_TRUE(made.ok());
            check(*made, {});
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace spillway::explain
