#pragma once
// Holiday lists by name.

#include <string>

#include "spillway/calendar/calendar.h"

namespace spillway::market {

/// The business-day calendar called `name` from `first_year` to `last_year`: "new_york" (Federal Reserve holidays) or
/// "weekends" (no holidays). Throws InvariantViolation for another name.
calendar::BusinessCalendar business_calendar(const std::string& name, int first_year, int last_year);

}  // namespace spillway::market
