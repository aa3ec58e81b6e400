#include "spillway/book/decrement_tables.h"

#include <array>
#include <cmath>

namespace spillway::book {

namespace {

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

double original_balance(const DecrementSubject& subject, const cashflow::DealCashFlows& flows) {
  double balance = 0.0;
  for (std::size_t c : subject.classes) balance += flows.classes[c].original_balance;
  return balance;
}

double ending_balance(const DecrementSubject& subject, const cashflow::DealCashFlows& flows, std::size_t t) {
  double balance = 0.0;
  for (std::size_t c : subject.classes) balance += flows.classes[c].ending_balance[t];
  return balance;
}

// Percent outstanding after the payment in the month of `date`: all of it before the first, nothing after the last.
double percent_at(const DecrementSubject& subject, const cashflow::DealCashFlows& flows, calendar::Date date) {
  if (flows.schedule.empty()) return 0.0;
  const int t = calendar::months_between(flows.schedule.front().payment, date);
  if (t < 0) return 100.0;
  if (static_cast<std::size_t>(t) >= flows.periods()) return 0.0;
  return 100.0 * ending_balance(subject, flows, static_cast<std::size_t>(t)) / original_balance(subject, flows);
}

}  // namespace

std::vector<calendar::Date> decrement_dates(calendar::Date settlement, calendar::Date last) {
  std::vector<calendar::Date> dates;
  for (calendar::Date date = calendar::add_months(settlement, 12); calendar::months_between(date, last) >= 0;
       date = calendar::add_months(date, 12)) {
    dates.push_back(date);
  }
  return dates;
}

std::string decrement_month(calendar::Date date) {
  return std::string(kMonths[static_cast<unsigned>(date.month()) - 1]) + " " +
         std::to_string(static_cast<int>(date.year()));
}

std::string decrement_percent(double percent) {
  constexpr double smallest_factor = 1e-6;  // factors have eight digits: below 0.00000001 of the original, nothing is left
  if (percent >= smallest_factor && percent < 0.5) return "*";
  return std::to_string(static_cast<long>(table::round_half_away(percent, 0)));
}

table::Cell decrement_average_life(const DecrementSubject& subject, const cashflow::DealCashFlows& flows,
                                   calendar::Date settlement) {
  double before = original_balance(subject, flows);
  double declined = 0.0, weighted = 0.0;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    const double after = ending_balance(subject, flows, t);
    const double decline = std::max(0.0, before - after);
    declined += decline;
    weighted += decline * calendar::year_fraction(calendar::DayCount::thirty_360, settlement, flows.schedule[t].payment);
    before = after;
  }
  return declined > 0.0 ? table::Cell(weighted / declined) : table::Cell();
}

table::Table decrement_table(std::span<const DecrementSubject> subjects, std::span<const DecrementRun> runs,
                             calendar::Date settlement, calendar::Date last) {
  table::Table made{"decrements", "Percent of original balances outstanding", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"date", "Date", "", table::text_format()},
                  {"psa", "Speed", "percent of the standard speed", table::integer_format()},
                  {"percent", "Percent outstanding", "percent", table::number_format(1)}};
  for (const DecrementSubject& subject : subjects) {
    for (const DecrementRun& run : runs) made.rows.push_back({{subject.label, "Initial Percent", run.speed, "100"}, false});
    for (const calendar::Date date : decrement_dates(settlement, last)) {
      for (const DecrementRun& run : runs) {
        made.rows.push_back({{subject.label, decrement_month(date), run.speed,
                              decrement_percent(percent_at(subject, *run.flows, date))},
                             false});
      }
    }
    for (const DecrementRun& run : runs) {
      made.rows.push_back({{subject.label, "WAL_years", run.speed,
                            decrement_average_life(subject, *run.flows, settlement)},
                           false});
    }
  }
  return made;
}

table::Table decrement_page(std::span<const DecrementSubject> subjects, std::span<const DecrementRun> runs,
                            calendar::Date settlement, calendar::Date last) {
  table::Table made{"", "Percent of Original Principal Balances Outstanding", {}, {}, {}, {}};
  made.columns.push_back({"date", "Date", "", table::text_format()});
  table::Row initial{{"Initial Percent"}, false}, life{{"Weighted Average Life (years)"}, false};
  for (const DecrementSubject& subject : subjects) {
    for (const DecrementRun& run : runs) {
      const std::string speed = std::to_string(static_cast<long>(table::round_half_away(run.speed, 0))) + "%";
      made.columns.push_back({subject.label + "_" + speed, subject.label + "\n" + speed, "", table::number_format(1)});
      initial.cells.push_back("100");
      life.cells.push_back(decrement_average_life(subject, *run.flows, settlement));
    }
  }
  made.rows.push_back(std::move(initial));
  for (const calendar::Date date : decrement_dates(settlement, last)) {
    table::Row row{{decrement_month(date)}, false};
    for (const DecrementSubject& subject : subjects) {
      for (const DecrementRun& run : runs) row.cells.push_back(decrement_percent(percent_at(subject, *run.flows, date)));
    }
    made.rows.push_back(std::move(row));
  }
  made.rows.push_back(std::move(life));
  return made;
}

table::Table yield_table(const std::string& class_name, double price, std::span<const YieldCell> cells) {
  table::Table made{"yields", "Yields", {}, {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"price", "Price", "per 100", table::number_format(6)},
                  {"index_pct", "Index", "percent", table::number_format(5)},
                  {"psa", "Speed", "percent of the standard speed", table::integer_format()},
                  {"yield_pct", "Yield", "percent", table::number_format(1)}};
  for (const YieldCell& cell : cells) {
    made.rows.push_back({{class_name, price, cell.level * 100.0, cell.speed * 100.0,
                          cell.yield && *cell.yield >= kLowestYield ? table::Cell(*cell.yield * 100.0) : table::Cell("*")},
                         false});
  }
  return made;
}

}  // namespace spillway::book
