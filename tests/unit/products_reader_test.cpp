#include <gtest/gtest.h>

#include "issue_lines.h"
#include "spillway/io/files.h"
#include "spillway/io/tape_reader.h"

using namespace spillway;

namespace {

Lines issues(const std::string& text) { return lines(io::read_products(text, "p.yaml").issues); }

}  // namespace

// They are not validated when they are read, so here.
TEST(StandardProducts, have_nothing_wrong_with_them) {
  const auto text = io::read_file(SPILLWAY_SOURCE_DIR "/data/standard-products.yaml");
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(issues(*text), Lines{});
}

TEST(StandardProducts, are_the_thirteen_programs_of_the_tape) {
  const auto table = io::standard_products();
  ASSERT_TRUE(table.ok()) << ::testing::PrintToString(lines(table.issues));
  EXPECT_EQ(table->products.size(), 13u);
  const pool::Product* p = table->find("2/28 LIB6M");
  ASSERT_NE(p, nullptr);
  EXPECT_TRUE(p->adjustable);
  EXPECT_EQ(p->group, "arm");
  EXPECT_EQ(p->index, "libor_6m");
  EXPECT_EQ(p->months_to_first_reset, 24);
  EXPECT_EQ(p->reset_months, 6);
  EXPECT_EQ(p->lookback_days, 45);
  EXPECT_EQ(p->first_cap, 0.03);
  EXPECT_EQ(p->periodic_cap, 0.01);
  EXPECT_EQ(p->lifetime_cap, 0.06);
  EXPECT_EQ(p->floor, 0.03469);
  EXPECT_EQ(p->rounding, 0.0);
  EXPECT_EQ(table->find("5/1 LIB12M")->reset_months, 12);
  EXPECT_EQ(table->find("5/1 LIB12M")->floor, std::nullopt);
  EXPECT_EQ(table->find("30Yr LIB6M")->months_to_first_reset, 6);
  EXPECT_FALSE(table->find("15Yr Fixed")->adjustable);
  EXPECT_EQ(table->find("15Yr Fixed")->group, "fixed");
  EXPECT_EQ(table->find("40Yr Fixed"), nullptr);
  EXPECT_EQ(table->index_name("CMT1Y"), "cmt_1y");
  EXPECT_EQ(table->index_name("libor_1y"), "libor_1y");
  EXPECT_EQ(table->index_name("PRIME"), std::nullopt);
}

TEST(ReadProducts, a_rate_without_its_percent_sign_is_an_error_with_the_remedy) {
  const std::string remedy = "; write a rate with its percent sign: 3% for three percent";
  EXPECT_EQ(issues("products:\n  X: {group: arm, rate: adjustable, index: i, reset_every: 6, floor: 0.03,\n"
                   "      caps: {first: 3, periodic: 3 %}}\n"),
            (Lines{"p.yaml:2:70: error: floor must be a rate in percent, or none, not the number 0.03" + remedy,
                   "p.yaml:3:21: error: first must be a rate in percent, or none, not the number 3" + remedy,
                   "p.yaml:3:34: error: periodic must be a rate in percent, or none, not the text \"3 %\"" + remedy}));
}

TEST(ReadProducts, suggests_the_near_name_of_an_unknown_key) {
  EXPECT_EQ(issues("products:\n  X: {group: fixed, rate: fixd, indx: a}\n"),
            (Lines{"p.yaml:2:27: error: rate cannot be the text \"fixd\"; did you mean fixed?",
                   "p.yaml:2:33: error: unknown key indx; did you mean index?"}));
}

TEST(ReadProducts, an_adjustable_product_needs_an_index_and_a_reset_interval_and_a_fixed_one_has_neither) {
  EXPECT_EQ(issues("products:\n  X: {group: arm, rate: adjustable}\n  Y: {group: fixed, rate: fixed, index: libor_6m}\n"),
            (Lines{"p.yaml:2:3: error: X has no index; an adjustable-rate product states its index",
                   "p.yaml:2:3: error: X has no reset_every; an adjustable-rate product states its reset_every",
                   "p.yaml:3:34: error: a fixed-rate product has no index; take it out, or write rate: adjustable"}));
}

TEST(ReadProducts, an_empty_file_and_a_repeated_product_are_errors) {
  EXPECT_EQ(issues(""), (Lines{"p.yaml: error: the file must be a mapping (key: value), not empty"}));
  EXPECT_EQ(issues("products:\n  X: {group: a, rate: fixed}\n  X: {group: b, rate: fixed}\n"),
            (Lines{"p.yaml:3:3: error: the key X stands here twice (first on line 2); keep one of them"}));
}
