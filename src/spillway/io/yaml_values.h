#pragma once
// Values out of YAML nodes, whatever their shape: what does not fit was reported by the schema. Private to io.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spillway/deal/formula.h"
#include "spillway/io/yaml_document.h"

namespace spillway::io {

/// The entry of a map, or an undefined node.
YAML::Node child(const YAML::Node& map, const char* key);

/// The entries of a map, the items of a list; none for anything else.
std::vector<std::pair<YAML::Node, YAML::Node>> entries(const YAML::Node& map);
std::vector<YAML::Node> items(const YAML::Node& list);

/// The text of a scalar; "" for anything else.
std::string scalar(const YAML::Node& node);

/// A scalar with its place (inside the quotes, where it has some).
deal::Text text_at(const YamlDocument& document, const YAML::Node& node);

/// A whole number of at most nine digits; empty for anything else.
std::optional<int> whole_number(const YAML::Node& node);

/// One text, or a list of texts.
std::vector<deal::Text> texts_at(const YamlDocument& document, const YAML::Node& node);
std::vector<std::string> strings(const YAML::Node& node);

/// A date; 0000-00-00 and an issue when no such day exists, or it lies too far away for holiday calendars.
calendar::Date date_at(const YamlDocument& document, const YAML::Node& node, std::vector<result::Issue>& issues);

}  // namespace spillway::io
