#pragma once
// Fitted tables on pages: heads again on each page, rows whole, notes with the last rows. Private to pdf.

#include <string>
#include <vector>

#include "spillway/pdf/flow.h"
#include "spillway/pdf/table_fit.h"

namespace spillway::pdf {

/// What stands over a table, and over each of its pages.
struct TableTitle {
  std::string title, subtitle;
  bool hidden_at_first = false;  ///< a heading just said it
};

TableTitle title_of(const FittedTable& table, const std::string& heading);

/// Height of the table with its title and notes, were a page high enough.
double whole_height(const FittedTable& table, const TableTitle& title, const Typefaces& typefaces);

/// The least room in which the table may start.
double start_height(const FittedTable& table, const TableTitle& title, const Typefaces& typefaces);

/// Sets the table at the flow's place, or from the next page on if it is whole there and here it is not.
void set_table(Flow& flow, const FittedTable& table, const TableTitle& title);

/// Sets narrow tables in rows, as many beside one another as have room.
void set_shelf(Flow& flow, const std::vector<FittedTable>& tables, const std::string& heading);

}  // namespace spillway::pdf
