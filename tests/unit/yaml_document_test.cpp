#include "spillway/io/yaml_document.h"

#include <gtest/gtest.h>

#include "issue_lines.h"

using namespace spillway;
using io::parse_yaml;

TEST(ParseYaml, reports_every_duplicate_key_with_line_and_column_and_reads_on) {
  const auto read = parse_yaml("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n", "deal.yaml");
  EXPECT_TRUE(read.ok());
  EXPECT_TRUE(result::has_errors(read.issues));
  EXPECT_EQ(lines(read.issues),
            (Lines{"deal.yaml:4:3: error: the key c stands here twice (first on line 3); keep one of them",
                   "deal.yaml:5:1: error: the key a stands here twice (first on line 1); keep one of them"}));
}

TEST(ParseYaml, comes_to_an_end_on_a_line_indented_less_than_the_first) {
  const auto read = parse_yaml("    a: b\n  ,,  c: d\nscenarios:\n", "deal.yaml");
  EXPECT_FALSE(read.ok());
}

TEST(ParseYaml, reports_broken_syntax_with_its_place) {
  const auto read = parse_yaml("a: 1\nb: [1, 2\nc: 3\n", "deal.yaml");
  ASSERT_EQ(read.issues.size(), 1u);
  EXPECT_EQ(read.issues[0].where.line, 3);
  EXPECT_EQ(read.issues[0].what.substr(0, 16), "not valid YAML: ");
}

TEST(ParseYaml, knows_the_place_of_a_node) {
  const auto read = parse_yaml("a:\n  - x\n  - {b: y}\n", "f");
  ASSERT_TRUE(read.ok());
  const YAML::Node& root = read->root;
  const auto where = read->at(root["a"][1]["b"]);
  EXPECT_EQ(where.line, 3);
  EXPECT_EQ(where.column, 9);
}

TEST(ParseYaml, refuses_a_second_document_and_keys_that_are_not_text) {
  EXPECT_EQ(lines(parse_yaml("a: 1\n---\nb: 2\n", "f").issues),
            (Lines{"f:2:1: error: the file holds more than one document; take out the line ---, and start every key of "
                   "the top at the margin"}));
  EXPECT_EQ(lines(parse_yaml("? [x]\n: 1\n", "f").issues),
            (Lines{"f:1:3: error: a key must be plain text; put it in quotes"}));
}

TEST(ParseYaml, stops_at_an_alias_inside_its_own_anchor_and_at_a_bomb_of_aliases) {
  EXPECT_EQ(parse_yaml("a: &x [*x]\n", "f").issues.front().what, "nested too deep");
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + before;
    for (int k = 1; k < 10; ++k) bomb += ", " + before;
    bomb += "]\n";
  }
  EXPECT_EQ(parse_yaml(bomb, "f").issues.front().what, "too many values once aliases are written out");
}

TEST(ParseYaml, stops_at_brackets_without_end) {
  EXPECT_FALSE(parse_yaml(std::string(200'000, '['), "f").ok());
  EXPECT_FALSE(parse_yaml(std::string(150, '[') + std::string(150, ']'), "f").ok());
}

TEST(ParseYaml, an_empty_text_is_an_empty_document) { EXPECT_TRUE(parse_yaml("# nothing\n", "f").ok()); }

TEST(ParseNumber, reads_underscores_between_digits_and_refuses_commas) {
  EXPECT_EQ(io::parse_number("861_000_000"), 861e6);
  EXPECT_EQ(io::parse_number("-0.5"), -0.5);
  EXPECT_EQ(io::parse_number("+3"), 3.0);
  for (const char* text : {"", "1,000", "_1", "1_", "1__0", "nan", ".inf", "inf", "1e999", "+-1", "3%", "x"}) {
    EXPECT_EQ(io::parse_number(text), std::nullopt) << text;
  }
}

TEST(ParsePercent, is_exactly_the_decimal_and_needs_the_sign) {
  EXPECT_EQ(io::parse_percent("0.35%"), 0.0035);
  EXPECT_EQ(io::parse_percent("3.469%"), 0.03469);
  EXPECT_EQ(io::parse_percent("-1%"), -0.01);
  EXPECT_EQ(io::parse_percent("7%"), 0.07);
  for (const char* text : {"0.35", "%", "1e2%", "x%", "1 %", "nan%", "-%"}) {
    EXPECT_EQ(io::parse_percent(text), std::nullopt) << text;
  }
}
