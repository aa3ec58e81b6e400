#include <algorithm>
#include <utility>

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

constexpr std::size_t kGap = 2;  // characters between columns
constexpr const char* kBold = "\033[1m";
constexpr const char* kRed = "\033[31m";
constexpr const char* kUsualColor = "\033[39m";
constexpr const char* kPlain = "\033[0m";

bool is_below_zero(const table::Row& row, std::size_t c) {
  const auto* number = c < row.cells.size() ? std::get_if<double>(&row.cells[c].value) : nullptr;
  return number != nullptr && *number < 0.0;
}

// A table as lines of text, before its columns are shared out over groups.
class Layout {
 public:
  Layout(const table::Table& table, bool color) : table_(table), color_(color), right_(flush_right(table)) {
    lines_.push_back(heads(table));
    for (const table::Row& row : table.rows) lines_.push_back(cells(table, row));
    widths_.resize(table.columns.size());
    for (const Line& line : lines_) {
      for (std::size_t c = 0; c < line.size(); ++c) widths_[c] = std::max(widths_[c], width_of(line[c]));
    }
  }

  // The columns that stand side by side: all, or as many at a time as fit, the first one before each group.
  std::vector<std::vector<std::size_t>> groups(std::size_t width) const {
    std::vector<std::vector<std::size_t>> groups{{}};
    std::size_t used = 0;
    for (std::size_t c = 0; c < widths_.size(); ++c) {
      const std::size_t room = widths_[c] + (groups.back().empty() ? 0 : kGap);
      const bool starts = width > 0 && used + room > width && groups.back().size() > 1;
      if (starts) {
        groups.push_back({0});
        used = widths_[0];
      }
      used += widths_[c] + (groups.back().empty() ? 0 : kGap);
      groups.back().push_back(c);
    }
    return groups;
  }

  std::string text(const std::vector<std::size_t>& columns) const {
    std::size_t full = columns.empty() ? 0 : kGap * (columns.size() - 1);
    for (std::size_t c : columns) full += widths_[c];
    const std::string rule = std::string(full, '-') + '\n';
    std::string text = emphasized(aligned(0, columns)) + rule;
    for (std::size_t r = 0; r < table_.rows.size(); ++r) {
      const bool total = table_.rows[r].is_total;
      if (total && r > 0 && !table_.rows[r - 1].is_total) text += rule;
      text += total ? emphasized(aligned(r + 1, columns)) : aligned(r + 1, columns) + '\n';
    }
    return text;
  }

 private:
  std::string emphasized(const std::string& line) const { return color_ ? kBold + line + kPlain + '\n' : line + '\n'; }

  std::string aligned(std::size_t l, const std::vector<std::size_t>& columns) const {
    std::string text, room;
    for (std::size_t c : columns) {
      if (c != columns.front()) room.append(kGap, ' ');
      const std::string& cell = lines_[l][c];
      const std::size_t spare = widths_[c] - width_of(cell);
      if (right_[c]) room.append(spare, ' ');
      // Room is written before the next cell only: no line ends in spaces.
      if (!cell.empty()) text += std::exchange(room, {}) + shown(l, c);
      if (!right_[c]) room.append(spare, ' ');
    }
    return text;
  }

  std::string shown(std::size_t l, std::size_t c) const {
    const bool red = color_ && l > 0 && is_below_zero(table_.rows[l - 1], c);
    return red ? kRed + lines_[l][c] + kUsualColor : lines_[l][c];
  }

  const table::Table& table_;
  bool color_;
  std::vector<bool> right_;
  std::vector<Line> lines_;
  std::vector<std::size_t> widths_;
};

}  // namespace

std::string to_text(const table::Table& table) { return to_text(table, TextLayout{}); }

std::string to_text(const table::Table& table, const TextLayout& layout) {
  const Layout laid_out(table, layout.color);
  std::string text;
  if (!table.title.empty()) text += table.title + '\n';
  if (!table.subtitle.empty()) text += table.subtitle + '\n';
  bool first = true;
  for (const auto& columns : laid_out.groups(layout.width)) {
    if (!std::exchange(first, false)) text += '\n';
    text += laid_out.text(columns);
  }
  for (const std::string& note : table.notes) text += note + '\n';
  return text;
}

}  // namespace spillway::report
