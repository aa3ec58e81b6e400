// Every column of every book has its formula, and the formula a page.

#include <filesystem>

#include <gtest/gtest.h>

#include "spillway/book/formulas.h"
#include "spillway/book/tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

namespace spillway {
namespace {

const std::filesystem::path kRoot = SPILLWAY_SOURCE_DIR;

const char* const kDeals[] = {"impac-2003-12", "fannie-2025-21", "auto-reserve", "subprime", "pac-support"};

TEST(Formulas, NameEveryColumnOfTheBooksOfTheExamples) {
  for (const char* deal : kDeals) {
    const io::Loaded loaded = io::load_inputs(kRoot / "examples" / deal / "deal.yaml");
    ASSERT_TRUE(loaded.inputs) << deal;
    const auto made = engine::run_book(*loaded.inputs);
    ASSERT_TRUE(made.ok()) << deal;
    for (const table::Table& table : made->data_tables) {
      for (const table::Column& column : table.columns) {
        const auto found = book::formula_of(table.name, column.name);
        ASSERT_TRUE(found) << deal << ' ' << table.name << '/' << column.name;
        EXPECT_EQ(found->table, table.name) << column.name;
        EXPECT_FALSE(found->words.empty()) << table.name << '/' << column.name;
      }
    }
  }
}

TEST(Formulas, NameEveryColumnOfTheCashFlows) {
  const io::Loaded loaded = io::load_inputs(kRoot / "examples/impac-2003-12/deal.yaml");
  const auto set = engine::run_scenarios(*loaded.inputs, {{"credit", 1.0, false, {}}});
  ASSERT_TRUE(set.ok());
  for (const table::Column& column : book::class_cash_flows(set->runs.front().flows, set->collateral.front()).columns) {
    EXPECT_TRUE(book::formula_of("cash_flows", column.name)) << column.name;
  }
  EXPECT_EQ(book::formula_of("cash_flows", "A-1_unpaid_interest_paid")->column, "*_unpaid_interest_paid");
  EXPECT_EQ(book::formula_of("cash_flows", "A-1_interest")->column, "*_interest");
  EXPECT_EQ(book::formula_of("cash_flows", "pool_trustee_fee")->column, "pool_*_fee");
}

TEST(Formulas, PointAtPagesThatAreThere) {
  for (const book::Formula& formula : book::formulas()) {
    const std::string page(formula.page.substr(0, formula.page.find('#')));
    EXPECT_TRUE(std::filesystem::exists(kRoot / page)) << formula.table << '/' << formula.column << ": " << page;
  }
}

TEST(Formulas, AreThoseOfTheStratificationsForASingleTable) {
  EXPECT_EQ(book::formula_of("fico", "gross_wac")->symbols, "sum B_i x rate_i / sum B_i");
  EXPECT_FALSE(book::formula_of("dm_tables", "no_such_column"));
}

}  // namespace
}  // namespace spillway
