// Fannie Mae REMIC Trust 2025-21, groups 1 and 2, against its whole published record: decrement tables and yields.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "../unit/issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"
#include "spillway/io/published.h"
#include "spillway/tieout/tieout.h"

using namespace spillway;

namespace {

const std::string example = std::string(SPILLWAY_SOURCE_DIR) + "/examples/fannie-2025-21/";

// Every published table, compared; by the computed table's name.
const std::map<std::string, tieout::TableTieOut>& tied() {
  static const auto all = [] {
    std::map<std::string, tieout::TableTieOut> made;
    const io::Loaded loaded = io::load_inputs(example + "deal.yaml");
    EXPECT_EQ(lines(loaded.issues), Lines{});
    const auto computed = engine::run_book(loaded.inputs.value());
    EXPECT_EQ(lines(computed.issues), Lines{});
    const auto record = io::read_published(example + "published");
    EXPECT_EQ(lines(record.issues), Lines{});
    for (const auto& [known, published] : record->tables) {
      const auto& tables = computed->data_tables;
      const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.name == known.computed; });
      EXPECT_NE(found, tables.end()) << known.computed;
      made[known.computed] = tieout::compare(known, published, *found, record->corrections);
    }
    return made;
  }();
  return all;
}

void print_misses(const tieout::TableTieOut& found) {
  for (const tieout::Miss& miss : found.misses) {
    std::cout << "  " << miss.row << ": " << miss.computed << ", printed " << miss.published << '\n';
  }
}

}  // namespace

TEST(FannieTieOut, every_percent_outstanding_and_every_average_life_is_as_printed) {
  const tieout::TableTieOut& found = tied().at("decrements");
  const auto percents = 1'890, average_lives = 63;
  EXPECT_EQ(found.cells, percents + average_lives);
  EXPECT_EQ(found.matched, found.cells);
  EXPECT_TRUE(found.corrected.empty());
  print_misses(found);
}

TEST(FannieTieOut, every_yield_above_minus_half_is_as_printed) {
  const tieout::TableTieOut& found = tied().at("yields");
  EXPECT_EQ(found.cells, 59);  // 53 numbers, and six times "*": less than -99.9%
  EXPECT_EQ(found.matched, 56);
  ASSERT_EQ(found.bands.size(), 2u);
  EXPECT_EQ(found.bands[0].cells, 50) << "within " << found.bands[0].within;
  EXPECT_EQ(found.bands[1].cells, 53) << "within " << found.bands[1].within;
  EXPECT_LT(found.worst_difference, 0.75);
  for (const tieout::Miss& miss : found.misses) EXPECT_LT(std::stod(miss.published), -50.0) << miss.row;
  print_misses(found);
}

TEST(FannieTieOut, has_tables_of_both_kinds_and_no_other) { EXPECT_EQ(tied().size(), 2u); }
