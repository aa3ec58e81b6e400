#include <algorithm>
#include <system_error>

#include "spillway/io/book_reader.h"
#include "spillway/io/digest.h"
#include "spillway/io/files.h"
#include "spillway/io/yaml_values.h"

namespace spillway::embedded {
extern const char run_schema[];
}

namespace spillway::io {

namespace fs = std::filesystem;

result::Result<book::MadeFrom> read_made_from(const std::string& text, const std::string& file) {
  auto document = read_yaml(text, file, embedded::run_schema);
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  book::MadeFrom made;
  made.version = scalar(child(document->root, "spillway"));
  made.deal = scalar(child(document->root, "deal"));
  for (const YAML::Node& entry : items(child(document->root, "files"))) {
    made.files.push_back({scalar(child(entry, "name")), scalar(child(entry, "sha256"))});
  }
  return result::make_result(std::move(made), std::move(document.issues));
}

result::Result<book::MadeFrom> made_from(const fs::path& deal_file, const std::vector<std::string>& files, const fs::path& folder,
                                         const std::string& version) {
  std::error_code failed;
  const fs::path deal = fs::weakly_canonical(fs::absolute(deal_file), failed);
  const fs::path from = fs::weakly_canonical(fs::absolute(folder), failed);
  book::MadeFrom made{version, deal.lexically_relative(from).generic_string(), {}};
  std::vector<std::string> names = files;
  names.push_back(deal.filename().string());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<result::Issue> issues;
  for (const std::string& name : names) {
    auto bytes = read_file(deal.parent_path() / name);
    if (bytes.ok()) made.files.push_back({name, sha256(*bytes)});
    result::append(issues, std::move(bytes.issues));
  }
  return result::make_result(std::move(made), std::move(issues));
}

result::Result<fs::path> unchanged_deal(const book::MadeFrom& made_from, const fs::path& folder) {
  fs::path deal = (folder / made_from.deal).lexically_normal();
  std::vector<result::Issue> issues;
  for (const book::MadeFrom::File& file : made_from.files) {
    const fs::path path = deal.parent_path() / file.name;
    auto bytes = read_file(path);
    if (bytes.ok() && sha256(*bytes) != file.sha256) {
      issues.push_back(result::error({path.string(), 0, 0}, "the file has changed since the book was written",
                                     "write the book anew with spillway book"));
    }
    result::append(issues, std::move(bytes.issues));
  }
  return result::make_result(std::move(deal), std::move(issues));
}

}  // namespace spillway::io
