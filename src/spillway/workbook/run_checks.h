#pragma once
// The formulas over and beside a class's cash flows: its average life and its present value once more. Private to workbook.

#include <string>
#include <vector>

#include "spillway/book/run_view.h"
#include "spillway/workbook/sheet.h"

namespace spillway::workbook {

/// Cells of a run sheet that every class's formulas read.
struct CheckPlace {
  unsigned label_row = 0, value_row = 0;         ///< over the heads
  unsigned first_row = 0, last_row = 0;          ///< of periods
  unsigned years_column = 0, days_column = 0, index_column = 0;
  bool has_index = false;
};

/// Where a class's own cash stands, by column.
struct ClassColumns {
  unsigned first = 0, interest = 0, principal = 0, other = 0, factor = 0;
};

/// A measure that a sheet computes again, and the cells where it does: Spillway's value, the sheet's, their difference.
struct Check {
  std::string class_name, measure;
  double ours = 0, recomputed = 0;
  unsigned row = 0, ours_column = 0, recomputed_column = 0;
};

/// Years from settlement to a period's date by the view's day count, as a formula over the dates in column `date_column`, and its value.
std::string years_formula(const book::RunView& view, const std::string& settlement, const std::string& date);

/// Labels and values over the class: average life and present value at its discount margin, as Spillway has them and as the
/// sheet computes them, with the differences; and the discount factors down its last column. Measures that the class has not
/// are left out.
std::vector<Check> lay_checks(Sheet& sheet, const book::RunView& view, const book::ClassView& bond, const CheckPlace& place,
                const ClassColumns& columns);

}  // namespace spillway::workbook
