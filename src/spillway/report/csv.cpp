#include "spillway/report/report.h"

namespace spillway::report {

namespace {

std::string quoted(const std::string& field) {
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string text = "\"";
  for (char c : field) {
    if (c == '"') text += '"';
    text += c;
  }
  return text + '"';
}

}  // namespace

std::string to_csv(const table::Table& table) {
  std::string csv;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    if (c > 0) csv += ',';
    csv += quoted(table.columns[c].name);
  }
  csv += '\n';
  const table::Cell nothing;
  for (const table::Row& row : table.rows) {
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const table::Cell& cell = c < row.cells.size() ? row.cells[c] : nothing;
      if (c > 0) csv += ',';
      const std::string field = table::format_cell(cell, table.columns[c], table::Style::plain);
      // A lone empty field would read as a blank line, which many readers skip.
      csv += field.empty() && table.columns.size() == 1 ? "\"\"" : quoted(field);
    }
    csv += '\n';
  }
  return csv;
}

}  // namespace spillway::report
