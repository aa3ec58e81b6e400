#include "spillway/pdf/side_by_side.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace spillway::pdf {

namespace {

using table::Cell;
using table::Column;
using table::Table;

constexpr std::size_t long_rows = 40;  // shorter tables stay as they are

bool is_position(const Column& column) {
  return column.format.kind == table::Kind::date || (column.format.kind == table::Kind::number && column.unit == "months");
}

// The column of dates or months, with texts alone before it and figures alone after it.
std::optional<std::size_t> position_column(const Table& table) {
  const auto& columns = table.columns;
  const auto found = std::find_if(columns.begin(), columns.end(), is_position);
  if (found == columns.begin() || found == columns.end() || found + 1 == columns.end()) return std::nullopt;
  const auto is_text = [](const Column& column) { return column.format.kind == table::Kind::text; };
  const auto is_figure = [](const Column& column) { return column.format.kind == table::Kind::number; };
  if (!std::all_of(columns.begin(), found, is_text) || !std::all_of(found + 1, columns.end(), is_figure)) return std::nullopt;
  return static_cast<std::size_t>(found - columns.begin());
}

// Order of a date or month.
std::optional<double> place(const Cell& cell) {
  if (const auto* number = std::get_if<double>(&cell.value)) return *number;
  if (const auto* date = std::get_if<calendar::Date>(&cell.value)) {
    return static_cast<double>(std::chrono::sys_days(*date).time_since_epoch().count());
  }
  return std::nullopt;
}

// The figures of one column in one run of rows.
struct Series {
  std::string head;
  std::size_t column = 0;            ///< of the long table
  std::map<double, Cell> cells;      ///< by place

  bool shows_as(const Series& other, const Column& shown) const {
    return std::equal(cells.begin(), cells.end(), other.cells.begin(), other.cells.end(), [&](const auto& a, const auto& b) {
      return a.first == b.first && table::format_cell(a.second, shown, table::Style::print) ==
                                       table::format_cell(b.second, shown, table::Style::print);
    });
  }
};

// Runs of rows with the same first text.
struct Block {
  std::string first;
  std::vector<Series> series;

