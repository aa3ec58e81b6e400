#include "spillway/pdf/table_fit.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <span>

#include "spillway/pdf/flow.h"
#include "spillway/pdf/table_widths.h"
#include "spillway/result/issue.h"

namespace spillway::pdf {

namespace {

constexpr double long_figures = 250;         // likewise of figures
constexpr double least_bar = 44, most_bar = 84;
constexpr double prose_size = 8;
constexpr std::size_t few_records = 4, many_facts = 8;
constexpr std::size_t long_rows = 40, very_long_rows = 110, few_columns = 4, most_abreast = 5;
constexpr double abreast_gap = 10;
constexpr double over_gap = 7;                // more room where the head over the columns changes

struct Candidate {
  bool landscape;
  Face face;
  double size;
};
constexpr std::array candidates{
    Candidate{false, Face::regular, 8.5}, Candidate{false, Face::regular, 8},  Candidate{false, Face::narrow, 8.5},
    Candidate{false, Face::narrow, 8},    Candidate{false, Face::narrow, 7.5}, Candidate{false, Face::narrow, 7.2},
    Candidate{true, Face::narrow, 8.5},   Candidate{true, Face::narrow, 8},    Candidate{true, Face::narrow, 7.5},
    Candidate{true, Face::narrow, 7.2},   Candidate{true, Face::narrow, 6.9},
};
constexpr std::size_t strat_candidate = 3, portrait_candidates = 6;

// A head over several columns needs the room of its own, and a gap before it.
void widen_for_over(FittedTable& table, const Typefaces& typefaces) {
  const auto& columns = table.text.columns;
  for (std::size_t from = 0; from < columns.size();) {
    std::size_t to = from + 1;
    while (to < columns.size() && !columns[from].over.empty() && columns[to].over == columns[from].over) ++to;
    double have = table.gap * static_cast<double>(to - from - 1);
    for (std::size_t c = from; c < to; ++c) have += table.widths[c];
    const double lack = typefaces.width(table.bold(), table.size, columns[from].over) - have;
    for (std::size_t c = from; c < to && lack > 0; ++c) table.widths[c] += lack / static_cast<double>(to - from);
    if (!columns[from].over.empty()) table.widths[from] += table.over_gap;
    from = to;
  }
}

std::optional<FittedTable> try_fit(const TableText& text, const std::vector<Widths>& widths, const Candidate& candidate,
                                   std::size_t head_lines, const Typefaces& typefaces) {
  FittedTable table{text, candidate.landscape, candidate.face, candidate.size, candidate.size * 0.95, {}, {}, {}};
  if (text.has_over()) table.gap = candidate.size * 0.75;
  for (std::size_t c = 0; c < text.columns.size(); ++c) {
    double content = widths[c].content / measured_size * table.size;
    double head = widths[c].head[head_lines] / measured_size * table.size;
    content = std::min(content, (text.columns[c].align == Align::right ? long_figures : long_text) / 8 * table.size);
    head = std::min(head, long_text / 8 * table.size);
    table.widths.push_back(std::max(content, head));
  }
  if (text.has_over()) {
    table.over_gap = over_gap;
    widen_for_over(table, typefaces);
  }
  if (text.bars) table.bar_width = least_bar;
  share_prose(table, widths, typefaces);
  if (table.width() > page_width(candidate.landscape) + 1e-6) return std::nullopt;
  return table;
}

// Long tables that are narrow enough run in several parts beside one another.
bool set_abreast(FittedTable& table, double page) {
  if (table.text.rows.size() < long_rows || table.bar_width > 0 || table.text.has_over()) return false;
  const double gap = table.gap;
  table.gap = abreast_gap;
  const double width = table.width();
  table.abreast = static_cast<int>(std::clamp((page + table.run_gap) / (width + table.run_gap), 1.0, static_cast<double>(most_abreast)));
  if (table.abreast == 1) table.gap = gap;
  else table.run_gap = std::min(44.0, (page - table.abreast * width) / (table.abreast - 1));
  return table.abreast > 1;
}

// Room left goes to the bars, then between the columns of a table that is wide anyway.
void spread(FittedTable& table) {
  const double page = page_width(table.landscape);
  if (set_abreast(table, page)) return;
  const std::size_t columns = table.widths.size();
  if (table.bar_width > 0 && columns > 2) table.bar_width = std::min(most_bar, table.bar_width + page - table.width());
  const auto gaps = static_cast<double>(columns - 1 + (table.bar_width > 0 ? 1 : 0));
  if (gaps < 1) return;
  if (columns > few_columns || table.width() > 0.62 * page) {
    table.gap += std::min(64.0, (page - table.width()) / gaps);
  } else {
    table.gap = std::min(columns == 2 ? 16.0 : 22.0, table.gap + (page - table.width()) / gaps);
  }
}

void break_lines(FittedTable& table, const Typefaces& typefaces) {
  for (std::size_t c = 0; c < table.widths.size(); ++c) {
    table.heads.push_back(typefaces.wrap(table.bold(), table.size, table.text.columns[c].head, table.widths[c] + 0.01));
  }
  for (const TableRow& row : table.text.rows) {
    std::vector<std::vector<std::string>> cells;
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const Face face = row.total ? table.bold() : table.face;
      const bool fits = row.cells[c].find('\n') == std::string::npos &&
                        typefaces.width(face, table.size, row.cells[c]) <= table.widths[c] + 0.05;
      cells.push_back(fits ? std::vector{row.cells[c]} : typefaces.wrap(face, table.size, row.cells[c], table.widths[c] + 0.05));
    }
    table.cells.push_back(std::move(cells));
  }
}

// In the first candidate that has room; `beside`: for runs beside one another.
std::optional<FittedTable> fit_first(const TableText& text, const Typefaces& typefaces, std::span<const Candidate> allowed, bool beside) {
  std::vector<Widths> regular, narrow;
  for (const Candidate& candidate : allowed) {
    auto& widths = candidate.face == Face::narrow ? narrow : regular;
    if (widths.empty()) widths = measure(text, typefaces, candidate.face);
    if (candidate.size > prose_size && has_prose(text, widths)) continue;
    for (const std::size_t lines : {1, 2, 3, 5}) {
      if (lines == 1 && (text.columns.size() > few_columns || text.rows.size() >= long_rows)) continue;
      auto table = try_fit(text, widths, candidate, lines, typefaces);
      if (!table) continue;
      spread(*table);
      if (beside && table->abreast == 1) continue;
      break_lines(*table, typefaces);
      return table;
    }
  }
  return std::nullopt;
}

std::optional<FittedTable> fit_whole(const TableText& text, const Typefaces& typefaces, std::span<const Candidate> allowed) {
  if (text.rows.size() >= very_long_rows) {  // smaller print is better than many half-empty pages
    if (auto table = fit_first(text, typefaces, std::span(candidates).first(portrait_candidates), true)) return table;
  }
  return fit_first(text, typefaces, allowed, false);
}

// Columns after the first in runs that belong together: those under one head.
std::vector<std::vector<std::size_t>> column_groups(const TableText& text) {
  std::vector<std::vector<std::size_t>> groups;
  for (std::size_t c = 1; c < text.columns.size(); ++c) {
    const bool joins = c > 1 && !text.columns[c].over.empty() && text.columns[c].over == text.columns[c - 1].over;
    if (joins) groups.back().push_back(c);
    else groups.push_back({c});
  }
  return groups;
}

// The table in `count` parts of about as many groups, each with the first column; none if a part is too wide.
std::vector<FittedTable> fit_parts(const TableText& text, const std::vector<std::vector<std::size_t>>& groups, std::size_t count,
                                   const Typefaces& typefaces) {
  std::vector<FittedTable> parts;
  std::span<const Candidate> allowed = std::span(candidates).first(portrait_candidates);
  for (std::size_t part = 0, group = 0; part < count; ++part) {
    std::vector<std::size_t> columns{0};
    for (const std::size_t end = group + (groups.size() - group + count - part - 1) / (count - part); group < end; ++group) {
      columns.insert(columns.end(), groups[group].begin(), groups[group].end());
    }
    auto fitted = fit_whole(pick_columns(text, columns), typefaces, allowed);
    if (!fitted) return {};
    const auto same = std::find_if(allowed.begin(), allowed.end(), [&](const Candidate& candidate) {
      return candidate.face == fitted->face && candidate.size == fitted->size;
    });
    allowed = allowed.subspan(static_cast<std::size_t>(same - allowed.begin()));  // the first part is the widest
    if (part + 1 < count) fitted->text.notes.clear();
    parts.push_back(*std::move(fitted));
  }
  return parts;
}

}  // namespace

