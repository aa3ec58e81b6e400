#pragma once
// What the terminal can do.

#include <cstddef>
#include <cstdio>
#include <string>

#include "spillway/report/report.h"

namespace spillway::cli {

/// True if the stream is a terminal on which a line can be rewritten: TERM=dumb is none.
bool is_terminal(std::FILE* stream);

/// Characters in a line: of the terminal, else 80.
std::size_t terminal_width(std::FILE* stream);

/// Whether to print colour on standard output. `mode` is auto, always or never; auto: on a terminal, unless NO_COLOR is set.
bool wants_color(const std::string& mode);

/// How to lay tables out on standard output: cut to a terminal's width unless `wide`.
report::TextLayout layout_of(const std::string& color_mode, bool wide);

/// The table as standard output shows it: coloured and cut on a terminal, plain elsewhere.
std::string on_terminal(const table::Table& table);

}  // namespace spillway::cli
