#include "spillway/pdf/table_text.h"

#include <algorithm>
#include <cmath>

#include "spillway/result/issue.h"

namespace spillway::pdf {

namespace {

bool starts_with_letter(const std::string& text) {
  const auto c = static_cast<unsigned char>(text.empty() ? ' ' : text.front());
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c >= 0x80;
}

// Figures and dates stand right, labels left, texts made of figures ("1-47") in the middle.
Align alignment(const table::Table& table, std::size_t c) {
  if (table.columns[c].format.kind != table::Kind::text) return Align::right;
  bool any_text = false, words = false;
  for (const table::Row& row : table.rows) {
    const auto* text = std::get_if<std::string>(&row.cells[c].value);
    if (text == nullptr || text->empty()) continue;
    any_text = true;
    words = words || starts_with_letter(*text);
  }
  return c > 0 && any_text && !words ? Align::middle : Align::left;
}

// The column of shares, of stratifications and blocks of the pool summary; past the last column: none.
std::size_t share_column(const table::Table& table) {
  const auto found = std::find_if(table.columns.begin(), table.columns.end(), [](const table::Column& column) {
    return column.name == "pct_of_total" || column.name == "share";
  });
  return static_cast<std::size_t>(found - table.columns.begin());
}

void set_shares(TableText& text, const table::Table& table) {
  const std::size_t c = share_column(table);
  if (c == table.columns.size()) return;
  const auto value = [&](std::size_t r) {
    const double* number = std::get_if<double>(&table.rows[r].cells[c].value);
    return number && std::isfinite(*number) && !table.rows[r].is_total ? std::max(0.0, *number) : 0.0;
  };
  double largest = 0;
  for (std::size_t r = 0; r < table.rows.size(); ++r) largest = std::max(largest, value(r));
  if (largest <= 0) return;
  text.bars = true;
  if (table.columns.size() > 2) text.bar_head = table.columns[c].title;
  for (std::size_t r = 0; r < table.rows.size(); ++r) text.rows[r].share = value(r) / largest;
}

// Some first cell stands over a run of rows, and no row after it belongs to the run before.
bool has_groups(const TableText& text) {
  std::vector<std::string> seen;
  for (const TableRow& row : text.rows) {
    if (row.cells.empty() || row.cells.front().empty()) return false;
    if (!seen.empty() && seen.back() == row.cells.front()) continue;
    if (std::find(seen.begin(), seen.end(), row.cells.front()) != seen.end()) return false;
    seen.push_back(row.cells.front());
  }
  return seen.size() > 1 && seen.size() * 2 <= text.rows.size();
}

}  // namespace

bool TableText::has_over() const {
  return std::any_of(columns.begin(), columns.end(), [](const TableColumn& column) { return !column.over.empty(); });
}

TableText print_table(const table::Table& table) {
  TableText text{table.name, table.title, table.subtitle, {}, {}, table.notes, false, {}, false};
  for (const table::Row& row : table.rows) {
    result::require(row.cells.size() == table.columns.size(), "a table row has not one cell per column");
    TableRow printed{{}, row.is_total, 0};
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      printed.cells.push_back(table::format_cell(row.cells[c], table.columns[c], table::Style::print));
    }
    text.rows.push_back(std::move(printed));
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const std::string& title = table.columns[c].title;
    const std::size_t line = title.find('\n');
    if (line == std::string::npos) text.columns.push_back({"", title, alignment(table, c)});
    else text.columns.push_back({title.substr(0, line), title.substr(line + 1), alignment(table, c)});
  }
  set_shares(text, table);
  text.grouped = has_groups(text);
  return text;
}

TableText turned(const TableText& text) {
  TableText made{text.name, text.title, text.subtitle, {{"", text.columns.front().head, Align::left}}, {}, text.notes, false, {}, false};
  for (const TableRow& row : text.rows) made.columns.push_back({"", row.cells.front(), Align::left});
  for (std::size_t c = 1; c < text.columns.size(); ++c) {
    TableRow line{{text.columns[c].head}, false, 0};
    for (const TableRow& row : text.rows) line.cells.push_back(row.cells[c]);
    made.rows.push_back(std::move(line));
  }
  return made;
}

TableText pick_columns(const TableText& text, const std::vector<std::size_t>& columns) {
  TableText picked{text.name, text.title, text.subtitle, {}, {}, text.notes, text.bars, text.bar_head, text.grouped};
  for (const std::size_t c : columns) picked.columns.push_back(text.columns[c]);
  for (const TableRow& row : text.rows) {
    TableRow kept{{}, row.total, row.share};
    for (const std::size_t c : columns) kept.cells.push_back(row.cells[c]);
    picked.rows.push_back(std::move(kept));
  }
  return picked;
}

}  // namespace spillway::pdf
