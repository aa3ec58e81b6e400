#include "spillway/workbook/book_sheets.h"

namespace spillway::workbook {

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
