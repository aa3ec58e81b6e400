#include "spillway/io/tape_reader.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "issue_lines.h"
#include "spillway/io/files.h"
#include "spillway/pool/pool.h"

using namespace spillway;

namespace {

const std::string header =
    "loan_id,product,current_balance,gross_rate,remaining_term,original_term,index,gross_margin,max_rate,min_rate,"
    "next_adjustment_date,fico\n";
const std::string good = "L1,2/28 LIB6M,100000.00,6.5,358,360,LIB6M,3.5,12.5,3.5,2005-10-01,700\n";

result::WithIssues<pool::LoanTape> read(const std::string& text) {
  return io::read_tape(text, "tape.csv", *io::standard_products(), calendar::make_date(2003, 12, 1));
}

// Reads one good loan and `row`, which must be refused for the one reason returned.
std::string refusal(const std::string& row) {
  const auto tape = read(header + good + row + "\n");
  EXPECT_EQ(tape.value.size(), 1u) << row;
  EXPECT_EQ(tape.issues.size(), 1u) << row;
  return tape.issues.empty() ? "" : result::to_text(tape.issues.front());
}

// Reads one row that stays, with one remark.
std::string remark(const std::string& text) {
  const auto tape = read(text);
  EXPECT_EQ(tape.value.size(), 1u) << text;
  EXPECT_EQ(tape.issues.size(), 1u) << text;
  return tape.issues.empty() ? "" : result::to_text(tape.issues.front());
}

}  // namespace

TEST(ReadTape, reads_the_impac_tape_without_a_single_issue) {
  const auto text = io::read_file(std::string{SPILLWAY_SOURCE_DIR} + "/examples/impac-2003-12/tape.csv");
  ASSERT_TRUE(text.ok());
  const auto tape = read(*text);
  EXPECT_EQ(lines(tape.issues), Lines{});
  EXPECT_EQ(tape.value.size(), 3951u);
  EXPECT_NEAR(std::accumulate(tape.value.current_balance.begin(), tape.value.current_balance.end(), 0.0), 1000000138.61,
              0.005);
  EXPECT_EQ(tape.value.loan_id[0], "SYN00001");
  EXPECT_EQ(tape.value.line[0], 2);
  EXPECT_EQ(tape.value.product.at(0), "5/25 LIB6M");
  EXPECT_EQ(tape.value.net_rate[0], 5.9627);
  EXPECT_TRUE(std::isnan(tape.value.dti[0]));
  EXPECT_EQ(tape.value.next_adjustment_date[0], calendar::make_date(2008, 10, 1));
  EXPECT_EQ(tape.value.amortization_term.size(), 3951u) << "a column the file lacks is blank for every loan";
  EXPECT_TRUE(std::isnan(tape.value.amortization_term[0]));
  EXPECT_EQ(tape.value.payment_history_12m.at(3950), "");
}

TEST(ReadTape, the_impac_tape_makes_a_pool_of_all_its_loans) {
  const auto text = io::read_file(std::string{SPILLWAY_SOURCE_DIR} + "/examples/impac-2003-12/tape.csv");
  const auto made = pool::make_pool(read(*text).value, *io::standard_products(), {}, calendar::make_date(2004, 1, 1));
  EXPECT_EQ(lines(made.issues), Lines{});
  const pool::Pool& p = made.value;
  ASSERT_EQ(p.size(), 3951u);
  EXPECT_NEAR(p.total_balance(), 1000000138.61, 0.005);
  EXPECT_EQ(p.groups, (std::vector<std::string>{"arm", "fixed"}));
  EXPECT_EQ(p.indices, (std::vector<std::string>{"libor_6m", "cmt_1y", "libor_1y"}));
  EXPECT_EQ(p.months_to_roll[0], 58);
  EXPECT_DOUBLE_EQ(p.max_rate[0], 0.13);
  double late = 0;
  for (std::size_t i = 0; i < p.size(); ++i) late += p.first_period[i] == 2 ? p.balance[i] : 0;
  EXPECT_NEAR(late / p.total_balance(), 0.30, 0.01) << "about 30% pay nothing in period 1";
}

TEST(ReadTape, keeps_the_good_rows_and_reports_every_bad_one) {
  const auto tape = read(header + good + "L2,2/28 LIB6M,0,6.5,358,360,,,,,,\nL3,30Yr Fixed,5,x,0,360,,,,,,\n" +
                         "L4,30Yr Fixed,200000,0,300,360,,,,,,\n");
  EXPECT_EQ(tape.value.loan_id, (std::vector<std::string>{"L1", "L4"}));
  EXPECT_EQ(tape.value.line, (std::vector<int>{2, 5}));
  EXPECT_EQ(tape.value.gross_rate[1], 0.0) << "a rate of zero is legal";
  EXPECT_EQ(tape.value.product.labels, (std::vector<std::string>{"2/28 LIB6M", "30Yr Fixed"}));
  EXPECT_EQ(lines(tape.issues),
            (Lines{"tape.csv:3:15: error: current_balance: 0 is outside 0.01 to 1000000000; correct it, or take the loan out",
                   "tape.csv:4:17: error: gross_rate: \"x\" is not a number; write digits and a point only, like 123456.78",
                   "tape.csv:4:19: error: remaining_term: 0 is outside 1 to 600; correct it, or take the loan out"}));
}

