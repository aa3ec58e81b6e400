#include "spillway/deal/formula.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "issue_lines.h"
#include "spillway/calendar/calendar.h"

using namespace spillway;
using namespace spillway::deal;

namespace {

struct Known {
  Type type;
  double value;
};

// What the formulas of these tests may use.
const std::map<std::string, Known, std::less<>> kKnown{
    {"a", {Type::number, 7}},          {"b", {Type::number, 2}},         {"pool.balance", {Type::money, 1'000}},
    {"A-1.balance", {Type::money, 600}}, {"A-10.balance", {Type::money, 60}}, {"libor_1m", {Type::rate, 0.0112}},
    {"margin", {Type::rate, 0.0035}},  {"date", {Type::date, 0}},        {"_x9", {Type::number, 9}}};

const std::vector<std::string> kHyphenated{"A-1", "A-10"};

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const auto& [name, known] : kKnown) all.push_back(name);
  return all;
}

double day_number(int year, unsigned month, unsigned day) {
  return static_cast<double>(std::chrono::sys_days{calendar::make_date(year, month, day)}.time_since_epoch().count());
}

struct Outcome {
  std::optional<double> value;
  Type type = Type::number;
  Lines issues;
};

// Parses, compiles and evaluates a formula that starts at deal.yaml:10:5, on 2004-06-25.
Outcome run(const std::string& formula) {
  const Text text{formula, {"deal.yaml", 10, 5}};
  auto parsed = parse_formula(text, kHyphenated);
  if (!parsed.ok()) return {std::nullopt, {}, lines(parsed.issues)};
  std::vector<double> slots;
  const Lookup lookup = [&](std::string_view name) -> std::optional<Symbol> {
    const auto found = kKnown.find(name);
    if (found == kKnown.end()) return std::nullopt;
    Symbol symbol;
    symbol.type = found->second.type;
    symbol.slot = static_cast<int>(slots.size());
    slots.push_back(found->first == "date" ? day_number(2004, 6, 25) : found->second.value);
    return symbol;
  };
  auto compiled = compile(*parsed, text.where, lookup, names());
  if (!compiled.ok()) return {std::nullopt, {}, lines(compiled.issues)};
  return {evaluate(compiled->program, slots.data()), compiled->type, {}};
}

double value(const std::string& formula) {
  const Outcome outcome = run(formula);
  EXPECT_EQ(outcome.issues, Lines{}) << formula;
  return outcome.value.value_or(std::nan(""));
}

// The one issue of a formula.
std::string said(const std::string& formula) {
  const Outcome outcome = run(formula);
  EXPECT_EQ(outcome.issues.size(), 1u) << formula;
  return outcome.issues.empty() ? "" : outcome.issues.front();
}

// What is wrong with a formula where a type is due; "" if nothing.
std::string mismatch_of(const std::string& formula, Type wanted) {
  const Text text{formula, {"deal.yaml", 10, 5}};
  const Lookup lookup = [&](std::string_view name) -> std::optional<Symbol> {
    Symbol symbol;
    symbol.slot = 0;
    symbol.type = kKnown.find(name)->second.type;
    return symbol;
  };
  const auto compiled = compile(*parse_formula(text, kHyphenated), text.where, lookup, {});
  const auto issue = mismatch(*compiled, wanted, text);
  return issue ? to_text(*issue) : "";
}

}  // namespace

TEST(Formula, adds_subtracts_multiplies_and_divides) {
  EXPECT_DOUBLE_EQ(value("7 + 2"), 9);
  EXPECT_DOUBLE_EQ(value("a - b"), 5);
  EXPECT_DOUBLE_EQ(value("a * b"), 14);
  EXPECT_DOUBLE_EQ(value("a / b"), 3.5);
}

TEST(Formula, multiplies_before_it_adds_and_works_from_left_to_right) {
  EXPECT_DOUBLE_EQ(value("1 + 2 * 3"), 7);
  EXPECT_DOUBLE_EQ(value("(1 + 2) * 3"), 9);
  EXPECT_DOUBLE_EQ(value("10 - 4 - 3"), 3);
  EXPECT_DOUBLE_EQ(value("100 / 10 / 5"), 2);
  EXPECT_DOUBLE_EQ(value("100 / 10 * 5"), 50);
  EXPECT_DOUBLE_EQ(value("2 * 3 - 4 / 2"), 4);
}

TEST(Formula, a_minus_sign_binds_tighter_than_a_product) {
  EXPECT_DOUBLE_EQ(value("-2 * 3"), -6);
  EXPECT_DOUBLE_EQ(value("2 * -3"), -6);
  EXPECT_DOUBLE_EQ(value("1 - -1"), 2);
  EXPECT_DOUBLE_EQ(value("--5"), 5);
  EXPECT_DOUBLE_EQ(value("-(1 + 2)"), -3);
  EXPECT_DOUBLE_EQ(value("-a + b"), -5);
}

