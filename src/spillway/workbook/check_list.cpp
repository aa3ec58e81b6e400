// All checks of the runs on one sheet.

#include <algorithm>
#include <cmath>

#include "spillway/workbook/book_sheets.h"
#include "spillway/workbook/codes.h"

namespace spillway::workbook {

namespace {

constexpr unsigned kWorstRow = kHeadRows, kHeadRow = kHeadRows + 2, kFirstRow = kHeadRow + 1, kDifferenceColumn = 6;

void lay_heads(Sheet& sheet) {
  const char* heads[] = {"Run", "Scenario, speed, end", "Class", "Measure", "Spillway", "This workbook", "Difference"};
  const double widths[] = {30, 42, 12, 28, 18, 18, 14};
  for (unsigned c = 0; c <= kDifferenceColumn; ++c) {
    sheet.text(kHeadRow, c, heads[c], {.kind = Look::Kind::head, .right = c >= 4});
    sheet.widen(c, widths[c]);
  }
}

void lay_check(Sheet& sheet, unsigned row, const RunPlace& run, const Check& check) {
  const std::string at = quoted_sheet(run.sheet) + "!";
  const Look number{.code = "0.00000000"};
  sheet.link(row, 0, run.sheet, run.sheet);
  sheet.text(row, 1, run.title);
  sheet.text(row, 2, check.class_name);
  sheet.text(row, 3, check.measure);
  sheet.formula(row, 4, "=" + at + cell_name(check.row, check.ours_column, true), check.ours, number);
  sheet.formula(row, 5, "=" + at + cell_name(check.row, check.recomputed_column, true), check.recomputed, number);
  sheet.formula(row, kDifferenceColumn, "=" + cell_name(row, 5) + "-" + cell_name(row, 4), check.recomputed - check.ours, {.code = "0.0E+00"});
}

}  // namespace

void lay_check_list(Sheet& sheet, const std::vector<RunPlace>& runs, const std::string& contents) {
  lay_sheet_head(sheet, "Checks", "Average lives and prices as Spillway has them, and as the formulas on the sheets of the runs compute them", contents);
  lay_heads(sheet);
  unsigned row = kFirstRow;
  double worst = 0;
  for (const RunPlace& run : runs) {
    for (const Check& check : run.checks) {
      lay_check(sheet, row++, run, check);
      worst = std::max(worst, std::abs(check.recomputed - check.ours));
    }
  }
  if (row == kFirstRow) return;
  const std::string all = cell_name(kFirstRow, kDifferenceColumn) + ":" + cell_name(row - 1, kDifferenceColumn);
  sheet.text(kWorstRow, 5, "Largest difference", {.kind = Look::Kind::label, .right = true});
  sheet.formula(kWorstRow, kDifferenceColumn, "=MAX(MAX(" + all + "),-MIN(" + all + "))", worst, {.kind = Look::Kind::check, .code = "0.0E+00"});
  worksheet_autofilter(sheet.raw(), kHeadRow, 0, Sheet::row_of(row - 1), Sheet::column_of(kDifferenceColumn));
  worksheet_repeat_rows(sheet.raw(), 0, kHeadRow);
  sheet.freeze(kFirstRow, 0);
}

}  // namespace spillway::workbook
