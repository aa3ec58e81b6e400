#include "spillway/workbook/table_layout.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr double kRoom = 2.5;        // beside the longest text of a column
constexpr double kFilterButton = 3;  // over a head
constexpr double kOneLineHead = 16;  // longer heads wrap
constexpr double kHeadLine = 12.5;   // points

double length(const std::string& text) {
  double longest = 0;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const auto count = std::count_if(line.begin(), line.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
    longest = std::max(longest, static_cast<double>(count));
  }
  return longest;
}

double longest_word(const std::string& text) {
  double longest = 0;
  std::istringstream words(text);
  for (std::string word; words >> word;) longest = std::max(longest, length(word));
  return longest;
}

// Columns that are words stand left under heads that stand left.
bool is_words(const table::Table& table, std::size_t c) {
  return table.columns[c].format.kind == table::Kind::text &&
         std::all_of(table.rows.begin(), table.rows.end(), [c](const table::Row& row) {
           return row.cells[c].empty() || std::holds_alternative<std::string>(row.cells[c].value);
         });
}

class Layout {
 public:
  Layout(Sheet& sheet, const table::Table& table, unsigned row, unsigned column)
      : sheet_(sheet), table_(table), row_(row), column_(column) {}

  Laid lay() {
    const auto columns = static_cast<unsigned>(table_.columns.size());
    for (unsigned c = 0; c < columns; ++c) fit(c);
    lay_heads();
    Laid laid;
    laid.first_row = row_ + 1;
    const auto is_total = [](const table::Row& row) { return row.is_total; };
    body_ = static_cast<unsigned>(std::find_if(table_.rows.begin(), table_.rows.end(), is_total) - table_.rows.begin());
    laid.last_row = row_ + body_;
    for (unsigned r = 0; r < table_.rows.size(); ++r) {
      lines_ = lines_of(r);
      for (unsigned c = 0; c < columns; ++c) lay_cell(r, c);
      if (lines_ > 1) sheet_.height(row_ + 1 + r, 4 + kHeadLine * lines_);
    }
    const auto last = row_ + static_cast<unsigned>(table_.rows.size());
    laid.all = {sheet_.name(), row_, column_, last, column_ + std::max(1u, columns) - 1};
    laid.next_row = last + 1;
    for (const std::string& note : table_.notes) {
      sheet_.paragraph(laid.next_row++, column_, std::max(laid.all.last_column, column_ + 5), note, {Look::Kind::note});
    }
    return laid;
  }

 private:
  void fit(unsigned c) {
    const table::Column& column = table_.columns[c];
    const std::string head = head_text(column);
    double widest = (length(head) <= kOneLineHead ? length(head) : longest_word(head)) + kFilterButton;
    for (const table::Row& row : table_.rows) {
      widest = std::max(widest, length(table::format_cell(row.cells[c], column, table::Style::print)));
    }
    sheet_.widen(column_ + c, widest + kRoom);
  }

  // Lines that the longest text of a row takes in its column.
  double lines_of(unsigned r) const {
    double lines = 1;
    for (unsigned c = 0; c < table_.columns.size(); ++c) {
      const auto* text = std::get_if<std::string>(&table_.rows[r].cells[c].value);
      if (text != nullptr) lines = std::max(lines, std::ceil((length(*text) + kRoom) / sheet_.width(column_ + c)));
    }
    return lines;
  }

  void lay_heads() {
    double lines = 1;
    for (unsigned c = 0; c < table_.columns.size(); ++c) {
      const std::string text = head_text(table_.columns[c]);
      sheet_.text(row_, column_ + c, text, {.kind = Look::Kind::head, .wrap = true, .right = !is_words(table_, c), .indent = c > 0});
      double needed = 0;
      std::istringstream parts(text);
      for (std::string part; std::getline(parts, part);) {
        needed += std::ceil(length(part) / (sheet_.width(column_ + c) - 1));
      }
      lines = std::max(lines, needed);
    }
    sheet_.height(row_, 4 + kHeadLine * lines);
  }