TEST(Formula, compares) {
  EXPECT_EQ(value("1 < 2"), 1);
  EXPECT_EQ(value("2 < 2"), 0);
  EXPECT_EQ(value("2 <= 2"), 1);
  EXPECT_EQ(value("3 <= 2"), 0);
  EXPECT_EQ(value("3 > 2"), 1);
  EXPECT_EQ(value("2 > 2"), 0);
  EXPECT_EQ(value("2 >= 2"), 1);
  EXPECT_EQ(value("1 >= 2"), 0);
  EXPECT_EQ(value("2 == 2"), 1);
  EXPECT_EQ(value("2 == 3"), 0);
  EXPECT_EQ(value("2 != 3"), 1);
  EXPECT_EQ(value("2 != 2"), 0);
  EXPECT_EQ(value("1 + 1 < 3 * 1"), 1);
  EXPECT_EQ(run("1 < 2").type, Type::condition);
}

TEST(Formula, joins_conditions_not_before_and_before_or) {
  EXPECT_EQ(value("1 < 2 or 1 > 2 and 1 > 2"), 1);
  EXPECT_EQ(value("(1 < 2 or 1 > 2) and 1 > 2"), 0);
  EXPECT_EQ(value("not 1 > 2 and 1 > 2"), 0);
  EXPECT_EQ(value("not (1 > 2 and 1 > 2)"), 1);
  EXPECT_EQ(value("not not 1 < 2"), 1);
  EXPECT_EQ(value("1 < 2 and 2 < 3 and 3 < 3"), 0);
}

TEST(Formula, chooses_and_bounds) {
  EXPECT_DOUBLE_EQ(value("if(a > b, 10, 20)"), 10);
  EXPECT_DOUBLE_EQ(value("if(a < b, 10, 20)"), 20);
  EXPECT_DOUBLE_EQ(value("if(a < b, 1, if(a == 7, 2, 3))"), 2);
  EXPECT_DOUBLE_EQ(value("min(3, 1, 2)"), 1);
  EXPECT_DOUBLE_EQ(value("max(3, 1, 2, -5)"), 3);
  EXPECT_DOUBLE_EQ(value("abs(b - a)"), 5);
  EXPECT_DOUBLE_EQ(value("max(0, pool.balance - 2_000)"), 0);
  EXPECT_DOUBLE_EQ(value("min(libor_1m + margin, 11.50%)"), 0.0147);
}

TEST(Formula, reads_numbers_with_underscores_and_decimals) {
  EXPECT_DOUBLE_EQ(value("861_000_000"), 861'000'000);
  EXPECT_DOUBLE_EQ(value("1_0.2_5"), 10.25);
  EXPECT_DOUBLE_EQ(value(".5"), 0.5);
  EXPECT_DOUBLE_EQ(value("0.0043"), 0.0043);
}

TEST(Formula, reads_percent_as_a_rate) {
  EXPECT_DOUBLE_EQ(value("0.35%"), 0.0035);
  EXPECT_DOUBLE_EQ(value("25% * pool.balance"), 250);
  EXPECT_EQ(run("0.35%").type, Type::rate);
  EXPECT_EQ(run("25% * pool.balance").type, Type::money);
}

TEST(Formula, reads_dates_and_counts_days_between_them) {
  EXPECT_DOUBLE_EQ(value("2004-06-25"), day_number(2004, 6, 25));
  EXPECT_EQ(value("date >= 2004-06-25"), 1);
  EXPECT_EQ(value("date > 2004-06-25"), 0);
  EXPECT_DOUBLE_EQ(value("date - 2004-06-20"), 5);
  EXPECT_EQ(value("date - 30 == 2004-05-26"), 1);
  EXPECT_EQ(run("date + 1").type, Type::date);
  EXPECT_EQ(run("date - date").type, Type::number);
}

TEST(Formula, tells_a_hyphenated_class_from_a_subtraction) {
  EXPECT_DOUBLE_EQ(value("A-1.balance"), 600);
  EXPECT_DOUBLE_EQ(value("A-10.balance"), 60);
  EXPECT_DOUBLE_EQ(value("a - 1"), 6);
  EXPECT_DOUBLE_EQ(value("a-1"), 6);
  EXPECT_DOUBLE_EQ(value("pool.balance-A-1.balance"), 400);
  EXPECT_DOUBLE_EQ(value("A-1.balance-A-10.balance-1"), 539);
  EXPECT_DOUBLE_EQ(value("_x9-1"), 8);
}

