// The Impac book as it was last approved. A change of any figure shows here; scripts/approve-golden accepts it, and the
// commit says why.

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "spillway/book/tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"
#include "spillway/report/report.h"

using namespace spillway;

namespace {

const std::filesystem::path kSource = SPILLWAY_SOURCE_DIR;
const std::filesystem::path kGolden = kSource / "tests/golden/impac-2003-12";

const engine::Inputs& inputs() {
  static const io::Loaded loaded = io::load_inputs(kSource / "examples/impac-2003-12/deal.yaml");
  if (!loaded.inputs) throw std::runtime_error("the example does not load");
  return *loaded.inputs;
}

std::string golden(const std::string& name) {
  std::ifstream file(kGolden / name, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// Compares with the approved file, or writes it when SPILLWAY_APPROVE_GOLDEN is set.
void expect_golden(const std::string& name, const std::string& found) {
  if (std::getenv("SPILLWAY_APPROVE_GOLDEN") != nullptr) {
    std::ofstream(kGolden / name, std::ios::binary) << found;
    return;
  }
  std::istringstream expected_lines(golden(name)), found_lines(found);
  std::string expected_line, found_line;
  for (int line = 1; std::getline(expected_lines, expected_line); ++line) {
    ASSERT_TRUE(std::getline(found_lines, found_line)) << name << " ends before line " << line;
    ASSERT_EQ(found_line, expected_line) << name << ", line " << line;
  }
  EXPECT_FALSE(std::getline(found_lines, found_line)) << name << " has more lines than approved";
}

}  // namespace

TEST(ImpacGolden, every_table_of_the_book_is_as_approved) {
  const auto book = engine::run_book(inputs());
  ASSERT_TRUE(book.ok());
  ASSERT_EQ(book->data_tables.size(), 20u);
  for (const table::Table& table : book->data_tables) expect_golden(table.name + ".csv", report::to_csv(table));
}

TEST(ImpacGolden, cash_flows_of_every_class_are_as_approved_to_the_cent) {
  const auto set = engine::run_scenarios(
      inputs(), {{"pricing", 1.0, true}, {"available_rate_shock", 1.0, true}}, {.threads = 1, .trace = false});
  ASSERT_TRUE(set.ok());
  const char* names[] = {"cash_flows_pricing_call.csv", "cash_flows_shock_call.csv"};
  for (std::size_t r = 0; r < 2; ++r) {
    const engine::Run& run = set->runs[r];
    expect_golden(names[r], report::to_csv(book::class_cash_flows(run.flows, set->collateral[run.collateral])));
  }
}
