// The fast paths of strat against plain definitions, over random loans.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <random>

#include "spillway/strat/attribute.h"
#include "spillway/strat/row_keys.h"
#include "spillway/strat/strat.h"
#include "two_products.h"

using namespace spillway;
using two_products::products;
using namespace spillway::strat;
using Kind = Buckets::Kind;

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  double decimal(int low, int high, double step) { return (low + static_cast<int>(below(high - low))) * step; }
  double maybe(double value, std::size_t one_in) { return one_in > 0 && below(one_in) == 0 ? unknown : value; }

 private:
  std::mt19937 random_;
};

// Numbers on, just beside and far from the bounds of buckets.
std::vector<double> awkward_numbers(Dice& dice, const Buckets& buckets) {
  std::vector<double> values{unknown, infinity, -infinity, 0.0, -0.0, 1e300, -1e300, 1e9, 1e10, -0.5, 0.5, 1.5, 2.5};
  for (int i = 0; i < 2000; ++i) {
    double value = dice.decimal(-50, 2000, 0.001 * static_cast<double>(1 + dice.below(500)));
    if (buckets.kind == Kind::width && dice.below(2) == 0) value = buckets.from + buckets.width * dice.decimal(-5, 60, 1);
    if (buckets.kind == Kind::edges && dice.below(2) == 0) value = buckets.edges[dice.below(buckets.edges.size())];
    if (buckets.overflow_above && dice.below(10) == 0) value = *buckets.overflow_above;
    values.push_back(value);
    values.push_back(std::nextafter(value, infinity));
    values.push_back(std::nextafter(value, -infinity));
  }
  return values;
}

void expect_plain_keys(const Buckets& buckets) {
  Dice dice(5);
  const std::vector<double> values = awkward_numbers(dice, buckets);
  std::vector<RowKey> keys(values.size());
  const RowKeys fast(buckets);
  // All in one, and each by itself: a number that is out of the ordinary must not spoil its neighbours.
  fast.find(values, keys.data());
  for (std::size_t i = 0; i < values.size(); ++i) {
    EXPECT_EQ(keys[i], key_of_number(buckets, values[i])) << "value " << values[i];
    EXPECT_FALSE(keys[i] == 0 && std::signbit(keys[i])) << "value " << values[i];
    RowKey alone = 0;
    fast.find({&values[i], 1}, &alone);
    EXPECT_EQ(alone, keys[i]) << "value " << values[i];
  }
}

struct Tape {
  pool::LoanTape tape;

  void add(const pool::LoanTape& from, std::size_t i) {
    for (const pool::TapeField& field : pool::tape_fields()) {
      if (field.number != nullptr && i < (from.*field.number).size()) {
        (tape.*field.number).push_back((from.*field.number)[i]);
      }
      if (field.text != nullptr && i < (from.*field.text).codes.size()) {
        (tape.*field.text).labels = (from.*field.text).labels;
        (tape.*field.text).codes.push_back((from.*field.text).codes[i]);
      }
    }
  }
};

// Loans of which one in `gaps` lacks each fact; 0: none does.
pool::LoanTape random_tape(Dice& dice, std::size_t loans, std::size_t gaps) {
  pool::LoanTape tape;
  tape.product.labels = {"2/28", "30Yr Fixed", "unheard of"};
  tape.state.labels = {"CA", "", "FL", "NY"};
  for (std::size_t i = 0; i < loans; ++i) {
    tape.product.codes.push_back(static_cast<std::uint32_t>(dice.below(3)));
    tape.state.codes.push_back(static_cast<std::uint32_t>(dice.below(4)));
    tape.current_balance.push_back(dice.decimal(1'000'000, 90'000'000, 0.01));
    tape.gross_rate.push_back(dice.maybe(dice.decimal(3000, 12000, 0.001), gaps));
    tape.net_rate.push_back(dice.maybe(dice.decimal(-100, 11000, 0.001), gaps));
    tape.servicing_fee.push_back(dice.maybe(0.375, gaps));
    tape.remaining_term.push_back(dice.maybe(dice.decimal(1, 360, 1), gaps));
    tape.age.push_back(dice.maybe(dice.decimal(0, 30, 1), gaps));
    tape.fico.push_back(dice.maybe(dice.decimal(500, 820, 1), 3));
    tape.orig_ltv.push_back(dice.maybe(dice.decimal(2000, 10000, 0.01), gaps));
    tape.months_to_roll.push_back(dice.maybe(dice.decimal(1, 60, 1), 2));
    tape.prepay_penalty_months.push_back(dice.maybe(dice.decimal(0, 6, 12), gaps));
  }
  return tape;
}

TableDefinition definition(const std::string& attribute, Kind kind, const std::string& universe) {
  TableDefinition made;
  made.name = made.attribute = attribute;
  made.universe = universe;
  made.buckets.kind = kind;
  made.buckets.label_format = table::number_format(0);
  made.months_to_roll_column = true;
  return made;
}

