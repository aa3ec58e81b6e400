#pragma once
// Parts of a table: some of its columns, some of its rows.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::table {

/// A test of one column: "class=A-1", "speed_pct>=100", "scenario!=call". `=` and `!=` compare the cell as in the CSV
/// files (letters' case ignored) or, where both are numbers, their values at printed precision; the others numbers alone.
struct Condition {
  enum class Test { equal, not_equal, less, at_most, more, at_least };
  std::string column;
  Test test = Test::equal;
  std::string value;
};

/// Reads a condition; nothing if it has no test in it, or no column before the test.
std::optional<Condition> read_condition(std::string_view text);

struct Selection {
  std::vector<std::string> columns;         ///< names, in the order wanted; none: all
  std::vector<Condition> conditions;        ///< a row must meet them all
  std::optional<std::size_t> most_rows;     ///< the first so many of the rows that do
};

/// The table's selected columns and rows. A column it does not have is an error that names the nearest.
result::Result<Table> select(const Table& table, const Selection& selection);

}  // namespace spillway::table
