#pragma once
// Decrement tables: percent of original balance outstanding, as prospectuses print it.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/cashflow/cashflow.h"
#include "spillway/table/table.h"

namespace spillway::book {

/// A class, or several held together, as a decrement table shows it.
struct DecrementSubject {
  std::string label;                   ///< "BA", "FB_SB"
  std::vector<std::size_t> classes;    ///< positions; balances add up
};

/// One column: a run at a speed.
struct DecrementRun {
  double speed = 0;                    ///< as printed: 198
  const cashflow::DealCashFlows* flows = nullptr;
};

/// The dates of the rows: a year from settlement to a year, to `last`.
std::vector<calendar::Date> decrement_dates(calendar::Date settlement, calendar::Date last);

/// How such a date is printed: "December 2026".
std::string decrement_month(calendar::Date date);

/// A percent outstanding as printed: whole percents, "*" for more than 0 and less than 0.5. A balance whose
/// eight-digit factor is 0 (under one hundred-millionth of the original) counts as 0.
std::string decrement_percent(double percent);

/// Average life in years from settlement on 30/360, weighted by the decline of the subject's balance; growth by accretion
/// does not count. Empty cell if the balance never declines.
table::Cell decrement_average_life(const DecrementSubject& subject, const cashflow::DealCashFlows& flows,
                                   calendar::Date settlement);

/// Rows "Initial Percent", then a date a year from settlement to `last` (the balance after that month's payment), then
/// "WAL_years" with one decimal; columns class, date, psa, percent, a row per subject, date and run, as in
/// published/decrements.csv. Percent cells are text.
table::Table decrement_table(std::span<const DecrementSubject> subjects, std::span<const DecrementRun> runs,
                             calendar::Date settlement, calendar::Date last);

/// The same as a page prints it: a row per date and then "Weighted Average Life (years)**", a column per subject and
/// speed.
table::Table decrement_page(std::span<const DecrementSubject> subjects, std::span<const DecrementRun> runs,
                            calendar::Date settlement, calendar::Date last);

/// Annual decimal; a yield below it is printed "*".
inline constexpr double kLowestYield = -0.999;

/// A yield at one index level and speed. No yield: the cash comes to less than -99.9% a year.
struct YieldCell {
  double level = 0;   ///< annual decimal
  double speed = 0;   ///< multiple of the prepayment curves
  std::optional<double> yield;  ///< annual decimal, semiannual bond-equivalent
};

/// Yields of a class at a price: class, price, index_pct, psa, yield_pct. A yield under -99.9% is "*".
table::Table yield_table(const std::string& class_name, double price, std::span<const YieldCell> cells);

}  // namespace spillway::book
