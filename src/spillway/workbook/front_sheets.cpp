// Contents and summary.

#include <algorithm>

#include "spillway/workbook/book_sheets.h"
#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr unsigned kTextColumns = 7;  // that notices and notes run over

const table::Table* find_table(const book::Book& book, std::string_view name) {
  const auto found = std::find_if(book.data_tables.begin(), book.data_tables.end(),
                                  [&](const table::Table& table) { return table.name == name; });
  return found == book.data_tables.end() ? nullptr : &*found;
}

unsigned lay_pairs(Sheet& sheet, unsigned row, const std::vector<std::pair<std::string, std::string>>& pairs) {
  for (const auto& [label, text] : pairs) {
    if (text.empty()) continue;
    sheet.text(row, 0, label, {Look::Kind::label});
    sheet.text(row++, 1, text);
    sheet.widen(0, 3.0 + static_cast<double>(label.size()));
  }
  return row;
}

}  // namespace

void lay_summary(Sheet& sheet, const book::Book& book, const std::string& contents) {
  lay_sheet_head(sheet, book.deal, book.subtitle.empty() ? "Computational materials" : book.subtitle, contents);
  unsigned row = kHeadRows;
  row = lay_pairs(sheet, row, {{"Amount", book.headline}, {"Date prepared", book.date_prepared}});
  row = lay_pairs(sheet, row, book.parties) + 1;
  for (const char* name : {"class_summary", "credit_enhancement"}) {
    const table::Table* table = find_table(book, name);
    if (table == nullptr) continue;
    sheet.text(row++, 0, table->title, {Look::Kind::label});
    row = lay_table(sheet, *table, row).next_row + 1;
  }
  if (!book.notices.empty()) sheet.text(row++, 0, "Please note", {Look::Kind::label});
  for (const std::string& notice : book.notices) sheet.paragraph(row++, 0, kTextColumns, notice);
  if (!book.page_legend.empty()) sheet.paragraph(row + 1, 0, kTextColumns, book.page_legend, {Look::Kind::note});
}

void lay_contents(Sheet& sheet, const book::Book& book, const std::vector<Entry>& entries) {
  sheet.text(0, 0, book.deal, {Look::Kind::title});
  sheet.height(0, 20);
  sheet.text(1, 0, "Computational materials", {Look::Kind::subtitle});
  unsigned row = 3;
  sheet.text(row, 0, "Sheet", {Look::Kind::head});
  sheet.text(row++, 1, "What it is", {Look::Kind::head});
  std::string group;
  for (const Entry& entry : entries) {
    if (entry.group != group) {
      sheet.text(row, 0, entry.group, {Look::Kind::group});
      sheet.blank(row++, 1, {Look::Kind::group});
      group = entry.group;
    }
    sheet.link(row, 0, entry.sheet, entry.sheet);
    sheet.text(row++, 1, entry.what);
    sheet.widen(1, 4.0 + static_cast<double>(entry.what.size()));
  }
  sheet.widen(0, 36);
  sheet.widen(1, 50);
  for (const char* note :
       {"Numbers are at full precision and shown as printed. Percents are in percent, as in the CSV and JSON files: 0.35 is 0.35%.",
        "Every data table and each of its columns has a name: dm_tables, dm_tables.wal; a printed table page.rate_type. A run is run_1, a class of it run_1.A_1.",
        "Totals of tables, and on the sheets of runs years, discount factors and the grey cells over each class, are formulas: "
        "they recompute average lives and prices beside Spillway's own."}) {
    sheet.paragraph(++row, 0, 1, note, {Look::Kind::note});
  }
  sheet.freeze(4, 0);
  worksheet_activate(sheet.raw());
}

}  // namespace spillway::workbook