TEST(ReadTape, says_why_a_number_is_refused) {
  const std::string digits = "; write digits and a point only, like 123456.78";
  EXPECT_EQ(refusal("L2,30Yr Fixed,-5,6.5,358,360,,,,,,"),
            "tape.csv:3:15: error: current_balance: -5 is outside 0.01 to 1000000000; correct it, or take the loan out");
  EXPECT_EQ(refusal("L2,30Yr Fixed,NaN,6.5,358,360,,,,,,"),
            "tape.csv:3:15: error: current_balance: \"NaN\" is not a number" + digits);
  EXPECT_EQ(refusal("L2,30Yr Fixed,inf,6.5,358,360,,,,,,"),
            "tape.csv:3:15: error: current_balance: \"inf\" is not a number" + digits);
  EXPECT_EQ(refusal("L2,30Yr Fixed,\"100,000\",6.5,358,360,,,,,,"),
            "tape.csv:3:15: error: current_balance: \"100,000\" is not a number" + digits);
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,6.5%,358,360,,,,,,"),
            "tape.csv:3:17: error: gross_rate: \"6.5%\" is not a number" + digits);
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,6.5,358.5,360,,,,,,"),
            "tape.csv:3:21: error: remaining_term: 358.5 is not a whole number; write a whole number of months");
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,6.5,358,360,,,,,,0"),
            "tape.csv:3:34: error: fico: 0 is outside 300 to 900; leave it blank if it is unknown");
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,6.5,358,360,,,,,,n/a"),
            "tape.csv:3:34: error: fico: \"n/a\" is not a number" + digits + "; leave it blank if it is unknown");
}

TEST(ReadTape, a_rate_that_looks_like_a_decimal_is_refused) {
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,0.0575,358,360,,,,,,"),
            "tape.csv:3:17: error: gross_rate: 0.0575 a year as percent: looks like a decimal; the tape is in percent; "
            "write 5.75, or give scale: 100 in a mapping file");
}

TEST(ReadTape, a_required_value_left_blank_is_refused) {
  EXPECT_EQ(refusal(",30Yr Fixed,5,6.5,358,360,,,,,,"), "tape.csv:3:1: error: loan_id is blank; every loan needs one");
  EXPECT_EQ(refusal("L2,,5,6.5,358,360,,,,,,"), "tape.csv:3:4: error: product is blank; every loan needs one");
  EXPECT_EQ(refusal("L2,30Yr Fixed,5,6.5,,360,,,,,,"),
            "tape.csv:3:21: error: remaining_term is blank; every loan needs one");
}

TEST(ReadTape, names_are_checked_and_the_near_one_suggested) {
  EXPECT_EQ(refusal("L2,2/28 LIB6,5,6.5,358,360,,,,,,"),
            "tape.csv:3:4: error: unknown product \"2/28 LIB6\"; did you mean 2/28 LIB6M?");
  EXPECT_EQ(refusal("L2,2/28 LIB6M,5,6.5,358,360,LIB9M,,,,,"),
            "tape.csv:3:29: error: unknown index \"LIB9M\"; did you mean LIB6M?");
  EXPECT_EQ(refusal("L1,30Yr Fixed,5,6.5,358,360,,,,,,"),
            "tape.csv:3:1: error: loan_id L1 is there twice (first on line 2); keep one of them");
}

TEST(ReadTape, dates_must_exist_and_be_iso) {
  EXPECT_EQ(refusal("L2,2/28 LIB6M,5,6.5,358,360,LIB6M,3,9,3,2005-02-30,"),
            "tape.csv:3:41: error: next_adjustment_date: \"2005-02-30\" is not a date; write a day that exists as "
            "YYYY-MM-DD, or give date_format in a mapping file");
  EXPECT_EQ(refusal("L2,2/28 LIB6M,5,6.5,358,360,LIB6M,3,9,3,10/1/2005,").substr(0, 58),
            "tape.csv:3:41: error: next_adjustment_date: \"10/1/2005\" is");
}

TEST(ReadTape, a_cap_below_the_floor_is_refused) {
  EXPECT_EQ(refusal("L2,2/28 LIB6M,5,6.5,358,360,LIB6M,3,5,7,,"),
            "tape.csv:3:37: error: max_rate 5 is below min_rate 7; check both");
}

TEST(ReadTape, a_remaining_term_over_the_original_is_a_warning) {
  EXPECT_EQ(remark(header + "L1,30Yr Fixed,5,6.5,361,360,,,,,,\n"),
            "tape.csv:2:21: warning: remaining_term 361 is over original_term 360");
}

