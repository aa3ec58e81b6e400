// Stratifications of a tape cut anywhere against those of the whole.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "same_tables.h"
#include "spillway/strat/in_parts.h"
#include "spillway/strat/named_table.h"
#include "two_products.h"

using namespace spillway;
using two_products::products;
using namespace spillway::strat;
using Kind = Buckets::Kind;

namespace {

constexpr std::size_t kLoans = 9000;

class Dice {
 public:
  explicit Dice(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_() % bound); }
  double number(int low, int high, double step) { return (low + static_cast<int>(below(static_cast<std::size_t>(high - low)))) * step; }
  double maybe(double value) { return below(7) == 0 ? std::numeric_limits<double>::quiet_NaN() : value; }

 private:
  std::mt19937 random_;
};

pool::LoanTape random_tape(unsigned seed) {
  Dice dice(seed);
  pool::LoanTape tape;
  tape.product.labels = {"2/28", "30Yr Fixed", "unheard of"};
  tape.state.labels = {"CA", "", "FL", "NY", "WY", "TX"};
  for (std::size_t i = 0; i < kLoans; ++i) {
    tape.loan_id.push_back("L" + std::to_string(i));
    tape.line.push_back(static_cast<int>(i) + 2);
    tape.product.codes.push_back(static_cast<std::uint32_t>(dice.below(3)));
    tape.state.codes.push_back(static_cast<std::uint32_t>(dice.below(i < kLoans / 2 ? 4 : 6)));  // some states come late
    tape.current_balance.push_back(dice.number(1'000'000, 90'000'000, 0.01));
    tape.gross_rate.push_back(dice.maybe(dice.number(3000, 12000, 0.001)));
    tape.net_rate.push_back(dice.maybe(dice.number(2500, 11000, 0.001)));
    tape.servicing_fee.push_back(dice.maybe(0.375));
    tape.remaining_term.push_back(dice.number(1, 360, 1));
    tape.age.push_back(i < 3000 ? dice.number(0, 30, 1) : dice.maybe(dice.number(0, 60, 1)));
    tape.fico.push_back(dice.maybe(dice.number(500, 820, 1)));
    tape.orig_ltv.push_back(dice.maybe(dice.number(2000, 10000, 0.01)));
    tape.months_to_roll.push_back(dice.maybe(dice.number(1, 60, 1)));
    tape.next_adjustment_date.push_back(dice.below(5) == 0 ? calendar::Date{} : calendar::make_date(2004 + static_cast<int>(dice.below(4)), 1 + static_cast<unsigned>(dice.below(12)), 1));
  }
  return tape;
}

// The loans from `first` on, with dictionaries of their own, as a reader of blocks makes them.
pool::LoanTape part_of(const pool::LoanTape& tape, std::size_t first, std::size_t count) {
  pool::LoanTape part;
  for (std::size_t i = first; i < first + count; ++i) {
    part.loan_id.push_back(tape.loan_id[i]);
    part.line.push_back(tape.line[i]);
  }
  const auto take = [&](const auto& column, auto& to) {
    if (!column.empty()) to.assign(column.begin() + static_cast<std::ptrdiff_t>(first), column.begin() + static_cast<std::ptrdiff_t>(first + count));
  };
  for (const pool::TapeField& field : pool::tape_fields()) {
    if (field.number != nullptr) take(tape.*field.number, part.*field.number);
    if (field.date != nullptr) take(tape.*field.date, part.*field.date);
    if (field.text == nullptr || (tape.*field.text).codes.empty()) continue;
    pool::TextColumn& column = part.*field.text;
    for (std::size_t i = first; i < first + count; ++i) {
      const std::string& text = (tape.*field.text).at(i);
      const auto known = std::find(column.labels.begin(), column.labels.end(), text);
      column.codes.push_back(static_cast<std::uint32_t>(known - column.labels.begin()));
      if (known == column.labels.end()) column.labels.push_back(text);
    }
  }
  return part;
}

// Parts of about `size` loans, some of them empty.
std::vector<pool::LoanTape> parts_of(const pool::LoanTape& tape, std::size_t size) {
  Dice dice(static_cast<unsigned>(size));
  std::vector<pool::LoanTape> parts;
  for (std::size_t first = 0, count = 0; first < tape.size(); first += count) {
    count = std::min(dice.below(2 * size), tape.size() - first);
    parts.push_back(part_of(tape, first, count));
  }
  return parts;
}

TableDefinition definition(const char* attribute, Buckets buckets, const char* universe = "all", const char* total = "") {
  TableDefinition made;
  made.name = made.title = made.attribute = attribute;
  made.universe = universe;
  made.excluded = "loans";
  made.buckets = std::move(buckets);
  made.months_to_roll_column = true;
  made.total_label = total;
  made.total_format = total == std::string("wa_month") ? table::month_format() : table::number_format(4);
  return made;
}

