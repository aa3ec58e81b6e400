#pragma once
// Scripts that make a shell complete spillway commands.

#include <string>

#include "command_text.h"

namespace spillway::cli {

/// The script for bash: completes commands, options, the words an option takes, tables of the book, and files.
std::string bash_completion(const ProgramText& program);

/// The same for zsh, to be saved as _spillway in a folder of $fpath.
std::string zsh_completion(const ProgramText& program);

/// Prints the script for a shell, bash or zsh.
int completion(const ProgramText& program, const std::string& shell);

}  // namespace spillway::cli
