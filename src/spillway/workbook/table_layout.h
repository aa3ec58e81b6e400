#pragma once
// Tables laid out on sheets. Private to workbook.

#include "spillway/table/table.h"
#include "spillway/workbook/sheet.h"

namespace spillway::workbook {

/// Where a table came to stand, heads and totals included.
struct Laid {
  Area all;                    ///< row of heads to last row
  unsigned first_row = 0;      ///< of data
  unsigned last_row = 0;       ///< of data, totals apart; before `first_row` if there are none
  unsigned next_row = 0;       ///< free, after the notes

  Area data_column(unsigned c) const { return {all.sheet, first_row, c, last_row, c}; }
};

/// Heads, rows, notes, from a cell on. Numbers stay numbers in their columns' formats; a text that is a plain number in a
/// column with a unit, or under a number format, becomes one. A total of dollars, loans or parts of a total is a live sum where it equals the
/// sum of the rows above.
Laid lay_table(Sheet& sheet, const table::Table& table, unsigned row, unsigned column = 0);

/// Rows over a sheet's content: title, what it is, and a link back to the contents.
inline constexpr unsigned kHeadRows = 4;
void lay_sheet_head(Sheet& sheet, std::string_view title, std::string_view what, const std::string& contents);

/// The head of a column: its title, or its name, and its unit unless that is said.
std::string head_text(const table::Column& column);

}  // namespace spillway::workbook
