#include "spillway/pdf/table_draw.h"

#include <vector>

namespace spillway::pdf {

namespace {

constexpr double line_factor = 1.15;  // of lines of one cell

void draw_aligned(Flow& flow, const Style& style, Align align, double x, double width, double baseline, const std::string& text) {
  if (align == Align::left) flow.text(x, baseline, style, text);
  else if (align == Align::right) flow.text_right(x + width, baseline, style, text);
  else flow.text_middle(x + width / 2, baseline, style, text);
}

void draw_overs(Flow& flow, const FittedTable& table, double x, double y) {
  const Style style{table.bold(), table.size, ink::accent};
  const auto& columns = table.text.columns;
  for (std::size_t from = 0; from < columns.size();) {
    std::size_t to = from + 1;
    double width = table.widths[from];
    for (; to < columns.size() && !columns[from].over.empty() && columns[to].over == columns[from].over; ++to) {
      width += table.gap + table.widths[to];
    }
    if (!columns[from].over.empty()) {
      const double start = x + table.over_gap;
      flow.text_middle((start + x + width) / 2, y + table.size, style, columns[from].over);
      flow.rule(start, x + width, y + table.size * line_factor + 1.5, 0.5, ink::strong_rule);
    }
    x += width + table.gap;
    from = to;
  }
}

}  // namespace

void draw_heads(Flow& flow, const FittedTable& table, double x, double y) {
  const double line = table.size * line_factor;
  const double foot = y + table.head_height();
  if (table.text.has_over()) draw_overs(flow, table, x, y);
  double at = x;
  for (std::size_t c = 0; c < table.widths.size(); ++c) {
    const auto& lines = table.heads[c];
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const double baseline = foot - 4.5 - static_cast<double>(lines.size() - 1 - i) * line;
      draw_aligned(flow, {table.bold(), table.size, ink::soft}, table.text.columns[c].align, at, table.widths[c], baseline, lines[i]);
    }
    at += table.widths[c] + table.gap;
  }
  if (table.bar_width > 0) flow.text(at, foot - 4.5, {table.face, table.size, ink::soft}, table.text.bar_head);
  flow.rule(x, x + table.width(), foot, 0.9, ink::accent);
}

double draw_rows(Flow& flow, const FittedTable& table, std::size_t from, std::size_t to, double x, double y) {
  const double start = y;
  const double line = table.size * line_factor;
  for (std::size_t r = from; r < to; ++r) {
    const TableRow& row = table.text.rows[r];
    if (r > from || (row.total && r > 0)) {
      const TableRow& before = table.text.rows[r - 1];
      const bool total = row.total && !before.total;
      const bool strong = total || (table.text.grouped && row.cells.front() != before.cells.front());
      flow.rule(x, x + table.width(), y, total ? 0.7 : strong ? 0.5 : 0.3, strong ? ink::strong_rule : ink::rule);
    }
    const double baseline = y + table.leading() / 2 + table.size * 0.34;
    double at = x;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const auto& lines = table.cells[r][c];
      for (std::size_t i = 0; i < lines.size(); ++i) {
        draw_aligned(flow, {row.total ? table.bold() : table.face, table.size, ink::text}, table.text.columns[c].align, at,
                     table.widths[c], baseline + static_cast<double>(i) * line, lines[i]);
      }
      at += table.widths[c] + table.gap;
    }
    if (table.bar_width > 0 && row.share > 0) {
      flow.box({at, baseline - table.size * 0.68, std::max(0.4, row.share * table.bar_width), table.size * 0.66}, ink::bar);
    }
    y += table.row_height(r);
  }
  flow.rule(x, x + table.width(), y, 0.5, ink::strong_rule);
  return y - start;
}

}  // namespace spillway::pdf