TEST(Formula, nothing_over_nothing_is_nothing_and_else_infinite) {
  EXPECT_DOUBLE_EQ(value("0 / 0"), 0.0);
  EXPECT_EQ(value("1 / 0"), HUGE_VAL);
  EXPECT_EQ(value("-1 / 0"), -HUGE_VAL);
  EXPECT_DOUBLE_EQ(value("(pool.balance - 1_000) / (A-1.balance - 600)"), 0.0);
  EXPECT_DOUBLE_EQ(value("min(1 / 0, 3)"), 3);
}

TEST(Formula, keeps_the_unit_of_its_parts) {
  EXPECT_EQ(run("pool.balance / A-1.balance").type, Type::number);
  EXPECT_EQ(run("pool.balance / 12").type, Type::money);
  EXPECT_EQ(run("pool.balance - 5").type, Type::money);
  EXPECT_EQ(run("12 * pool.balance / A-1.balance").type, Type::number);
  EXPECT_EQ(run("libor_1m * 2").type, Type::rate);
  EXPECT_EQ(run("libor_1m / margin").type, Type::number);
  EXPECT_EQ(run("libor_1m + pool.balance / A-1.balance").type, Type::rate);
  EXPECT_EQ(run("libor_1m + 0").type, Type::rate);
  EXPECT_EQ(run("-pool.balance").type, Type::money);
  EXPECT_EQ(run("if(a > b, 0, pool.balance)").type, Type::money);
  EXPECT_EQ(run("max(date, 2004-01-25)").type, Type::date);
}

TEST(FormulaError, money_beside_a_rate) {
  EXPECT_EQ(said("pool.balance + libor_1m"), "deal.yaml:10:18: error: '+' joins a money amount and a rate");
  EXPECT_EQ(said("libor_1m > pool.balance"), "deal.yaml:10:14: error: '>' joins a rate and a money amount");
  EXPECT_EQ(said("max(pool.balance, libor_1m)"), "deal.yaml:10:5: error: 'max' joins a money amount and a rate");
  EXPECT_EQ(said("if(a > b, pool.balance, 5%)"), "deal.yaml:10:5: error: 'if' joins a money amount and a rate");
  EXPECT_EQ(said("pool.balance * A-1.balance"), "deal.yaml:10:18: error: '*' joins a money amount and a money amount");
  EXPECT_EQ(said("5% / pool.balance"), "deal.yaml:10:8: error: '/' joins a rate and a money amount");
}

TEST(FormulaError, a_date_is_no_number) {
  EXPECT_EQ(said("date * 2"), "deal.yaml:10:10: error: '*' joins a date and a number");
  EXPECT_EQ(said("date + date"), "deal.yaml:10:10: error: '+' joins a date and a date");
  EXPECT_EQ(said("date > 5"), "deal.yaml:10:10: error: '>' joins a date and a number");
  EXPECT_EQ(said("-date"), "deal.yaml:10:5: error: the sign of a date cannot be changed");
  EXPECT_EQ(said("abs(date)"), "deal.yaml:10:5: error: abs takes an amount, not a date");
}

TEST(FormulaError, a_condition_is_no_number) {
  EXPECT_EQ(said("min(a > b, 1)"), "deal.yaml:10:5: error: 'min' joins a condition and a number");
  EXPECT_EQ(said("min(a > b, a < b)"), "deal.yaml:10:5: error: 'min' joins a condition and a condition");
  EXPECT_EQ(said("1 + (a > b)"), "deal.yaml:10:7: error: '+' joins a number and a condition");
  EXPECT_EQ(said("a and a > b"), "deal.yaml:10:7: error: 'and' joins a number and a condition");
  EXPECT_EQ(said("not a"), "deal.yaml:10:5: error: 'not' takes a condition, not a number");
  EXPECT_EQ(said("if(a, 1, 2)"), "deal.yaml:10:8: error: the first argument of if must be a condition, not a number");
  EXPECT_EQ(said("(a > b) == (a < b)"), "deal.yaml:10:13: error: '==' joins a condition and a condition");
  EXPECT_EQ(said("abs(a > b)"), "deal.yaml:10:5: error: abs takes an amount, not a condition");
}

TEST(FormulaError, a_bare_number_beside_a_rate) {
  EXPECT_EQ(said("libor_1m + 0.35"),
            "deal.yaml:10:14: error: '+' joins a rate and a number; write the rate with a percent sign, as in 0.35%");
  EXPECT_EQ(said("min(libor_1m, 11.5)"),
            "deal.yaml:10:5: error: 'min' joins a rate and a number; write the rate with a percent sign, as in 0.35%");
}

