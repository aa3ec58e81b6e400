#pragma once
// Options that change a scenario's credit assumptions.

#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "spillway/engine/run_book.h"
#include "spillway/result/issue.h"

namespace spillway::cli {

/// "40%" or "40" as 0.4. Anything but a percentage from 0 to 100 is an issue of the option.
std::optional<double> percent_of(const char* option, const std::string& text, std::vector<result::Issue>& issues);

/// What the options change; problems go to `issues`. A lag longer than the longest loan's term is one.
engine::CreditChange credit_change(const CreditOptions& options, const engine::Inputs& inputs,
                                   std::vector<result::Issue>& issues);

/// The scenario a command means: the one `named`, else the first of `preferred` that is not empty, else the only one. Empty,
/// with an issue, if that is none.
std::string scenario_of(const std::string& named, const std::vector<std::string>& preferred, const engine::Inputs& inputs,
                        std::vector<result::Issue>& issues);

/// The scenario of the price-DM pages, or of the loss tables; empty if the book has none.
std::string price_scenario(const engine::Inputs& inputs);
std::string credit_scenario(const engine::Inputs& inputs);

}  // namespace spillway::cli
