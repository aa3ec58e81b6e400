#include <gtest/gtest.h>

#include "issue_lines.h"
#include "spillway/io/yaml_document.h"

using namespace spillway;

namespace {

Lines check(const std::string& yaml, const std::string& schema) {
  const auto document = io::parse_yaml(yaml, "f");
  EXPECT_TRUE(document.ok()) << yaml;
  return lines(io::validate(*document, schema));
}

bool fits(const std::string& yaml, const std::string& schema) { return check(yaml, schema).empty(); }

}  // namespace

TEST(Schema, tells_the_types_of_scalars_apart) {
  const std::string number = R"({"type": "number"})", integer = R"({"type": "integer"})", text = R"({"type": "string"})",
                    truth = R"({"type": "boolean"})", nothing = R"({"type": "null"})";
  for (const char* y : {"12", "0.5", "-3", "+1", "1e3", ".5", "007"}) EXPECT_TRUE(fits(y, number)) << y;
  for (const char* y : {"12", "-3"}) EXPECT_TRUE(fits(y, integer)) << y;
  for (const char* y : {"0.35%", "861_000_000", "\"12\"", "2004-06-25", "25th", "yes", "A-1", "'true'", "'null'"}) {
    EXPECT_TRUE(fits(y, text)) << y;
    EXPECT_FALSE(fits(y, number)) << y;
  }
  EXPECT_TRUE(fits("true", truth));
  EXPECT_FALSE(fits("'true'", truth));
  EXPECT_TRUE(fits("~", nothing));
  EXPECT_TRUE(fits("null", nothing));
  EXPECT_FALSE(fits("0.5", integer));
}

TEST(Schema, not_a_number_and_infinity_are_no_value_at_all) {
  for (const char* y : {".nan", ".inf", "-.inf", "1e999"}) {
    EXPECT_FALSE(fits(y, R"({"type": "number"})")) << y;
    EXPECT_FALSE(fits(y, R"({"type": ["string", "null", "boolean"]})")) << y;
  }
  EXPECT_EQ(check("a: .nan", R"({"properties": {"a": {"type": "number"}}})"),
            (Lines{"f:1:4: error: a must be a number, not .nan, which is not a finite number"}));
}

TEST(Schema, reports_every_fault_in_the_order_of_the_file) {
  const std::string schema = R"({"type": "object", "required": ["deal", "classes"], "additionalProperties": false,
    "properties": {"deal": {"type": "string"}, "classes": {"type": "array", "minItems": 1, "items": {"type": "integer"}}}})";
  EXPECT_EQ(check("clases: 1\ndeal: 3\n", schema),
            (Lines{"f:1:1: error: the file has no classes; add classes: ...",
                   "f:1:1: error: unknown key clases; did you mean classes?",
                   "f:2:7: error: deal must be text, not the number 3"}));
  EXPECT_EQ(check("deal: x\nclasses: [1, two, {}]\n", schema),
            (Lines{"f:2:14: error: entry 2 of classes must be a whole number, not the text \"two\"",
                   "f:2:19: error: entry 3 of classes must be a whole number, not a mapping"}));
  EXPECT_EQ(check("deal: x\nclasses: []\n", schema), (Lines{"f:2:10: error: classes needs at least 1 entries"}));
  EXPECT_EQ(check("[]", schema), (Lines{"f:1:1: error: the file must be a mapping (key: value), not a list"}));
}

TEST(Schema, gives_the_remedy_written_beside_the_keyword) {
  const std::string schema = R"({"properties": {"a": {"$ref": "#/$defs/rate"}, "b": {"$ref": "#/$defs/rate", "x-remedy": "b wants 1%"}},
    "$defs": {"rate": {"type": "string", "pattern": "%$", "x-what": "a rate", "x-remedy": "write 3%"}}})";
  EXPECT_EQ(check("a: 3\nb: 0.01\n", schema), (Lines{"f:1:4: error: a must be a rate, not the number 3; write 3%",
                                                     "f:2:4: error: b must be a rate, not the number 0.01; b wants 1%"}));
  EXPECT_EQ(check("a: three\n", schema), (Lines{"f:1:4: error: a must be a rate, not the text \"three\"; write 3%"}));
}

