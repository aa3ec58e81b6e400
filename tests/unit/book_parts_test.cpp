// What a whole book shows of a tape read in blocks, against the same tape held: tables, crossed tables, largest loans,
// contributions, attributions.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include <unistd.h>

#include "issue_lines.h"
#include "same_tables.h"
#include "spillway/compare/attribution.h"
#include "spillway/engine/contributions.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;
namespace fs = std::filesystem;

namespace {

// Blocks of text in bytes: some 45 of them, 4, and 1.
constexpr std::size_t kBlocks[] = {20'000, 250'000, 2'000'000};

class BookParts : public testing::Test {
 protected:
  void SetUp() override {
    const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::path{testing::TempDir()} / ("spillway_book_parts_" + name + "_" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::copy(fs::path{SPILLWAY_SOURCE_DIR} / "examples/impac-2003-12", folder_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(folder_); }

  engine::Inputs inputs(std::size_t block, const char* deal = "deal.yaml") const { return std::move(*load(block, deal).inputs); }
  io::Loaded load(std::size_t block, const char* deal = "deal.yaml") const {
    io::LoadOptions options;
    options.block_bytes = block;
    return io::load_inputs(folder_ / deal, options);
  }

  // The rows in another order, every seventh score unknown, some rows bad.
  void disorder_tape(unsigned seed) const {
    std::ifstream in{folder_ / "tape.csv"};
    std::vector<std::string> rows;
    for (std::string row; std::getline(in, row);) rows.push_back(row);
    in.close();
    std::shuffle(rows.begin() + 1, rows.end(), std::mt19937(seed));
    const std::string& header = rows.front();
    const auto fico = std::count(header.begin(), header.begin() + static_cast<std::ptrdiff_t>(header.find(",fico")) + 1, ',');
    std::ofstream out{folder_ / "tape.csv"};
    for (std::size_t r = 0; r < rows.size(); ++r) {
      std::size_t at = 0;
      for (std::ptrdiff_t c = 0; c < fico; ++c) at = rows[r].find(',', at) + 1;
      if (r > 0 && r % 7 == 0) rows[r].erase(at, rows[r].find(',', at) - at);
      if (r > 0 && r % 1000 == 0) rows[r] += ",one too many";
      out << rows[r] << '\n';
    }
  }

  fs::path folder_;
};

void expect_same_list(const book::LargestLoans& whole, const book::LargestLoans& parts, const std::string& what) {
  ASSERT_EQ(whole.loans.size(), parts.loans.size()) << what;
  for (std::size_t i = 0; i < whole.loans.size(); ++i) {
    EXPECT_EQ(whole.loans[i].id, parts.loans[i].id) << what;
    test::expect_near(whole.loans[i].amount, parts.loans[i].amount, 0.0, what);
    EXPECT_EQ(whole.loans[i].balance, parts.loans[i].balance) << what;
    EXPECT_EQ(whole.loans[i].gross_rate_pct, parts.loans[i].gross_rate_pct) << what;
  }
  EXPECT_EQ(whole.others, parts.others) << what;
  test::expect_near(whole.others_amount, parts.others_amount, whole.total, what);
  test::expect_near(whole.as_a_whole, parts.as_a_whole, whole.total, what);
  test::expect_near(whole.total, parts.total, 0.0, what);
}

void expect_same_book(const book::Book& whole, const book::Book& parts) {
  ASSERT_EQ(whole.data_tables.size(), parts.data_tables.size());
  for (std::size_t t = 0; t < whole.data_tables.size(); ++t) {
    const std::string& name = whole.data_tables[t].name;
    // A rate at which a class breaks even is found, and amounts there are those of the rate.
    if (name != "break_evens") test::expect_same_table(whole.data_tables[t], parts.data_tables[t], name != "strats" && name != "pool_summary");
  }
  EXPECT_EQ(whole.sections.size(), parts.sections.size());
  EXPECT_EQ(whole.views.size(), parts.views.size());
  test::expect_near(whole.basis.cut_off_balance, parts.basis.cut_off_balance, 0.0, "pool at cut-off");
  test::expect_same_sums(whole.cross, parts.cross);
  ASSERT_EQ(whole.largest_loans.tables.size(), parts.largest_loans.tables.size());
  for (std::size_t t = 0; t < whole.largest_loans.tables.size(); ++t) {
    const book::LoansOfTable &a = whole.largest_loans.tables[t], &b = parts.largest_loans.tables[t];
    EXPECT_EQ(a.labels, b.labels);
    expect_same_list(a.all, b.all, a.table);
    for (std::size_t r = 0; r < a.rows.size(); ++r) expect_same_list(a.rows[r], b.rows[r], a.table + ", " + a.labels[r]);
  }
  ASSERT_EQ(whole.largest_loans.periods.size(), parts.largest_loans.periods.size());
  for (std::size_t p = 0; p < whole.largest_loans.periods.size(); ++p) {
    const book::LoansOfPeriod &a = whole.largest_loans.periods[p], &b = parts.largest_loans.periods[p];
    EXPECT_EQ(a.period, b.period);
    expect_same_list(a.principal, b.principal, "principal of period " + std::to_string(a.period));
    expect_same_list(a.net_interest, b.net_interest, "interest of period " + std::to_string(a.period));
  }
}

}  // namespace

TEST_F(BookParts, a_book_of_blocks_equals_that_of_the_whole_tape) {
  const auto whole = engine::run_book(inputs(0));
  ASSERT_TRUE(whole.ok());
  EXPECT_EQ(whole->largest_loans.periods.size(), 4u);
  for (const std::size_t block : kBlocks) {
    const engine::Inputs in = inputs(block);
    ASSERT_TRUE(in.parts);
    const auto parts = engine::run_book(in);
    ASSERT_TRUE(parts.ok());
    expect_same_book(*whole, *parts);
  }
}

TEST_F(BookParts, so_does_the_book_of_a_tape_in_disorder) {
  disorder_tape(5);
  const io::Loaded held = load(0), streamed = load(20'000);
  ASSERT_TRUE(held.inputs && streamed.inputs);
  EXPECT_EQ(lines(held.issues), lines(streamed.issues));
  EXPECT_GE(held.issues.size(), 3u);
  const auto whole = engine::run_book(*held.inputs), parts = engine::run_book(*streamed.inputs);
  ASSERT_TRUE(whole.ok() && parts.ok());
  expect_same_book(*whole, *parts);
}

TEST_F(BookParts, a_book_of_blocks_has_the_same_bits_on_every_run_and_any_number_of_threads) {
  const engine::Inputs in = inputs(50'000);
  const auto one = engine::run_book(in, {1}), four = engine::run_book(in, {4});
  ASSERT_TRUE(one.ok() && four.ok());
  for (std::size_t t = 0; t < one->data_tables.size(); ++t) {
    for (std::size_t r = 0; r < one->data_tables[t].rows.size(); ++r) {
      const auto &a = one->data_tables[t].rows[r].cells, &b = four->data_tables[t].rows[r].cells;
      ASSERT_TRUE(std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& x, const auto& y) { return x.value == y.value; }));
    }
  }
}

TEST_F(BookParts, contributions_of_rows_are_those_of_the_whole_tape) {
  for (const char* scenario : {"pricing", "credit"}) {
    const engine::RunRequest run{scenario, 1.0, false, {}};
    const engine::Inputs held = inputs(0);
    const auto whole = engine::contributions(held, run, held.strats.tables);
    ASSERT_TRUE(whole.ok());
    for (const std::size_t block : {20'000u, 250'000u}) {
      const engine::Inputs in = inputs(block);
      const auto parts = engine::contributions(in, run, in.strats.tables);
      ASSERT_TRUE(parts.ok() && whole->size() == parts->size());
      for (std::size_t t = 0; t < whole->size(); ++t) {
        test::expect_same_table(book::contribution_table((*whole)[t], true), book::contribution_table((*parts)[t], true), true);
      }
    }
  }
}

TEST_F(BookParts, an_attribution_is_that_of_the_loans_held) {
  std::ofstream{folder_ / "other.yaml"} << [&] {
    std::ostringstream text;
    text << std::ifstream{folder_ / "deal.yaml"}.rdbuf();
    std::string deal = text.str();
    for (const auto& [from, to] : {std::pair<std::string, std::string>{"balance: 861_000_000", "balance: 841_000_000"}, {"0.50% * pool.balance.cut_off)", "0.75% * pool.balance.cut_off)"}}) {
      deal.replace(deal.find(from), from.size(), to);
    }
    return deal;
  }();
  const auto table_of = [&](std::size_t block) {
    io::Loaded a = load(block), b = load(block, "other.yaml");
    auto made = compare::attribute({std::move(*a.inputs), std::move(a.definition), {"pricing", 1.0, true, {}}},
                                   {std::move(*b.inputs), std::move(b.definition), {"credit", 1.5, true, {}}});
    EXPECT_TRUE(made.ok()) << testing::PrintToString(lines(made.issues));
    return compare::attribution_table(*made);
  };
  test::expect_same_table(table_of(0), table_of(50'000), true);
}

TEST_F(BookParts, a_tape_that_changes_while_a_book_is_made_is_an_error) {
  const engine::Inputs in = inputs(20'000);
  std::ofstream{folder_ / "tape.csv", std::ios::app} << "\n";
  fs::resize_file(folder_ / "tape.csv", fs::file_size(folder_ / "tape.csv") / 2);
  const auto made = engine::run_book(in);
  EXPECT_FALSE(made.ok());
}
