#pragma once
// What a scenario says of defaults and of what follows them. Private to io.

#include <optional>
#include <string>
#include <vector>

#include "spillway/assumptions/scenario.h"
#include "spillway/io/scenario_reader.h"
#include "spillway/io/yaml_values.h"

namespace spillway::io {

/// Reads "4 CDR", "0.35 MDR" or "150 SDA". Empty, with a word in `fault`, for anything else and for rates over 100%.
std::optional<assumptions::Default> default_model(const std::string& text, std::string* fault = nullptr);

/// Changes `credit` by what the scenario's own keys state (schema/scenarios.schema.json: default, severity, recovery_lag,
/// advances, ...). Every problem goes to `issues`.
void read_credit(const YamlDocument& document, const YAML::Node& scenario, const ScenarioContext& context,
                 assumptions::Credit& credit, std::vector<result::Issue>& issues);

/// What keys that fit one by one do to each other: advances without defaults, lags beyond the loans' terms, losses without
/// severity, defaults that lose nothing.
void check_credit(const YamlDocument& document, const YAML::Node& scenario, const ScenarioContext& context,
                  const assumptions::Credit& credit, std::vector<result::Issue>& issues);

}  // namespace spillway::io