double FittedTable::width() const {
  const double columns = std::accumulate(widths.begin(), widths.end(), 0.0) + gap * static_cast<double>(widths.size() - 1);
  return columns + (bar_width > 0 ? gap + bar_width : 0.0);
}

double FittedTable::leading() const {
  if (bar_width > 0) return size * 1.36;
  return size * (text.rows.size() <= 12 ? 1.62 : 1.42);
}

double FittedTable::row_height(std::size_t row) const {
  std::size_t lines = 1;
  for (const auto& cell : cells[row]) lines = std::max(lines, cell.size());
  return (static_cast<double>(lines) - 1) * size * 1.15 + leading();
}

double FittedTable::rows_height() const {
  double height = 0;
  for (std::size_t r = 0; r < cells.size(); ++r) height += row_height(r);
  return height;
}

double FittedTable::head_height() const {
  std::size_t lines = 1;
  for (const auto& head : heads) lines = std::max(lines, head.size());
  return static_cast<double>(lines) * size * 1.15 + 5 + (text.has_over() ? size * 1.15 + 4 : 0.0);
}

std::vector<FittedTable> fit_table(const TableText& text, const Typefaces& typefaces) {
  auto all = std::span<const Candidate>(candidates);
  if (text.bars && text.columns.size() > few_columns) all = all.subspan(strat_candidate);  // stratifications look alike
  const bool records = !text.rows.empty() && text.rows.size() <= few_records && text.columns.size() > many_facts && !text.has_over() && !text.bars;
  if (records && !fit_first(text, typefaces, all.first(portrait_candidates), false)) {
    if (auto whole = fit_first(turned(text), typefaces, all.first(portrait_candidates), false)) return {*std::move(whole)};
  }
  if (auto whole = fit_whole(text, typefaces, text.has_over() ? all.first(portrait_candidates) : all)) return {*std::move(whole)};
  TableText plain = text;
  plain.bars = false;
  auto groups = column_groups(plain);
  for (std::size_t count = 2; count <= groups.size(); ++count) {
    if (auto parts = fit_parts(plain, groups, count, typefaces); !parts.empty()) return parts;
  }
  std::vector<std::vector<std::size_t>> single;  // not even a group has room
  for (std::size_t c = 1; c < plain.columns.size(); ++c) single.push_back({c});
  for (std::size_t count = 2; count <= single.size(); ++count) {
    if (auto parts = fit_parts(plain, single, count, typefaces); !parts.empty()) return parts;
  }
  throw result::InvariantViolation("a column of a table is wider than a page");
}

}  // namespace spillway::pdf
