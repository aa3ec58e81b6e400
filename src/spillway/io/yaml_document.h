#pragma once
// YAML with line and column, checked against an embedded JSON Schema. Private to io: YAML nodes do not leave it.

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// A parsed YAML file. `file` is the name shown in messages.
struct YamlDocument {
  std::string file;
  YAML::Node root;

  result::Location at(const YAML::Node& node) const;
};

/// Parses `text`. Syntax errors and duplicate keys are errors with their place; with duplicate keys there is still a
/// document, so that the other problems of the file can be found too.
result::Result<YamlDocument> parse_yaml(const std::string& text, const std::string& file);

/// Every way in which the document departs from the JSON Schema (`schema_json`, draft 2020-12; the keywords used by
/// schema/*.json). A schema may carry "x-remedy" beside any keyword: the text says how to mend what breaks it; and
/// "x-what", what it asks for in words ("a rate in percent"). Unknown keys get the near name suggested.
/// Throws InvariantViolation if the schema uses a keyword that the validator does not know.
std::vector<result::Issue> validate(const YamlDocument& document, std::string_view schema_json);

/// Parses `text` and validates it: what every reader of a YAML file starts with.
result::Result<YamlDocument> read_yaml(const std::string& text, const std::string& file, std::string_view schema_json);

/// Parses a document of the library's own, which the tests validate: not checked again each time.
YamlDocument parse_own(std::string_view text, const std::string& file);

/// Reads "861_000_000", "1,000" is refused. Empty if not a finite number.
std::optional<double> parse_number(std::string_view text);

/// Reads "0.35%" as 0.0035. Empty without the percent sign.
std::optional<double> parse_percent(std::string_view text);

}  // namespace spillway::io
