#include "spillway/report/read_json.h"

#include <algorithm>
#include <cmath>

#include <nlohmann/json.hpp>

namespace spillway::report {

namespace {

using Json = nlohmann::ordered_json;

// Digits after the point that show the number, six at most.
int decimals_of(double number) {
  constexpr int kMost = 6;
  for (int decimals = 0; decimals < kMost; ++decimals) {
    if (table::round_half_away(number, decimals) == number) return decimals;
  }
  return kMost;
}

table::Cell cell_of(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return value.get<double>();
  return {};
}

table::Table table_of(const std::string& name, const Json& json) {
  table::Table made{name, json.at("title").get<std::string>(), {}, {}, {}, {}};
  for (const Json& column : json.at("columns")) {
    made.columns.push_back({column.at("name").get<std::string>(), column.at("title").get<std::string>(),
                            column.at("unit").get<std::string>(), table::text_format()});
  }
  for (const Json& row : json.at("rows")) {
    made.rows.emplace_back();
    for (table::Column& column : made.columns) {
      made.rows.back().cells.push_back(cell_of(row.at(column.name)));
      const auto* number = std::get_if<double>(&made.rows.back().cells.back().value);
      if (number == nullptr) continue;
      const int decimals = std::max(decimals_of(*number), column.format.decimals);
      column.format = table::number_format(decimals);
      column.format.thousands = column.unit == "dollars";
    }
  }
  for (const Json& total : json.value("total_rows", Json::array())) made.rows.at(total.get<std::size_t>()).is_total = true;
  return made;
}

}  // namespace

result::Result<std::vector<table::Table>> tables_from_json(const std::string& text, const std::string& file) {
  try {
    const Json json = Json::parse(text);
    std::vector<table::Table> tables;
    for (const auto& [name, table] : json.at("tables").items()) tables.push_back(table_of(name, table));
    return {std::move(tables), {}};
  } catch (const std::exception&) {  // of the JSON library: not JSON, or a member is missing or of another kind
    return {std::nullopt, {result::error({file, 0, 0}, "this is no book that spillway wrote", "make it again with spillway book")}};
  }
}

}  // namespace spillway::report
