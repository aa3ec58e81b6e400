#pragma once
// The two books of a comparison, from what the command names.

#include <optional>
#include <string>
#include <vector>

#include "commands.h"
#include "spillway/compare/attribution.h"
#include "spillway/table/table.h"

namespace spillway::cli {

/// A book that was read, or made from a deal file.
struct BookSide {
  std::string label;                             ///< for headings: the path, and the run if there is one
  std::vector<table::Table> tables;              ///< empty unless cells are compared
  std::optional<compare::Side> run;              ///< for attribution
  std::vector<result::Issue> problems;           ///< that stop the comparison
  bool is_refused = false;                       ///< likewise, and the problems were printed
  std::vector<result::Issue> no_run;             ///< why there is no `run`
  std::vector<std::string> notes;
};

/// Reads the side that `named` names: a deal file or a folder of `spillway book`, and after an @ which run to attribute,
/// SCENARIO:SPEED:TO, each of which may be left out.
BookSide read_side(const std::string& named, const CompareOptions& options);

}  // namespace spillway::cli
