#include "spillway/workbook/class_list.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>

#include "spillway/workbook/run_sheet.h"

namespace spillway::workbook {

namespace {

using book::ClassView;
using book::RunView;
using table::Cell;

Cell rate_of(const ClassView& bond) {
  const book::ViewSeries* rate = book::find_series(bond.series, "rate");
  return rate != nullptr && !rate->values.empty() ? Cell(rate->values.front()) : Cell();
}

Cell rate_words(const ClassView& bond) {
  std::string words;
  for (const book::ViewSeries& term : bond.rate_terms) words += (words.empty() ? "" : "; ") + term.title;
  if (bond.rate_terms.size() > 1) words = "least of " + words;
  return words.empty() ? Cell() : Cell(words);
}

Cell life_of(const ClassView& bond) { return bond.measures.average_life ? Cell(*bond.measures.average_life) : Cell(); }

// First and last month of principal, of a run.
Cell window_of(const RunView& view, const ClassView& bond) {
  const auto& window = bond.measures.window;
  if (!window || window->first < 1 || static_cast<std::size_t>(window->last) > view.periods()) return {};
  const auto month = [&](int period) { return calendar::to_iso_month(view.dates[static_cast<std::size_t>(period) - 1]); };
  return month(window->first) + " to " + month(window->last);
}

// A column, and what stands in it for a class.
struct ListColumn {
  table::Column column;
  std::function<Cell(std::size_t)> cell;
};

double total_balance(const RunView& view) {
  double total = 0;
  for (const ClassView& bond : view.classes) total += bond.is_notional ? 0.0 : bond.original_balance;
  return total;
}

std::vector<ListColumn> columns_of(const RunView& view) {
  const table::Format text = table::text_format();
  const double total = total_balance(view);
  const auto bond = [&view](std::size_t c) -> const ClassView& { return view.classes[c]; };
  const auto balance = [bond](std::size_t c, bool notional) {
    return bond(c).is_notional == notional ? Cell(bond(c).original_balance) : Cell();
  };
  return {
      {{"class", "Class", "", text}, [bond](std::size_t c) { return Cell(bond(c).name); }},
      {{"title", "Type", "", text}, [bond](std::size_t c) { return bond(c).title.empty() ? Cell() : Cell(bond(c).title); }},
      {{"balance", "Original balance", "dollars", table::dollars_format()}, [balance](std::size_t c) { return balance(c, false); }},
      {{"pct_of_total", "Part of total", "percent", table::percent_format(2)},
       [bond, total](std::size_t c) { return bond(c).is_notional || !(total > 0) ? Cell() : Cell(100.0 * bond(c).original_balance / total); }},
      {{"notional", "Original notional", "dollars", table::dollars_format()}, [balance](std::size_t c) { return balance(c, true); }},
      {{"first_rate", "First rate", "percent", table::percent_format(5)}, [bond](std::size_t c) { return rate_of(bond(c)); }},
      {{"rate", "Rate", "", text}, [bond](std::size_t c) { return rate_words(bond(c)); }}};
}

void add_measures(std::vector<ListColumn>& columns, const RunView& view) {
  const std::string end = view.to_call ? "call" : "maturity";
  columns.push_back({{"wal_" + end, "Average life to " + end, "years", table::number_format(2)},
                     [&view](std::size_t c) { return c < view.classes.size() ? life_of(view.classes[c]) : Cell(); }});
  columns.push_back({{"window_" + end, "Principal to " + end, "", table::text_format()},
                     [&view](std::size_t c) { return c < view.classes.size() ? window_of(view, view.classes[c]) : Cell(); }});
}

}  // namespace

std::optional<std::size_t> leading_run(const book::Book& book, bool to_call) {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < book.views.size(); ++i) {
    const RunView& view = book.views[i];
    if (view.scenario != book.views.front().scenario || view.to_call != to_call || view.periods() == 0) continue;
    if (!found || std::fabs(view.speed_pct - 100.0) < std::fabs(book.views[*found].speed_pct - 100.0)) found = i;
  }
  return found;
}

table::Table class_list(const book::Book& book) {
  table::Table made{"class_list", "Classes", "", {}, {}, {}};
  const auto call = leading_run(book, true), maturity = leading_run(book, false);
  if (!call && !maturity) return made;
  const RunView& view = book.views[maturity ? *maturity : *call];
  std::vector<ListColumn> columns = columns_of(view);
  for (const auto& run : {call, maturity}) {
    if (run) add_measures(columns, book.views[*run]);
  }
  std::erase_if(columns, [&](const ListColumn& column) {
    for (std::size_t c = 0; c < view.classes.size(); ++c) {
      if (!column.cell(c).empty()) return false;
    }
    return true;
  });
  for (const ListColumn& column : columns) made.columns.push_back(column.column);
  for (std::size_t c = 0; c < view.classes.size(); ++c) {
    table::Row row;
    for (const ListColumn& column : columns) row.cells.push_back(column.cell(c));
    made.rows.push_back(std::move(row));
  }
  table::Row total{{}, true};
  for (const ListColumn& column : columns) {
    const std::string& name = column.column.name;
    total.cells.push_back(name == "class" ? Cell("Total") : name == "balance" ? Cell(total_balance(view)) : name == "pct_of_total" ? Cell(100.0) : Cell());
  }
  made.rows.push_back(std::move(total));
  made.notes = {"Average lives and principal: " + run_title(view) + (call && maturity ? ", and to call." : ".")};
  return made;
}

}  // namespace spillway::workbook
