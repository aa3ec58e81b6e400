#pragma once
// Manual pages in roff, from the argument parser and from docs/command.md.

#include <string>

#include "command_text.h"
#include "commands.h"

namespace spillway::cli {

/// The page spillway(1).
std::string main_page(const ProgramText& program);

/// The page spillway-COMMAND(1): options as the parser has them, description and examples as the document has them.
std::string command_page(const CommandText& command);

/// Prints a page, or writes all of them.
int man(const ProgramText& program, const ManOptions& options);

}  // namespace spillway::cli
