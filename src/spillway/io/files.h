#pragma once
// Reading and writing whole files. Writing goes aside first and is then renamed: what is on disk is never half a file.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::io {

/// The whole file. A missing or unreadable one is an error; near names in its folder are suggested.
result::Result<std::string> read_file(const std::filesystem::path& path);

/// The bytes that the file system says a file has; 0 if it is not there, no plain file, or not known.
std::uintmax_t size_of_file(const std::filesystem::path& path);

/// A file read piece by piece.
class PiecewiseFile {
 public:
  explicit PiecewiseFile(const std::filesystem::path& path) : in_(path, std::ios::binary) {}

  /// Appends up to `bytes` more to `text`; fewer at the end of the file, after which `at_end()`. False if it cannot be read.
  bool read(std::size_t bytes, std::string& text);
  bool at_end() const { return in_.eof(); }

 private:
  std::ifstream in_;
};

/// Writes every file of the set or none: all are written beside their targets first, then renamed. Folders are made.
/// Paths are relative to `folder`.
std::vector<result::Issue> write_files(const std::filesystem::path& folder,
                                       const std::vector<std::pair<std::string, std::string>>& files);

}  // namespace spillway::io
