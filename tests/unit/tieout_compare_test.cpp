#include "spillway/tieout/tieout.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace spillway;
using namespace spillway::tieout;
using table::Table;

namespace {

Table computed() {
  Table made{"class_summary", "Classes", "", {}, {}, {}};
  made.columns = {{"class", "Class", "", table::text_format()},
                  {"wal", "WAL", "years", table::number_format(2)},
                  {"rating", "Rating", "", table::text_format()},
                  {"last", "Last", "", table::month_format()}};
  made.rows = {{{"A-1", 2.1563, "AAA", calendar::make_date(2007, 11, 25)}, false},
               {{"M-1", 3.5249, "AA+", calendar::make_date(2009, 1, 25)}, false}};
  return made;
}

const Record kRecord{"summary_classes", "class_summary", {"class"}, {"balance"}, {}, {}, {}};

PublishedTable published(std::vector<std::string> columns, std::vector<std::vector<std::string>> rows) {
  return {"summary_classes.csv", std::move(columns), std::move(rows), {}};
}

TableTieOut tie(const std::vector<std::string>& columns, const std::vector<std::vector<std::string>>& rows) {
  return compare(kRecord, published(columns, rows), computed(), {});
}

// One number against one printed text.
TableTieOut tie_number(double value, const std::string& printed, std::vector<double> bands = {}) {
  Table made = computed();
  made.rows = {{{"A-1", value, "AAA", table::Cell()}, false}};
  Record record = kRecord;
  record.bands = std::move(bands);
  return compare(record, published({"class", "wal"}, {{"A-1", printed}}), made, {});
}

}  // namespace

TEST(TieOut, counts_cells_and_matches_by_column_and_leaves_out_keys_and_inputs) {
  const auto made = tie({"class", "balance", "wal", "rating"}, {{"A-1", "861", "2.16", "AAA"}, {"M-1", "35", "3.53", "AA+"}});
  EXPECT_EQ(made.cells, 4);
  EXPECT_EQ(made.matched, 3);
  ASSERT_EQ(made.by_column.size(), 2u);
  EXPECT_EQ(made.by_column[0].column, "wal");
  EXPECT_EQ(made.by_column[0].matched, 1);
  EXPECT_EQ(made.by_column[1].matched, 2);
  ASSERT_EQ(made.misses.size(), 1u);
  EXPECT_EQ(made.misses[0].row, "M-1");
  EXPECT_EQ(made.misses[0].column, "wal");
  EXPECT_EQ(made.misses[0].computed, "3.52");
  EXPECT_EQ(made.misses[0].published, "3.53");
  EXPECT_NEAR(*made.misses[0].difference, 3.5249 - 3.53, 1e-12);
  EXPECT_NEAR(made.worst_difference, 0.0051, 1e-12);
  EXPECT_EQ(made.worst_cell, "M-1, wal");
}

TEST(TieOut, rounds_half_away_from_zero_at_the_printed_decimals) {
  EXPECT_EQ(tie_number(2.125, "2.13").matched, 1);
  EXPECT_EQ(tie_number(2.125, "2.12").matched, 0);
  EXPECT_EQ(tie_number(-0.125, "-0.13").matched, 1);
  EXPECT_EQ(tie_number(-0.125, "-0.12").matched, 0);
  EXPECT_EQ(tie_number(2.5, "3").matched, 1);
  EXPECT_EQ(tie_number(2.4999, "3").matched, 0);
  EXPECT_EQ(tie_number(2.1549, "2.15").matched, 1);
  EXPECT_EQ(tie_number(35.0, "35.00").matched, 1);
  EXPECT_EQ(tie_number(35.004, "35").matched, 1);
  EXPECT_EQ(tie_number(861'000'000.4, "861000000").matched, 1);
}

TEST(TieOut, counts_bands_of_the_rounded_distance) {
  const auto made = tie_number(5.05, "5.15", {0.01, 0.10, 0.15});
  EXPECT_EQ(made.matched, 0);
  EXPECT_EQ(made.bands[0].cells, 0);
  EXPECT_EQ(made.bands[1].cells, 1);
  EXPECT_EQ(made.bands[2].cells, 1);
}

TEST(TieOut, compares_texts_and_dates_as_printed) {
  const auto made = tie({"class", "rating", "last"}, {{"A-1", "AAA", "2007-11"}, {"M-1", "AA", "2009-02"}});
  EXPECT_EQ(made.cells, 4);
  EXPECT_EQ(made.matched, 2);
  EXPECT_EQ(made.misses[0].difference, std::nullopt);
  EXPECT_EQ(made.misses[1].computed, "2009-01");
}

