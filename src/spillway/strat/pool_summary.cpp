#include <algorithm>
#include <charconv>
#include <cmath>

#include "spillway/strat/attribute.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/strat.h"
#include "spillway/strat/universe.h"
#include "spillway/strat/weighted_mean.h"

namespace spillway::strat {

namespace {

using table::Cell;

/// The loans a line is about, with their tape.
struct Members {
  const pool::LoanTape* tape;
  std::vector<char> in;

  template <class Visit>
  void for_each(Visit visit) const {
    for (std::size_t i = 0; i < in.size(); ++i) {
      if (in[i]) visit(i, tape->current_balance[i]);
    }
  }

  double balance() const {
    double sum = 0;
    for_each([&](std::size_t, double balance) { sum += balance; });
    return sum;
  }
};

/// Whether a value is among those a share counts.
class ValueTest {
 public:
  explicit ValueTest(const std::vector<std::string>& values) {
    for (const std::string& value : values) {
      const bool negated = value.starts_with('!');
      (negated ? refused_ : wanted_).push_back(value.substr(negated ? 1 : 0));
    }
  }

  bool counts(const std::string& text) const {
    const auto among = [&](const std::vector<std::string>& list) {
      return std::find(list.begin(), list.end(), text) != list.end();
    };
    return among(wanted_) || (!refused_.empty() && !text.empty() && !among(refused_));
  }

  bool counts(double number) const {
    const auto among = [&](const std::vector<std::string>& list) {
      return std::any_of(list.begin(), list.end(), [&](const std::string& value) { return same(number, value); });
    };
    return among(wanted_) || (!refused_.empty() && !std::isnan(number) && !among(refused_));
  }

 private:
  static bool same(double number, const std::string& value) {
    if (value.empty()) return std::isnan(number);
    double wanted = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), wanted);
    return error == std::errc{} && end == value.data() + value.size() && number == wanted;
  }

  std::vector<std::string> wanted_, refused_;
};

Cell share(const SummaryItem& item, const Members& members) {
  const double all = members.balance();
  if (!(all > 0)) return {};
  const ValueTest test(item.values);
  double counted = 0;
  if (attribute_kind(item.attribute) == AttributeKind::text) {
    const pool::TextColumn column = text_column(*members.tape, item.attribute);
    std::vector<char> label_counts;
    for (const std::string& label : column.labels) label_counts.push_back(test.counts(label));
    members.for_each([&](std::size_t i, double balance) { counted += label_counts[column.codes[i]] ? balance : 0; });
  } else {
    const NumberColumn column = number_column(*members.tape, item.attribute);
    members.for_each([&](std::size_t i, double balance) { counted += test.counts(column[i]) ? balance : 0; });
  }
  return {100 * counted / all, item.format};
}

/// What the loans' numbers come to.
struct Figures {
  WeightedMean by_balance, plain;
  double total = 0;
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -std::numeric_limits<double>::infinity();
};

Figures figures(const NumberColumn& column, const Members& members) {
  Figures f;
  members.for_each([&](std::size_t i, double balance) {
    if (std::isnan(column[i])) return;
    f.by_balance.add(balance, column[i]);
    f.plain.add(1, column[i]);
    f.total += column[i];
    f.lowest = std::min(f.lowest, column[i]);
    f.highest = std::max(f.highest, column[i]);
  });
  return f;
}

// A number in the line's unit, or a date where the attribute counts days.
Cell shown(const SummaryItem& item, double value) {
  if (!std::isfinite(value)) return {};
  if (attribute_kind(item.attribute) == AttributeKind::date) {
    const std::chrono::days days{static_cast<int>(std::floor(value))};
    return {calendar::Date{std::chrono::sys_days{days}}, item.format};
  }
  return {value, item.format};
}

table::Row summary_row(const SummaryItem& item, const pool::LoanTape& tape, const pool::ProductTable& products) {
  table::Row row;
  row.cells = {Cell(item.item), Cell(), Cell(), Cell()};
  if (item.measure == "heading") return row;
  const Members members{&tape, universe_members(tape, products, item.universe)};
  if (item.measure == "count") {
    row.cells[1] = {static_cast<double>(std::count(members.in.begin(), members.in.end(), 1)), item.format};
    return row;
  }
  if (item.measure == "share") {
    row.cells[1] = share(item, members);
    return row;
  }
  const Figures f = figures(number_column(tape, item.attribute), members);
  if (item.measure == "total") {
    row.cells[1] = shown(item, f.total);
  } else {
    const WeightedMean& mean = item.measure == "average" ? f.plain : f.by_balance;
    if (!mean.empty()) row.cells[1] = shown(item, mean.value());
  }
  if (item.range) {
    row.cells[2] = shown(item, f.lowest);
    row.cells[3] = shown(item, f.highest);
  }
  return row;
}

// The largest shares of the attribute's values, as "Title: label" rows.
std::vector<table::Row> block_rows(const TopBlock& block, const pool::LoanTape& tape) {
  Buckets buckets;
  buckets.kind =
      attribute_kind(block.attribute) == AttributeKind::text ? Buckets::Kind::category : Buckets::Kind::each_value;
  buckets.label_format = block.label_format;
  buckets.relabel = block.relabel;
  buckets.order = Buckets::Order::balance;
  RowFinder finder(buckets, tape, block.attribute);
  std::vector<double> balances;
  double total = 0;
  for (std::size_t i = 0; i < tape.size(); ++i) {
    const std::size_t row = finder.row_of(i);
    if (row == balances.size()) balances.push_back(0);
    balances[row] += tape.current_balance[i];
    total += tape.current_balance[i];
  }
  std::vector<std::size_t> largest = finder.printed_order(balances);
  if (block.rows > 0 && largest.size() > static_cast<std::size_t>(block.rows)) largest.resize(block.rows);
  if (block.ascending_values) {  // the finder reads its buckets where they stand
    buckets.order = Buckets::Order::ascending;
    const std::vector<std::size_t> by_value = finder.printed_order(balances);
    const auto place = [&](std::size_t row) { return std::find(by_value.begin(), by_value.end(), row); };
    std::sort(largest.begin(), largest.end(), [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  }
  std::vector<table::Row> rows;
  for (std::size_t row : largest) {
    table::Row line;
    line.cells = {Cell(block.title + ": " + finder.label(row)), Cell(), Cell(), Cell()};
    if (total > 0) line.cells[1] = {100 * balances[row] / total, table::percent_format(2)};
    rows.push_back(std::move(line));
  }
  return rows;
}

}  // namespace

table::Table pool_summary(const pool::LoanTape& tape, const pool::ProductTable& products,
                          const StratDefinitions& definitions) {
  table::Table summary;
  summary.name = "pool_summary";
  summary.title = "Summary of Loans";
  summary.columns = {{"item", "Item", "", table::text_format()},
                     {"value", "Value", "", table::number_format(2)},
                     {"range_low", "Lowest", "", table::number_format(2)},
                     {"range_high", "Highest", "", table::number_format(2)}};
  for (const SummaryItem& item : definitions.summary) summary.rows.push_back(summary_row(item, tape, products));
  for (const TopBlock& block : definitions.top_blocks) {
    for (table::Row& row : block_rows(block, tape)) summary.rows.push_back(std::move(row));
  }
  return summary;
}

}  // namespace spillway::strat
