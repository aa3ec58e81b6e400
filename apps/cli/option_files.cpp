#include "option_files.h"

namespace spillway::cli {

std::optional<TapeFiles> read_tape_files(const std::string& tape, const std::string& products, const std::string& mapping,
                                         const std::string& cut_off, std::vector<result::Issue>& issues) {
  TapeFiles files;
  auto table = from_option<pool::ProductTable>(products, io::read_products, io::standard_products(), issues);
  if (!mapping.empty()) files.mapping = from_option<io::TapeMapping>(mapping, io::read_tape_mapping, {}, issues);
  const auto date = cut_off.empty() ? calendar::Date{} : calendar::parse_date(cut_off);
  if (!date) issues.push_back(result::error({"--cut-off", 0, 0}, "'" + cut_off + "' is not a date", "write 2003-12-01"));
  auto text = io::read_file(tape);
  result::append(issues, std::move(text.issues));
  if (result::has_errors(issues) || !table || !text.ok()) return std::nullopt;
  files.products = std::move(*table);
  files.cut_off = *date;
  files.text = std::move(*text);
  return files;
}

}  // namespace spillway::cli
