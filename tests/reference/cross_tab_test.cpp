// Cross-tabs of the Impac tape: they add up, and their totals are the stratification tables.

#include <gtest/gtest.h>

#include <cmath>

#include "spillway/io/tape_reader.h"
#include "spillway/io/files.h"
#include "spillway/strat/cross_tab.h"
#include "../unit/issue_lines.h"

namespace spillway::strat {
namespace {

class CrossTabs : public testing::Test {
 protected:
  CrossTabs() {
    products_ = *io::standard_products();
    definitions_ = *io::standard_strats();
    const std::string file = std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/tape.csv";
    tape_ = io::read_tape(*io::read_file(file), "tape.csv", products_, calendar::make_date(2003, 12, 1), {}).value;
  }

  CrossTab cross(std::string_view rows, std::string_view columns) const {
    return *cross_tab(tape_, products_, definitions_, rows, columns);
  }

  pool::ProductTable products_;
  StratDefinitions definitions_;
  pool::LoanTape tape_;
};

void expect_same(const CrossCell& sum, const CrossCell& whole, const std::string& what) {
  EXPECT_EQ(sum.loans, whole.loans) << what;
  EXPECT_NEAR(sum.balance, whole.balance, 1e-9 * whole.balance) << what;
  for (std::size_t f = 0; f < kCrossFacts; ++f) {
    EXPECT_NEAR(sum.products[f], whole.products[f], 1e-9 * std::abs(whole.products[f])) << what;
    EXPECT_NEAR(sum.weights[f], whole.weights[f], 1e-9 * whole.weights[f]) << what;
  }
}

void add(CrossCell& to, const CrossCell& cell) {
  to.loans += cell.loans;
  to.balance += cell.balance;
  for (std::size_t f = 0; f < kCrossFacts; ++f) to.products[f] += cell.products[f], to.weights[f] += cell.weights[f];
}

TEST_F(CrossTabs, AddUpForEveryPairOfTheStandardTables) {
  for (const TableDefinition& rows : definitions_.tables) {
    for (const TableDefinition& columns : definitions_.tables) {
      const CrossTab tab = cross_tab(tape_, products_, rows, columns);
      const std::string what = rows.name + " by " + columns.name;
      CrossCell all;
      for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
        CrossCell row;
        for (std::size_t c = 0; c < tab.columns.labels.size(); ++c) add(row, tab.at(r, c));
        expect_same(row, tab.row_totals[r], what);
        add(all, row);
      }
      expect_same(all, tab.total, what);
      CrossCell down;
      for (const CrossCell& column : tab.column_totals) add(down, column);
      expect_same(down, tab.total, what);
      EXPECT_EQ(tab.total.loans + static_cast<std::int64_t>(tab.outside), static_cast<std::int64_t>(tape_.size())) << what;
    }
  }
}

TEST_F(CrossTabs, HaveTheStratificationTablesAsTheirTotals) {
  const auto tables = stratify(tape_, products_, definitions_);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    if (definitions_.tables[t].universe != "all") continue;
    const CrossTab tab = cross_tab(tape_, products_, definitions_.tables[t], definitions_.tables[0]);
    ASSERT_EQ(tab.rows.labels.size() + 1, tables[t].rows.size()) << tables[t].name;
    for (std::size_t r = 0; r < tab.rows.labels.size(); ++r) {
      const table::Row& row = tables[t].rows[r];
      const auto number = [&](const char* column) { return std::get<double>(row.cells[table::column_index(tables[t], column)].value); };
      EXPECT_EQ(tab.rows.labels[r], std::get<std::string>(row.cells[0].value));
      EXPECT_EQ(static_cast<double>(tab.row_totals[r].loans), number("loan_count"));
      EXPECT_NEAR(tab.row_totals[r].balance, number("current_balance"), 1e-4);
      EXPECT_NEAR(*tab.row_totals[r].average(CrossFact::gross_rate), number("gross_wac"), 1e-9);
      EXPECT_NEAR(*tab.row_totals[r].average(CrossFact::net_rate), number("net_wac"), 1e-9);
    }
  }
}

TEST_F(CrossTabs, LeaveOutLoansThatOneTableIsNotAbout) {
  const CrossTab tab = cross("margin", "state");
  EXPECT_EQ(tab.outside, 116u);  // fixed-rate loans
  EXPECT_EQ(cross_table(tab, "loans").subtitle, "(Excludes 116 loans that one of the tables leaves out)");
}

TEST_F(CrossTabs, TakeAnyAttributeThatNoTableIsOver) {
  EXPECT_EQ(cross("lien", "loan_group").rows.labels, std::vector<std::string>{"1"});
  const CrossTab rates = cross("periodic_cap", "index");
  EXPECT_GT(rates.rows.labels.size(), 1u);
  const CrossTab many = cross("original_balance", "first_payment_date");
  EXPECT_LE(many.rows.labels.size(), 14u);
  EXPECT_EQ(many.total.loans, static_cast<std::int64_t>(tape_.size()));
}

TEST_F(CrossTabs, NameEveryUnknownAttributeWithTheNearOne) {
  const auto tab = cross_tab(tape_, products_, definitions_, "sate", "ficco", {"--cross", 0, 0});
  ASSERT_FALSE(tab.ok());
  EXPECT_EQ(lines(tab.issues), (Lines{"--cross: error: no table or loan attribute is called sate; did you mean state?",
                                      "--cross: error: no table or loan attribute is called ficco; did you mean fico?"}));
}

TEST_F(CrossTabs, ListTheCellsOfTheirTables) {
  const CrossTab tab = cross("occupancy", "purpose");
  const table::Table matrix = cross_table(tab, "balance"), list = cross_list(tab);
  EXPECT_EQ(matrix.rows.size(), tab.rows.labels.size() + 1);
  EXPECT_EQ(matrix.columns.size(), tab.columns.labels.size() + 2);
  double listed = 0.0;
  for (const table::Row& row : list.rows) {
    if (!row.is_total) listed += std::get<double>(row.cells[table::column_index(list, "balance")].value);
  }
  EXPECT_NEAR(listed, tab.total.balance, 1e-4);
  for (const std::string& measure : cross_measures()) EXPECT_EQ(cross_table(tab, measure).rows.size(), matrix.rows.size());
}

TEST_F(CrossTabs, AgreeWithTheSumsOfAllPairs) {
  const CrossSums sums = cross_sums(tape_, products_, definitions_.tables);
  ASSERT_EQ(sums.tables.size(), 20u);
  ASSERT_EQ(sums.pairs.size(), 190u);
  for (const CrossSums::Pair& pair : sums.pairs) {
    const CrossTab tab = cross_tab(tape_, products_, definitions_.tables[pair.rows], definitions_.tables[pair.columns]);
    std::size_t with_loans = 0;
    for (const CrossCell& cell : tab.cells) with_loans += cell.loans > 0 ? 1 : 0;
    ASSERT_EQ(pair.cells.size(), with_loans);
    for (const CrossSums::Cell& cell : pair.cells) {
      const CrossCell& same = tab.at(cell.row, cell.column);
      EXPECT_EQ(cell.loans, same.loans);
      EXPECT_NEAR(cell.balance, same.balance, 1e-9 * same.balance);
      EXPECT_NEAR(cell.balance_rate, same.products[0], 1e-9 * same.products[0]);
    }
  }
}

}  // namespace
}  // namespace spillway::strat