// A weighted mean in the plainest way, in more digits.
struct PlainMean {
  long double product = 0, weight = 0;
  void add(double balance, double value) {
    if (std::isnan(value)) return;
    product += static_cast<long double>(balance) * value;
    weight += balance;
  }
};

struct PlainRow {
  long double balance = 0;
  std::int64_t count = 0;
  double lowest = infinity, highest = -infinity;
  std::map<std::string, PlainMean> means;
};

double net_rate(const pool::LoanTape& tape, std::size_t i) {
  if (!std::isnan(tape.net_rate[i])) return tape.net_rate[i];
  return tape.gross_rate[i] - (std::isnan(tape.servicing_fee[i]) ? 0.0 : tape.servicing_fee[i]);
}

template <class LabelOf, class Counts>
std::map<std::string, PlainRow> plain_rows(const pool::LoanTape& tape, LabelOf label_of, Counts counts) {
  std::map<std::string, PlainRow> rows;
  for (std::size_t i = 0; i < tape.size(); ++i) {
    if (!counts(i)) continue;
    PlainRow& row = rows[label_of(i)];
    const double balance = tape.current_balance[i];
    row.balance += balance;
    ++row.count;
    if (!std::isnan(tape.gross_rate[i])) {
      row.lowest = std::min(row.lowest, tape.gross_rate[i]);
      row.highest = std::max(row.highest, tape.gross_rate[i]);
    }
    row.means["gross_wac"].add(balance, tape.gross_rate[i]);
    row.means["net_wac"].add(balance, net_rate(tape, i));
    row.means["remaining_term"].add(balance, tape.remaining_term[i]);
    row.means["age"].add(balance, tape.age[i]);
    row.means["fico"].add(balance, tape.fico[i]);
    row.means["orig_ltv"].add(balance, tape.orig_ltv[i]);
    row.means["wa_months_to_roll"].add(balance, tape.months_to_roll[i]);
  }
  return rows;
}

double number_at(const table::Table& table, const table::Row& row, const std::string& column) {
  const table::Cell& cell = row.cells[table::column_index(table, column)];
  const double* number = std::get_if<double>(&cell.value);
  return number != nullptr ? *number : unknown;
}

void expect_rows(const table::Table& table, const std::map<std::string, PlainRow>& rows) {
  ASSERT_EQ(table.rows.size(), rows.size() + 1);
  for (std::size_t r = 0; r + 1 < table.rows.size(); ++r) {
    const std::string label = std::get<std::string>(table.rows[r].cells[0].value);
    ASSERT_TRUE(rows.contains(label)) << label;
    const PlainRow& row = rows.at(label);
    EXPECT_NEAR(number_at(table, table.rows[r], "current_balance"), static_cast<double>(row.balance), 5e-5) << label;
    EXPECT_EQ(number_at(table, table.rows[r], "loan_count"), static_cast<double>(row.count)) << label;
    if (std::isfinite(row.lowest)) {
      EXPECT_EQ(number_at(table, table.rows[r], "min_wac"), row.lowest) << label;
      EXPECT_EQ(number_at(table, table.rows[r], "max_wac"), row.highest) << label;
    }
    for (const auto& [column, mean] : row.means) {
      const double value = number_at(table, table.rows[r], column);
      if (!(mean.weight > 0)) {
        EXPECT_TRUE(std::isnan(value)) << label << ' ' << column;
      } else {
        EXPECT_NEAR(value, static_cast<double>(mean.product / mean.weight), 1e-12 * std::fabs(value)) << label << column;
      }
    }
  }
}

}  // namespace

