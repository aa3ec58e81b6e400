#include "spillway/pdf/table_set.h"

#include <algorithm>
#include <cmath>

#include "spillway/pdf/table_draw.h"

namespace spillway::pdf {

namespace {

constexpr Style title_style{Face::bold, 9.5, ink::text};
constexpr Style subtitle_style{Face::regular, 8, ink::soft};
constexpr Style note_style{Face::regular, 7.2, ink::soft};
constexpr double title_leading = 14, subtitle_leading = 11, note_leading = 9.4, note_gap = 5;
constexpr std::size_t least_rows = 3;    // of a table on a page
constexpr std::size_t start_rows = 10;    // of a table that goes on overleaf

struct TitleLines {
  std::vector<std::string> title, subtitle;
  double height() const {
    const double lines = title_leading * static_cast<double>(title.size()) + subtitle_leading * static_cast<double>(subtitle.size());
    return lines > 0 ? lines + 1 : 0;
  }
};

TitleLines title_lines(const TableTitle& title, bool again, const Typefaces& typefaces) {
  constexpr double room_for_continued = 60;
  const double width = page_width(false) - (again ? room_for_continued : 0);
  TitleLines lines;
  const auto wrap = [&](const Style& style, const std::string& text) { return typefaces.wrap(style.face, style.size, text, width); };
  if (!title.title.empty() && (again || !title.hidden_at_first)) lines.title = wrap(title_style, title.title);
  if (!title.subtitle.empty()) lines.subtitle = wrap(subtitle_style, title.subtitle);
  return lines;
}

double note_width(const FittedTable& table) {
  return std::min(page_width(table.landscape), std::max(table.width() * table.abreast, 330.0));
}

double notes_height(const FittedTable& table, const Typefaces& typefaces) {
  double height = table.text.notes.empty() ? 0 : note_gap;
  for (const auto& note : table.text.notes) {
    height += note_leading * static_cast<double>(typefaces.wrap(note_style.face, note_style.size, note, note_width(table)).size());
  }
  return height;
}

void draw_title(Flow& flow, const TableTitle& title, double x, bool again) {
  const TitleLines lines = title_lines(title, again, flow.faces);
  const double end = flow.y + lines.height();
  if (!lines.title.empty()) flow.open("H3");
  for (const auto& line : lines.title) {
    flow.text(x, flow.y + 10, title_style, line);
    if (again && &line == &lines.title.back()) {
      const double after = x + flow.faces.width(title_style.face, title_style.size, line) + 4;
      flow.text(after, flow.y + 10, {Face::italic, 8, ink::soft}, "(continued)");
    }
    flow.y += title_leading;
  }
  if (!lines.title.empty()) flow.close("H3");
  if (!lines.subtitle.empty()) flow.open("P");
  for (const auto& line : lines.subtitle) {
    flow.text(x, flow.y + 8, subtitle_style, line);
    flow.y += subtitle_leading;
  }
  if (!lines.subtitle.empty()) flow.close("P");
  flow.y = end;
}

void draw_notes(Flow& flow, const FittedTable& table, double x) {
  if (!table.text.notes.empty()) flow.y += note_gap;
  for (const auto& note : table.text.notes) {
    flow.open("P");
    for (const auto& line : flow.faces.wrap(note_style.face, note_style.size, note, note_width(table))) {
      if (flow.room() < note_leading - 0.01 && !flow.at_top()) {
        flow.close("P");
        flow.next_page();
        flow.open("P");
      }
      flow.text(x, flow.y + note_leading * 0.75, note_style, line);
      flow.y += note_leading;
    }
    flow.close("P");
  }
}

// Rows from `from` on that have room here, so that neither this page nor the next is left with too few.
std::size_t rows_here(const Flow& flow, const FittedTable& table, std::size_t from, double notes) {
  const std::size_t all = table.cells.size();
  double used = 0;
  std::size_t to = from;
  while (to < all && used + table.row_height(to) <= flow.room() + 0.01) used += table.row_height(to++);
  if (to == all && used + notes <= flow.room() + 0.01) return all;
  const std::size_t most = all - std::min(all, least_rows);
  return std::max(std::min(to, most), std::min(from + 1, all));
}

void set_run(Flow& flow, const FittedTable& table, const TableTitle& title) {
  const double notes = notes_height(table, flow.faces);
  for (std::size_t row = 0; row < table.cells.size() || row == 0;) {
    if (row > 0) flow.next_page();
    draw_title(flow, title, flow.left(), row > 0);
    flow.open("Table");
    draw_heads(flow, table, flow.left(), flow.y);
    flow.y += table.head_height();
    const std::size_t to = rows_here(flow, table, row, notes);
    flow.y += draw_rows(flow, table, row, to, flow.left(), flow.y);
    flow.close("Table");
    if (to == table.cells.size()) break;
    row = to;
  }
  draw_notes(flow, table, flow.left());
}

// Rows run down one part of the page, then down the next, as a newspaper's columns do.
void set_abreast(Flow& flow, const FittedTable& table, const TableTitle& title) {
  const auto runs = static_cast<std::size_t>(table.abreast);
  const double notes = notes_height(table, flow.faces);
  for (std::size_t row = 0; row < table.cells.size();) {
    if (row > 0) flow.next_page();
    draw_title(flow, title, flow.left(), row > 0);
    const std::size_t left = table.cells.size() - row;
    const double room = flow.room() - table.head_height() + 0.01;
    const auto most = static_cast<std::size_t>(std::max(1.0, std::floor(room / table.leading())));
    const auto with_notes = static_cast<std::size_t>(std::max(1.0, std::floor((room - notes) / table.leading())));
    const bool last = left <= with_notes * runs;
    const std::size_t each = last ? (left + runs - 1) / runs : std::min(most, (left + runs - 1) / runs);
    const double top = flow.y;
    for (std::size_t run = 0; run < runs && row < table.cells.size(); ++run) {
      const double x = flow.left() + static_cast<double>(run) * (table.width() + table.run_gap);
      const std::size_t to = std::min(row + each, table.cells.size());
      flow.open("Table");
      draw_heads(flow, table, x, top);
      flow.y = std::max(flow.y, top + table.head_height() + draw_rows(flow, table, row, to, x, top + table.head_height()));
      flow.close("Table");
      row = to;
    }
  }
  if (flow.room() < notes && notes <= flow.depth(table.landscape)) flow.next_page();
  draw_notes(flow, table, flow.left());
}

double rows_deep(const FittedTable& table) {
  if (table.abreast == 1) return table.rows_height();
  return std::ceil(static_cast<double>(table.cells.size()) / table.abreast) * table.leading();
}

}  // namespace

TableTitle title_of(const FittedTable& table, const std::string& heading) {
  return {table.text.title, table.text.subtitle, table.text.title == heading};
}

double whole_height(const FittedTable& table, const TableTitle& title, const Typefaces& typefaces) {
  return title_lines(title, false, typefaces).height() + table.head_height() + rows_deep(table) + notes_height(table, typefaces);
}

double start_height(const FittedTable& table, const TableTitle& title, const Typefaces& typefaces) {
  const double rows = static_cast<double>(start_rows) * table.leading();
  return std::min(title_lines(title, false, typefaces).height() + table.head_height() + rows, whole_height(table, title, typefaces));
}

void set_table(Flow& flow, const FittedTable& table, const TableTitle& title) {
  if (table.landscape != flow.landscape()) flow.new_page(flow.pages.back().running, table.landscape);
  const double whole = whole_height(table, title, flow.faces);
  const bool kept_whole = whole <= flow.depth(table.landscape) && table.abreast == 1;
  const double needed = kept_whole ? whole : start_height(table, title, flow.faces);
  if (!flow.at_top() && flow.room() < needed) flow.next_page();
  if (table.abreast > 1) set_abreast(flow, table, title);
  else set_run(flow, table, title);
}

void set_shelf(Flow& flow, const std::vector<FittedTable>& tables, const std::string& heading) {
  constexpr double across = 20, down = 16;
  double widest = 0;
  for (const FittedTable& table : tables) {
    widest = std::max({widest, table.width(), flow.faces.width(title_style.face, title_style.size, table.text.title)});
  }
  const double beside = std::floor((flow.width() + across + 0.01) / (widest + across));
  const auto each = static_cast<std::size_t>(std::clamp(beside, 1.0, static_cast<double>(tables.size())));
  const double pitch = (flow.width() + across) / static_cast<double>(each);
  for (std::size_t from = 0; from < tables.size(); from += each) {
    const std::size_t to = std::min(from + each, tables.size());
    double height = 0;
    for (std::size_t i = from; i < to; ++i) height = std::max(height, whole_height(tables[i], title_of(tables[i], heading), flow.faces));
    if (from > 0) flow.y += down;
    if (flow.room() < height && !flow.at_top()) flow.next_page();
    const double top = flow.y;
    for (std::size_t i = from; i < to; ++i) {
      const double x = flow.left() + static_cast<double>(i - from) * pitch;
      flow.y = top;
      draw_title(flow, title_of(tables[i], heading), x, false);
      flow.open("Table");
      draw_heads(flow, tables[i], x, flow.y);
      flow.y += tables[i].head_height();
      flow.y += draw_rows(flow, tables[i], 0, tables[i].cells.size(), x, flow.y);
      flow.close("Table");
      draw_notes(flow, tables[i], x);
    }
    flow.y = top + height;
  }
}

}  // namespace spillway::pdf