TEST(ReadTape, a_net_rate_that_is_not_gross_less_fees_is_a_warning) {
  const std::string columns = "loan_id,product,current_balance,gross_rate,remaining_term,servicing_fee,"
                              "master_servicing_fee,trustee_fee,mi_premium,net_rate\n";
  const std::string loan = "L1,30Yr Fixed,5,6.5,358,0.25,0.03,0.0043,";
  EXPECT_EQ(remark(columns + loan + "0,6.3\n"),
            "tape.csv:2:44: warning: net_rate 6.3 is not gross_rate less the fees, 6.2157");
  EXPECT_TRUE(read(columns + loan + "0,6.2162\n").issues.empty()) << "0.0005 away is near enough";
  EXPECT_TRUE(read(columns + loan + ",6.3\n").issues.empty()) << "a blank fee comes from the deal";
}

TEST(ReadTape, age_and_remaining_term_need_not_add_to_the_original_term) {
  EXPECT_TRUE(read("loan_id,product,current_balance,gross_rate,remaining_term,original_term,age\n"
                   "L1,30Yr Fixed,5,6.5,300,360,2\n").issues.empty());
}

TEST(ReadTape, ragged_rows_are_left_out_in_the_order_of_the_file) {
  const auto tape = read(header + "L2,x\n" + "L3,30Yr Fixed,x,6.5,358,360,,,,,,\n" + good);
  EXPECT_EQ(tape.value.size(), 1u);
  ASSERT_EQ(tape.issues.size(), 2u);
  EXPECT_EQ(tape.issues[0].where.line, 2);
  EXPECT_EQ(tape.issues[1].where.line, 3);
}

TEST(ReadTape, a_required_column_that_is_missing_leaves_no_loan) {
  const auto tape = read("loan_id,product,curent_balance,gross_rate,occupncy\nL1,30Yr Fixed,5,6.5,x\n");
  EXPECT_EQ(tape.value.size(), 0u);
  EXPECT_EQ(lines(tape.issues),
            (Lines{"tape.csv:1:17: error: unknown column curent_balance, and the required current_balance is missing; "
                   "did you mean current_balance?",
                   "tape.csv:1:43: warning: unknown column occupncy, not read; did you mean occupancy?",
                   "tape.csv:1: error: the required column remaining_term is missing; add it, or name the column that "
                   "holds it in a mapping file"}));
}

TEST(ReadTape, an_unknown_column_is_a_warning_and_a_repeated_one_an_error) {
  EXPECT_EQ(remark("loan_id,product,current_balance,gross_rate,remaining_term,shoe_size\nL1,30Yr Fixed,5,6.5,358,44\n"),
            "tape.csv:1:59: warning: unknown column shoe_size, not read");
  const auto tape = read("loan_id,product,current_balance,gross_rate,remaining_term,product\nL1,a,5,6.5,358,a\n");
  EXPECT_EQ(tape.value.size(), 0u);
  EXPECT_EQ(lines(tape.issues), (Lines{"tape.csv:1:59: error: the column product is there twice; keep one of them"}));
}

TEST(ReadTape, a_tape_without_loans_is_an_error) {
  for (const std::string& text : {std::string{}, header, "\n\n" + header + "\n,,,,,,,,,,,\n"}) {
    EXPECT_EQ(lines(read(text).issues),
              (Lines{"tape.csv: error: the tape has no loans; give it a row for every loan"}));
  }
}

TEST(ReadTape, finds_a_repeated_loan_among_many_and_keeps_ids_of_any_length) {
  std::string text = "loan_id,product,current_balance,gross_rate,remaining_term,age\n";
  const auto id = [](int i) { return std::string(static_cast<std::size_t>(i % 40), 'x') + std::to_string(i); };
  for (int i = 0; i < 5000; ++i) text += id(i) + ",30Yr Fixed,100000,6.5,358,2\n";
  text += id(4321) + ",30Yr Fixed,5,6.5,358,2\n";
  const auto tape = read(text);
  ASSERT_EQ(tape.value.size(), 5000u);
  for (int i = 0; i < 5000; ++i) EXPECT_EQ(tape.value.loan_id[static_cast<std::size_t>(i)], id(i));
  EXPECT_EQ(lines(tape.issues), (Lines{"tape.csv:5002:1: error: loan_id " + id(4321) +
                                       " is there twice (first on line 4323); keep one of them"}));
}

TEST(ReadTape, a_number_refused_once_is_refused_again) {
  const std::string row = ",30Yr Fixed,200000,0.065,300,360,,,,,,\n";
  const auto tape = read(header + "L1" + row + "L2" + row);
  EXPECT_EQ(tape.value.size(), 0u);
  EXPECT_EQ(tape.issues.size(), 2u);
}
