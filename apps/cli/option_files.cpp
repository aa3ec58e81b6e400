#include "option_files.h"

#include <filesystem>
#include <map>

namespace spillway::cli {

std::optional<io::TapeSource> tape_source(const std::string& tape, const std::string& products, const std::string& mapping,
                                          const std::string& cut_off, std::vector<result::Issue>& issues) {
  io::TapeSource source{tape, tape, {}, {}, {}};
  auto table = from_option<pool::ProductTable>(products, io::read_products, io::standard_products(), issues);
  if (!mapping.empty()) source.mapping = from_option<io::TapeMapping>(mapping, io::read_tape_mapping, {}, issues);
  const auto date = cut_off.empty() ? calendar::Date{} : calendar::parse_date(cut_off);
  if (!date) issues.push_back(result::error({"--cut-off", 0, 0}, "'" + cut_off + "' is not a date", "write 2003-12-01"));
  if (result::has_errors(issues) || !table) return std::nullopt;
  source.products = std::move(*table);
  source.cut_off = *date;
  return source;
}

std::vector<result::Issue> write_named(const std::vector<NamedFile>& files) {
  std::map<std::filesystem::path, std::vector<std::pair<std::string, std::string>>> by_folder;
  for (const NamedFile& file : files) {
    const std::filesystem::path path(file.path);
    by_folder[path.has_parent_path() ? path.parent_path() : "."].emplace_back(path.filename().string(), file.text);
  }
  std::vector<result::Issue> issues;
  for (const auto& [folder, in_folder] : by_folder) result::append(issues, io::write_files(folder, in_folder));
  return issues;
}

}  // namespace spillway::cli
