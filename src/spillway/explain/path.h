#pragma once
// Paths: how a number is asked about.

#include <string>
#include <string_view>
#include <vector>

#include "spillway/explain/source.h"
#include "spillway/result/issue.h"

namespace spillway::explain {

/// A number asked about: the cell of a table.
struct Question {
  std::string table;                ///< "dm_tables"
  std::vector<std::string> keys;    ///< as the table writes them: "A-1", "maturity", "150.00"
  std::string column;               ///< "wal"

  /// "dm_tables/A-1/maturity/150.00/wal".
  std::string path() const;
};

/// One of the cells that identify a row.
struct Key {
  std::string name;                 ///< of the column
  std::vector<std::string> values;  ///< it may have
};

/// A table that can be asked about. One table may have several shapes.
struct Shape {
  std::string table;
  std::vector<Key> keys;
  std::vector<std::string> columns;
};

/// Every table that can be asked about a deal, in the order of its book, and the cash flows. With `only`, the rows of other
/// tables over the loans are left out, which takes less time.
std::vector<Shape> shapes(const Source& source, std::string_view only = {});

/// Reads TABLE/KEY.../COLUMN. Keys are compared as texts or as numbers ("150" is "150.00") and may hold slashes themselves.
/// A path that fits no table gives an issue for every part that does not: what there is, and the near name.
result::Result<Question> ask(const Source& source, std::string_view path);

/// Every path that goes on from `start` by what is left of one part: "dm_tables/A-1/" and "dm_tables/A-2/" from "dm_tables/A".
/// A slash ends what is no whole path yet.
std::vector<std::string> continuations(const Source& source, std::string_view start);

}  // namespace spillway::explain