TEST(FormulaError, a_bare_number_where_a_rate_is_due) {
  EXPECT_EQ(mismatch_of("0.35", Type::rate),
            "deal.yaml:10:5: error: '0.35' stands where a rate is due, without a percent sign; write 0.35% if percent is meant");
  EXPECT_EQ(mismatch_of("0.35%", Type::rate), "");
  EXPECT_EQ(mismatch_of("0", Type::rate), "");
  EXPECT_EQ(mismatch_of("a", Type::rate), "");
  EXPECT_EQ(mismatch_of("5_000", Type::money), "");
  EXPECT_EQ(mismatch_of("a", Type::money), "deal.yaml:10:5: error: 'a' is a number; a money amount is due here");
  EXPECT_EQ(mismatch_of("pool.balance", Type::rate), "deal.yaml:10:5: error: 'pool.balance' is a money amount; a rate is due here");
  EXPECT_EQ(mismatch_of("1", Type::condition), "deal.yaml:10:5: error: '1' is a number; a condition is due here");
}

TEST(FormulaError, an_unknown_name_and_the_one_that_was_meant) {
  EXPECT_EQ(said("2 * pool.balanse"), "deal.yaml:10:9: error: nothing is called pool.balanse; did you mean pool.balance?");
}

TEST(FormulaError, an_unknown_function_and_the_one_that_was_meant) {
  EXPECT_EQ(said("1 + maxx(1, 2)"), "deal.yaml:10:9: error: no function is called maxx; did you mean max?");
}

TEST(FormulaError, every_unknown_name_at_once) { EXPECT_EQ(run("x1 + y1 * min(z1, 2)").issues.size(), 3u); }

TEST(FormulaError, too_many_or_too_few_arguments) {
  EXPECT_EQ(said("if(a > b, 1)"), "deal.yaml:10:5: error: if takes three arguments; write if(condition, value, otherwise)");
  EXPECT_EQ(said("if(a > b, 1, 2, 3)"), "deal.yaml:10:5: error: if takes three arguments; write if(condition, value, otherwise)");
  EXPECT_EQ(said("min(1)"), "deal.yaml:10:5: error: min takes two arguments or more");
  EXPECT_EQ(said("abs(1, 2)"), "deal.yaml:10:5: error: abs takes one argument");
}

TEST(FormulaError, a_formula_that_does_not_read) {
  EXPECT_EQ(said("(1 + 2"), "deal.yaml:10:11: error: in '(1 + 2': a closing parenthesis is missing; add ')'");
  EXPECT_EQ(said("min(1, 2"), "deal.yaml:10:13: error: in 'min(1, 2': a closing parenthesis is missing after the arguments of min; add ')'");
  EXPECT_EQ(said("1 + 2)"), "deal.yaml:10:10: error: in '1 + 2)': ')' is not expected here; remove it, or write an operator before it");
  EXPECT_EQ(said("a b"), "deal.yaml:10:7: error: in 'a b': 'b' is not expected here; remove it, or write an operator before it");
  EXPECT_EQ(said("1 +"), "deal.yaml:10:8: error: in '1 +': the formula ends too early; complete it");
  EXPECT_EQ(said("1 = 2"), "deal.yaml:10:8: error: in '1 = 2': '=' does not compare; write == to test for equality");
  EXPECT_EQ(said("1.2.3"), "deal.yaml:10:5: error: in '1.2.3': '1.2.3' is not a number");
  EXPECT_EQ(said("12months"), "deal.yaml:10:7: error: in '12months': a number runs into a name; write an operator between them");
  EXPECT_EQ(said(""), "deal.yaml:10:5: error: in '': the formula ends too early; complete it");
  EXPECT_EQ(said("min()"), "deal.yaml:10:9: error: in 'min()': ')' is not expected here; a number, a rate, a date or a name goes here");
  EXPECT_EQ(said("1 < 2 < 3"), "deal.yaml:10:11: error: in '1 < 2 < 3': '<' is not expected here; remove it, or write an operator before it");
}

TEST(FormulaError, nesting_too_deep_is_refused_and_does_not_crash) {
  const auto repeat = [](const std::string& part, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += part;
    return all;
  };
  for (const std::string& deep :
       {repeat("(", 200'000) + "1" + repeat(")", 200'000), repeat("-", 200'000) + "1", "1" + repeat("+1", 200'000),
        repeat("not ", 200'000) + "1 < 2", repeat("abs(", 200'000), repeat("if(1<2,1,", 100'000), repeat("1+(", 100'000)}) {
    EXPECT_NE(said(deep).find("too"), std::string::npos) << deep.substr(0, 20);
  }
  EXPECT_NE(said(repeat("1+(", 70) + "1" + repeat(")", 70)).find("nested too deeply"), std::string::npos);
  EXPECT_DOUBLE_EQ(value(repeat("1+(", 50) + "1" + repeat(")", 50)), 51);
  EXPECT_DOUBLE_EQ(value("1" + repeat("+1", 500)), 501);
}
