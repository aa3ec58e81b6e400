// The whole example against the whole published record of Impac CMB Trust Series 2003-12: read, run, compared cell by
// cell. The floors are what is reached today; docs/tie-out.md says why the rest is not. They may only rise.

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <map>

#include "../unit/issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"
#include "spillway/io/published.h"
#include "spillway/report/report.h"
#include "spillway/tieout/tieout.h"

using namespace spillway;

namespace {

const std::string example = std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/";

const engine::Inputs& inputs() {
  static const io::Loaded loaded = io::load_inputs(example + "deal.yaml");
  EXPECT_EQ(lines(loaded.issues), Lines{});
  return loaded.inputs.value();
}

const book::Book& impac_book() {
  static const result::Result<book::Book> made = engine::run_book(inputs());
  EXPECT_EQ(lines(made.issues), Lines{});
  return made.value.value();
}

// Every published table, compared; by the computed table's name.
const std::map<std::string, tieout::TableTieOut>& tied() {
  static const auto all = [] {
    std::map<std::string, tieout::TableTieOut> made;
    const auto record = io::read_published(example + "published");
    EXPECT_EQ(lines(record.issues), Lines{});
    for (const auto& [known, published] : record->tables) {
      const auto& tables = impac_book().data_tables;
      const auto computed = std::find_if(tables.begin(), tables.end(), [&](const auto& t) { return t.name == known.computed; });
      EXPECT_NE(computed, tables.end()) << known.computed;
      made[known.computed] = tieout::compare(known, published, *computed, record->corrections);
    }
    return made;
  }();
  return all;
}

void expect_reached(const std::string& table, int cells, int floor) {
  const tieout::TableTieOut& found = tied().at(table);
  EXPECT_EQ(found.cells, cells) << table;
  EXPECT_GE(found.matched, floor) << table;
  std::cout << table << ": " << found.matched << " of " << found.cells << ", worst difference " << found.worst_difference
            << " (" << found.worst_cell << ")\n";
  constexpr std::size_t shown = 12;
  for (std::size_t i = 0; i < std::min(shown, found.misses.size()); ++i) {
    const tieout::Miss& miss = found.misses[i];
    std::cout << "  " << miss.row << ", " << miss.column << ": " << miss.computed << ", printed " << miss.published << '\n';
  }
}

}  // namespace

TEST(ImpacTieOut, price_dm_pages) {
  expect_reached("dm_tables", 300, 298);
  const std::map<std::string, int> floors{
      {"dm_bps", 60}, {"wal", 60}, {"mdur", 58}, {"first_prin", 60}, {"last_prin", 60}};
  for (const tieout::ColumnCount& column : tied().at("dm_tables").by_column) {
    std::cout << "  " << column.column << ": " << column.matched << " of " << column.cells << '\n';
    const auto floor = floors.find(column.column);
    ASSERT_NE(floor, floors.end()) << column.column;
    EXPECT_EQ(column.cells, 60) << column.column;
    EXPECT_GE(column.matched, floor->second) << column.column;
  }
}

TEST(ImpacTieOut, available_rate_schedule) {
  const tieout::TableTieOut& found = tied().at("available_rate");
  const std::pair<double, int> floors[] = {{0.01, 47}, {0.05, 75}, {0.10, 92}, {0.15, 94}};
  ASSERT_EQ(found.bands.size(), std::size(floors));
  for (std::size_t b = 0; b < std::size(floors); ++b) {
    EXPECT_DOUBLE_EQ(found.bands[b].within, floors[b].first);
    EXPECT_GE(found.bands[b].cells, floors[b].second) << "within " << floors[b].first;
    std::cout << found.bands[b].cells << " of " << found.cells << " within " << found.bands[b].within << '\n';
  }
}

TEST(ImpacTieOut, stratifications) { expect_reached("strats", 3'441, 3'265); }
TEST(ImpacTieOut, pool_summary) { expect_reached("pool_summary", 81, 81); }
TEST(ImpacTieOut, class_table_of_the_front_page) { expect_reached("class_summary", 67, 66); }
TEST(ImpacTieOut, credit_enhancement) { expect_reached("credit_enhancement", 6, 6); }

TEST(ImpacTieOut, corrects_the_two_certain_misprints_and_no_more) {
  for (const auto& [table, found] : tied()) EXPECT_EQ(found.corrected.size(), table == "strats" ? 2u : 0u) << table;
}

TEST(ImpacBook, is_the_same_to_the_byte_for_any_number_of_threads) {
  const auto one = engine::run_book(inputs(), {1, false});
  ASSERT_TRUE(one.ok());
  const std::string json = report::to_json(*one), html = report::to_html(*one);
  for (int threads : {2, 5}) {
    const auto more = engine::run_book(inputs(), {threads, false});
    ASSERT_TRUE(more.ok());
    EXPECT_TRUE(report::to_json(*more) == json) << threads << " threads";
    EXPECT_TRUE(report::to_html(*more) == html) << threads << " threads";
  }
}
