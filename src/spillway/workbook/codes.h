#pragma once
// Names and format codes as Excel takes them. Private to workbook.

#include <set>
#include <string>
#include <string_view>

#include "spillway/calendar/calendar.h"
#include "spillway/table/table.h"

namespace spillway::workbook {

/// The number format of cells printed in `format`: `"$"#,##0.00`, `0.000"%"`, `yyyy-mm-dd`.
std::string format_code(const table::Format& format);

/// Days since 1899-12-30, which Excel shows as the date. Right from 1900-03-01 on.
double serial_date(calendar::Date date);

/// `text` as valid UTF-8 that fits a cell: other bytes become U+FFFD, at most 32,767 bytes.
std::string clean_text(std::string_view text);

/// A sheet name of at most 31 characters without []:*?/\ made from `wanted`, unlike all `taken` (case ignored), to which it
/// is added.
std::string sheet_name(std::string_view wanted, std::set<std::string>& taken);

/// A defined name of letters, digits, _ and . made from `wanted`: never one that reads as a cell.
std::string defined_name(std::string_view wanted);

/// "B7", or "$B$7". Row and column from 0.
std::string cell_name(unsigned row, unsigned column, bool absolute = false);

/// The sheet's name as formulas and links quote it.
std::string quoted_sheet(const std::string& name);

/// A text that is a plain number, such as "57" or "-1.25", and its digits after the point.
struct PlainNumber {
  double value = 0;
  int decimals = 0;
};
bool read_plain_number(std::string_view text, PlainNumber& number);

}  // namespace spillway::workbook
