#include "credit_options.h"

#include <charconv>

namespace spillway::cli {

std::optional<double> percent_of(const char* option, const std::string& text, std::vector<result::Issue>& issues) {
  const std::string number = text.ends_with('%') ? text.substr(0, text.size() - 1) : text;
  double value = 0.0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc{} && end == number.data() + number.size() && value >= 0.0 && value <= 100.0) return value / 100.0;
  issues.push_back(result::error({option, 0, 0}, "'" + text + "' is not a percentage from 0 to 100", "write it as 40%"));
  return std::nullopt;
}

engine::CreditChange credit_change(const CreditOptions& options, const engine::Inputs& inputs,
                                   std::vector<result::Issue>& issues) {
  engine::CreditChange change;
  if (!options.cdr.empty()) change.cdr = percent_of("--cdr", options.cdr, issues);
  if (!options.severity.empty()) change.severity = percent_of("--severity", options.severity, issues);
  if (options.lag >= 0) change.recovery_lag = options.lag;
  const int longest = inputs.longest_term();
  if (options.lag > longest) {
    issues.push_back(result::error({"--lag", 0, 0}, "a recovery lag of " + std::to_string(options.lag) +
                                                        " months is longer than the longest loan's " + std::to_string(longest),
                                   "shorten it"));
  }
  if (options.advances == "none") change.advances = assumptions::Advances::none;
  if (options.advances == "interest") change.advances = assumptions::Advances::interest;
  if (options.advances == "principal_and_interest") change.advances = assumptions::Advances::principal_and_interest;
  return change;
}

std::string price_scenario(const engine::Inputs& inputs) {
  return inputs.plan.price_dm ? inputs.plan.price_dm->scenario : std::string();
}

std::string credit_scenario(const engine::Inputs& inputs) {
  return inputs.plan.credit ? inputs.plan.credit->scenario : std::string();
}

std::string scenario_of(const std::string& named, const std::vector<std::string>& preferred, const engine::Inputs& inputs,
                        std::vector<result::Issue>& issues) {
  std::string name = named;
  for (const std::string& other : preferred) {
    if (name.empty()) name = other;
  }
  if (name.empty() && inputs.scenarios.size() == 1) name = inputs.scenarios.front().name;
  if (inputs.scenario(name)) return name;
  std::vector<std::string> names;
  for (const auto& known : inputs.scenarios) names.push_back(known.name);
  issues.push_back(result::error({"--scenario", 0, 0},
                                 name.empty() ? "there are several scenarios" : "no scenario is called " + name,
                                 name.empty() ? "name one of them: " + result::suggestion("", names) : result::suggestion(name, names)));
  return {};
}

}  // namespace spillway::cli
