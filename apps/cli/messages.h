#pragma once
// What commands say on standard error.

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
/// kInputProblem. `needs_tape`: the command needs the loans of the tape themselves, beside the pool's cash flows.
/// `before_printing` is called first, if anything is printed.
io::Loaded load(const DealOptions& options, bool needs_tape = false, const std::function<void()>& before_printing = {});

}  // namespace spillway::cli
