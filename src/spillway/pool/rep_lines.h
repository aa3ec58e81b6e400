#pragma once
// Pools given by a few assumed loans, as prospectuses state their collateral.

#include <span>
#include <string>

#include "spillway/calendar/calendar.h"
#include "spillway/pool/pool.h"

namespace spillway::pool {

/// One assumed loan, level pay at a fixed rate. Valid by construction of its reader.
struct RepLine {
  std::string group;
  double balance = 0;        ///< dollars, > 0
  double gross_rate = 0;     ///< annual decimal
  double net_rate = 0;       ///< annual decimal passed through; gross less net counts as servicing fee
  int remaining_term = 0;    ///< months, >= 1
  int age = 0;               ///< months, >= 0
  int interest_only_months = 0;  ///< from origination
};

/// Makes a Pool of assumed loans; groups in order of first appearance.
Pool make_pool(std::span<const RepLine> lines, calendar::Date cut_off);

}  // namespace spillway::pool