StratDefinitions definitions() {
  Buckets states{.kind = Kind::category, .order = Buckets::Order::balance, .relabel = {{"WY", "Other"}, {"TX", "Other"}}};
  Buckets scores{.kind = Kind::width, .from = 500, .width = 20};
  Buckets ltvs{.kind = Kind::edges, .edges = {50, 60, 80, 90}};
  Buckets resets{.kind = Kind::month};
  resets.label_format = table::month_format();
  StratDefinitions made;
  made.tables = {definition("state", states), definition("fico", scores, "arm", "wa"), definition("orig_ltv", ltvs, "fico > 600", "wa"),
                 definition("next_adjustment_date", resets, "all", "wa_month"), definition("remaining_term", {.kind = Kind::each_value}),
                 definition("current_balance", {.kind = Kind::each_value}, "fixed")};
  for (const char* measure : {"count", "total", "average", "wa", "share"}) {
    SummaryItem item;
    item.item = item.measure = measure;
    item.attribute = "fico";
    item.values = {"!700"};
    item.universe = measure == std::string("wa") ? "orig_ltv > 80" : "all";
    item.range = true;
    made.summary.push_back(item);
  }
  made.summary.push_back({"in California", "share", "state", {"CA"}, "all", false, {}, {}});
  made.top_blocks = {{"Top states", "state", 3, table::number_format(0), false, {}, {}}, {"Ages", "age", 5, table::number_format(0), true, {}, {}}};
  return made;
}

class StratParts : public testing::TestWithParam<std::size_t> {
 protected:
  const pool::LoanTape tape_ = random_tape(11);
  const std::vector<pool::LoanTape> parts_ = parts_of(tape_, GetParam());
  const pool::ProductTable products_ = products();
  const StratDefinitions definitions_ = definitions();
};

}  // namespace

TEST_P(StratParts, tables_are_those_of_the_whole_tape) {
  Stratification made(products_, definitions_);
  for (const pool::LoanTape& part : parts_) made.add(part);
  const auto whole = stratify(tape_, products_, definitions_), parts = made.stratified().tables;
  ASSERT_EQ(whole.size(), parts.size());
  for (std::size_t t = 0; t < whole.size(); ++t) test::expect_same_table(whole[t], parts[t]);
}

TEST_P(StratParts, the_pool_summary_is_that_of_the_whole_tape) {
  PoolSummary made(products_, definitions_);
  for (const pool::LoanTape& part : parts_) made.add(part);
  test::expect_same_table(pool_summary(tape_, products_, definitions_), made.summary());
}

TEST_P(StratParts, rows_and_pairs_of_tables_are_those_of_the_whole_tape) {
  RowsInParts rows(products_, definitions_.tables);
  CrossSumsInParts sums(definitions_.tables.size());
  std::vector<std::vector<std::uint32_t>> numbers(definitions_.tables.size());
  for (const pool::LoanTape& part : parts_) {
    rows.add(part, [&](const RowsOfBlock& block) {
      sums.add(block, rows);
      for (std::size_t t = 0; t < numbers.size(); ++t) numbers[t].insert(numbers[t].end(), block.rows[t], block.rows[t] + block.count);
    });
  }
  const auto whole = loan_rows(tape_, products_, definitions_.tables);
  std::vector<PrintedRows> printed;
  for (std::size_t t = 0; t < whole.size(); ++t) {
    printed.push_back(rows.printed(t));
    EXPECT_EQ(printed[t].rows.labels, whole[t].labels);
    EXPECT_EQ(printed[t].rows.outside, whole[t].outside);
    for (std::uint32_t& number : numbers[t]) number = printed[t].position[number];
    EXPECT_EQ(numbers[t], whole[t].row_of_loan);
  }
  test::expect_same_sums(cross_sums(tape_, products_, definitions_.tables), sums.sums(printed));
}

TEST_P(StratParts, cross_tabs_are_those_of_the_whole_tape_also_of_tables_made_for_numbers) {
  std::size_t readings = 0;
  const ForEachPart for_each_part = [&](const auto& use) {
    ++readings;
    for (const pool::LoanTape& part : parts_) use(part);
  };
  for (const auto& [rows, columns] : {std::pair{"state", "fico"}, {"age", "state"}, {"gross_rate", "months_to_roll"}}) {
    const auto whole = cross_tab(tape_, products_, definitions_, rows, columns), parts = cross_tab(for_each_part, products_, definitions_, rows, columns);
    ASSERT_TRUE(whole.ok() && parts.ok());
    EXPECT_EQ(whole->outside, parts->outside);
    for (const std::string& measure : cross_measures()) test::expect_same_table(cross_table(*whole, measure), cross_table(*parts, measure));
  }
  EXPECT_EQ(readings, 5u);  // twice where a table is made
}

INSTANTIATE_TEST_SUITE_P(OfLoans, StratParts, testing::Values(1, 100, 2048, 3000, 20000));
