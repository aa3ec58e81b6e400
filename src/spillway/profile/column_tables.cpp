#include <algorithm>
#include <cmath>
#include <map>

#include "spillway/profile/doubts.h"
#include "spillway/profile/quantiles.h"
#include "spillway/profile/tables.h"

namespace spillway::profile {

namespace {

using Kind = pool::TapeField::Kind;
constexpr int kMostDecimals = 4;

double days_of(calendar::Date date) {
  return date.ok() ? static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count()) : std::nan("");
}

calendar::Date date_of(double days) {
  return calendar::Date{std::chrono::sys_days{std::chrono::days{static_cast<int>(std::floor(days))}}};
}

// Numbers of a column; of dates their days; of texts none.
std::vector<double> numbers_of(const WrittenColumn& column) {
  if (column.kind == Kind::number) return column.numbers;
  std::vector<double> days;
  for (calendar::Date date : column.dates) days.push_back(days_of(date));
  return days;
}

std::string shown_value(const WrittenColumn& column, double value) {
  return column.kind == Kind::date ? calendar::to_iso(date_of(value)) : shown(value);
}

struct Frequent {
  std::string value;
  std::size_t loans = 0;
};

// Values and how many loans have each, the most frequent first, then in order; blanks do not count.
std::vector<Frequent> frequencies_of(const WrittenColumn& column) {
  std::vector<Frequent> all;
  if (column.kind == Kind::text) {
    std::vector<std::size_t> loans(column.texts.labels.size());
    for (std::uint32_t code : column.texts.codes) ++loans[code];
    for (std::size_t l = 0; l < loans.size(); ++l) {
      if (!column.texts.labels[l].empty() && loans[l] > 0) all.push_back({column.texts.labels[l], loans[l]});
    }
    std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.value < b.value; });
  } else {
    std::map<double, std::size_t> loans;
    for (double value : numbers_of(column)) {
      if (!std::isnan(value)) ++loans[value];
    }
    for (const auto& [value, count] : loans) all.push_back({shown_value(column, value), count});
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.loans > b.loans; });
  return all;
}

int decimals_of(double value) {
  int decimals = 0;
  while (decimals < kMostDecimals && table::round_half_away(value, decimals) != value) ++decimals;
  return decimals;
}

table::Cell number_cell(double value, int decimals) {
  table::Format format = table::number_format(decimals);
  format.thousands = std::abs(value) >= 10000;
  return {value, format};
}

struct Means {
  std::optional<double> plain, weighted;
};

Means means_of(const WrittenTape& tape, const std::vector<double>& values) {
  const WrittenColumn* balance = tape.find("current_balance");
  double sum = 0, count = 0, weighted = 0, weights = 0;
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isnan(values[row])) continue;
    sum += values[row];
    count += 1;
    const double weight = balance == nullptr ? std::nan("") : balance->numbers[row];
    if (!(weight > 0)) continue;
    weighted += weight * values[row];
    weights += weight;
  }
  Means means;
  if (count > 0) means.plain = sum / count;
  if (weights > 0) means.weighted = weighted / weights;
  return means;
}

// Least, quartiles, most and means of a column; empty cells for texts.
void add_statistics(const WrittenTape& tape, const WrittenColumn& column, std::vector<table::Cell>& cells) {
  const std::vector<double> values = column.kind == Kind::text ? std::vector<double>{} : numbers_of(column);
  const Quantiles q = quantiles_of(values);
  const double marks[] = {q.min, q.lower, q.median, q.upper, q.max};
  int decimals = 0;
  for (std::size_t row = 0; row < values.size() && decimals < kMostDecimals; ++row) {
    if (!std::isnan(values[row])) decimals = std::max(decimals, decimals_of(values[row]));
  }
  for (double mark : marks) {
    if (q.count == 0) cells.emplace_back();
    else if (column.kind == Kind::date) cells.emplace_back(date_of(mark), table::date_format());
    else cells.push_back(number_cell(mark, decimals));
  }
  const Means means = column.kind == Kind::number ? means_of(tape, values) : Means{};
  for (const auto& mean : {means.plain, means.weighted}) {
    if (mean) cells.push_back(number_cell(*mean, std::min(kMostDecimals, decimals + 1)));
    else cells.emplace_back();
  }
}

std::string three_most(const std::vector<Frequent>& all) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(3, all.size()); ++i) {
    text += (text.empty() ? "" : ", ") + all[i].value + " (" + std::to_string(all[i].loans) + ")";
  }
  return text;
}

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

table::Table columns_table(const WrittenTape& tape) {
  constexpr const char* kKinds[] = {"text", "number", "date"};
  const table::Format number = table::number_format(0);
  table::Table made{"columns", "Columns", {}, {}, {}, {}};
  made.columns = {{"column", "Column", "", table::text_format()},         {"type", "Type", "", table::text_format()},
                  {"present", "Present", "", table::integer_format()},    {"missing", "Missing", "", table::integer_format()},
                  {"missing_pct", "Missing %", "percent", table::number_format(2)},
                  {"distinct", "Distinct", "", table::integer_format()},  {"min", "Lowest", "", number},
                  {"quarter", "25%", "", number},                         {"median", "Median", "", number},
                  {"three_quarters", "75%", "", number},                  {"max", "Highest", "", number},
                  {"mean", "Mean", "", number},                           {"weighted_mean", "By balance", "", number},
                  {"most_frequent", "Most frequent (loans)", "", table::text_format()}};
  for (const WrittenColumn& column : tape.columns) {
    const auto frequent = frequencies_of(column);
    std::size_t present = column.unreadable.size();
    for (const Frequent& value : frequent) present += value.loans;
    const std::size_t missing = tape.size() - present;
    table::Row row{{column.name, kKinds[static_cast<int>(column.kind)], static_cast<std::int64_t>(present),
                    static_cast<std::int64_t>(missing), percent(missing, tape.size()), static_cast<std::int64_t>(frequent.size())},
                   false};
    add_statistics(tape, column, row.cells);
    const bool all_differ = !frequent.empty() && frequent.front().loans == 1;
    row.cells.emplace_back(all_differ ? std::string() : three_most(frequent));
    made.rows.push_back(std::move(row));
  }
  return made;
}

table::Table values_table(const WrittenTape& tape, std::size_t most) {
  table::Table made{"values", "Most frequent values", {}, {}, {}, {}};
  made.columns = {{"column", "Column", "", table::text_format()},
                  {"value", "Value", "", table::text_format()},
                  {"loans", "Loans", "", table::integer_format()},
                  {"loans_pct", "% of loans", "percent", table::number_format(2)}};
  for (const WrittenColumn& column : tape.columns) {
    const auto frequent = frequencies_of(column);
    for (std::size_t i = 0; i < std::min(most, frequent.size()); ++i) {
      made.rows.push_back({{column.name, frequent[i].value, static_cast<std::int64_t>(frequent[i].loans),
                            percent(frequent[i].loans, tape.size())}, false});
    }
  }
  return made;
}

}  // namespace spillway::profile
