#include "spillway/compare/row_keys.h"

#include <algorithm>
#include <map>
#include <set>

#include "spillway/tieout/tieout.h"

namespace spillway::compare {

namespace {

// Of tables that are in no published record.
const std::map<std::string, std::vector<std::string>>& other_keys() {
  static const std::map<std::string, std::vector<std::string>> keys{
      {"loss_grid", {"class", "speed_pct", "cdr_pct", "severity_pct"}},
      {"break_evens", {"class", "target", "speed_pct", "severity_pct"}}};
  return keys;
}

KeyColumns stated_keys(const std::string& table) {
  for (const tieout::Record& record : tieout::records()) {
    if (record.computed == table) return {record.keys, record.total_flag, record.total_free_key};
  }
  const auto found = other_keys().find(table);
  return found == other_keys().end() ? KeyColumns{} : KeyColumns{found->second, {}, {}};
}

std::string text_at(const table::Table& table, const table::Row& row, const std::string& column) {
  const auto c = position_of(table, column);
  if (!c || *c >= row.cells.size()) return {};
  return table::format_cell(row.cells[*c], table.columns[*c], table::Style::plain);
}

std::string key_of(const table::Table& table, const table::Row& row, const KeyColumns& columns) {
  const bool is_total = !columns.total_flag.empty() && text_at(table, row, columns.total_flag) == "1";
  std::string key;
  for (const std::string& name : columns.names) {
    if (name == columns.total_flag) {
      if (is_total) key += " (total)";
    } else if (!is_total || name != columns.total_free) {
      const std::string text = text_at(table, row, name);
      key += (key.empty() ? "" : " / ") + (!text.empty() ? text : row.is_total ? "total" : "-");
    }
  }
  return key;
}

bool tells_rows_apart(const table::Table& table, const KeyColumns& columns) {
  std::set<std::string> seen;
  return std::all_of(table.rows.begin(), table.rows.end(),
                     [&](const table::Row& row) { return seen.insert(key_of(table, row, columns)).second; });
}

}  // namespace

bool KeyColumns::contains(const std::string& column) const { return std::find(names.begin(), names.end(), column) != names.end(); }

std::optional<std::size_t> position_of(const table::Table& table, const std::string& column) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].name == column) return c;
  }
  return std::nullopt;
}

KeyColumns key_columns(const table::Table& a, const table::Table& b) {
  KeyColumns keys = stated_keys(a.name);
  const auto both_have = [&](const std::string& name) { return position_of(a, name) && position_of(b, name); };
  if (!keys.names.empty() && std::all_of(keys.names.begin(), keys.names.end(), both_have)) return keys;
  keys = {};
  for (const table::Column& column : a.columns) {
    if (!both_have(column.name)) continue;
    keys.names.push_back(column.name);
    if (tells_rows_apart(a, keys) && tells_rows_apart(b, keys)) return keys;
  }
  if (keys.names.size() > 1) keys.names.resize(1);  // rows alike in all columns: the second is matched with the second
  return keys;
}

std::vector<std::string> row_keys(const table::Table& table, const KeyColumns& columns) {
  std::map<std::string, int> seen;
  std::vector<std::string> keys;
  for (const table::Row& row : table.rows) {
    std::string key = key_of(table, row, columns);
    const int times = ++seen[key];
    if (times > 1) key += " #" + std::to_string(times);
    keys.push_back(std::move(key));
  }
  return keys;
}

}  // namespace spillway::compare
