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
    columns.push_back(dump(Json{{"name", column.name}, {"title", column.title}, {"unit", column.unit}}));
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
  return lines(members, '{', '}', indent);
}

}  // namespace

std::string to_json(const table::Table& table) { return table_json(table, 0) + "\n"; }

std::string to_json(const book::Book& book) { return to_json("deal", book.deal, book.data_tables); }

std::string to_json(const std::string& key, const std::string& name, std::span<const table::Table> tables) {
  std::vector<std::string> texts;
  std::set<std::string> seen;
  for (const auto& table : tables) {
    result::require(seen.insert(table.name).second, "two data tables of a book share a name");
    texts.push_back(dump(table.name) + ": " + table_json(table, 2));
  }
  const std::vector<std::string> members = {
      dump(key) + ": " + dump(name),
      "\"tables\": " + lines(texts, '{', '}', 1),
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