  void lay_cell(unsigned r, unsigned c) {
    const table::Row& row = table_.rows[r];
    const table::Cell& cell = row.cells[c];
    const table::Format& format = cell.format ? *cell.format : table_.columns[c].format;
    const unsigned at = row_ + 1 + r, in = column_ + c;
    Look look{.code = "", .total = row.is_total, .top = lines_ > 1};
    if (const auto* number = std::get_if<double>(&cell.value)) {
      look.code = format_code(format);
      if (row.is_total && sums_up(r, c)) lay_sum(at, c, *number, look);
      else sheet_.number(at, in, *number, look);
    } else if (const auto* date = std::get_if<calendar::Date>(&cell.value)) {
      look.code = format_code(format.kind == table::Kind::date ? format : table::date_format());
      sheet_.date(at, in, *date, look);
    } else if (const auto* text = std::get_if<std::string>(&cell.value)) {
      lay_text(at, c, *text, look);
    } else if (row.is_total) {
      sheet_.blank(at, in, look);
    }
  }

  void lay_text(unsigned at, unsigned c, const std::string& text, Look look) {
    PlainNumber number;
    const table::Column& column = table_.columns[c];
    const bool may_be_number = c > 0 && (!column.unit.empty() || column.format.kind == table::Kind::number);
    if (may_be_number && read_plain_number(text, number)) {
      look.code = format_code(table::number_format(number.decimals));
      return sheet_.number(at, column_ + c, number.value, look);
    }
    look.right = !is_words(table_, c) && c > 0;
    look.indent = c > 0;
    look.wrap = lines_ > 1;
    sheet_.text(at, column_ + c, text, look);
  }

  // The rows above are what a total adds up, to the rounding of a sum in another order.
  bool sums_up(unsigned r, unsigned c) const {
    const table::Column& column = table_.columns[c];
    const bool adds = (column.unit == "dollars" || column.unit == "loans" || column.name == "pct_of_total") &&
                      !column.name.starts_with("average");
    if (!adds || r != body_ || body_ == 0) return false;
    double sum = 0, size = 0;
    for (unsigned i = 0; i < body_; ++i) {
      const auto* number = std::get_if<double>(&table_.rows[i].cells[c].value);
      if (number == nullptr && !table_.rows[i].cells[c].empty()) return false;
      sum += number ? *number : 0.0;
      size += number ? std::fabs(*number) : 0.0;
    }
    const auto* total = std::get_if<double>(&table_.rows[r].cells[c].value);
    return total != nullptr && std::fabs(sum - *total) <= 1e-11 * size;
  }

  void lay_sum(unsigned at, unsigned c, double total, const Look& look) {
    const unsigned in = column_ + c;
    sheet_.formula(at, in, "=SUM(" + cell_name(row_ + 1, in) + ":" + cell_name(row_ + body_, in) + ")", total, look);
  }

  Sheet& sheet_;
  const table::Table& table_;
  unsigned row_, column_, body_ = 0;
  double lines_ = 1;  // of the row being laid
};

}  // namespace

std::string head_text(const table::Column& column) {
  std::string text = column.title.empty() ? column.name : column.title;
  if (text.empty() || column.unit.empty()) return text;
  // "WAL (yr)" says its unit.
  return text.find('(') != std::string::npos || text.find('%') != std::string::npos ? text : text + "\n(" + column.unit + ")";
}

Laid lay_table(Sheet& sheet, const table::Table& table, unsigned row, unsigned column) {
  for (const table::Row& each : table.rows) {
    result::require(each.cells.size() == table.columns.size(), "a table row has not one cell per column");
  }
  return Layout(sheet, table, row, column).lay();
}

void lay_sheet_head(Sheet& sheet, std::string_view title, std::string_view what, const std::string& contents) {
  sheet.text(0, 0, title, {Look::Kind::title});
  sheet.height(0, 20);
  sheet.text(1, 0, what, {Look::Kind::subtitle});
  sheet.link(2, 0, contents, "Contents");
  sheet.widen(0, 12);
}

}  // namespace spillway::workbook