TEST(TieOut, skips_what_is_not_printed) { EXPECT_EQ(tie({"class", "wal"}, {{"A-1", ""}, {"M-1", "3.52"}}).cells, 1); }

TEST(TieOut, a_row_or_column_that_was_not_computed_counts_as_missed) {
  const auto row = tie({"class", "wal", "rating"}, {{"M-9", "2.16", "AAA"}});
  EXPECT_EQ(row.cells, 2);
  EXPECT_EQ(row.matched, 0);
  EXPECT_EQ(row.misses[0].computed, "");
  const auto column = tie({"class", "yield"}, {{"A-1", "2.16"}});
  EXPECT_EQ(column.cells, 1);
  EXPECT_EQ(column.matched, 0);
  EXPECT_EQ(compare(kRecord, published({"class", "wal"}, {{"A-1", "2.16"}}), Table{}, {}).matched, 0);
}

TEST(TieOut, a_number_that_was_not_found_matches_no_print) {
  Table made = computed();
  made.rows[0].cells[1] = table::Cell();
  EXPECT_EQ(compare(kRecord, published({"class", "wal"}, {{"A-1", "2.16"}}), made, {}).matched, 0);
  EXPECT_EQ(tie_number(std::nan(""), "2.16").matched, 0);
}

namespace {

Table strats() {
  Table made{"strats", "", "", {}, {}, {}};
  made.columns = {{"table", "", "", table::text_format()}, {"label", "", "", table::text_format()},
                  {"is_total", "", "", table::text_format()}, {"loan_count", "", "", table::integer_format()}};
  made.rows = {{{"rates", "5.001 - 5.500", "0", 7.0}, false}, {{"rates", "6.084 (average)", "1", 9.0}, true}};
  return made;
}

const Record& strat_record() {
  for (const Record& record : records()) {
    if (record.published == "strats") return record;
  }
  throw std::logic_error("no record of stratifications");
}

}  // namespace

TEST(TieOut, finds_a_total_row_whatever_its_label_says) {
  const auto made = compare(strat_record(), {"strats.csv", {"table", "label", "is_total", "loan_count"},
                                             {{"rates", "5.001 - 5.500", "0", "7"}, {"rates", "6.085", "1", "8"}}, {}}, strats(), {});
  EXPECT_EQ(made.cells, 2);
  EXPECT_EQ(made.matched, 1);
  EXPECT_EQ(made.misses[0].computed, "9");
  EXPECT_EQ(made.misses[0].row, "rates / 6.085 (total)");
}

TEST(TieOut, compares_a_certain_misprint_with_its_correction_and_says_so) {
  const Correction corrections[] = {{"rates", "5.001 - 5.500", "loan_count", "70", "7", "the rows add to 9"}};
  const PublishedTable misprinted{"strats.csv", {"table", "label", "is_total", "loan_count"},
                                  {{"rates", "5.001 - 5.500", "0", "70"}}, {}};
  const auto made = compare(strat_record(), misprinted, strats(), corrections);
  EXPECT_EQ(made.matched, 1);
  ASSERT_EQ(made.corrected.size(), 1u);
  EXPECT_EQ(made.corrected[0].printed, "70");
  const Correction wrong[] = {{"rates", "5.001 - 5.500", "loan_count", "70", "8", ""}};
  const auto missed = compare(strat_record(), misprinted, strats(), wrong);
  EXPECT_EQ(missed.matched, 0);
  EXPECT_EQ(missed.misses[0].corrected_from, "70");
  EXPECT_EQ(missed.misses[0].published, "8");
}

TEST(TieOut, sums_up_a_line_a_table_and_a_total) {
  const TableTieOut both[] = {tie({"class", "wal"}, {{"A-1", "2.16"}, {"M-1", "9.99"}}), tie_number(1.0, "1.0", {0.01})};
  const Table lines = summary(both);
  ASSERT_EQ(lines.rows.size(), 3u);
  EXPECT_EQ(std::get<double>(lines.rows[2].cells[table::column_index(lines, "cells")].value), 3);
  EXPECT_EQ(std::get<double>(lines.rows[2].cells[table::column_index(lines, "matched")].value), 2);
  EXPECT_EQ(std::get<std::string>(lines.rows[1].cells[table::column_index(lines, "within")].value), "1 within 0.01");
  const Table missed = misses(both);
  ASSERT_EQ(missed.rows.size(), 1u);
  EXPECT_EQ(std::get<std::string>(missed.rows[0].cells[0].value), "class_summary");
}
