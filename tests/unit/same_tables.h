#pragma once
// Tables of a tape held whole and of the same tape in parts: the same rows and texts, numbers to 1e-10.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "spillway/strat/cross_tab.h"
#include "spillway/table/table.h"

namespace spillway::test {

/// Equal within 1e-10 of `scale` or of the number itself, whichever is more.
inline void expect_near(double whole, double parts, double scale, const std::string& what) {
  EXPECT_NEAR(whole, parts, 1e-10 * std::max(std::abs(whole), scale)) << what;
}

/// The largest number of the table's columns in a unit.
inline double largest_in(const table::Table& table, const std::string& unit) {
  double largest = 0.0;
  for (const table::Row& row : table.rows) {
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const auto* number = std::get_if<double>(&row.cells[c].value);
      if (number != nullptr && table.columns[c].unit == unit) largest = std::max(largest, std::abs(*number));
    }
  }
  return largest;
}

/// `of_flows`: a number may differ by 1e-10 of the largest in its unit, as what cash flows leave of one another does.
inline void expect_same_table(const table::Table& whole, const table::Table& parts, bool of_flows = false) {
  ASSERT_EQ(whole.rows.size(), parts.rows.size()) << whole.name;
  EXPECT_EQ(whole.subtitle, parts.subtitle) << whole.name;
  for (std::size_t c = 0; c < whole.columns.size(); ++c) {
    const double scale = of_flows ? largest_in(whole, whole.columns[c].unit) : 0.0;
    for (std::size_t r = 0; r < whole.rows.size(); ++r) {
      const table::Value &a = whole.rows[r].cells[c].value, &b = parts.rows[r].cells[c].value;
      const std::string what = whole.name + ", row " + std::to_string(r) + ", " + whole.columns[c].name;
      const auto *x = std::get_if<double>(&a), *y = std::get_if<double>(&b);
      if (x != nullptr && y != nullptr) expect_near(*x, *y, scale, what);
      else EXPECT_EQ(a, b) << what;
    }
  }
}

inline void expect_same_sums(const strat::CrossSums& whole, const strat::CrossSums& parts) {
  ASSERT_EQ(whole.tables.size(), parts.tables.size());
  for (std::size_t t = 0; t < whole.tables.size(); ++t) EXPECT_EQ(whole.tables[t].labels, parts.tables[t].labels);
  ASSERT_EQ(whole.pairs.size(), parts.pairs.size());
  for (std::size_t p = 0; p < whole.pairs.size(); ++p) {
    ASSERT_EQ(whole.pairs[p].cells.size(), parts.pairs[p].cells.size());
    for (std::size_t i = 0; i < whole.pairs[p].cells.size(); ++i) {
      const strat::CrossSums::Cell &a = whole.pairs[p].cells[i], &b = parts.pairs[p].cells[i];
      EXPECT_EQ(a.row, b.row);
      EXPECT_EQ(a.column, b.column);
      EXPECT_EQ(a.loans, b.loans);
      expect_near(a.balance, b.balance, 0.0, "balance of a cell");
      expect_near(a.balance_rate, b.balance_rate, 0.0, "balance x rate of a cell");
    }
  }
}

}  // namespace spillway::test
