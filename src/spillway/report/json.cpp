// Tables as JSON, one row a line: a row is easy to find with a text search, and a change shows as one changed line.

#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "spillway/report/report.h"
#include "spillway/result/issue.h"

namespace spillway::report {
namespace {

using Json = nlohmann::ordered_json;

// Bytes that are not UTF-8 become U+FFFD: a report with one bad label is better than none.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string value_json(const table::Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell.value)) return dump(*text);
  if (const auto* number = std::get_if<double>(&cell.value)) return dump(*number);
  if (const auto* date = std::get_if<calendar::Date>(&cell.value)) return dump(calendar::to_iso(*date));
  return "null";
}

// The items between brackets, one a line, `indent` spaces in.
std::string lines(const std::vector<std::string>& items, char open, char close, int indent) {
  std::string out(1, open);
  for (std::size_t i = 0; i < items.size(); ++i) {
    out += i == 0 ? "\n" : ",\n";
    out.append(static_cast<std::size_t>(indent) + 1, ' ').append(items[i]);
  }
  if (!items.empty()) out.append("\n").append(static_cast<std::size_t>(indent), ' ');
  return out += close;
}

std::vector<std::string> column_keys(const table::Table& table) {
  std::vector<std::string> keys;
  std::set<std::string> seen;
  for (const auto& column : table.columns) {
    result::require(seen.insert(column.name).second, "two columns of a table share a name");
    keys.push_back(dump(column.name));
  }
  return keys;
}

std::string columns_json(const table::Table& table, int indent) {
  std::vector<std::string> columns;
  for (const auto& column : table.columns) {
    Json made{{"name", column.name}, {"title", column.title}, {"unit", column.unit}};
    if (const std::string pattern = table::print_pattern(column.format); !pattern.empty()) made["format"] = pattern;
    columns.push_back(dump(made));
  }
  return lines(columns, '[', ']', indent);
}

std::string rows_json(const table::Table& table, int indent) {
  const auto keys = column_keys(table);
  std::vector<std::string> rows;
  rows.reserve(table.rows.size());
  for (const auto& row : table.rows) {
    result::require(row.cells.size() == keys.size(), "a table row has not one cell per column");
    std::string line = "{";
    for (std::size_t c = 0; c < keys.size(); ++c) {
      if (c > 0) line += ',';
      line.append(keys[c]).append(":").append(value_json(row.cells[c]));
    }
    rows.push_back(line += '}');
  }
  return lines(rows, '[', ']', indent);
}

// Columns with cells that are shown in a way of their own: a pattern by row, null for the column's.
std::vector<std::string> own_formats(const table::Table& table) {
  std::vector<std::string> made;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    Json patterns = Json::array();
    bool any = false;
    for (const auto& row : table.rows) {
      const bool own = c < row.cells.size() && row.cells[c].format && !row.cells[c].empty();
      patterns.push_back(own ? Json(table::print_pattern(*row.cells[c].format)) : Json());
      any = any || own;
    }
    if (any) made.push_back(dump(table.columns[c].name) + ": " + dump(patterns));
  }
  return made;
}

std::string dump_fact(const std::variant<std::string, std::vector<std::string>>& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? dump(*text) : dump(std::get<std::vector<std::string>>(value));
}

std::string table_json(const table::Table& table, int indent) {
  std::vector<std::string> members = {
      "\"title\": " + dump(table.title),
      "\"columns\": " + columns_json(table, indent + 1),
      "\"rows\": " + rows_json(table, indent + 1),
  };
  Json totals = Json::array();
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    if (table.rows[r].is_total) totals.push_back(r);
  }
  if (!totals.empty()) members.push_back("\"total_rows\": " + dump(totals));
  if (const auto formats = own_formats(table); !formats.empty()) {
    members.push_back("\"formats\": " + lines(formats, '{', '}', indent + 1));
  }
  return lines(members, '{', '}', indent);
}

}  // namespace

std::string to_json(const table::Table& table) { return table_json(table, 0) + "\n"; }

std::string to_json(const book::Book& book) { return to_json({{"deal", book.deal}}, book.data_tables); }

std::string to_json(const std::vector<Fact>& facts, std::span<const table::Table> data_tables) {
  std::vector<std::string> members, tables;
  for (const auto& [name, value] : facts) members.push_back(dump(name) + ": " + dump_fact(value));
  std::set<std::string> seen;
  for (const auto& table : data_tables) {
    result::require(seen.insert(table.name).second, "two data tables of a book share a name");
    tables.push_back(dump(table.name) + ": " + table_json(table, 2));
  }
  members.push_back("\"tables\": " + lines(tables, '{', '}', 1));
  return lines(members, '{', '}', 0) + "\n";
}

std::string to_json(const book::MadeFrom& made_from) {
  std::vector<std::string> files;
  for (const auto& file : made_from.files) files.push_back(dump(Json{{"name", file.name}, {"sha256", file.sha256}}));
  const std::vector<std::string> members = {
      "\"spillway\": " + dump(made_from.version),
      "\"deal\": " + dump(made_from.deal),
      "\"files\": " + lines(files, '[', ']', 1),
  };
  return lines(members, '{', '}', 0) + "\n";
}

std::string solution_json(const book::BreakEvenRow& row, bool of_loss,
                          std::span<const std::pair<std::string, table::Value>> inputs) {
  const char* outcomes[] = {"found", "never", "always"};
  const bool is_found = row.found.outcome == decltype(row.found.outcome)::found;
  Json json;
  json["solution"] = nullptr;
  if (is_found) json["solution"] = of_loss ? row.pool_loss.value_or(0.0) : row.found.rate;
  json["unit"] = of_loss ? "cumulative loss over cut-off balance, decimal" : "CDR, annual decimal";
  json["outcome"] = outcomes[static_cast<int>(row.found.outcome)];
  json["iterations"] = row.found.evaluations;
  json["bracket"] = is_found ? Json{row.found.rate, row.found.above} : Json(nullptr);
  json["residual"] = row.found.value;
  json["residual_above"] = is_found ? Json(row.found.value_above) : Json(nullptr);
  json["break_even_cdr"] = is_found ? Json(row.found.rate) : Json(nullptr);
  json["cumulative_loss"] = row.pool_loss ? Json(*row.pool_loss) : Json(nullptr);
  json["beyond"] = Json::array();
  for (const auto& [above, loss] : row.beyond) json["beyond"].push_back(Json{{"above", above}, {"principal_loss", loss}});
  for (const auto& [name, value] : inputs) json["inputs"][name] = Json::parse(value_json(table::Cell(value)));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace spillway::report
