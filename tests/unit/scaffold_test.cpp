// Every deal to start from reads, runs and makes its book without a word of complaint.

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "spillway/deal/lint.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/files.h"
#include "spillway/io/load.h"
#include "spillway/io/written_tape_reader.h"
#include "spillway/profile/findings.h"
#include "spillway/scaffold/scaffold.h"

using namespace spillway;

namespace {

class Scaffold : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::path{testing::TempDir()} / ("spillway_scaffold_" + std::to_string(getpid()));
    std::filesystem::remove_all(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  io::Loaded load(std::string_view like) const {
    const auto files = scaffold::make_files("my-deal", like);
    EXPECT_TRUE(files.ok());
    EXPECT_TRUE(io::write_files(folder_ / like, *files).empty());
    return io::load_inputs(folder_ / like / "deal.yaml", {true});
  }

  std::filesystem::path folder_;
};

std::string texts(const std::vector<result::Issue>& issues) {
  std::string all;
  for (const auto& issue : issues) all += result::to_text(issue) + "\n";
  return all;
}

}  // namespace

TEST_F(Scaffold, gives_deals_that_read_and_lint_without_a_warning) {
  ASSERT_EQ(scaffold::templates().size(), 4u);
  for (const auto& known : scaffold::templates()) {
    const io::Loaded loaded = load(known.name);
    EXPECT_EQ(texts(loaded.issues), "") << known.name;
    ASSERT_TRUE(loaded.inputs.has_value()) << known.name;
    EXPECT_EQ(texts(deal::lint(loaded.definition, loaded.inputs->deal, {loaded.inputs->pool.indices, loaded.inputs->pool.total_balance()})), "") << known.name;
    EXPECT_EQ(loaded.inputs->deal.name, "my-deal");
    EXPECT_EQ(loaded.inputs->document.headline, "my-deal");
  }
}

TEST_F(Scaffold, gives_deals_of_which_every_scenario_runs_and_the_book_is_made) {
  for (const auto& known : scaffold::templates()) {
    const io::Loaded loaded = load(known.name);
    ASSERT_TRUE(loaded.inputs.has_value()) << known.name;
    std::vector<engine::RunRequest> requests;
    for (const auto& scenario : loaded.inputs->scenarios) {
      for (double speed : scenario.speeds) requests.push_back({scenario.name, speed, true, {}});
      requests.push_back({scenario.name, 1.0, false, {}});
    }
    const auto runs = engine::run_scenarios(*loaded.inputs, requests);
    EXPECT_EQ(texts(runs.issues), "") << known.name;
    const auto book = engine::run_book(*loaded.inputs);
    ASSERT_TRUE(book.ok()) << known.name;
    const auto& front = book::data_table(*book, "class_summary");
    for (const auto& bond : loaded.inputs->deal.classes) {
      if (!bond.is_notional) { EXPECT_GT(table::number_at(front, bond.name, "wal_mat"), 0.5) << known.name << " " << bond.name; }
    }
  }
}

TEST_F(Scaffold, gives_tapes_with_nothing_odd_on_them) {
  for (const auto& known : scaffold::templates()) {
    const io::Loaded loaded = load(known.name);
    const auto text = io::read_file(folder_ / known.name / "tape.csv");
    const auto tape = io::read_written_tape(*text, "tape.csv", loaded.inputs->deal.cut_off);
    for (const auto& finding : profile::find_problems(*tape, loaded.inputs->products)) ADD_FAILURE() << known.name << ": " << finding.name;
  }
}

TEST_F(Scaffold, puts_the_name_and_what_the_deal_is_like_in_every_place) {
  for (const auto& known : scaffold::templates()) {
    const auto files = scaffold::make_files("x1", known.name);
    for (const auto& [name, text] : *files) {
      EXPECT_EQ(text.find("@NAME@"), std::string::npos) << name;
      EXPECT_EQ(text.find("@WHAT@"), std::string::npos) << name;
      if (name == "README.md") { EXPECT_NE(text.find(known.what), std::string::npos); }
    }
  }
}

TEST_F(Scaffold, says_what_is_wrong_with_a_name) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "the deal has no name"}, {"my deal", "holds a space"}, {"a/b", "holds the character /"}, {"a:b", "holds the character :"},
      {"-x", "cannot start as '-x' does"}, {"..", "cannot start as"}, {"caf\xc3\xa9", "no plain letter"}, {"a\nb", "no plain letter"}};
  for (const auto& [name, said] : cases) {
    const auto made = scaffold::make_files(name, "simple");
    EXPECT_FALSE(made.ok()) << name;
    EXPECT_NE(texts(made.issues).find(said), std::string::npos) << texts(made.issues);
  }
  EXPECT_FALSE(scaffold::make_files(std::string(61, 'a'), "simple").ok());
  EXPECT_TRUE(scaffold::make_files("Deal_2025-1.b", "simple").ok());
  EXPECT_EQ(texts(scaffold::make_files("a", "floter").issues), "error: no deal to start from is called floter; did you mean floater?\n");
}
