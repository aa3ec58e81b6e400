#include "option_files.h"

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

}  // namespace spillway::cli