  bool shows_as(const Block& other, const Table& table) const {
    return std::equal(series.begin(), series.end(), other.series.begin(), other.series.end(), [&](const Series& a, const Series& b) {
      return a.head == b.head && a.shows_as(b, table.columns[a.column]);
    });
  }
};

std::string in_small(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string text_of(const Cell& cell) {
  const auto* text = std::get_if<std::string>(&cell.value);
  return text ? *text : std::string();
}

class Turned {
 public:
  Turned(const Table& table, std::size_t position) : table_(table), position_(position) {}

  // False if the rows are not of that shape.
  bool read() {
    for (std::size_t from = 0; from < table_.rows.size();) {
      std::size_t to = from;
      while (to < table_.rows.size() && same_texts(from, to)) ++to;
      if (!read_run(from, to)) return false;
      from = to;
    }
    std::size_t figures = 0, columns = 0;
    for (const Block& block : blocks_) {
      columns += block.series.size();
      for (const Series& series : block.series) figures += series.cells.size();
    }
    return columns > 1 && columns * places_.size() <= 2 * figures;
  }

  std::vector<Table> tables() const {
    std::vector<Table> made;
    Table dated{table_.name, table_.title, table_.subtitle, {table_.columns[position_]}, {}, table_.notes};
    for (const auto& [at, cell] : places_) dated.rows.push_back({{cell}, false});
    for (auto block = blocks_.begin(); block != blocks_.end(); ++block) {
      const auto same = std::find_if(blocks_.begin(), block, [&](const Block& other) { return block->shows_as(other, table_); });
      if (same != block) dated.notes.push_back(block->first + " has the figures of " + same->first + ".");
      else add_columns(dated, *block);
    }
    if (!undated_.empty()) {
      made.push_back(undated_table());
      dated.title += " by " + in_small(table_.columns[position_].title);
    }
    made.push_back(std::move(dated));
    return made;
  }

 private:
  bool same_texts(std::size_t a, std::size_t b) const {
    for (std::size_t c = 0; c < position_; ++c) {
      if (text_of(table_.rows[a].cells[c]) != text_of(table_.rows[b].cells[c])) return false;
    }
    return true;
  }

  bool read_run(std::size_t from, std::size_t to) {
    std::optional<double> before;
    std::vector<std::size_t> dated;
    for (std::size_t r = from; r < to; ++r) {
      const table::Row& row = table_.rows[r];
      const auto at = place(row.cells[position_]);
      if (row.is_total || (at && before && *at <= *before)) return false;
      if (!at) undated_.push_back(r);
      else dated.push_back(r);
      if (at) before = at;
    }
    if (!dated.empty()) add_run(dated);
    return true;
  }

  void add_run(const std::vector<std::size_t>& rows) {
    const auto& cells = table_.rows[rows.front()].cells;
    if (blocks_.empty() || blocks_.back().first != text_of(cells.front())) blocks_.push_back({text_of(cells.front()), {}});
    std::string head;
    for (std::size_t c = 1; c < position_; ++c) {
      if (!text_of(cells[c]).empty()) head += (head.empty() ? "" : ", ") + text_of(cells[c]);
    }
    std::optional<Series> first;
    for (std::size_t c = position_ + 1; c < table_.columns.size(); ++c) {
      Series series{head, c, {}};
      if (first) series.head += (head.empty() ? "" : ", ") + in_small(table_.columns[c].title);
      for (const std::size_t r : rows) {
        const double at = *place(table_.rows[r].cells[position_]);
        series.cells.emplace(at, table_.rows[r].cells[c]);
        places_.emplace(at, table_.rows[r].cells[position_]);
      }
      if (first && series.shows_as(*first, table_.columns[c])) continue;  // "Rate with shock" where there is no shock
      if (!first) first = series;
      blocks_.back().series.push_back(std::move(series));
    }
  }

  void add_columns(Table& dated, const Block& block) const {
    for (const Series& series : block.series) {
      Column column = table_.columns[series.column];
      column.title = series.head.empty() ? block.first : block.first + "\n" + series.head;
      dated.columns.push_back(std::move(column));
      auto row = dated.rows.begin();
      for (const auto& [at, cell] : places_) {
        const auto found = series.cells.find(at);
        (row++)->cells.push_back(found == series.cells.end() ? Cell() : found->second);
      }
    }
  }

  // Rows without a date, without the column of dates, and without figures that repeat the first.
  Table undated_table() const {
    Table made{table_.name, table_.title, table_.subtitle, {}, {}, {}};
    std::vector<std::size_t> columns;
    for (std::size_t c = 0; c < table_.columns.size(); ++c) {
      const auto repeats = [&](std::size_t r) {
        const auto shown = [&](std::size_t of) { return table::format_cell(table_.rows[r].cells[of], table_.columns[c], table::Style::print); };
        return shown(c) == shown(position_ + 1);
      };
      const bool left_out = c == position_ || (c > position_ + 1 && std::all_of(undated_.begin(), undated_.end(), repeats));
      if (!left_out) columns.push_back(c);
    }
    for (const std::size_t c : columns) made.columns.push_back(table_.columns[c]);
    for (const std::size_t r : undated_) {
      table::Row row;
      for (const std::size_t c : columns) row.cells.push_back(table_.rows[r].cells[c]);
      made.rows.push_back(std::move(row));
    }
    return made;
  }

  const Table& table_;
  std::size_t position_;
  std::vector<Block> blocks_;
  std::map<double, Cell> places_;
  std::vector<std::size_t> undated_;
};

}  // namespace

std::vector<Table> side_by_side(const Table& table) {
  const auto position = position_column(table);
  const bool whole = std::all_of(table.rows.begin(), table.rows.end(),
                                 [&](const table::Row& row) { return row.cells.size() == table.columns.size(); });
  if (!position || !whole || table.rows.size() < long_rows) return {table};
  Turned turned(table, *position);
  return turned.read() ? turned.tables() : std::vector{table};
}

}  // namespace spillway::pdf
