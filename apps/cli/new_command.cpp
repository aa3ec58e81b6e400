#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "spillway/io/files.h"
#include "spillway/scaffold/scaffold.h"

namespace spillway::cli {

int make_new(const NewOptions& options) {
  namespace fs = std::filesystem;
  fs::path folder(options.folder);
  if (!folder.has_filename()) folder = folder.parent_path();  // my-deal/
  const auto files = scaffold::make_files(folder.filename().string(), options.like);
  std::vector<result::Issue> issues = files.issues;
  std::error_code none;
  if (files.ok() && fs::exists(fs::symlink_status(folder, none)) && !(fs::is_directory(folder, none) && fs::is_empty(folder, none))) {
    issues.push_back(result::error({folder.string(), 0, 0}, "there is something of that name already", "nothing is ever written over; take another name"));
  }
  if (issues.empty()) issues = io::write_files(folder, *files);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  for (const auto& [name, bytes] : *files) std::printf("%s\n", (folder / name).string().c_str());
  std::printf("next: cd %s && spillway book deal.yaml\n", folder.string().c_str());
  return kDone;
}

}  // namespace spillway::cli
