#pragma once
// What commands say on standard error.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "spillway/io/load.h"
#include "spillway/result/issue.h"

namespace spillway::cli {

/// Prints every issue and, if there are any, a count.
void print_issues(const std::vector<result::Issue>& issues);

/// Loads the deal and prints its issues, and whether loans were left out. Empty inputs: the command ends with
/// kInputProblem. `use`: what the limit of memory must hold beside the loans. `before_printing` is called first, if anything is printed.
io::Loaded load(const DealOptions& options, io::TapeUse use = io::TapeUse::run, const std::function<void()>& before_printing = {});

/// Bytes of an amount such as "500MB"; nothing of none, and of anything else, which is an issue of --memory.
std::optional<std::uint64_t> memory_limit(const std::string& text, std::vector<result::Issue>& issues);

}  // namespace spillway::cli
