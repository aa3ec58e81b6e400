#include "spillway/workbook/sheet.h"

#include <algorithm>
#include <cmath>

#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr double kWidest = 60.0, kNarrowest = 9.0;

double characters(std::string_view text) {
  return static_cast<double>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Lines that a text takes in a column so many characters wide.
double lines_in(std::string_view text, double width) {
  double lines = 0;
  while (true) {
    const std::size_t end = text.find('\n');
    lines += std::max(1.0, std::ceil(characters(text.substr(0, end)) / std::max(1.0, width)));
    if (end == std::string_view::npos) return lines;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::string Area::reference() const {
  return quoted_sheet(sheet) + "!" + cell_name(first_row, first_column, true) + ":" + cell_name(last_row, last_column, true);
}

void Sheet::text(unsigned row, unsigned column, std::string_view text, const Look& look) {
  worksheet_write_string(sheet_, row_of(row), column_of(column), clean_text(text).c_str(), file_.format(look));
}

void Sheet::number(unsigned row, unsigned column, double value, const Look& look) {
  if (!std::isfinite(value)) return blank(row, column, look);
  worksheet_write_number(sheet_, row_of(row), column_of(column), value == 0.0 ? 0.0 : value, file_.format(look));
}

void Sheet::date(unsigned row, unsigned column, calendar::Date date, const Look& look) {
  constexpr auto first = calendar::make_date(1900, 3, 1);
  if (!date.ok()) return blank(row, column, look);
  if (date < first) return text(row, column, calendar::to_iso(date), look);
  number(row, column, serial_date(date), look);
}

void Sheet::blank(unsigned row, unsigned column, const Look& look) {
  worksheet_write_blank(sheet_, row_of(row), column_of(column), file_.format(look));
}

void Sheet::formula(unsigned row, unsigned column, const std::string& formula, double value, const Look& look) {
  worksheet_write_formula_num(sheet_, row_of(row), column_of(column), formula.c_str(), file_.format(look), value);
}

void Sheet::link(unsigned row, unsigned column, const std::string& sheet, std::string_view shown,
                 const std::string& cell, bool top) {
  const std::string target = "internal:" + quoted_sheet(sheet) + "!" + cell;
  worksheet_write_url_opt(sheet_, row_of(row), column_of(column), target.c_str(), file_.format({.kind = Look::Kind::link, .top = top}),
                          clean_text(shown).c_str(), nullptr);
}

void Sheet::paragraph(unsigned row, unsigned first, unsigned last, std::string_view shown, const Look& look) {
  Look wrapped = look;
  wrapped.wrap = true;
  const std::string text = clean_text(shown);
  double room = 0;
  for (unsigned c = first; c <= last; ++c) room += width(c);
  if (last > first) {
    worksheet_merge_range(sheet_, row_of(row), column_of(first), row_of(row), column_of(last), text.c_str(), file_.format(wrapped));
  } else {
    worksheet_write_string(sheet_, row_of(row), column_of(first), text.c_str(), file_.format(wrapped));
  }
  height(row, std::min(400.0, 4.0 + 12.5 * lines_in(text, room)));
}

void Sheet::widen(unsigned column, double wanted) {
  double& width = widths_.try_emplace(column, kNarrowest).first->second;
  width = std::max(width, std::min(wanted, kWidest));
}

double Sheet::width(unsigned column) const {
  const auto found = widths_.find(column);
  return found == widths_.end() ? kNarrowest : found->second;
}

}  // namespace spillway::workbook
