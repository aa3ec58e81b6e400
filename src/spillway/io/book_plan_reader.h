#pragma once
// The `book` part of a scenarios file: which runs make which tables. Private to io.

#include <string>
#include <vector>

#include "spillway/engine/inputs.h"
#include "spillway/io/scenario_reader.h"
#include "spillway/io/yaml_document.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// Reads the plan; scenarios, classes, indices and quantities it names must be known.
result::WithIssues<engine::BookPlan> read_book_plan(const YamlDocument& document, const ScenarioContext& context,
                                                    const std::vector<std::string>& scenarios);

}  // namespace spillway::io
