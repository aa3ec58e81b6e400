#pragma once
// Basis: what the figures of a book are counted from, so that a reader can figure them again.

#include <optional>
#include <string>
#include <vector>

#include "spillway/analytics/floater.h"
#include "spillway/calendar/calendar.h"

namespace spillway::book {

/// The run that a table, or a column of it, was read from.
struct TableRun {
  std::string table;                 ///< data table: "class_summary"
  std::string column;                ///< empty: every column that none of the others names
  std::string scenario;
  std::optional<double> speed_pct;   ///< empty: the row says it
  std::optional<bool> to_call;       ///< empty: the row or the column says it
  std::string quantity = {};         ///< of the deal, that the column shows; empty: none
};

struct Basis {
  std::optional<calendar::Date> settlement;  ///< average lives, prices and durations count from here
  analytics::Conventions conventions;
  double cut_off_balance = 0;        ///< dollars of pool
  double enhancement_target = 0;     ///< dollars of overcollateralization, taken as reached
  std::vector<TableRun> runs;
};

}  // namespace spillway::book
