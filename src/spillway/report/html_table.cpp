// Tables as markup, written straight: the template library would take ten times as long over their many cells.

#include <string>
#include <string_view>
#include <vector>

#include "spillway/report/html_parts.h"
#include "spillway/result/issue.h"

namespace spillway::report {
namespace {

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
    if (c >= row.cells.size()) continue;
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

std::string class_attribute(std::string_view align) {
  return align.empty() ? "" : " class=\"" + std::string(align) + "\"";
}

std::string link_attribute(const char* name, std::string_view value) {
  return value.empty() ? "" : std::string(" ") + name + "=\"" + escaped(value) + "\"";
}

void add_caption(std::string& html, const table::Table& table, const std::string& heading) {
  if (table.title.empty() && table.subtitle.empty()) return;
  html += "<caption><span>";
  if (!table.title.empty()) {
    html += table.title == heading ? "<b class=\"unseen\">" : "<b>";
    html += escaped(table.title) + "</b>";
  }
  if (!table.subtitle.empty()) html += "<i>" + escaped(table.subtitle) + "</i>";
  html += "</span></caption>\n";
}

void add_head(std::string& html, const table::Table& table, const TableLink& link, const std::vector<std::string>& aligns) {
  html += "<thead>\n<tr>";
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const bool is_named = !table.columns[c].title.empty();
    html += (is_named ? "<th scope=\"col\"" : "<td") + class_attribute(aligns[c]);
    if (c < link.columns.size()) html += link_attribute("data-c", link.columns[c]);
    html += ">" + escaped(table.columns[c].title) + (is_named ? "</th>" : "</td>");
  }
  html += "</tr>\n</thead>\n";
}

// `at` is the position of the row; a row of the data at the same position needs no mention.
void add_row(std::string& html, const table::Table& table, std::size_t at, const TableLink& link,
             const std::vector<std::string>& aligns) {
  const table::Row& row = table.rows[at];
  const std::vector<int> rows = at < link.rows.size() ? link.rows[at] : std::vector<int>{};
  html += row.is_total ? "<tr class=\"total\"" : "<tr";
  if (rows.size() == 1 && rows[0] != static_cast<int>(at)) html += " data-r=\"" + std::to_string(rows[0]) + "\"";
  if (at < link.row_columns.size()) html += link_attribute("data-c", link.row_columns[at]);
  html += '>';
  for (std::size_t c = 0; c < aligns.size(); ++c) {
    const std::string text = escaped(table::format_cell(row.cells[c], table.columns[c], table::Style::print));
    const bool head = c == 0 && !text.empty();
    html += head ? "<th scope=\"row\"" : "<td";
    html += class_attribute(aligns[c]);
    if (rows.size() > 1 && rows[c] >= 0) html += " data-r=\"" + std::to_string(rows[c]) + "\"";
    html += '>' + text + (head ? "</th>" : "</td>");
  }
  html += "</tr>\n";
}

}  // namespace

std::string table_html(const table::Table& table, const std::string& heading, const TableLink& link) {
  std::vector<std::string> aligns;
  for (std::size_t c = 0; c < table.columns.size(); ++c) aligns.push_back(alignment(table, c));
  std::string html = "<div class=\"table " + shape(table) + "\"" + link_attribute("data-name", table.name) + ">\n";
  html += "<div class=\"scroll\" tabindex=\"0\" role=\"group\"" +
          link_attribute("aria-label", !table.title.empty() ? table.title : heading.empty() ? table.name : heading) + ">\n<table" +
          link_attribute("data-of", link.of) + ">\n";
  add_caption(html, table, heading);
  add_head(html, table, link, aligns);
  html += "<tbody>\n";
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    result::require(table.rows[r].cells.size() == table.columns.size(), "a table row has not one cell per column");
    add_row(html, table, r, link, aligns);
  }
  html += "</tbody>\n</table>\n</div>\n";
  if (!table.notes.empty()) {
    html += "<div class=\"notes\">\n";
    for (const std::string& note : table.notes) html += "<p>" + escaped(note) + "</p>\n";
    html += "</div>\n";
  }
  return html + "</div>\n";
}

}  // namespace spillway::report
