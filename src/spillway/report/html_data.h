#pragma once
// The runs of a book as the page's script reads them. Private to report: it shows a third-party type.

#include <vector>

#include <nlohmann/json.hpp>

#include "spillway/book/run_view.h"

namespace spillway::report {

using Json = nlohmann::ordered_json;

/// {"series": [what a series is], "steps": [...], "schedules": [{dates, paid, days}], "views": [...]}: what runs share stands
/// once, and a view names it by position. Money to 1e-4 dollars, rates to 1e-10 percent.
Json views_json(const std::vector<book::RunView>& views);

}  // namespace spillway::report
