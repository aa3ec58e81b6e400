#include "spillway/report/html_links.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace spillway::report {

namespace {

using table::Table;

struct Keys {
  std::string_view table;
  std::vector<std::string_view> columns;
};

// Every other table is told apart by its first column.
const std::vector<Keys>& many_keys() {
  static const std::vector<Keys> keys = {{"dm_tables", {"class", "scenario", "speed_pct"}},
                                         {"strats", {"table", "label"}},
                                         {"decrements", {"class", "date", "psa"}},
                                         {"yields", {"class", "index_pct", "psa"}},
                                         {"loss_grid", {"class", "speed_pct", "cdr_pct", "severity_pct"}},
                                         {"break_evens", {"class", "target", "speed_pct", "severity_pct"}}};
  return keys;
}

const Table* find_data(const book::Book& book, std::string_view name) {
  const auto found = std::find_if(book.data_tables.begin(), book.data_tables.end(), [&](const Table& t) { return t.name == name; });
  return found == book.data_tables.end() || name.empty() ? nullptr : &*found;
}

int position(const Table& table, std::string_view column) {
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (table.columns[c].name == column) return static_cast<int>(c);
  }
  return -1;
}

std::string shown(const Table& table, std::size_t row, int column) {
  const auto c = static_cast<std::size_t>(column);
  if (column < 0 || c >= table.rows[row].cells.size()) return {};
  return table::format_cell(table.rows[row].cells[c], table.columns[c], table::Style::print);
}

std::string shown(const Table& table, std::size_t row, std::string_view column) { return shown(table, row, position(table, column)); }

// Printed rows that stand in the data in the same order, among others, with `prefix` before their first cell.
TableLink rows_in_order(const Table& data, const Table& printed, std::size_t from, std::string_view key, const std::string& prefix = {}) {
  TableLink link;
  link.of = data.name;
  for (const table::Column& column : printed.columns) link.columns.push_back(position(data, column.name) < 0 ? "" : column.name);
  for (std::size_t r = 0; r < printed.rows.size(); ++r) {
    std::size_t at = from;
    while (at < data.rows.size() && shown(data, at, key) != prefix + shown(printed, r, 0)) ++at;
    link.rows.push_back({at < data.rows.size() ? static_cast<int>(at) : -1});
    if (at < data.rows.size()) from = at + 1;
  }
  return link;
}

// "price_dm_A-1_call": rows are measures, columns are speeds.
TableLink price_page(const Table& data, const Table& printed) {
  constexpr std::string_view prefix = "price_dm_";
  const std::size_t end = printed.name.rfind('_');
  if (end < prefix.size()) return {};
  const std::string name = printed.name.substr(prefix.size(), end - prefix.size()), to = printed.name.substr(end + 1);
  std::map<std::string, int> row_of;
  for (std::size_t r = 0; r < data.rows.size(); ++r) {
    if (shown(data, r, "class") == name && shown(data, r, "scenario") == to) row_of.emplace(shown(data, r, "speed_pct"), static_cast<int>(r));
  }
  TableLink link;
  link.of = data.name;
  link.columns.resize(printed.columns.size());
  for (std::size_t r = 0; r < printed.rows.size(); ++r) {
    const auto measure = std::find_if(data.columns.begin(), data.columns.end(),
                                      [&](const table::Column& column) { return column.title == shown(printed, r, 0); });
    link.row_columns.push_back(measure == data.columns.end() ? "" : measure->name);
    std::vector<int> rows;
    for (const table::Column& column : printed.columns) rows.push_back(row_of.contains(column.title) ? row_of[column.title] : -1);
    link.rows.push_back(std::move(rows));
  }
  return link;
}

// Rows are dates, columns "CLASS\nSPEED%".
TableLink decrement_page(const Table& data, const Table& printed) {
  std::map<std::string, int> row_of;
  for (std::size_t r = 0; r < data.rows.size(); ++r) {
    std::string speed = shown(data, r, "psa");
    std::erase(speed, ',');
    row_of.emplace(shown(data, r, "date") + "\n" + shown(data, r, "class") + "\n" + speed + "%", static_cast<int>(r));
  }
  TableLink link;
  link.of = data.name;
  for (std::size_t c = 0; c < printed.columns.size(); ++c) link.columns.push_back(c == 0 ? "" : "percent");
  for (std::size_t r = 0; r < printed.rows.size(); ++r) {
    const std::string date = shown(printed, r, 0) == "Weighted Average Life (years)" ? "WAL_years" : shown(printed, r, 0);
    std::vector<int> rows;
    for (const table::Column& column : printed.columns) {
      const auto found = row_of.find(date + "\n" + column.title);
      rows.push_back(found == row_of.end() ? -1 : found->second);
    }
    link.rows.push_back(std::move(rows));
  }
  return link;
}

}  // namespace

TableLink link_of(const book::Book& book, const Table& printed) {
  if (const Table* data = find_data(book, printed.name)) {
    if (printed.name != "decrements" && printed.name != "dm_tables") {
      return rows_in_order(*data, printed, 0, data->columns.empty() ? "" : data->columns.front().name);
    }
  }
  const Table* dm = find_data(book, "dm_tables");
  if (dm != nullptr && printed.name.starts_with("price_dm_")) return price_page(*dm, printed);
  if (const Table* strats = find_data(book, "strats")) {
    for (std::size_t r = 0; r < strats->rows.size() && !printed.name.empty(); ++r) {
      if (shown(*strats, r, 0) == printed.name) return rows_in_order(*strats, printed, r, "label");
    }
  }
  const Table* summary = find_data(book, "pool_summary");
  if (summary != nullptr && printed.name.empty() && printed.columns.size() == 2 && printed.columns[1].name == "share") {
    TableLink link = rows_in_order(*summary, printed, 0, "item", printed.title + ": ");
    link.columns = {"", "value"};
    return link;
  }
  const Table* decrements = find_data(book, "decrements");
  const bool is_page = !printed.columns.empty() && printed.columns[0].name == "date" && printed.name.empty();
  return decrements != nullptr && is_page ? decrement_page(*decrements, printed) : TableLink{};
}

std::vector<int> key_columns(const Table& data) {
  for (const Keys& keys : many_keys()) {
    if (keys.table != data.name) continue;
    std::vector<int> positions;
    for (const std::string_view column : keys.columns) {
      if (const int c = position(data, column); c >= 0) positions.push_back(c);
    }
    return positions;
  }
  return data.columns.empty() ? std::vector<int>{} : std::vector<int>{0};
}

}  // namespace spillway::report
