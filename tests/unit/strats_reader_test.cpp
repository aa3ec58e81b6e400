#include <gtest/gtest.h>

#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"

using namespace spillway;

namespace {

void expect_issue(const std::string& yaml, const std::string& part) {
  const auto read = io::read_strats(yaml, "strats.yaml");
  std::string said;
  for (const result::Issue& issue : read.issues) said += to_text(issue) + '\n';
  EXPECT_FALSE(read.ok());
  EXPECT_NE(said.find(part), std::string::npos) << "said: " << said;
}

std::string table_with(const std::string& rest) { return "tables:\n  mine:\n    title: Mine\n" + rest; }

}  // namespace

TEST(StratsReader, reads_the_standard_definitions) {
  const auto standard = io::standard_strats();
  for (const result::Issue& issue : standard.issues) ADD_FAILURE() << to_text(issue);
  ASSERT_TRUE(standard.ok());
  EXPECT_EQ(standard->tables.size(), 20u);
  EXPECT_EQ(standard->summary.size(), 28u);
  EXPECT_EQ(standard->top_blocks.size(), 6u);
  EXPECT_EQ(standard->tables[1].buckets.width, 50'000);
  EXPECT_EQ(standard->tables[1].buckets.label_format.prefix, "$");
}

// They are not validated when they are read, so here.
TEST(StratsReader, finds_nothing_wrong_with_the_standard_definitions) {
  const auto text = io::read_file(SPILLWAY_SOURCE_DIR "/data/standard-strats.yaml");
  ASSERT_TRUE(text.ok());
  const auto read = io::read_strats(*text, "standard-strats.yaml");
  for (const result::Issue& issue : read.issues) ADD_FAILURE() << to_text(issue);
  EXPECT_TRUE(read.ok());
}

TEST(StratsReader, reads_a_table_as_written) {
  const auto read = io::read_strats(table_with("    attribute: dti\n    universe: fico < 660\n    unknown: first\n"
                                          "    ranges: {bounds: [0, 30, 45], upper: exclusive, step: 1, print: 0}\n"
                                          "    total_average: 0.00\n"),
                                    "strats.yaml");
  for (const result::Issue& issue : read.issues) ADD_FAILURE() << to_text(issue);
  ASSERT_TRUE(read.ok());
  const strat::TableDefinition& mine = read->tables.at(0);
  EXPECT_EQ(mine.buckets.kind, strat::Buckets::Kind::edges);
  EXPECT_EQ(mine.buckets.edges, (std::vector<double>{0, 30, 45}));
  EXPECT_FALSE(mine.buckets.upper_inclusive);
  EXPECT_TRUE(mine.buckets.unknown_first);
  EXPECT_EQ(mine.universe, "fico < 660");
  EXPECT_EQ(mine.total_format.decimals, 2);
}

TEST(StratsReader, says_where_and_how_to_mend) {
  expect_issue(table_with("    attribute: ficoo\n    ranges: {from: 0, width: 20, step: 1, print: \"0\"}\n"),
               "strats.yaml:2:3: error: table mine: no loan attribute is called ficoo; did you mean fico?");
  expect_issue(table_with("    attribute: fico\n    rnages: {from: 0, width: 20, step: 1, print: \"0\"}\n"), "did you mean ranges?");
}

TEST(StratsReader, refuses_rows_it_is_not_told_or_told_twice) {
  expect_issue(table_with("    attribute: fico\n"), "does not say what its rows are");
  expect_issue(table_with("    attribute: fico\n    values: {}\n    months: {}\n"), "rows of two kinds");
  expect_issue(table_with("    attribute: fico\n    ranges: {from: 0, step: 1, print: \"0\"}\n"), "ranges are not laid out");
  expect_issue(table_with("    attribute: state\n    categories: {order: listed}\n"), "no order is listed");
}

TEST(StratsReader, refuses_patterns_that_print_nothing) {
  expect_issue(table_with("    attribute: fico\n    values: {print: many}\n"), "\"many\" prints no number");
  expect_issue(table_with("    attribute: fico\n    values: {print: \"0.0#\"}\n"), "prints no number");
  expect_issue(table_with("    attribute: next_adjustment_date\n    months: {print: \"0\"}\n"), "prints no date");
}

TEST(StratsReader, refuses_summary_lines_with_two_measures_or_none) {
  expect_issue("summary:\n  - {item: Loans}\n", "a heading, or an item with one measure");
  expect_issue("summary:\n  - {item: Loans, count: loans, wa: fico}\n", "a heading, or an item with one measure");
  expect_issue("summary:\n  - {item: Soft, share: {of: prepay_penalty_type}}\n", "either is or is_not");
}
