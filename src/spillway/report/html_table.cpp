// Tables as the template sees them.

#include <string>
#include <string_view>
#include <vector>

#include "spillway/report/html_parts.h"
#include "spillway/result/issue.h"

namespace spillway::report {
namespace {

using List = kainjow::mustache::list;

constexpr std::size_t prose_length = 32;   // longer texts wrap
constexpr std::size_t block_columns = 2; // up to these a table stands beside its neighbours
constexpr std::size_t block_rows = 12;
constexpr std::size_t few_columns = 4;     // up to this a table is as wide as its content
constexpr std::size_t several_columns = 8; // from this print is smaller
constexpr std::size_t many_columns = 11;   // from this print is smallest
constexpr std::size_t long_rows = 40;      // from this a table of few columns runs in newspaper columns

bool has_letter_first(std::string_view text) {
  const auto c = static_cast<unsigned char>(text.empty() ? ' ' : text.front());
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

// The CSS class of a column: numbers and dates stand right (no class), labels left, long text wraps, and texts made of
// figures ("1 - 47", "2.16 / 2.78") stand in the middle.
std::string alignment(const table::Table& table, std::size_t c) {
  if (table.columns[c].format.kind != table::Kind::text) return "";
  bool any_text = false, all_figures = true;
  for (const auto& row : table.rows) {
    const auto* text = std::get_if<std::string>(&row.cells[c].value);
    if (text == nullptr || text->empty()) continue;
    if (text->size() > prose_length) return "prose";
    any_text = true;
    if (has_letter_first(*text)) all_figures = false;
  }
  return c > 0 && any_text && all_figures ? "middle" : "text";
}

std::string shape(const table::Table& table) {
  const std::size_t columns = table.columns.size();
  if (columns <= block_columns && table.rows.size() <= block_rows) return "few block";
  if (columns <= few_columns) return table.rows.size() >= long_rows ? "few long" : "few";
  if (columns >= many_columns) return "many";
  return columns >= several_columns ? "several" : "usual";
}

TemplateData cell_data(const std::string& text, const std::string& align, bool head) {
  TemplateData data;
  set_text(data, "text", text);
  set_text(data, "align", align);
  data.set("head", head);
  return data;
}

TemplateData row_data(const table::Table& table, const table::Row& row, const std::vector<std::string>& aligns) {
  List cells;
  for (std::size_t c = 0; c < aligns.size(); ++c) {
    const std::string text = table::format_cell(row.cells[c], table.columns[c], table::Style::print);
    cells.push_back(cell_data(text, aligns[c], c == 0 && !text.empty()));
  }
  TemplateData data;
  data.set("cells", cells);
  data.set("total", row.is_total);
  return data;
}

}  // namespace

TemplateData table_data(const table::Table& table, const std::string& heading) {
  for (const auto& row : table.rows) {
    result::require(row.cells.size() == table.columns.size(), "a table row has not one cell per column");
  }
  std::vector<std::string> aligns;
  List columns, rows, notes;
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    aligns.push_back(alignment(table, c));
    TemplateData column;
    set_text(column, "title", table.columns[c].title);
    set_text(column, "align", aligns.back());
    columns.push_back(column);
  }
  for (const auto& row : table.rows) rows.push_back(row_data(table, row, aligns));
  for (const auto& note : table.notes) notes.push_back(note);

  TemplateData data;
  set_text(data, "name", table.title.empty() ? table.name : table.title);
  set_text(data, "title", table.title);
  set_text(data, "subtitle", table.subtitle);
  data.set("has_caption", !table.title.empty() || !table.subtitle.empty());
  data.set("repeats_heading", table.title == heading);
  data.set("shape", shape(table));
  data.set("columns", columns);
  data.set("rows", rows);
  data.set("has_notes", !notes.empty());
  data.set("notes", notes);
  return data;
}

}  // namespace spillway::report
