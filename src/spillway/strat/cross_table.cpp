// Cross-tabs as tables.

#include <algorithm>
#include <set>

#include "spillway/result/issue.h"
#include "spillway/strat/cross_tab.h"

namespace spillway::strat {

namespace {

using table::Cell;

// One measure: its column, and its value in a cell. `all`: the balance that shares are of.
struct Measure {
  table::Column column;
  Cell (*value)(const CrossCell& cell, double all);
};

template <CrossFact kFact>
Cell average_of(const CrossCell& cell, double) {
  const auto average = cell.average(kFact);
  return average ? Cell(*average) : Cell();
}

std::vector<Measure> measures() {
  using table::number_format;
  return {
      {{"loans", "# of Loans", "loans", table::integer_format()}, [](const CrossCell& c, double) { return Cell(c.loans); }},
      {{"balance", "Current Balance", "dollars", table::dollars_format()},
       [](const CrossCell& c, double) { return Cell(c.balance); }},
      {{"percent", "% of Total", "percent", number_format(2)},
       [](const CrossCell& c, double all) { return all > 0.0 ? Cell(100.0 * c.balance / all) : Cell(); }},
      {{"average_balance", "Average Balance", "dollars", table::dollars_format()},
       [](const CrossCell& c, double) { return c.loans > 0 ? Cell(c.balance / static_cast<double>(c.loans)) : Cell(); }},
      {{"gross_rate", "Gross WAC", "percent a year", number_format(3)}, average_of<CrossFact::gross_rate>},
      {{"net_rate", "Net WAC", "percent a year", number_format(3)}, average_of<CrossFact::net_rate>},
      {{"remaining_term", "Remg. Term", "months", number_format(2)}, average_of<CrossFact::remaining_term>},
      {{"age", "Age", "months", number_format(2)}, average_of<CrossFact::age>},
      {{"fico", "FICO", "", number_format(0)}, average_of<CrossFact::fico>},
      {{"orig_ltv", "Orig LTV", "percent", number_format(1)}, average_of<CrossFact::orig_ltv>},
  };
}

std::string outside_note(const CrossTab& tab) {
  return tab.outside == 0 ? std::string() : "(Excludes " + std::to_string(tab.outside) + " loans that one of the tables leaves out)";
}

// A table's columns need names of their own.
std::string fresh_name(std::string name, std::set<std::string>& taken) {
  while (!taken.insert(name).second) name += '_';
  return name;
}

constexpr const char* kTotal = "Total";

}  // namespace

std::vector<std::string> cross_measures() {
  std::vector<std::string> names;
  for (const Measure& measure : measures()) names.push_back(measure.column.name);
  return names;
}

table::Table cross_table(const CrossTab& tab, std::string_view measure) {
  const std::vector<Measure> all = measures();
  const auto wanted = std::find_if(all.begin(), all.end(), [&](const Measure& m) { return m.column.name == measure; });
  result::require(wanted != all.end(), "a cross-tab has no such measure");
  table::Table made;
  made.name = "cross";
  made.title = wanted->column.title + ": " + tab.rows.title + " by " + tab.columns.title;
  made.subtitle = outside_note(tab);
  std::set<std::string> taken;
  made.columns.push_back({fresh_name(tab.rows.attribute, taken), tab.rows.title, "", table::text_format()});
  for (const std::string& label : tab.columns.labels) {
    made.columns.push_back({fresh_name(label, taken), label, wanted->column.unit, wanted->column.format});
  }
  made.columns.push_back({fresh_name(kTotal, taken), kTotal, wanted->column.unit, wanted->column.format});
  const auto add_row = [&](const std::string& label, auto cell_of, const CrossCell& total, bool is_total) {
    table::Row row{{label}, is_total};
    for (std::size_t c = 0; c < tab.columns.labels.size(); ++c) {
      const CrossCell& cell = cell_of(c);
      row.cells.push_back(cell.loans > 0 ? wanted->value(cell, tab.total.balance) : Cell());
    }
    row.cells.push_back(wanted->value(total, tab.total.balance));
    made.rows.push_back(std::move(row));
  };
  for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
    add_row(tab.rows.labels[r], [&](std::size_t c) -> const CrossCell& { return tab.at(r, c); }, tab.row_totals[r], false);
  }
  add_row(kTotal, [&](std::size_t c) -> const CrossCell& { return tab.column_totals[c]; }, tab.total, true);
  return made;
}

table::Table cross_list(const CrossTab& tab) {
  const std::vector<Measure> all = measures();
  table::Table made;
  made.name = "cross";
  made.title = tab.rows.title + " by " + tab.columns.title;
  made.subtitle = outside_note(tab);
  made.columns = {{"row", tab.rows.title, "", table::text_format()}, {"column", tab.columns.title, "", table::text_format()}};
  for (const Measure& measure : all) made.columns.push_back(measure.column);
  const auto add_row = [&](const std::string& row, const std::string& column, const CrossCell& cell, bool is_total) {
    if (cell.loans == 0) return;
    table::Row line{{row, column}, is_total};
    for (const Measure& measure : all) line.cells.push_back(measure.value(cell, tab.total.balance));
    made.rows.push_back(std::move(line));
  };
  for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
    for (std::size_t c = 0; c < tab.columns.labels.size(); ++c) add_row(tab.rows.labels[r], tab.columns.labels[c], tab.at(r, c), false);
    add_row(tab.rows.labels[r], kTotal, tab.row_totals[r], true);
  }
  for (std::size_t c = 0; c < tab.columns.labels.size(); ++c) add_row(kTotal, tab.columns.labels[c], tab.column_totals[c], true);
  add_row(kTotal, kTotal, tab.total, true);
  return made;
}

}  // namespace spillway::strat
