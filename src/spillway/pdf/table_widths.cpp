#include "spillway/pdf/table_widths.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "spillway/pdf/flow.h"

namespace spillway::pdf {

namespace {

constexpr double some_words = 70;  // in a table of prose, a column of texts wider than this wraps too, at 8 points

double widest(const std::vector<std::string>& lines, const Typefaces& typefaces, Face face) {
  double width = 0;
  for (const auto& line : lines) width = std::max(width, typefaces.width(face, measured_size, line));
  return width;
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t stop = std::min(text.find_first_of(" \n", at), text.size());
    words.push_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  return words;
}

// The least width at which `head` takes no more than `lines` lines.
double head_width(const std::string& head, std::size_t lines, const Typefaces& typefaces, Face bold) {
  const std::vector<std::string> words = words_of(head);
  std::vector<double> tries;
  for (std::size_t from = 0; from < words.size(); ++from) {
    std::string run;
    for (std::size_t to = from; to < words.size(); ++to) {
      run += (run.empty() ? "" : " ") + words[to];
      tries.push_back(typefaces.width(bold, measured_size, run));
    }
  }
  std::sort(tries.begin(), tries.end());
  const double longest = widest(words, typefaces, bold);
  for (const double width : tries) {
    if (width < longest - 1e-6) continue;
    if (typefaces.wrap(bold, measured_size, head, width + 1e-3).size() <= lines) return width + 1e-3;
  }
  return longest + 1e-3;
}

// A column of texts that may wrap.
struct WrappedColumn {
  std::size_t at = 0;
  double whole = 0;  // width in which no text wraps
  double least = 0;  // width of the longest word or line of the head

  double mean = 0;   // width of its texts

  double weight() const { return std::pow(mean, 0.75); }
};

// Gives the columns widths that add up to no more than `room`; false if the words alone have none.
bool share_room(std::vector<WrappedColumn> open, double room, std::vector<double>& widths) {
  // A column whose share is too narrow or too wide takes what it needs, and the others share what is left.
  while (!open.empty()) {
    double weights = 0;
    for (const WrappedColumn& column : open) weights += column.weight();
    const auto share = [&](const WrappedColumn& column) { return room * column.weight() / weights; };
    auto settled = std::find_if(open.begin(), open.end(), [&](const auto& column) { return share(column) < column.least; });
    if (settled == open.end()) {
      settled = std::find_if(open.begin(), open.end(), [&](const auto& column) { return share(column) > column.whole; });
    }
    if (settled == open.end()) {
      for (const WrappedColumn& column : open) widths[column.at] = share(column);
      return true;
    }
    widths[settled->at] = std::max(settled->least, std::min(settled->whole, share(*settled)));
    room -= widths[settled->at];
    if (room < 0) return false;
    open.erase(settled);
  }
  return true;
}

bool is_text_wider(const TableText& text, const std::vector<Widths>& widths, std::size_t c, double than) {
  return text.columns[c].align == Align::left && widths[c].content / measured_size * 8 > than;
}

double mean_width(const FittedTable& table, std::size_t c, const Typefaces& typefaces) {
  double sum = 1;
  for (const TableRow& row : table.text.rows) sum += typefaces.width(table.face, table.size, row.cells[c]);
  return sum / static_cast<double>(table.text.rows.size());
}

double longest_word(const FittedTable& table, std::size_t c, const Typefaces& typefaces) {
  double longest = 0;
  for (const TableRow& row : table.text.rows) {
    const Face face = row.total ? table.bold() : table.face;
    for (const auto& word : words_of(row.cells[c])) longest = std::max(longest, typefaces.width(face, table.size, word));
  }
  return longest + 0.5;
}

}  // namespace

std::vector<Widths> measure(const TableText& text, const Typefaces& typefaces, Face face) {
  const Face bold = face == Face::narrow ? Face::narrow_bold : Face::bold;
  std::vector<Widths> all(text.columns.size());
  for (std::size_t c = 0; c < all.size(); ++c) {
    for (const TableRow& row : text.rows) {
      all[c].content = std::max(all[c].content, typefaces.width(row.total ? bold : face, measured_size, row.cells[c]));
    }
    for (std::size_t lines = 1; lines < all[c].head.size(); ++lines) {
      all[c].head[lines] = head_width(text.columns[c].head, lines, typefaces, bold);
    }
  }
  return all;
}

bool has_prose(const TableText& text, const std::vector<Widths>& widths) {
  if (text.bars || text.has_over()) return false;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (is_text_wider(text, widths, c, long_text)) return true;
  }
  return false;
}

void share_prose(FittedTable& table, const std::vector<Widths>& widths, const Typefaces& typefaces) {
  const TableText& text = table.text;
  if (!has_prose(text, widths)) return;
  double room = page_width(table.landscape) - table.gap * static_cast<double>(widths.size() - 1);
  std::vector<WrappedColumn> wrapped;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (is_text_wider(text, widths, c, some_words)) {
      const double head = widths[c].head[2] / measured_size * table.size;
      wrapped.push_back({c, widths[c].content / measured_size * table.size, std::max(head, longest_word(table, c, typefaces)),
                         mean_width(table, c, typefaces)});
    } else {
      room -= table.widths[c];
    }
  }
  std::vector<double> shared = table.widths;
  if (share_room(std::move(wrapped), room, shared)) table.widths = std::move(shared);
}

}  // namespace spillway::pdf
