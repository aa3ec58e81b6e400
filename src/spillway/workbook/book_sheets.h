#pragma once
// The sheets of a book other than its runs. Private to workbook.

#include <map>
#include <string>
#include <vector>

#include "spillway/book/book.h"
#include "spillway/workbook/run_sheet.h"
#include "spillway/workbook/sheet.h"
#include "spillway/workbook/table_layout.h"

namespace spillway::workbook {

/// A line of the contents.
struct Entry {
  std::string group, sheet, what;
};

/// Where the data tables came to stand, by name.
using TablePlaces = std::map<std::string, Laid>;

/// True if a page shows nothing but data tables of the book: the table's own sheet is then its page.
bool is_data_page(const book::Book& book, const book::Section& section);

/// Cover, facts of the deal, parties, the tables of the front page, else a list of the classes with links to their cash flows,
/// where to look further, notices.
void lay_summary(Sheet& sheet, const book::Book& book, const std::vector<Entry>& entries, const std::vector<RunPlace>& runs,
                 const std::string& contents);

/// A data table on its sheet: filter, frozen heads, names.
Laid lay_data_sheet(File& file, Sheet& sheet, const table::Table& table, const std::string& contents);

/// A printed page: paragraphs, terms, tables one under the other, bars under a stratification. Gives the next free row.
unsigned lay_page(File& file, Sheet& sheet, const book::Section& section, const std::string& contents);

void lay_contents(Sheet& sheet, const book::Book& book, const std::vector<Entry>& entries);

/// Every measure that the sheets of runs compute again, with links to where.
void lay_check_list(Sheet& sheet, const std::vector<RunPlace>& runs, const std::string& contents);

/// Average life and discount margin of a class over speeds, from the rows of `dm_tables`, on a page of its own.
void draw_price_page(File& file, Sheet& sheet, unsigned row, const std::string& class_name, const table::Table& dm_tables, const Laid& laid);

/// Charts of the data tables and of the runs at the scenarios' own speeds. False if there is nothing to draw.
bool lay_charts(File& file, Sheet& sheet, const book::Book& book, const TablePlaces& tables, const std::vector<RunPlace>& runs,
                const std::string& contents);

}  // namespace spillway::workbook
