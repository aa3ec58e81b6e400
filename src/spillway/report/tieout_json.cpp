#include <nlohmann/json.hpp>

#include "spillway/report/report.h"

namespace spillway::report {

namespace {

using Json = nlohmann::ordered_json;

Json miss_json(const tieout::Miss& miss) {
  Json made{{"row", miss.row}, {"column", miss.column}, {"computed", miss.computed}, {"published", miss.published}};
  made["difference"] = miss.difference ? Json(*miss.difference) : Json();
  if (!miss.corrected_from.empty()) made["corrected_from"] = miss.corrected_from;
  return made;
}

Json table_json(const tieout::TableTieOut& tie) {
  Json made{{"table", tie.table},
            {"cells", tie.cells},
            {"matched", tie.matched},
            {"worst_difference", tie.worst_difference},
            {"worst_cell", tie.worst_cell},
            {"by_column", Json::object()},
            {"within", Json::array()},
            {"misses", Json::array()},
            {"corrected", Json::array()}};
  for (const tieout::ColumnCount& column : tie.by_column) {
    made["by_column"][column.column] = {{"cells", column.cells}, {"matched", column.matched}};
  }
  for (const tieout::BandCount& band : tie.bands) {
    made["within"].push_back({{"within", band.within}, {"cells", band.cells}});
  }
  for (const tieout::Miss& miss : tie.misses) made["misses"].push_back(miss_json(miss));
  for (const tieout::Correction& c : tie.corrected) {
    made["corrected"].push_back({{"table", c.table}, {"label", c.label}, {"column", c.column},
                                 {"printed", c.printed}, {"corrected", c.proposed}, {"evidence", c.evidence}});
  }
  return made;
}

}  // namespace

std::string to_json(std::span<const tieout::TableTieOut> tables) {
  int cells = 0, matched = 0;
  Json all = Json::array();
  for (const tieout::TableTieOut& tie : tables) {
    cells += tie.cells;
    matched += tie.matched;
    all.push_back(table_json(tie));
  }
  return Json{{"cells", cells}, {"matched", matched}, {"tables", all}}.dump(1) + "\n";
}

}  // namespace spillway::report
