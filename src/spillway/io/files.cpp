#include "spillway/io/files.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <set>
#include <system_error>

namespace spillway::io {

namespace fs = std::filesystem;

namespace {

// One file of a set on its way to the disk.
struct Pending {
  fs::path target;
  fs::path aside;     // the new bytes, beside the target
  fs::path previous;  // the old file, moved out of the way; empty if there was none
  bool placed = false;
};

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (fs::directory_iterator it{folder, failed}, end; !failed && it != end; it.increment(failed)) {
    names.push_back(it->path().filename().string());
  }
  return names;
}

std::string missing_file_remedy(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path{"."};
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) return "there is no folder " + folder.string();
  if (auto near = result::nearest(path.filename().string(), names_in(folder))) return "did you mean " + *near + "?";
  return "check the name";
}

// A name beside `target` that nothing has yet.
fs::path free_name(const fs::path& target, const char* ending) {
  std::error_code failed;
  for (int attempt = 0;; ++attempt) {
    fs::path candidate = target;
    candidate.replace_filename('.' + target.filename().string() + '.' + std::to_string(attempt) + ending);
    if (!fs::exists(fs::symlink_status(candidate, failed))) return candidate;
  }
}

// Makes `folder` and its missing parents, and notes what was made, outermost first.
bool make_folders(const fs::path& folder, std::vector<fs::path>& made) {
  std::error_code failed;
  if (folder.empty() || fs::is_directory(folder, failed)) return true;
  if (!make_folders(folder.parent_path(), made)) return false;
  if (!fs::create_directory(folder, failed)) return fs::is_directory(folder, failed);
  made.push_back(folder);
  return true;
}

bool stays_inside(const fs::path& relative) {
  const fs::path plain = relative.lexically_normal();
  return !plain.empty() && plain.is_relative() && plain.has_filename() && *plain.begin() != "..";
}

// Says why `target` cannot be a file of the set; empty if it can.
std::string refusal(const fs::path& target, const std::string& name, std::set<fs::path>& seen) {
  if (!stays_inside(name)) return "the name does not stay inside the output folder";
  if (!seen.insert(target.lexically_normal()).second) return "the name is used twice";
  std::error_code failed;
  const fs::file_status status = fs::status(target, failed);
  if (fs::is_directory(status)) return "a folder of that name is in the way";
  if (fs::exists(status) && !fs::is_regular_file(status)) return "something that is not a file is in the way";
  return {};
}

bool write_aside(Pending& file, const std::string& bytes) {
  file.aside = free_name(file.target, ".new");
  std::ofstream out{file.aside, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  return out.good();
}

// Puts the new file in place of the old one, which is kept until the whole set is in place.
bool place(Pending& file) {
  std::error_code failed;
  if (fs::exists(fs::symlink_status(file.target, failed))) {
    const fs::path previous = free_name(file.target, ".old");
    fs::rename(file.target, previous, failed);
    if (failed) return false;
    file.previous = previous;
  }
  fs::rename(file.aside, file.target, failed);
  file.placed = !failed;
  return file.placed;
}

void undo(const std::vector<Pending>& files, const std::vector<fs::path>& folders) {
  std::error_code ignored;
  for (const Pending& file : files) {
    if (file.placed) fs::remove(file.target, ignored);
    if (!file.previous.empty()) fs::rename(file.previous, file.target, ignored);
    if (!file.placed && !file.aside.empty()) fs::remove(file.aside, ignored);
  }
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) fs::remove(*folder, ignored);
}

// Reads to the end; `expected` is the size the file says it has, which those that are made as they are read do not know.
bool read_all(std::ifstream& in, std::uintmax_t expected, std::string& bytes) {
  constexpr std::size_t least = 1 << 16;
  if (expected >= bytes.max_size()) expected = 0;  // unknown
  for (std::size_t chunk = static_cast<std::size_t>(expected) + 1; in; chunk = std::max(least, bytes.size())) {
    const std::size_t before = bytes.size();
    bytes.resize(before + chunk);
    in.read(bytes.data() + before, static_cast<std::streamsize>(chunk));
    bytes.resize(before + static_cast<std::size_t>(in.gcount()));
  }
  return !in.bad();
}

}  // namespace

result::Result<std::string> read_file(const fs::path& path) {
  const result::Location where{path.string(), 0, 0};
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) return {std::nullopt, {result::error(where, "no such file", missing_file_remedy(path))}};
  if (fs::is_directory(status)) {
    return {std::nullopt, {result::error(where, "this is a folder, not a file", "name a file in it")}};
  }
  std::ifstream in{path, std::ios::binary};
  std::string bytes;
  if (!in.is_open() || !read_all(in, fs::is_regular_file(status) ? fs::file_size(path, failed) : 0, bytes)) {
    return {std::nullopt, {result::error(where, "the file cannot be read", "check its permissions")}};
  }
  return {std::move(bytes), {}};
}

std::uintmax_t size_of_file(const fs::path& path) {
  std::error_code failed;
  if (!fs::is_regular_file(path, failed)) return 0;
  const std::uintmax_t size = fs::file_size(path, failed);
  return failed ? 0 : size;
}

bool PiecewiseFile::read(std::size_t bytes, std::string& text) {
  if (!in_.is_open()) return false;
  const std::size_t before = text.size();
  text.resize(before + bytes);
  in_.read(text.data() + before, static_cast<std::streamsize>(bytes));
  text.resize(before + static_cast<std::size_t>(in_.gcount()));
  return !in_.bad();
}

std::vector<result::Issue> write_files(const fs::path& folder,
                                       const std::vector<std::pair<std::string, std::string>>& files) {
  std::vector<result::Issue> issues;
  std::vector<Pending> pending;
  std::set<fs::path> seen;
  for (const auto& [name, bytes] : files) {
    pending.push_back({folder / name, {}, {}, false});
    const fs::path& target = pending.back().target;
    const std::string why = refusal(target, name, seen);
    if (!why.empty()) issues.push_back(result::error({target.string(), 0, 0}, "cannot write the file: " + why));
  }
  if (!issues.empty()) return issues;

  std::vector<fs::path> made;
  const auto fail = [&](const Pending& file, const char* what) {
    issues.push_back(result::error({file.target.string(), 0, 0}, what,
                                   "check the folder's permissions and free space; no file was changed"));
    undo(pending, made);
    return issues;
  };
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!make_folders(pending[i].target.parent_path(), made)) return fail(pending[i], "cannot make the folder");
    if (!write_aside(pending[i], files[i].second)) return fail(pending[i], "cannot write the file");
  }
  for (Pending& file : pending) {
    if (!place(file)) return fail(file, "cannot put the file in place");
  }
  std::error_code ignored;
  for (const Pending& file : pending) {
    if (!file.previous.empty()) fs::remove(file.previous, ignored);
  }
  return issues;
}

}  // namespace spillway::io
