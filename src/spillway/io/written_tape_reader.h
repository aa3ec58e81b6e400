#pragma once
// A tape read for its profile: nothing is refused.

#include <optional>
#include <string>

#include "spillway/io/tape_reader.h"
#include "spillway/profile/written_tape.h"

namespace spillway::io {

/// Reads every row of a CSV tape that has the header's number of fields, whatever its values: mapped and rescaled as `read_tape`
/// does, but held to no range. Columns that Spillway does not read come too, as numbers or dates if all their values are. Missing
/// required columns and a repeated header are errors, as in `read_tape`.
result::Result<profile::WrittenTape> read_written_tape(const std::string& text, const std::string& file, calendar::Date cut_off,
                                                       const std::optional<TapeMapping>& mapping = std::nullopt);

}  // namespace spillway::io
