#pragma once
// Files that options name.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_in_parts.h"
#include "spillway/io/tape_reader.h"
#include "spillway/pool/product.h"
#include "spillway/result/issue.h"

namespace spillway::cli {

/// Reads the file that an option names with `read`, or takes the built-in value. Problems go to `issues`.
template <class T, class Read>
std::optional<T> from_option(const std::string& path, Read read, result::Result<T> built_in,
                             std::vector<result::Issue>& issues) {
  if (path.empty()) return std::move(built_in.value);
  auto text = io::read_file(path);
  result::append(issues, std::move(text.issues));
  if (!text.ok()) return std::nullopt;
  auto made = read(*text, path);
  result::append(issues, std::move(made.issues));
  return std::move(made.value);
}

/// The tape that options name and how to read it, from the files that `products` and `mapping` name (blank: the standard products, no
/// mapping). Every problem goes to `issues`; then there is nothing.
std::optional<io::TapeSource> tape_source(const std::string& tape, const std::string& products, const std::string& mapping,
                                          const std::string& cut_off, std::vector<result::Issue>& issues);

/// A file that an option names, and what is to stand in it.
struct NamedFile {
  std::string path;
  std::string text;
};

/// Writes the files, those of one folder all or none. Problems come back as issues.
std::vector<result::Issue> write_named(const std::vector<NamedFile>& files);

}  // namespace spillway::cli
