// A JSON Schema validator over YAML nodes: `validate` of yaml_document.h.

#include <algorithm>
#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <string_view>

#include "spillway/io/schema_findings.h"
#include "spillway/io/yaml_document.h"

namespace spillway::io {

namespace {

using schema::Finding;
using schema::Kind;

// What is being looked at: a node, the schema for it, its name in messages and how deep it stands.
struct Subject {
  const YAML::Node& node;
  const YAML::Node& schema;
  std::string name;
  int depth = 0;
  std::string outer_remedy;  // of the schema that refers to this one
  bool one_of_several = false;
  std::vector<std::pair<std::string_view, YAML::Node>> keywords = {};  // of the schema; most are looked for in vain

  const YAML::Node& keyword(std::string_view wanted) const {
    static const YAML::Node none{YAML::NodeType::Undefined};
    const auto found = std::find_if(keywords.begin(), keywords.end(), [&](const auto& known) { return known.first == wanted; });
    return found == keywords.end() ? none : found->second;
  }
};

class Validator {
 public:
  Validator(const YamlDocument& document, const YAML::Node& root) : document_(document), root_(root) {}

  std::vector<Finding> check(const Subject& given) {
    Subject s = given;
    std::vector<Finding> found;
    if (s.schema.IsScalar() && s.schema.Scalar() == "false") found.push_back(fault(s, s.name + " is not allowed here", 0));
    if (s.schema.IsScalar()) return found;  // the schemas true and false
    schema::require_known_keywords(s.schema);
    for (const auto& entry : s.schema) s.keywords.emplace_back(entry.first.Scalar(), entry.second);
    if (const YAML::Node own = s.keyword("x-remedy"); own && s.outer_remedy.empty()) s.outer_remedy = own.Scalar();
    check_combinations(s, found);
    if (!check_type(s, found)) return found;
    check_value(s, found);
    if (s.node.IsMap()) check_mapping(s, found);
    if (s.node.IsSequence()) check_list(s, found);
    return found;
  }

 private:
  Finding fault(const Subject& s, std::string what, int weight) const {
    return {result::error(document_.at(s.node), std::move(what), s.outer_remedy), 2 * s.depth + weight};
  }