TEST(RowKeys, finds_the_intervals_of_equal_width) {
  for (const bool upper : {true, false}) {
    for (const auto& [from, width] : {std::pair{0.0, 0.5}, {5.0, 0.1}, {300.0, 20.0}, {-3.0, 0.7}, {0.0, 50'000.0}}) {
      Buckets buckets{.kind = Kind::width, .from = from, .width = width, .upper_inclusive = upper};
      expect_plain_keys(buckets);
      buckets.overflow_above = from + 20 * width;
      expect_plain_keys(buckets);
    }
  }
}

TEST(RowKeys, finds_the_intervals_between_edges) {
  for (const bool upper : {true, false}) {
    for (const std::vector<double>& edges :
         {std::vector<double>{0, 20, 25, 30, 55, 60, 65, 80, 100}, {7.5}, {-1e-3, 0, 1e6}, {0.1, 0.2, 0.3, 0.30000001}}) {
      Buckets buckets{.kind = Kind::edges, .upper_inclusive = upper, .edges = edges};
      expect_plain_keys(buckets);
      buckets.overflow_above = edges.back();
      expect_plain_keys(buckets);
    }
  }
}

TEST(RowKeys, finds_single_values) {
  for (const int decimals : {0, 1, 3}) {
    expect_plain_keys({.kind = Kind::each_value, .label_format = table::number_format(decimals)});
  }
}

TEST(StratifyInBlocks, gives_what_a_plain_loop_over_the_loans_gives) {
  Dice dice(3);
  for (const std::size_t loans : {std::size_t{1}, block_size - 1, block_size, block_size + 1, std::size_t{5000}}) {
    for (const std::size_t gaps : {0u, 4u}) {
      const pool::LoanTape tape = random_tape(dice, loans, gaps);
      const StratDefinitions definitions{
          .tables = {definition("state", Kind::category, "arm"), definition("prepay_penalty_months", Kind::each_value, "all"),
                     definition("state", Kind::category, "orig_ltv > 80")},
          .summary = {},
          .top_blocks = {}};
      const auto tables = stratify(tape, products(), definitions);
      const auto state = [&](std::size_t i) { return tape.state.at(i).empty() ? "Unknown" : tape.state.at(i); };
      const auto months = [&](std::size_t i) {
        const double value = tape.prepay_penalty_months[i];
        return std::isnan(value) ? std::string("Unknown") : std::to_string(static_cast<int>(value));
      };
      expect_rows(tables[0], plain_rows(tape, state, [&](std::size_t i) { return tape.product.codes[i] == 0; }));
      expect_rows(tables[1], plain_rows(tape, months, [](std::size_t) { return true; }));
      expect_rows(tables[2], plain_rows(tape, state, [&](std::size_t i) { return tape.orig_ltv[i] > 80; }));
    }
  }
}

TEST(StratifyInBlocks, adds_tables_together_whatever_loans_lack_and_rows_appear_later) {
  Dice dice(7);
  Tape joined;
  for (const std::size_t gaps : {0u, 4u, 0u, 3u}) {
    const pool::LoanTape part = random_tape(dice, block_size + 700, gaps);
    for (std::size_t i = 0; i < part.size(); ++i) joined.add(part, i);
  }
  pool::LoanTape& tape = joined.tape;
  // Each block has scores that those before have not.
  for (std::size_t i = 0; i < tape.size(); ++i) tape.fico[i] = 500 + static_cast<double>(20 * (i / block_size) + i % 20);
  StratDefinitions definitions{.tables = {}, .summary = {}, .top_blocks = {}};
  for (const char* attribute : {"fico", "age", "prepay_penalty_months", "remaining_term"}) {
    definitions.tables.push_back(definition(attribute, Kind::each_value, "all"));
  }
  definitions.tables.push_back(definition("fico", Kind::each_value, "arm"));
  const auto tables = stratify(tape, products(), definitions);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const pool::TapeField* field = pool::find_tape_field(definitions.tables[t].attribute);
    const auto label = [&](std::size_t i) {
      const double value = (tape.*field->number)[i];
      return std::isnan(value) ? std::string("Unknown") : std::to_string(static_cast<int>(value));
    };
    const bool all = definitions.tables[t].universe == "all";
    expect_rows(tables[t], plain_rows(tape, label, [&](std::size_t i) { return all || tape.product.codes[i] == 0; }));
  }
}

TEST(StratifyInBlocks, takes_more_rows_than_a_block_has_loans) {
  Dice dice(4);
  const pool::LoanTape tape = random_tape(dice, 3 * block_size, 4);
  const StratDefinitions definitions{
      .tables = {definition("current_balance", Kind::each_value, "all")}, .summary = {}, .top_blocks = {}};
  const auto label = [&](std::size_t i) { return std::to_string(std::llround(tape.current_balance[i])); };
  const auto rows = plain_rows(tape, label, [](std::size_t) { return true; });
  EXPECT_GT(rows.size(), 2 * block_size);
  expect_rows(stratify(tape, products(), definitions)[0], rows);
}

TEST(StratifyInBlocks, prints_the_same_whatever_the_order_of_the_loans) {
  Dice dice(6);
  const pool::LoanTape tape = random_tape(dice, 20'000, 4);
  std::vector<std::size_t> order(tape.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::shuffle(order.begin(), order.end(), std::mt19937(8));
  Tape shuffled;
  for (const std::size_t i : order) shuffled.add(tape, i);
  const StratDefinitions definitions{
      .tables = {definition("state", Kind::category, "all"), definition("fico", Kind::each_value, "all")},
      .summary = {},
      .top_blocks = {}};
  const auto one = stratify(tape, products(), definitions), other = stratify(shuffled.tape, products(), definitions);
  for (std::size_t t = 0; t < one.size(); ++t) {
    ASSERT_EQ(one[t].rows.size(), other[t].rows.size());
    for (std::size_t r = 0; r < one[t].rows.size(); ++r) {
      for (std::size_t c = 0; c < one[t].columns.size(); ++c) {
        EXPECT_EQ(table::format_cell(one[t].rows[r].cells[c], one[t].columns[c], table::Style::print),
                  table::format_cell(other[t].rows[r].cells[c], other[t].columns[c], table::Style::print));
      }
    }
  }
}
