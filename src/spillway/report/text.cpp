#include <algorithm>

#include "spillway/report/report.h"

namespace spillway::report {

namespace {

using Line = std::vector<std::string>;

// Characters, not bytes: UTF-8 continuation bytes take no room.
std::size_t width_of(const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// A cell must not break its line.
std::string one_line(std::string text) {
  std::replace_if(text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return text;
}

Line heads(const table::Table& table) {
  Line line;
  for (const table::Column& column : table.columns) {
    line.push_back(one_line(column.title.empty() ? column.name : column.title));
  }
  return line;
}

Line cells(const table::Table& table, const table::Row& row) {
  Line line;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    line.push_back(c < row.cells.size()
                       ? one_line(table::format_cell(row.cells[c], table.columns[c], table::Style::print))
                       : std::string());
  }
  return line;
}

// A column stands flush right unless it holds words.
std::vector<bool> flush_right(const table::Table& table) {
  std::vector<bool> right;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool words = std::any_of(table.rows.begin(), table.rows.end(), [c](const table::Row& row) {
      const auto* text = c < row.cells.size() ? std::get_if<std::string>(&row.cells[c].value) : nullptr;
      return text != nullptr && !text->empty();
    });
    right.push_back(!words && table.columns[c].format.kind != table::Kind::text);
  }
  return right;
}

std::string aligned(const Line& line, const std::vector<std::size_t>& widths, const std::vector<bool>& right) {
  std::string text;
  for (std::size_t c = 0; c < line.size(); ++c) {
    const std::string room(widths[c] - width_of(line[c]), ' ');
    if (c > 0) text += "  ";
    text += right[c] ? room + line[c] : line[c] + room;
  }
  text.erase(text.find_last_not_of(' ') + 1);
  return text + '\n';
}

}  // namespace

std::string to_text(const table::Table& table) {
  std::vector<Line> lines{heads(table)};
  for (const table::Row& row : table.rows) lines.push_back(cells(table, row));
  std::vector<std::size_t> widths(table.columns.size());
  for (const Line& line : lines) {
    for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], width_of(line[c]));
  }
  std::size_t full = widths.empty() ? 0 : 2 * (widths.size() - 1);
  for (std::size_t width : widths) full += width;
  const std::string rule = std::string(full, '-') + '\n';

  const std::vector<bool> right = flush_right(table);
  std::string text;
  if (!table.title.empty()) text += table.title + '\n';
  if (!table.subtitle.empty()) text += table.subtitle + '\n';
  text += aligned(lines[0], widths, right) + rule;
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    const bool first_total = table.rows[r].is_total && r > 0 && !table.rows[r - 1].is_total;
    if (first_total) text += rule;
    text += aligned(lines[r + 1], widths, right);
  }
  for (const std::string& note : table.notes) text += note + '\n';
  return text;
}

}  // namespace spillway::report
