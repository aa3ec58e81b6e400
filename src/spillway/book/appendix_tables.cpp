#include "spillway/book/appendix_tables.h"

#include <algorithm>
#include <vector>

namespace spillway::embedded {
extern const char measures_page[];
}  // namespace spillway::embedded

namespace spillway::book {

namespace {

using table::Cell;

// The cells of a line "| a | b | c |".
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  if (line.empty() || line.front() != '|') return cells;
  line.remove_prefix(1);
  for (std::size_t bar = line.find('|'); bar != std::string_view::npos; bar = line.find('|')) {
    std::string_view cell = line.substr(0, bar);
    while (!cell.empty() && cell.front() == ' ') cell.remove_prefix(1);
    while (!cell.empty() && cell.back() == ' ') cell.remove_suffix(1);
    cells.emplace_back(cell);
    line.remove_prefix(bar + 1);
  }
  return cells;
}

std::vector<std::vector<std::string>> rows_of(std::string_view page) {
  std::vector<std::vector<std::string>> rows;
  bool in_body = false;  // past the rule under the heads
  while (!page.empty()) {
    const std::string_view line = page.substr(0, page.find('\n'));
    page.remove_prefix(std::min(page.size(), line.size() + 1));
    if (line.starts_with("|---")) in_body = true;
    else if (line.empty()) in_body = false;
    else if (auto cells = cells_of(line); in_body && cells.size() == 3) rows.push_back(std::move(cells));
  }
  return rows;
}

}  // namespace

table::Table conventions(std::string_view page, const std::map<std::string, std::string>& choices) {
  const table::Format text = table::text_format();
  table::Table made{"conventions", "How each number is computed", {}, {}, {}, {}};
  made.columns = {{"number", "Number", "", text}, {"this_deal", "This deal", "", text}, {"rule", "How it is computed", "", text},
                  {"page", "Page of the documentation", "", text}};
  for (const std::vector<std::string>& cells : rows_of(page)) {
    const std::size_t variant = cells[0].find(", `");
    const std::string number = cells[0].substr(0, variant);
    const auto choice = choices.find(number);
    if (variant != std::string::npos &&
        (choice == choices.end() || cells[0] != number + ", `" + choice->second + "`")) {
      continue;
    }
    made.rows.push_back({{number, choice == choices.end() ? Cell() : Cell(choice->second), cells[1], cells[2]}, false});
  }
  return made;
}

table::Table conventions(const std::map<std::string, std::string>& choices) {
  return conventions(embedded::measures_page, choices);
}

table::Table run_list(std::span<const RunView> views) {
  table::Table made{"runs", "Runs", {}, {}, {}, {}};
  made.columns = {{"run", "Run", "", table::integer_format()},
                  {"scenario", "Scenario", "", table::text_format()},
                  {"speed_pct", "Speed", "percent of the scenario's curves", table::number_format(2)},
                  {"to", "Runs to", "", table::text_format()},
                  {"periods", "Periods", "months", table::integer_format()},
                  {"first_payment", "First payment", "", table::date_format()},
                  {"last_payment", "Last payment", "", table::date_format()},
                  {"call_period", "Called in period", "", table::integer_format()}};
  for (std::size_t i = 0; i < views.size(); ++i) {
    const RunView& view = views[i];
    const bool paid = view.periods() > 0;
    made.rows.push_back({{static_cast<int>(i) + 1, view.scenario, view.speed_pct, view.to_call ? "call" : "maturity",
                          static_cast<int>(view.periods()), paid ? Cell(view.dates.front()) : Cell(),
                          paid ? Cell(view.dates.back()) : Cell(), view.call_period > 0 ? Cell(view.call_period) : Cell()},
                         false});
  }
  return made;
}

}  // namespace spillway::book
