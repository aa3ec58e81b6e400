#pragma once
// What the page's script reads. Private to report: it shows a third-party type.

#include <vector>

#include <nlohmann/json.hpp>

#include "spillway/book/carried_run.h"
#include "spillway/book/largest_loans.h"
#include "spillway/book/run_view.h"

namespace spillway::report {

using Json = nlohmann::ordered_json;

/// Days since 1970-01-01.
inline int day_number(calendar::Date date) { return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count()); }

/// {"series": [what a series is], "steps": [...], "schedules": [{dates, paid, days}], "views": [...], "carried": [views of a table's
/// own]}: what runs share stands once, and a view names it by position. Money to 1e-4 dollars, rates to 1e-10 percent.
Json views_json(const std::vector<book::RunView>& views, const std::vector<book::CarriedRun>& carried);

/// {"ids", "balances", "rates", "tables": [{name, labels, rows, all}], "periods": [{scenario, speed, period, principal, interest}]}:
/// lists name loans by position.
Json loans_json(const book::LargestLoansOfBook& largest);

}  // namespace spillway::report
