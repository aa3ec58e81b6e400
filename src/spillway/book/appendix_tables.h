#pragma once
// The back of the book: how its numbers are computed, and which runs it holds.

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "spillway/book/run_view.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// A row per number of docs/measures.md: number, this_deal, rule, page (below docs/). `choices` are what the deal chose, by
/// number. A number with variants ("Modified duration, `margin_sensitivity`") is listed once: the variant that is the choice, or
/// not at all.
table::Table conventions(const std::map<std::string, std::string>& choices);

/// The same from another page of this form.
table::Table conventions(std::string_view page, const std::map<std::string, std::string>& choices);

/// A row per view: run, scenario, speed_pct, to, periods, first_payment, last_payment, call_period.
table::Table run_list(std::span<const RunView> views);

}  // namespace spillway::book
