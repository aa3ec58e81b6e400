#pragma once
// Tables of two books, cell by cell.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::compare {

/// How far apart two numbers may be and still be equal. By default half the last printed digit of the cell; a number in a column
/// without a print format must be the same. Texts and dates must always be the same.
struct Tolerance {
  bool is_exact = false;              ///< numbers must be the same double
  std::optional<double> within;       ///< this far apart in every column, in the column's unit, >= 0
};

/// A cell of both tables. The formats of `a` and `b` show a difference where there is one.
struct CellPair {
  std::string row;                    ///< the cells that identify it, as the CSV has them: "M-2 / To Call / 100.00"
  std::string column;
  std::string unit;
  table::Cell a, b;
  std::optional<double> difference;   ///< b - a, for two numbers
  bool is_equal = false;
};

/// A table that both books have.
struct TableComparison {
  std::string name;
  std::string title;
  std::size_t cells = 0;              ///< in rows and columns of both, those that identify rows apart
  std::size_t equal = 0;
  std::vector<CellPair> pairs;        ///< those that differ, or all, in the order of `a`
  std::optional<CellPair> largest;    ///< largest |b - a| among those that differ; units are not weighed against each other
  std::vector<std::string> rows_only_a, rows_only_b, columns_only_a, columns_only_b;

  bool is_same() const;               ///< nothing differs and nothing stands in one alone
};

struct Comparison {
  std::vector<TableComparison> tables;              ///< in the order of `a`
  std::vector<std::string> only_a, only_b;          ///< names of tables

  bool is_same() const;
};

/// Compares tables of one name. Rows are matched by the columns that identify them (those of `tieout::records` and of the loss
/// tables; of other tables the first columns that tell all rows apart), the second row of a key with the second. `keep_equal`:
/// list equal cells too.
Comparison compare_tables(std::span<const table::Table> a, std::span<const table::Table> b, const Tolerance& tolerance = {},
                          bool keep_equal = false);

/// A row per table: cells, equal, different, rows and columns in one alone, the largest difference and its cell.
table::Table summary(const Comparison& comparison);

/// A row per table, column or row that only one book has. `most`: the first so many of each kind and table; 0: all.
table::Table only_in_one(const Comparison& comparison, std::size_t most = 0);

/// A row per pair: table, row, column, unit, a, b, difference. `most`: the first so many of each table; 0: all.
table::Table differences(const Comparison& comparison, std::size_t most = 0);

}  // namespace spillway::compare
