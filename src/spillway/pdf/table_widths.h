#pragma once
// How wide a table's columns want to be, and how columns of prose share a page. Private to pdf.

#include <array>
#include <vector>

#include "spillway/pdf/table_fit.h"

namespace spillway::pdf {

inline constexpr double measured_size = 10;
inline constexpr double long_text = 190;  ///< a column of texts wider than this wraps them, at 8 points

/// Widths of a column at the measured size.
struct Widths {
  double content = 0;
  std::array<double, 6> head{};  ///< by number of lines, 1 to 5
};

std::vector<Widths> measure(const TableText& text, const Typefaces& typefaces, Face face);

/// True if a column is sentences rather than words or figures.
bool has_prose(const TableText& text, const std::vector<Widths>& widths);

/// In a table that has prose, columns of texts get the room that the others leave: more for longer texts, none less
/// than its longest word. Other tables stay as they are, and those whose words have no room.
void share_prose(FittedTable& table, const std::vector<Widths>& widths, const Typefaces& typefaces);

}  // namespace spillway::pdf
