#include <gtest/gtest.h>

#include <cmath>

#include "issue_lines.h"
#include "spillway/io/tape_reader.h"

using namespace spillway;

namespace {

const char* const mapping_file = R"(columns:
  loan_id: Loan No
  product: {from: Program, values: {A228: 2/28 LIB6M, FRM360: 30Yr Fixed}}
  current_balance: UPB
  gross_rate: {from: Note Rate, scale: 100}
  remaining_term: WAM
  occupancy: {from: Occ, values: {P: OWNER OCC, 2: 2ND HM, X: ~}}
  first_payment_date: {from: FPD, date_format: "%m/%d/%Y"}
  next_adjustment_date: {from: Roll, date_format: "%Y%m"}
)";
const std::string header = "Loan No,Program,UPB,Note Rate,WAM,Occ,FPD,Roll,fico\n";

Lines issues(const std::string& text) { return lines(io::read_tape_mapping(text, "m.yaml").issues); }

result::WithIssues<pool::LoanTape> read(const std::string& text, const std::string& mapping) {
  return io::read_tape(text, "tape.csv", *io::standard_products(), calendar::make_date(2003, 12, 1),
                       *io::read_tape_mapping(mapping, "m.yaml"));
}

}  // namespace

TEST(TapeMapping, renames_rescales_and_replaces_values) {
  const auto tape = read(header + "7,A228,1000,0.0575,358,P,11/1/2003,200510,700\n8,30Yr Fixed,5,0.07,1,X,,,\n",
                         mapping_file);
  EXPECT_EQ(lines(tape.issues), Lines{});
  ASSERT_EQ(tape.value.size(), 2u);
  EXPECT_EQ(tape.value.loan_id[0], "7");
  EXPECT_EQ(tape.value.product.at(0), "2/28 LIB6M");
  EXPECT_EQ(tape.value.product.at(1), "30Yr Fixed") << "a word that is not listed stays";
  EXPECT_EQ(tape.value.gross_rate[0], 5.75);
  EXPECT_EQ(tape.value.gross_rate[1], 7.0) << "exactly, though 0.07 x 100 in doubles is not";
  EXPECT_EQ(tape.value.occupancy.at(0), "OWNER OCC");
  EXPECT_EQ(tape.value.occupancy.at(1), "");
  EXPECT_EQ(tape.value.first_payment_date[0], calendar::make_date(2003, 11, 1));
  EXPECT_EQ(tape.value.next_adjustment_date[0], calendar::make_date(2005, 10, 1));
  EXPECT_EQ(tape.value.fico[0], 700) << "a column that has our name already needs no mapping";
}

TEST(TapeMapping, values_are_checked_after_they_are_changed) {
  const auto tape = read(header + "7,A228,1000,5.75,358,P,13/1/2003,200510,700\n", mapping_file);
  EXPECT_EQ(lines(tape.issues),
            (Lines{"tape.csv:2:13: error: gross_rate: 575 is outside 0 to 30; correct it, or take the loan out",
                   "tape.csv:2:24: error: first_payment_date: \"13/1/2003\" is not a date; write a day that exists as "
                   "%m/%d/%Y"}));
}

TEST(TapeMapping, a_mapped_column_that_the_tape_lacks_is_an_error_where_it_is_mapped) {
  const auto tape = read("Loan No,Program,UBP,Note Rate,WAM,Occ,FPD,Roll,occupancy\n1,A228,1,0.05,1,P,,,z\n", mapping_file);
  EXPECT_EQ(tape.value.size(), 0u);
  EXPECT_EQ(lines(tape.issues),
            (Lines{"m.yaml:4:20: error: tape.csv has no column UPB; did you mean UBP?",
                   "tape.csv:1:48: warning: the column occupancy is not read: the mapping fills it from another",
                   "tape.csv:1:17: warning: unknown column UBP, not read"}));
}

TEST(TapeMapping, reports_every_fault_of_the_file) {
  EXPECT_EQ(issues("columns:\n  curent_balance: UPB\n  product: {frm: P}\n  fico: [1]\n"),
            (Lines{"m.yaml:3:12: error: product has no from; add from: and the other tape's header, in quotes if it is a "
                   "number",
                   "m.yaml:3:13: error: unknown key frm; did you mean from?",
                   "m.yaml:4:9: error: fico fits none of the forms allowed here: it is a list; write the other tape's "
                   "header, or {from: header, scale: 100}"}));
  EXPECT_EQ(issues("columns:\n  curent_balance: UPB\n  product: {from: P, scale: 2}\n  fico: {from: F, date_format: \"%Y%m\"}\n"),
            (Lines{"m.yaml:2:3: error: Spillway's tape has no column curent_balance; did you mean current_balance?",
                   "m.yaml:3:29: error: product is not a number and has no scale; take scale out",
                   "m.yaml:4:32: error: fico is not a date and has no date format; take date_format out"}));
}

TEST(TapeMapping, a_scale_is_above_zero_and_a_date_format_has_year_and_month) {
  EXPECT_EQ(issues("columns:\n  gross_rate: {from: R, scale: 0}\n  first_due_date: {from: D, date_format: \"%d/%y\"}\n"),
            (Lines{"m.yaml:2:32: error: scale must be more than 0, not 0; write a number above 0, like 100",
                   "m.yaml:3:42: error: date_format must be a date format made of %Y, %m and %d, not the text "
                   "\"%d/%y\"; write it like \"%m/%d/%Y\""}));
}
