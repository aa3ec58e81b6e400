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

constexpr std::size_t kGap = 2;         // characters between columns
constexpr std::size_t kSomeWords = 30;  // a wider column of texts wraps where lines have a width
constexpr std::size_t kLeastWords = 20;
constexpr const char* kBold = "\033[1m";
constexpr const char* kRed = "\033[31m";
constexpr const char* kUsualColor = "\033[39m";
constexpr const char* kPlain = "\033[0m";

bool is_below_zero(const table::Row& row, std::size_t c) {
  const auto* number = c < row.cells.size() ? std::get_if<double>(&row.cells[c].value) : nullptr;
  return number != nullptr && *number < 0.0;
}

// The text in lines of at most `width` characters, broken at spaces; a longer word stands alone.
std::vector<std::string> wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines{""};
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t stop = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, stop - at);
    at = stop + 1;
    if (lines.back().empty()) lines.back() = word;
    else if (width_of(lines.back()) + 1 + width_of(word) <= width) lines.back() += ' ' + word;
    else lines.push_back(word);
  }
  return lines;
}

// A table as lines of text, before its columns are shared out over groups. `width` of a line; 0: any.
class Layout {
 public:
  Layout(const table::Table& table, bool color, std::size_t width) : table_(table), color_(color), right_(flush_right(table)) {
    lines_.push_back(heads(table));
    for (const table::Row& row : table.rows) lines_.push_back(cells(table, row));
    widths_.resize(table.columns.size());
    for (const Line& line : lines_) {
      for (std::size_t c = 0; c < line.size(); ++c) widths_[c] = std::max(widths_[c], width_of(line[c]));
    }
    if (width > 0) narrow_words(width);
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
      const std::string row = aligned(r + 1, columns);
      text += total ? emphasized(row) : row + '\n';
    }
    return text;
  }

 private:
  // Columns of sentences wrap: so far that the table fits, else that they fit beside the first column.
  void narrow_words(std::size_t width) {
    std::size_t others = widths_.empty() ? 0 : kGap * (widths_.size() - 1);
    std::vector<std::size_t> words;
    for (std::size_t c = 0; c < widths_.size(); ++c) {
      if (!right_[c] && widths_[c] > kSomeWords) words.push_back(c);
      else others += widths_[c];
    }
    std::stable_sort(words.begin(), words.end(), [&](std::size_t a, std::size_t b) { return widths_[a] < widths_[b]; });
    std::size_t reserved = 0;
    for (const std::size_t c : words) reserved += least_width(c);
    const bool fits = others + reserved <= width;
    std::size_t room = fits ? width - others : 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t c = words[i], least = least_width(c);
      if (fits) {
        reserved -= least;
        widths_[c] = std::min({widths_[c], room - reserved, std::max(least, room / (words.size() - i))});
        room -= widths_[c];
      } else {
        const std::size_t before = c == 0 ? 0 : widths_[0] + kGap;
        widths_[c] = std::min(widths_[c], std::max(least, width > before ? width - before : 0));
      }
    }
  }

  // The longest word of a column.
  std::size_t least_width(std::size_t c) const {
    std::size_t least = kLeastWords;
    for (const Line& line : lines_) {
      for (const std::string& word : wrapped(line[c], 0)) least = std::max(least, width_of(word));
    }
    return least;
  }

  std::string emphasized(const std::string& line) const { return color_ ? kBold + line + kPlain + '\n' : line + '\n'; }

  // Line `l` of the table, itself of several lines where texts wrap.
  std::string aligned(std::size_t l, const std::vector<std::size_t>& columns) const {
    std::vector<std::vector<std::string>> parts;
    std::size_t lines = 1;
    for (const std::size_t c : columns) {
      const std::string& cell = lines_[l][c];
      parts.push_back(width_of(cell) > widths_[c] ? wrapped(cell, widths_[c]) : std::vector{cell});
      lines = std::max(lines, parts.back().size());
    }
    std::string text;
    for (std::size_t i = 0; i < lines; ++i) {
      if (i > 0) text += '\n';
      std::string room;
      for (std::size_t k = 0; k < columns.size(); ++k) {
        const std::size_t c = columns[k];
        const std::string part = i < parts[k].size() ? parts[k][i] : std::string();
        const std::size_t spare = widths_[c] - width_of(part);
        if (k > 0) room.append(kGap, ' ');
        if (right_[c]) room.append(spare, ' ');
        // Room is written before the next cell only: no line ends in spaces.
        if (!part.empty()) text += std::exchange(room, {}) + shown(part, l, c);
        if (!right_[c]) room.append(spare, ' ');
      }
    }
    return text;
  }

  std::string shown(const std::string& part, std::size_t l, std::size_t c) const {
    const bool red = color_ && l > 0 && is_below_zero(table_.rows[l - 1], c);
    return red ? kRed + part + kUsualColor : part;
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
  const Layout laid_out(table, layout.color, layout.width);
  std::string text;
  if (!table.title.empty()) text += table.title + '\n';
  if (!table.subtitle.empty()) text += table.subtitle + '\n';
  bool first = true;
  for (const auto& columns : laid_out.groups(layout.width)) {
    if (!std::exchange(first, false)) text += '\n';
    text += laid_out.text(columns);
  }
  for (const std::string& note : table.notes) {
    if (layout.width == 0) text += note + '\n';
    else for (const std::string& line : wrapped(note, layout.width)) text += line + '\n';
  }
  return text;
}

}  // namespace spillway::report
