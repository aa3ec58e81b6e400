#pragma once
// A table's words and figures as printed, before it is known how wide they stand. Private to pdf.

#include <string>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::pdf {

enum class Align { left, middle, right };

struct TableRow {
  std::vector<std::string> cells;
  bool total = false;
  double share = 0;  ///< of the largest, 0 to 1: how long the bar beside the row is
};

struct TableColumn {
  std::string over;  ///< head over this column and its neighbours of the same
  std::string head;
  Align align = Align::left;
};

struct TableText {
  std::string name, title, subtitle;
  std::vector<TableColumn> columns;
  std::vector<TableRow> rows;
  std::vector<std::string> notes;
  bool bars = false;         ///< a bar beside each row shows its share
  std::string bar_head;      ///< of the bars
  bool grouped = false;      ///< rows with the same first cell follow one another

  bool has_over() const;
};

/// Throws InvariantViolation if a row has not one cell per column.
TableText print_table(const table::Table& table);

/// The table with its rows as columns: the heads down the first, the first cell of each row as its head.
TableText turned(const TableText& text);

/// The table with those columns alone, in that order.
TableText pick_columns(const TableText& text, const std::vector<std::size_t>& columns);

}  // namespace spillway::pdf
