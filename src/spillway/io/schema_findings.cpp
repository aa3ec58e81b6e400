#include "spillway/io/schema_findings.h"

#include <algorithm>
#include <array>
#include <climits>
#include <string_view>

#include "spillway/io/yaml_document.h"

namespace spillway::io::schema {

namespace {

// JSON numbers, and the forms YAML adds: a leading plus or zero, ".5", "5.". No underscores: such a text is text.
bool looks_like_number(std::string_view text) {
  if (!text.empty() && (text.front() == '+' || text.front() == '-')) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != text.npos) return false;
  return (text.front() >= '0' && text.front() <= '9') || (text.front() == '.' && text.size() > 1);
}

bool is_syntax_of_number(std::string_view text) {
  if (!looks_like_number(text)) return false;
  const bool sign = text.front() == '+' || text.front() == '-';
  std::size_t i = sign ? 1 : 0, digits = 0;
  const auto run = [&] {
    while (i < text.size() && text[i] >= '0' && text[i] <= '9') ++i, ++digits;
  };
  run();
  if (i < text.size() && text[i] == '.') ++i, run();
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    digits = 0;
    run();
    if (digits == 0) return false;
  }
  return i == text.size();
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

Kind kind_of_scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  const std::string& tag = node.Tag();
  if (tag == "!" || tag == "tag:yaml.org,2002:str") return Kind::text;
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return Kind::nothing;
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return Kind::truth;
  if (is_one_of(text, {".nan", ".NaN", ".NAN", ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf",
                       "-.INF"})) {
    return Kind::not_finite;
  }
  if (!is_syntax_of_number(text)) return Kind::text;
  if (!parse_number(text)) return Kind::not_finite;
  return text.find_first_not_of("+-0123456789") == text.npos ? Kind::integer : Kind::number;
}

std::string words_of_type(const std::string& type) {
  if (type == "null") return "nothing";
  if (type == "boolean") return "true or false";
  if (type == "integer") return "a whole number";
  if (type == "number") return "a number";
  if (type == "string") return "text";
  if (type == "array") return "a list";
  return "a mapping (key: value)";
}

void collect_keys(const YAML::Node& schema, const std::function<YAML::Node(const std::string&)>& resolve,
                  std::vector<std::string>& keys, bool& open) {
  if (const YAML::Node reference = child(schema, "$ref")) {
    collect_keys(resolve(reference.Scalar()), resolve, keys, open);
  }
  for (const std::string& key : keys_of(schema)) keys.push_back(key);
  if (const YAML::Node others = child(schema, "additionalProperties"); others && !others.IsScalar()) open = true;
  if (child(schema, "patternProperties")) open = true;
  for (const char* holder : {"anyOf", "oneOf", "allOf"}) {
    for (const YAML::Node& branch : child(schema, holder)) collect_keys(branch, resolve, keys, open);
  }
}

}  // namespace

int reached(const std::vector<Finding>& findings) {
  int nearest = INT_MAX;
  for (const Finding& finding : findings) nearest = std::min(nearest, finding.reach);
  return nearest;
}

Kind kind_of(const YAML::Node& node) {
  switch (node.Type()) {
    case YAML::NodeType::Sequence: return Kind::list;
    case YAML::NodeType::Map: return Kind::mapping;
    case YAML::NodeType::Scalar: return kind_of_scalar(node);
    default: return Kind::nothing;
  }
}

bool is_type(Kind kind, const std::string& name) {
  switch (kind) {
    case Kind::nothing: return name == "null";
    case Kind::truth: return name == "boolean";
    case Kind::integer: return name == "integer" || name == "number";
    case Kind::number: return name == "number";
    case Kind::not_finite: return false;
    case Kind::text: return name == "string";
    case Kind::list: return name == "array";
    case Kind::mapping: return name == "object";
  }
  return false;
}

bool same_value(const YAML::Node& a, const YAML::Node& b) {
  if (!a.IsScalar() || !b.IsScalar()) return kind_of(a) == Kind::nothing && kind_of(b) == Kind::nothing;
  const auto is_number = [](Kind kind) { return kind == Kind::integer || kind == Kind::number; };
  if (is_number(kind_of(a)) && is_number(kind_of(b))) return parse_number(a.Scalar()) == parse_number(b.Scalar());
  return kind_of(a) == kind_of(b) && a.Scalar() == b.Scalar();
}

std::string describe(const YAML::Node& node) {
  constexpr std::size_t shown = 60;
  std::string text = node.IsScalar() ? node.Scalar() : "";
  if (text.size() > shown) text = text.substr(0, shown) + "...";
  switch (kind_of(node)) {
    case Kind::nothing: return "empty";
    case Kind::truth: return text;
    case Kind::integer:
    case Kind::number: return "the number " + text;
    case Kind::not_finite: return text + ", which is not a finite number";
    case Kind::text: return "the text \"" + text + '"';
    case Kind::list: return "a list";
    case Kind::mapping: return "a mapping";
  }
  return text;
}

std::string in_words(const YAML::Node& schema, const std::vector<std::string>& types) {
  if (const YAML::Node what = child(schema, "x-what")) return what.Scalar();
  std::string words;
  for (std::size_t i = 0; i < types.size(); ++i) {
    if (i > 0) words += i + 1 == types.size() ? " or " : ", ";
    words += words_of_type(types[i]);
  }
  return words;
}

YAML::Node child(const YAML::Node& node, const std::string& key) {
  if (!node.IsDefined() || !node.IsMap()) return YAML::Node{YAML::NodeType::Undefined};
  return node[key];
}

std::vector<std::string> keys_of(const YAML::Node& schema) {
  std::vector<std::string> keys;
  for (const auto& entry : child(schema, "properties")) keys.push_back(entry.first.Scalar());
  return keys;
}

std::vector<std::string> keys_of_all(const YAML::Node& branches,
                                     const std::function<YAML::Node(const std::string&)>& resolve) {
  std::vector<std::string> keys;
  bool open = false;
  for (const YAML::Node& branch : branches) collect_keys(branch, resolve, keys, open);
  if (open) keys.clear();
  return keys;
}

void require_known_keywords(const YAML::Node& schema) {
  static constexpr std::array<std::string_view, 33> known{
      "$schema", "$id", "$ref", "$defs", "$comment", "title", "description", "default", "examples", "deprecated",
      "type", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "items",
      "minItems", "maxItems", "enum", "const", "pattern", "minLength", "minimum", "maximum", "exclusiveMinimum",
      "exclusiveMaximum", "anyOf", "oneOf", "allOf", "minProperties", "maxProperties", "format"};
  for (const auto& entry : schema) {
    const std::string& name = entry.first.Scalar();
    if (name.rfind("x-", 0) == 0 || std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw result::InvariantViolation("the schema keyword " + name + " is not supported");
  }
}

}  // namespace spillway::io::schema
