#include "spillway/pdf/table_draw.h"

#include <algorithm>
#include <string>
#include <vector>

namespace spillway::pdf {

namespace {

constexpr double line_factor = 1.15;          // of lines of one cell
constexpr std::size_t most_tagged = 1000;     // cells of a table

// Each cell is an element of the document's structure. A row of a longer table is one, read as a line.
bool tags_cells(const FittedTable& table) { return table.cells.size() * table.widths.size() <= most_tagged; }

// The lines of a cell, from the first one's baseline down. A space keeps apart what is read without its lines and places.
void draw_lines(Flow& flow, const FittedTable& table, const Style& style, std::size_t c, double x, double baseline,
                const std::vector<std::string>& lines) {
  const Align align = table.text.columns[c].align;
  const double width = table.widths[c];
  const bool more = !tags_cells(table) && c + 1 < table.widths.size();
  for (const std::string& line : lines) {
    const double room = align == Align::left ? 0.0 : width - flow.faces.width(style.face, style.size, line);
    flow.text(x + (align == Align::middle ? room / 2 : room), baseline, style,
              line.empty() || (&line == &lines.back() && !more) ? line : line + " ");
    baseline += style.size * line_factor;
  }
}

std::string spanning(std::size_t columns) { return "/A << /O /Table /Scope /Column /ColSpan " + std::to_string(columns) + " >>"; }

void draw_overs(Flow& flow, const FittedTable& table, double x, double y) {
  const Style style{table.bold(), table.size, ink::accent};
  const auto& columns = table.text.columns;
  std::vector<std::pair<double, double>> rules;
  flow.open("TR");
  for (std::size_t from = 0; from < columns.size();) {
    std::size_t to = from + 1;
    double width = table.widths[from];
    for (; to < columns.size() && !columns[from].over.empty() && columns[to].over == columns[from].over; ++to) {
      width += table.gap + table.widths[to];
    }
    const double start = x + table.over_gap;
    flow.open("TH", spanning(to - from));
    flow.text_middle((start + x + width) / 2, y + table.size, style, columns[from].over);
    flow.close("TH");
    if (!columns[from].over.empty()) rules.emplace_back(start, x + width);
    x += width + table.gap;
    from = to;
  }
  flow.close("TR");
  for (const auto& [from, to] : rules) flow.rule(from, to, y + table.size * line_factor + 1.5, 0.5, ink::strong_rule);
}

// The cells of a row between its marks, `draw(column, x)` each.
template <class Draw>
void draw_cells(Flow& flow, const FittedTable& table, const char* element, double x, const Draw& draw) {
  const bool each = tags_cells(table);
  const std::string details = element == std::string("TH") ? "/A << /O /Table /Scope /Column >>" : "";
  flow.open("TR");
  if (!each) flow.open(element, details);
  for (std::size_t c = 0; c < table.widths.size(); ++c) {
    if (each) flow.open(element, details);
    draw(c, x);
    if (each) flow.close(element);
    x += table.widths[c] + table.gap;
  }
  if (!each) flow.close(element);
  flow.close("TR");
}

void draw_row(Flow& flow, const FittedTable& table, std::size_t r, double x, double y) {
  const TableRow& row = table.text.rows[r];
  const Style style{row.total ? table.bold() : table.face, table.size, ink::text};
  const double baseline = y + table.leading() / 2 + table.size * 0.34;
  draw_cells(flow, table, "TD", x, [&](std::size_t c, double at) {
    draw_lines(flow, table, style, c, at, baseline, table.cells[r][c]);
  });
}

void draw_bar(Flow& flow, const FittedTable& table, std::size_t r, double x, double y) {
  const double share = table.text.rows[r].share;
  if (table.bar_width <= 0 || share <= 0) return;
  const double middle = y + table.leading() / 2;
  flow.box({x + table.width() - table.bar_width, middle - table.size * 0.34, std::max(0.4, share * table.bar_width), table.size * 0.66},
           ink::bar);
}

void draw_rule_above(Flow& flow, const FittedTable& table, std::size_t r, bool first, double x, double y) {
  const TableRow& row = table.text.rows[r];
  if (r == 0 || (first && !row.total)) return;
  const TableRow& before = table.text.rows[r - 1];
  const bool total = row.total && !before.total;
  const bool strong = total || (table.text.grouped && row.cells.front() != before.cells.front());
  flow.rule(x, x + table.width(), y, total ? 0.7 : strong ? 0.5 : 0.3, strong ? ink::strong_rule : ink::rule);
}

}  // namespace

void draw_heads(Flow& flow, const FittedTable& table, double x, double y) {
  const double foot = y + table.head_height();
  const Style style{table.bold(), table.size, ink::soft};
  flow.open("THead");
  if (table.text.has_over()) draw_overs(flow, table, x, y);
  draw_cells(flow, table, "TH", x, [&](std::size_t c, double at) {
    const double above = static_cast<double>(table.heads[c].size() - 1) * table.size * line_factor;
    draw_lines(flow, table, style, c, at, foot - 4.5 - above, table.heads[c]);
  });
  flow.close("THead");
  if (table.bar_width > 0) {
    flow.text(x + table.width() - table.bar_width, foot - 4.5, {table.face, table.size, ink::soft}, table.text.bar_head);
  }
  flow.rule(x, x + table.width(), foot, 0.9, ink::accent);
}

double draw_rows(Flow& flow, const FittedTable& table, std::size_t from, std::size_t to, double x, double y) {
  // Texts, bars and rules each in one go: the document is smaller and sooner drawn.
  double at = y;
  for (std::size_t r = from; r < to; at += table.row_height(r++)) draw_row(flow, table, r, x, at);
  at = y;
  for (std::size_t r = from; r < to; at += table.row_height(r++)) draw_bar(flow, table, r, x, at);
  at = y;
  for (std::size_t r = from; r < to; at += table.row_height(r++)) draw_rule_above(flow, table, r, r == from, x, at);
  flow.rule(x, x + table.width(), at, 0.5, ink::strong_rule);
  return at - y;
}

}  // namespace spillway::pdf
