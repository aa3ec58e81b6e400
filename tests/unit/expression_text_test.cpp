#include "spillway/deal/expression_text.h"

#include <gtest/gtest.h>

using namespace spillway::deal;

namespace {

Expression parsed(const std::string& text) {
  auto made = parse_formula({text, {"deal.yaml", 1, 1}}, {"A-1"});
  if (!made.ok()) throw std::runtime_error("does not parse: " + text);
  return *made;
}

std::string again(const std::string& text) { return to_text(parsed(text)); }

TEST(ExpressionText, FormulasAreWrittenAsTheyStand) {
  for (const char* text : {"libor_1m + margin * if(call.passed, step_up, 1)", "11.50%", "0.355%", "0.0043%", "A-1.balance - 2",
                           "min(a, max(b, 0))", "not call.exercised", "date <= 2004-06-25", "a < b and (c or d)", "-a * b",
                           "1000000", "0.5"}) {
    EXPECT_EQ(again(text), text);
  }
}

TEST(ExpressionText, BracketsStayOnlyWhereTheyMatter) {
  EXPECT_EQ(again("(a * b) + c"), "a * b + c");
  EXPECT_EQ(again("a - (b - c)"), "a - (b - c)");
  EXPECT_EQ(again("(a - b) - c"), "a - b - c");
  EXPECT_EQ(again("(a + b) / (c * d)"), "(a + b) / (c * d)");
  EXPECT_EQ(again("861_000_000"), "861000000");
}

TEST(ExpressionText, TheLeastOfNestedMinimaIsTakenApart) {
  std::vector<std::string> parts;
  for (const Expression& part : least_of(parsed("min(a, min(b + 1, 5%), max(c, d))"))) parts.push_back(to_text(part));
  EXPECT_EQ(parts, (std::vector<std::string>{"a", "b + 1", "5.00%", "max(c, d)"}));
  EXPECT_EQ(least_of(parsed("a + min(b, c)")).size(), 1U);
}

}  // namespace
