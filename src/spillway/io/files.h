#pragma once
// Reading and writing whole files. Writing goes aside first and is then renamed: what is on disk is never half a file.

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::io {

/// The whole file. A missing or unreadable one is an error; near names in its folder are suggested.
result::Result<std::string> read_file(const std::filesystem::path& path);

/// Writes every file of the set or none: all are written beside their targets first, then renamed. Folders are made.
/// Paths are relative to `folder`.
std::vector<result::Issue> write_files(const std::filesystem::path& folder,
                                       const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace spillway::io
