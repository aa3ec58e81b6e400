// Facts of the deal for the cover, taken from the tables of the book.

#include <algorithm>
#include <string_view>

#include "spillway/report/html_parts.h"

namespace spillway::report {

namespace {

using table::Table;

const Table* find_table(const book::Book& book, std::string_view name) {
  const auto found = std::find_if(book.data_tables.begin(), book.data_tables.end(), [&](const Table& t) { return t.name == name; });
  return found == book.data_tables.end() ? nullptr : &*found;
}

std::string shown(double value, const table::Format& format) {
  return table::format_cell(table::Cell(value), {"", "", "", format}, table::Style::print);
}

// The value of a pool summary's item, as printed; empty if there is none.
std::string summary_value(const Table& summary, std::string_view item) {
  for (const table::Row& row : summary.rows) {
    const auto* label = std::get_if<std::string>(&row.cells.front().value);
    if (label != nullptr && *label == item) return table::format_cell(row.cells[1], summary.columns[1], table::Style::print);
  }
  return {};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> cover_facts(const book::Book& book) {
  std::vector<std::pair<std::string, std::string>> facts;
  const auto add = [&](std::string label, std::string value) {
    if (!value.empty()) facts.emplace_back(std::move(label), std::move(value));
  };
  if (book.basis.cut_off_balance > 0.0) add("Pool at cut-off", shown(book.basis.cut_off_balance, table::dollars_format()));
  if (const Table* summary = find_table(book, "pool_summary")) {
    add("Loans", summary_value(*summary, "Total Number of Loans"));
    add("WA mortgage rate", summary_value(*summary, "WA Mortgage Rate"));
    add("WA LTV", summary_value(*summary, "WA LTV"));
    add("WA FICO", summary_value(*summary, "WA FICO"));
  }
  if (!book.views.empty()) add("Classes", std::to_string(book.views.front().classes.size()));
  if (book.basis.settlement) add("Settlement", calendar::to_iso(*book.basis.settlement));
  return facts;
}

}  // namespace spillway::report