  static void add(std::vector<Finding>& to, std::vector<Finding> more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  YAML::Node resolve(const std::string& reference) const {
    const std::string start = "#/$defs/";
    result::require(reference.rfind(start, 0) == 0, "a schema's $ref must start with #/$defs/");
    const YAML::Node definitions = root_["$defs"];
    const YAML::Node target = definitions ? definitions[reference.substr(start.size())] : YAML::Node{};
    result::require(target.IsDefined() && !target.IsNull(), "a schema's $ref names no definition");
    return target;
  }

  void check_combinations(const Subject& s, std::vector<Finding>& found) {
    if (const YAML::Node reference = s.keyword("$ref")) {
      const YAML::Node target = resolve(reference.Scalar());
      add(found, check({s.node, target, s.name, s.depth, s.outer_remedy}));
    }
    for (const YAML::Node& branch : s.keyword("allOf")) {
      add(found, check({s.node, branch, s.name, s.depth, s.outer_remedy}));
    }
    if (const YAML::Node any = s.keyword("anyOf")) check_alternatives(s, any, false, found);
    if (const YAML::Node one = s.keyword("oneOf")) check_alternatives(s, one, true, found);
  }

  void check_alternatives(const Subject& s, const YAML::Node& branches, bool exactly_one, std::vector<Finding>& found) {
    std::vector<std::vector<Finding>> failures;
    int fitting = 0;
    for (const YAML::Node& branch : branches) {
      std::vector<Finding> failure = check({s.node, branch, s.name, s.depth, {}, true});
      if (failure.empty()) ++fitting;
      failures.push_back(std::move(failure));
    }
    if (fitting == 1 || (fitting > 1 && !exactly_one)) return;
    if (fitting > 1) {
      found.push_back(fault(s, s.name + " fits more than one of the forms allowed here", 1));
      return;
    }
    add(found, explain_alternatives(s, branches, std::move(failures)));
  }

  // The failures of the branch that got furthest; where several did, what they have in common.
  std::vector<Finding> explain_alternatives(const Subject& s, const YAML::Node& branches,
                                            std::vector<std::vector<Finding>> failures) const {
    std::vector<int> reach;
    for (const auto& failure : failures) reach.push_back(schema::reached(failure));
    const int furthest = *std::max_element(reach.begin(), reach.end());
    const auto best = static_cast<std::size_t>(std::find(reach.begin(), reach.end(), furthest) - reach.begin());
    const bool alone = std::count(reach.begin(), reach.end(), furthest) == 1;
    if (alone && furthest > 2 * s.depth) {
      for (Finding& finding : failures[best]) {
        if (finding.issue.remedy.empty()) finding.issue.remedy = s.outer_remedy;
      }
      return std::move(failures[best]);
    }
    if (s.node.IsMap() && furthest > 2 * s.depth) {
      const auto follow = [this](const std::string& reference) { return resolve(reference); };
      if (auto unknown = unknown_keys(s, schema::keys_of_all(branches, follow)); !unknown.empty()) return unknown;
    }
    if (s.outer_remedy.empty() && furthest > 2 * s.depth) return std::move(failures[best]);
    return {fault(s, s.name + " fits none of the forms allowed here: it is " + schema::describe(s.node), 0)};
  }

  std::vector<Finding> unknown_keys(const Subject& s, const std::vector<std::string>& known) const {
    std::vector<Finding> found;
    for (const auto& entry : s.node) {
      const bool is_known = known.empty() || std::find(known.begin(), known.end(), entry.first.Scalar()) != known.end();
      if (!is_known) found.push_back(unknown_key(s, entry.first, known));
    }
    return found;
  }

  Finding unknown_key(const Subject& s, const YAML::Node& key, const std::vector<std::string>& known) const {
    const bool near = result::nearest(key.Scalar(), known).has_value();
    std::string remedy = near || s.outer_remedy.empty() ? result::suggestion(key.Scalar(), known) : s.outer_remedy;
    return {result::error(document_.at(key), "unknown key " + key.Scalar(), std::move(remedy)), 2 * s.depth + 1};
  }

  bool check_type(const Subject& s, std::vector<Finding>& found) const {
    const YAML::Node type = s.keyword("type");
    if (!type) return true;
    const Kind kind = schema::kind_of(s.node);
    std::vector<std::string> allowed;
    if (type.IsScalar()) allowed.push_back(type.Scalar());
    else for (const YAML::Node& name : type) allowed.push_back(name.Scalar());
    const auto fits = [&](const std::string& name) { return schema::is_type(kind, name); };
    if (std::any_of(allowed.begin(), allowed.end(), fits)) return true;
    found.push_back(fault(s, s.name + " must be " + schema::in_words(s.schema, allowed) + ", not " +
                                 schema::describe(s.node), 0));
    return false;
  }

  void check_value(const Subject& s, std::vector<Finding>& found) {
    if (const YAML::Node only = s.keyword("const"); only && !schema::same_value(s.node, only)) {
      const bool alike = schema::kind_of(s.node) == schema::kind_of(only);
      found.push_back(fault(s, s.name + " must be " + only.Scalar() + ", not " + schema::describe(s.node), alike ? 1 : 0));
    }
    if (const YAML::Node choices = s.keyword("enum")) check_choice(s, choices, found);
    const Kind kind = schema::kind_of(s.node);
    if (kind == Kind::text) check_text(s, found);
    if (kind == Kind::integer || kind == Kind::number) check_bounds(s, found);
  }

  void check_choice(const Subject& s, const YAML::Node& choices, std::vector<Finding>& found) const {
    std::vector<std::string> names;
    for (const YAML::Node& choice : choices) {
      if (schema::same_value(s.node, choice)) return;
      names.push_back(choice.Scalar());
    }
    found.push_back(fault(s, s.name + " cannot be " + schema::describe(s.node), 1));
    if (s.node.IsScalar() && s.outer_remedy.empty()) found.back().issue.remedy = result::suggestion(s.node.Scalar(), names);
  }

  bool matches(const std::string& text, const std::string& pattern) {
    constexpr std::size_t longest = 2000;  // std::regex recurses once a character
    if (text.size() > longest) return false;
    auto known = patterns_.find(pattern);
    if (known == patterns_.end()) known = patterns_.emplace(pattern, std::regex{pattern}).first;
    return std::regex_search(text, known->second);
  }

  void check_text(const Subject& s, std::vector<Finding>& found) {
    const std::string& text = s.node.Scalar();
    if (const YAML::Node pattern = s.keyword("pattern"); pattern && !matches(text, pattern.Scalar())) {
      const std::string what = s.keyword("x-what") ? " must be " + schema::in_words(s.schema, {}) + ", not "
                                                  : " is not in the form asked for: it is ";
      found.push_back(fault(s, s.name + what + schema::describe(s.node), 1));
    }
    if (const YAML::Node least = s.keyword("minLength"); least && text.size() < least.as<std::size_t>()) {
      found.push_back(fault(s, s.name + " is too short", 1));
    }
  }

  void check_bounds(const Subject& s, std::vector<Finding>& found) const {
    const double value = parse_number(s.node.Scalar()).value_or(0);
    const auto test = [&](const char* keyword, const char* words, auto holds) {
      const YAML::Node& bound = s.keyword(keyword);
      if (!bound || holds(value, *parse_number(bound.Scalar()))) return;
      found.push_back(fault(s, s.name + " must be " + words + ' ' + bound.Scalar() + ", not " + s.node.Scalar(), 1));
    };
    test("minimum", "at least", [](double v, double b) { return v >= b; });
    test("maximum", "at most", [](double v, double b) { return v <= b; });
    test("exclusiveMinimum", "more than", [](double v, double b) { return v > b; });
    test("exclusiveMaximum", "less than", [](double v, double b) { return v < b; });
  }

  void check_size(const Subject& s, const char* least, const char* most, const char* things,
                  std::vector<Finding>& found) const {
    const std::size_t size = s.node.size();
    if (const YAML::Node bound = s.keyword(least); bound && size < bound.as<std::size_t>()) {
      found.push_back(fault(s, s.name + " needs at least " + bound.Scalar() + ' ' + things, 1));
    }
    if (const YAML::Node bound = s.keyword(most); bound && size > bound.as<std::size_t>()) {
      found.push_back(fault(s, s.name + " takes at most " + bound.Scalar() + ' ' + things, 1));
    }
  }

  void check_list(const Subject& s, std::vector<Finding>& found) {
    check_size(s, "minItems", "maxItems", "entries", found);
    const YAML::Node items = s.keyword("items");
    if (!items) return;
    int position = 0;
    for (const YAML::Node& item : s.node) {
      add(found, check({item, items, "entry " + std::to_string(++position) + " of " + s.name, s.depth + 1, {}}));
    }
  }

  void check_mapping(const Subject& s, std::vector<Finding>& found) {
    check_size(s, "minProperties", "maxProperties", "keys", found);
    check_required(s, found);
    // A form that lacks a key it needs is not the one that was meant: forms within forms would double the work each time.
    if (s.one_of_several && !found.empty()) return;
    const std::vector<std::string> known = schema::keys_of(s.schema);
    for (const auto& entry : s.node) {
      if (const YAML::Node names = s.keyword("propertyNames")) {
        add(found, check({entry.first, names, "the key " + entry.first.Scalar(), s.depth + 1, {}}));
      }
      check_entry(s, entry.first, entry.second, known, found);
    }
  }

  void check_required(const Subject& s, std::vector<Finding>& found) const {
    for (const YAML::Node& name : s.keyword("required")) {
      if (s.node[name.Scalar()]) continue;
      found.push_back(fault(s, s.name + " has no " + name.Scalar(), 1));
      const YAML::Node part = schema::child(s.keyword("properties"), name.Scalar());
      if (const YAML::Node own = schema::child(part, "x-remedy")) found.back().issue.remedy = own.Scalar();
      if (found.back().issue.remedy.empty()) found.back().issue.remedy = "add " + name.Scalar() + ": ...";
    }
  }

  void check_entry(const Subject& s, const YAML::Node& key, const YAML::Node& value,
                   const std::vector<std::string>& known, std::vector<Finding>& found) {
    const std::string& name = key.Scalar();
    bool described = false;
    const auto check_by = [&](const YAML::Node& by) {
      described = true;
      add(found, check({value, by, name, s.depth + 1, {}}));
    };
    if (const YAML::Node own = schema::child(s.keyword("properties"), name)) check_by(own);
    for (const auto& entry : s.keyword("patternProperties")) {
      if (matches(name, entry.first.Scalar())) check_by(entry.second);
    }
    const YAML::Node others = s.keyword("additionalProperties");
    if (described || !others) return;
    if (others.IsScalar() && others.Scalar() == "false") found.push_back(unknown_key(s, key, known));
    else check_by(others);
  }

  const YamlDocument& document_;
  const YAML::Node& root_;
  std::map<std::string, std::regex> patterns_;
};

}  // namespace

std::vector<result::Issue> validate(const YamlDocument& document, std::string_view schema_json) {
  const YAML::Node root = YAML::Load(std::string{schema_json});
  std::vector<result::Issue> issues;
  std::set<std::string> seen;  // one fault may be met along several branches
  for (Finding& finding : Validator{document, root}.check({document.root, root, "the file", 0, {}})) {
    if (seen.insert(result::to_text(finding.issue)).second) issues.push_back(std::move(finding.issue));
  }
  std::stable_sort(issues.begin(), issues.end(), [](const result::Issue& a, const result::Issue& b) {
    return std::pair{a.where.line, a.where.column} < std::pair{b.where.line, b.where.column};
  });
  return issues;
}

result::Result<YamlDocument> read_yaml(const std::string& text, const std::string& file, std::string_view schema_json) {
  auto document = parse_yaml(text, file);
  if (!document.ok()) return document;
  result::append(document.issues, validate(*document, schema_json));
  if (result::has_errors(document.issues)) document.value.reset();
  return document;
}

}  // namespace spillway::io
