#pragma once
// Which cell of a data table each cell of a printed table shows. Private to report.

#include <string>
#include <vector>

#include "spillway/book/book.h"

namespace spillway::report {

/// Where the cells of a printed table come from; `of` empty: from no data table.
struct TableLink {
  std::string of;                           ///< data table
  std::vector<std::string> columns;         ///< data column by printed column; empty: none, or the row names it
  std::vector<std::string> row_columns;     ///< by printed row, where rows are what columns are in the data; else empty
  std::vector<std::vector<int>> rows;       ///< data row by printed row and column; one entry: all of the row; -1: none
};

TableLink link_of(const book::Book& book, const table::Table& printed);

/// Positions of the columns that tell the rows of a data table apart: class, scenario and speed of dm_tables.
std::vector<int> key_columns(const table::Table& data);

}  // namespace spillway::report
