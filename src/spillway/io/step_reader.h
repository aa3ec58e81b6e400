#pragma once
// One step of a waterfall out of its YAML. Private to io.

#include <vector>

#include "spillway/deal/definition.h"
#include "spillway/io/yaml_document.h"

namespace spillway::io {

/// Reads a step: what it pays, its sources, condition, amount and tree. Adds an issue where fixed shares add to more than
/// 100%, a warning where to less; what the schema refused is left at its default.
deal::StepDefinition read_step(const YamlDocument& document, const YAML::Node& node, std::vector<result::Issue>& issues);

}  // namespace spillway::io
