#pragma once
// One run on a sheet: periods down, pool, deal, classes and steps across, with formulas that question the measures. Private to workbook.

#include <map>
#include <string>
#include <vector>

#include "spillway/book/run_view.h"
#include "spillway/workbook/run_checks.h"
#include "spillway/workbook/sheet.h"

namespace spillway::workbook {

/// Where a run's series came to stand.
struct RunPlace {
  std::string sheet, title;
  unsigned first_row = 0, last_row = 0;     ///< of periods; last before first if there are none
  std::vector<Check> checks;
  std::map<std::string, unsigned> columns;  ///< "date", "pool.balance", "deal.oc_target", "class.A-1.balance"

  bool has(const std::string& series) const { return columns.count(series) > 0; }
  Area column(const std::string& series) const {
    const unsigned c = columns.at(series);
    return {sheet, first_row, c, last_row, c};
  }
};

/// "pricing, 100% of its speed, to call".
std::string run_title(const book::RunView& view);

RunPlace lay_run(File& file, const book::RunView& view, unsigned number, const std::string& contents);

}  // namespace spillway::workbook
