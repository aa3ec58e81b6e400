#pragma once
// What tells the rows of a table apart. Private to compare.

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::compare {

/// The columns that identify rows, by name.
struct KeyColumns {
  std::vector<std::string> names;
  std::string total_flag;       ///< column that marks total rows, which `total_free` does not identify
  std::string total_free;

  bool contains(const std::string& column) const;
};

/// The key columns of two tables of one name, all of which both have.
KeyColumns key_columns(const table::Table& a, const table::Table& b);

/// The key of every row, in order; the second of a key has "#2" after it.
std::vector<std::string> row_keys(const table::Table& table, const KeyColumns& columns);

/// Position of a column; empty if the table has none of the name.
std::optional<std::size_t> position_of(const table::Table& table, const std::string& column);

}  // namespace spillway::compare