TEST(Schema, checks_bounds_and_choices) {
  EXPECT_EQ(check("5", R"({"maximum": 4})"), (Lines{"f:1:1: error: the file must be at most 4, not 5"}));
  EXPECT_EQ(check("5", R"({"minimum": 6})"), (Lines{"f:1:1: error: the file must be at least 6, not 5"}));
  EXPECT_EQ(check("5", R"({"exclusiveMinimum": 5})"), (Lines{"f:1:1: error: the file must be more than 5, not 5"}));
  EXPECT_TRUE(fits("5", R"({"exclusiveMinimum": 4.5, "maximum": 5, "minimum": 5})"));
  EXPECT_EQ(check("a: calll", R"({"properties": {"a": {"enum": ["call", "maturity"]}}})"),
            (Lines{"f:1:4: error: a cannot be the text \"calll\"; did you mean call?"}));
  EXPECT_EQ(check("a: 2", R"({"properties": {"a": {"const": 1}}})"), (Lines{"f:1:4: error: a must be 1, not the number 2"}));
  EXPECT_TRUE(fits("1.0", R"({"const": 1})"));
  EXPECT_FALSE(fits("'1'", R"({"const": 1})"));
}

TEST(Schema, checks_keys_by_pattern_and_by_name) {
  const std::string schema = R"({"minProperties": 1, "patternProperties": {"^M-": {"type": "integer"}},
    "propertyNames": {"pattern": "^[A-Z]"}, "additionalProperties": {"type": "boolean"}})";
  EXPECT_TRUE(fits("{M-1: 3, A: true}", schema));
  EXPECT_EQ(check("M-1: x\na: true\nA: 1\n", schema),
            (Lines{"f:1:6: error: M-1 must be a whole number, not the text \"x\"",
                   "f:2:1: error: the key a is not in the form asked for: it is the text \"a\"",
                   "f:3:4: error: A must be true or false, not the number 1"}));
  EXPECT_EQ(check("{}", schema), (Lines{"f:1:1: error: the file needs at least 1 keys"}));
}

TEST(Schema, of_alternatives_it_explains_the_one_that_got_furthest) {
  const std::string tree = R"({"$ref": "#/$defs/node", "$defs": {"node": {"anyOf": [
    {"type": "string"},
    {"type": "object", "required": ["sequential"], "additionalProperties": false, "properties": {"sequential": {"$ref": "#/$defs/list"}}},
    {"type": "object", "required": ["pro_rata"], "additionalProperties": false, "properties": {"pro_rata": {"$ref": "#/$defs/list"}, "by": {"type": "string"}}}]},
    "list": {"type": "array", "items": {"$ref": "#/$defs/node"}}}})";
  EXPECT_TRUE(fits("{sequential: [A-1, {pro_rata: [M-1, M-2], by: x}]}", tree));
  EXPECT_EQ(check("{sequential: [A-1, {pro_rata: [M-1, M-2], by: 3}]}", tree),
            (Lines{"f:1:47: error: by must be text, not the number 3"}));
  EXPECT_EQ(check("{sequentail: [A-1]}", tree), (Lines{"f:1:2: error: unknown key sequentail; did you mean sequential?"}));
  EXPECT_EQ(check("{sequential: [A-1, 7]}", tree),
            (Lines{"f:1:20: error: entry 2 of sequential fits none of the forms allowed here: it is the number 7"}));
}

TEST(Schema, an_alternative_may_carry_the_remedy_for_all_its_branches) {
  const std::string schema = R"({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "%$"}], "x-remedy": "write 3 or 3%"})";
  EXPECT_EQ(check("[1]", schema),
            (Lines{"f:1:1: error: the file fits none of the forms allowed here: it is a list; write 3 or 3%"}));
  EXPECT_EQ(check("x", schema),
            (Lines{"f:1:1: error: the file is not in the form asked for: it is the text \"x\"; write 3 or 3%"}));
}

TEST(Schema, exactly_one_of_several_forms_and_all_of_several_forms) {
  const std::string one = R"({"oneOf": [{"type": "integer"}, {"minimum": 3}]})";
  EXPECT_TRUE(fits("2", one));
  EXPECT_EQ(check("4", one), (Lines{"f:1:1: error: the file fits more than one of the forms allowed here"}));
  EXPECT_EQ(check("4", R"({"allOf": [{"minimum": 5}, {"maximum": 3}]})").size(), 2u);
}

TEST(Schema, an_unknown_keyword_is_our_own_bug) {
  EXPECT_THROW(check("1", R"({"minimun": 3})"), result::InvariantViolation);
  EXPECT_THROW(check("1", R"({"$ref": "#/$defs/x"})"), result::InvariantViolation);
}

TEST(Schema, long_text_does_not_exhaust_the_pattern) {
  EXPECT_FALSE(fits("'" + std::string(1'000'000, 'a') + "'", R"({"pattern": "^(a|b)*$"})"));
}
