// Who watches a run is told how far it has come, and changes nothing.

#include <gtest/gtest.h>

#include "spillway/book/known_tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"
#include "spillway/report/report.h"

using namespace spillway;

namespace {

io::Loaded example(const std::string& name) {
  return io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + name + "/deal.yaml");
}

}  // namespace

TEST(RunProgress, is_told_stage_by_stage_from_none_to_all) {
  const auto loaded = example("impac-2003-12");
  std::vector<engine::Progress> told;
  const auto book = engine::run_book(*loaded.inputs, {3, false, [&](const engine::Progress& progress) { told.push_back(progress); }});
  ASSERT_TRUE(book.ok());
  std::vector<engine::Stage> stages;
  for (std::size_t i = 0; i < told.size(); ++i) {
    const bool starts = told[i].done == 0;
    if (starts) stages.push_back(told[i].stage);
    if (!starts) { EXPECT_EQ(told[i].done, told[i - 1].done + 1); }
    const bool ends = i + 1 == told.size() || told[i + 1].done == 0;
    if (ends) { EXPECT_EQ(told[i].done, told[i].of); }
  }
  EXPECT_EQ(stages, (std::vector{engine::Stage::project_loans, engine::Stage::run_waterfalls, engine::Stage::find_break_evens,
                                 engine::Stage::stratify, engine::Stage::assemble}));
}

TEST(RunProgress, changes_no_byte_of_the_book) {
  const auto loaded = example("auto-abs");
  std::size_t calls = 0;
  const auto watched = engine::run_book(*loaded.inputs, {2, false, [&](const engine::Progress&) { ++calls; }});
  const auto alone = engine::run_book(*loaded.inputs, {1});
  EXPECT_GT(calls, 5u);
  EXPECT_EQ(report::to_json(*watched), report::to_json(*alone));
}

TEST(KnownTables, name_every_table_of_the_examples_books) {
  for (const char* name : {"impac-2003-12", "fannie-2025-21", "subprime", "auto-reserve", "auto-abs", "sequential-z"}) {
    const auto book = engine::run_book(*example(name).inputs);
    ASSERT_TRUE(book.ok()) << name;
    for (const table::Table& table : book->data_tables) {
      const auto known = book::known_tables();
      EXPECT_TRUE(std::any_of(known.begin(), known.end(), [&](const auto& one) { return one.name == table.name; }))
          << table.name << " of " << name << ": name it in book/known_tables.cpp";
    }
  }
}
