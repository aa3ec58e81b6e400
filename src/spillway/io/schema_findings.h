#pragma once
// What a schema check finds, and its words for it. Private to json_schema.cpp.

#include <yaml-cpp/yaml.h>

#include <functional>
#include <string>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::io::schema {

/// One fault. `reach` says how far the check got before it: twice the depth, more when the type at least was right.
struct Finding {
  result::Issue issue;
  int reach = 0;
};

/// The nearest fault of a branch: how far the branch got.
int reached(const std::vector<Finding>& findings);

/// What a YAML node is to JSON Schema. A quoted scalar is text; .nan, .inf and overflow are `not_finite`, of no type.
enum class Kind { nothing, truth, integer, number, not_finite, text, list, mapping };

Kind kind_of(const YAML::Node& node);

/// True if a node of this kind has JSON Schema's type `name`.
bool is_type(Kind kind, const std::string& name);

/// True if both are the same value; numbers compare as numbers.
bool same_value(const YAML::Node& a, const YAML::Node& b);

/// The node in a few words, for the end of a sentence: `the number 3`, `the text "x"`, `a list`.
std::string describe(const YAML::Node& node);

/// What a schema asks for: its "x-what", or else its types in words.
std::string in_words(const YAML::Node& schema, const std::vector<std::string>& types);

/// The value of a key, undefined when `node` is no mapping or lacks it.
YAML::Node child(const YAML::Node& node, const std::string& key);

/// The keys a mapping schema describes by name.
std::vector<std::string> keys_of(const YAML::Node& schema);

/// The keys described by any of the branches, references followed; none if a branch allows keys of any name.
std::vector<std::string> keys_of_all(const YAML::Node& branches,
                                     const std::function<YAML::Node(const std::string&)>& resolve);

/// Throws InvariantViolation if the schema uses a keyword that the validator does not know.
void require_known_keywords(const YAML::Node& schema);

}  // namespace spillway::io::schema
