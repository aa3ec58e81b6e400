#pragma once
// Many rate paths from one CSV file.

#include <optional>
#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/rates/index_paths.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// Rate paths in the order of their file.
struct RatePaths {
  std::vector<std::string> names;          ///< each once
  std::vector<rates::IndexPaths> paths;    ///< by name
};

/// What rate paths must fit.
struct RatePathsContext {
  std::vector<std::string> indices;        ///< of the deal: every path has to give each
  std::optional<calendar::Date> first_fixing;  ///< no path may start later; unset: any start will do
};

/// Reads rate paths: a column `path` with a number or name, a `date`, and a column for each index as in a file of forwards
/// (`read_forwards`), in percent a year. The rows of a path stand together, their dates ascending. Errors: a column that is missing or
/// there twice, an index without one, a path without a name, a path in two places, one that starts after the first fixing, dates out of order, what is no
/// date or rate. Columns that are no index of the deal are passed over with a warning, `month` without.
result::Result<RatePaths> read_rate_paths(const std::string& text, const std::string& file, const RatePathsContext& context);

}  // namespace spillway::io
