#pragma once
// How a table is made to fit a page: its face and size, the widths of its columns, the page turned or the columns parted.
// Private to pdf.

#include <string>
#include <vector>

#include "spillway/pdf/table_text.h"
#include "spillway/pdf/typefaces.h"

namespace spillway::pdf {

/// A table whose columns have widths.
struct FittedTable {
  TableText text;
  bool landscape = false;
  Face face = Face::regular;
  double size = 8;
  double gap = 8;                                ///< between columns
  std::vector<double> widths;                    ///< of the columns
  std::vector<std::vector<std::string>> heads;   ///< by column, lines
  std::vector<std::vector<std::vector<std::string>>> cells;  ///< by row and column, lines
  double over_gap = 0;                           ///< more room, within the first column under each head of several
  double bar_width = 0;                          ///< 0: no bars
  int abreast = 1;                               ///< runs of rows that stand side by side
  double run_gap = 26;                           ///< between them

  /// Height of a row of one line: short tables have more air.
  double leading() const;
  Face bold() const { return face == Face::narrow ? Face::narrow_bold : Face::bold; }
  /// Width of one run.
  double width() const;
  double row_height(std::size_t row) const;
  double rows_height() const;
  /// Height of the heads with their rule.
  double head_height() const;
};

/// The table as one part, or several with the first column repeated if its columns do not fit any page.
std::vector<FittedTable> fit_table(const TableText& text, const Typefaces& typefaces);

}  // namespace spillway::pdf
