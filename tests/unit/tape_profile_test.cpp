// A tape with nothing odd on it, and one oddity planted at a time.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "spillway/io/tape_reader.h"
#include "spillway/io/written_tape_reader.h"
#include "spillway/profile/findings.h"
#include "spillway/profile/tables.h"
#include "spillway/table/selection.h"

using namespace spillway;

namespace {

const calendar::Date kCutOff = calendar::make_date(2003, 12, 1);
constexpr int kLoans = 80;

using Row = std::map<std::string, std::string>;

const std::vector<std::string> kColumns{
    "loan_id", "product", "current_balance", "original_balance", "gross_rate", "servicing_fee", "master_servicing_fee",
    "trustee_fee", "mi_premium", "mi_coverage", "net_rate", "original_term", "remaining_term", "amortization_term", "age",
    "interest_only_months", "first_payment_date", "next_adjustment_date", "months_to_roll", "index", "gross_margin", "max_rate",
    "min_rate", "orig_ltv", "fico", "dti", "prepay_penalty_months", "prepay_penalty_type", "mi_flag", "appraised_value"};

std::string decimal(double value, int decimals) {
  return table::format_cell(value, {"", "", "", table::number_format(decimals)}, table::Style::plain);
}

// Even loans adjust, odd ones are fixed.
Row clean_loan(int i) {
  const int age = i % 4 + 1, roll = 24 - age;
  const double rate = 5.5 + 0.125 * (i % 9), original = 150000 + 2500.0 * i, ltv = 60 + 5 * (i % 8), margin = 3 + 0.125 * (i % 5);
  const bool adjusts = i % 2 == 0;
  return {{"loan_id", "L" + std::to_string(100 + i)},
          {"product", adjusts ? "2/28 LIB6M" : "30Yr Fixed"},
          {"current_balance", decimal(original * (1 - 0.001 * age), 2)},
          {"original_balance", decimal(original, 2)},
          {"gross_rate", decimal(rate, 3)},
          {"servicing_fee", "0.375"},
          {"master_servicing_fee", "0.030"},
          {"trustee_fee", "0.005"},
          {"mi_premium", "0"},
          {"mi_coverage", "0"},
          {"net_rate", decimal(rate - 0.41, 3)},
          {"original_term", "360"},
          {"remaining_term", std::to_string(360 - age)},
          {"amortization_term", std::to_string(360 - age)},
          {"age", std::to_string(age)},
          {"interest_only_months", i % 3 == 0 ? "60" : "0"},
          {"first_payment_date", calendar::to_iso(calendar::add_months(kCutOff, 1 - age))},
          {"next_adjustment_date", adjusts ? calendar::to_iso(calendar::add_months(kCutOff, roll)) : ""},
          {"months_to_roll", adjusts ? std::to_string(roll) : ""},
          {"index", adjusts ? "LIB6M" : ""},
          {"gross_margin", adjusts ? decimal(margin, 3) : ""},
          {"max_rate", adjusts ? decimal(rate + 6, 3) : ""},
          {"min_rate", adjusts ? decimal(margin, 3) : ""},
          {"orig_ltv", decimal(ltv, 2)},
          {"fico", std::to_string(640 + i)},
          {"dti", decimal(30 + 0.25 * (i % 40), 2)},
          {"prepay_penalty_months", i % 5 == 0 ? "0" : "24"},
          {"prepay_penalty_type", i % 5 == 0 ? "none" : "hard"},
          {"mi_flag", i % 7 == 0 ? "Y" : "N"},
          {"appraised_value", decimal(original * 100 / ltv, 2)}};
}

std::vector<Row> clean_loans() {
  std::vector<Row> rows;
  for (int i = 0; i < kLoans; ++i) rows.push_back(clean_loan(i));
  return rows;
}

std::string csv_of(const std::vector<Row>& rows) {
  std::string text;
  for (const std::string& column : kColumns) text += (text.empty() ? "" : ",") + column;
  for (const Row& row : rows) {
    text += '\n';
    for (const std::string& column : kColumns) text += (column == kColumns.front() ? "" : ",") + row.at(column);
  }
  return text + '\n';
}

profile::WrittenTape tape_of(const std::vector<Row>& rows) {
  auto read = io::read_written_tape(csv_of(rows), "tape.csv", kCutOff);
  EXPECT_TRUE(read.ok());
  return std::move(*read);
}

std::vector<profile::Finding> problems_of(const std::vector<Row>& rows) {
  return profile::find_problems(tape_of(rows), *io::standard_products());
}

struct Planted {
  const char* name;
  std::size_t loan;
  Row change;
};

// What is changed on one loan, so that it has the finding of that name and no other.
const std::vector<Planted> kPlanted{
    {"not_a_number", 1, {{"fico", "seven"}}},
    {"not_a_date", 3, {{"first_payment_date", "soon"}}},
    {"date_as_number", 2, {{"next_adjustment_date", "37926"}}},
    {"required_value_missing", 5, {{"gross_rate", ""}}},
    {"percent_as_decimal", 7, {{"gross_rate", "0.0575"}}},
    {"decimal_as_percent", 9, {{"dti", "3800"}}},
    {"balance_in_thousands", 11, {{"current_balance", "177.5"}}},
    {"term_in_years", 13, {{"original_term", "30"}}},
    {"id_twice", 15, {{"loan_id", "L100"}}},
    {"unknown_product", 4, {{"product", "2/28 LIBX"}}},
    {"unknown_index", 6, {{"index", "LIBX"}}},
    {"first_payment_after_cut_off", 17, {{"first_payment_date", "2004-03-01"}}},
    {"interest_only_too_long", 19, {{"interest_only_months", "400"}}},
    {"amortization_too_short", 21, {{"amortization_term", "300"}}},
    {"terms_over_original", 23, {{"age", "12"}}},
    {"maturity_inconsistent", 25, {{"first_payment_date", "2003-02-01"}}},
    {"floor_above_cap", 8, {{"min_rate", "8"}, {"max_rate", "7.5"}}},
    {"rate_above_cap", 10, {{"gross_rate", "8"}, {"net_rate", "7.59"}, {"max_rate", "7.75"}}},
    {"rate_below_floor", 12, {{"min_rate", "7.5"}}},
    {"net_rate_inconsistent", 27, {{"net_rate", "6.1"}}},
    {"margin_without_index", 29, {{"gross_margin", "3"}}},
    {"index_without_margin", 14, {{"gross_margin", ""}}},
    {"reset_before_cut_off", 16, {{"next_adjustment_date", "2003-06-01"}}},
    {"reset_inconsistent", 18, {{"months_to_roll", "9"}}},
    {"balance_above_original", 31, {{"current_balance", "250000"}}},
    {"ltv_inconsistent", 33, {{"orig_ltv", "93"}}},
    {"penalty_inconsistent", 36, {{"prepay_penalty_type", "none"}}},
    {"insurance_inconsistent", 37, {{"mi_coverage", "25"}}},
    {"outlier", 39, {{"fico", "310"}}},
};

void plant(const Planted& planted, std::vector<Row>& rows) {
  for (const auto& [column, value] : planted.change) rows[planted.loan][column] = value;
}

std::string names_of(const std::vector<profile::Finding>& findings) {
  std::string text;
  for (const auto& finding : findings) text += finding.name + " (" + finding.columns + ": " + finding.loans.front().detail + "), ";
  return text;
}

}  // namespace

TEST(TapeProfile, finds_nothing_odd_on_a_clean_tape) { EXPECT_EQ(names_of(problems_of(clean_loans())), ""); }

TEST(TapeProfile, finds_each_planted_problem_once_and_nothing_else) {
  for (const Planted& planted : kPlanted) {
    auto rows = clean_loans();
    plant(planted, rows);
    const auto findings = problems_of(rows);
    ASSERT_EQ(findings.size(), 1u) << planted.name << ": " << names_of(findings);
    EXPECT_EQ(findings[0].name, planted.name);
    EXPECT_EQ(findings[0].rows(), std::vector<std::size_t>{planted.loan}) << planted.name;
  }
}

TEST(TapeProfile, tells_problems_planted_together_apart) {
  auto rows = clean_loans();
  for (const Planted& planted : kPlanted) plant(planted, rows);
  const auto findings = problems_of(rows);
  ASSERT_EQ(findings.size(), kPlanted.size()) << names_of(findings);
  for (const Planted& planted : kPlanted) {
    const auto found = std::find_if(findings.begin(), findings.end(), [&](const auto& finding) { return finding.name == planted.name; });
    ASSERT_NE(found, findings.end()) << planted.name;
    EXPECT_EQ(found->rows(), std::vector<std::size_t>{planted.loan}) << planted.name;
  }
}

TEST(TapeProfile, finds_a_loan_that_equals_another_but_for_its_id) {
  auto rows = clean_loans();
  rows[41] = rows[40];
  rows[41]["loan_id"] = "L999";
  const auto findings = problems_of(rows);
  ASSERT_EQ(findings.size(), 1u) << names_of(findings);
  EXPECT_EQ(findings[0].name, "loan_twice");
  EXPECT_EQ(findings[0].loans[0].detail, "as L140 on line 42");
  EXPECT_EQ(findings[0].rows(), std::vector<std::size_t>{41});
}

TEST(TapeProfile, finds_rates_in_percent_among_decimals_and_columns_that_are_decimals_throughout) {
  auto rows = clean_loans();
  for (Row& row : rows) row["dti"] = "0.38";
  const auto whole = problems_of(rows);
  ASSERT_EQ(whole.size(), 1u) << names_of(whole);
  EXPECT_EQ(whole[0].name, "percent_as_decimal");
  EXPECT_EQ(whole[0].loans.size(), static_cast<std::size_t>(kLoans));
  EXPECT_EQ(whole[0].loans[0].detail, "dti 0.38: is it 38 percent?");
}

TEST(TapeProfile, knows_a_remaining_term_in_years_from_a_loan_about_to_mature) {
  auto rows = clean_loans();
  rows[20]["remaining_term"] = "30";  // of 360 months at age 1: years
  rows[20]["amortization_term"] = "";
  for (const auto& [column, value] : Row{{"age", "330"}, {"remaining_term", "30"}, {"amortization_term", "30"}, {"first_payment_date", "1976-07-01"}}) {
    rows[22][column] = value;
  }
  const auto findings = problems_of(rows);
  ASSERT_EQ(findings.size(), 2u) << names_of(findings);
  EXPECT_EQ(findings[0].name, "term_in_years");
  EXPECT_EQ(findings[0].rows(), std::vector<std::size_t>{20});
  EXPECT_EQ(findings[1].name, "outlier") << "an age of 330 among ages of 1 to 4";
  EXPECT_EQ(findings[1].rows(), std::vector<std::size_t>{22});
}

TEST(TapeProfile, counts_the_loans_that_only_the_reader_refuses) {
  const auto tape = tape_of(clean_loans());
  std::vector<profile::Finding> findings;
  profile::add_left_out(findings, tape, {result::error({"tape.csv", 5, 3}, "no such thing"), result::warning({"tape.csv", 6, 0}, "well")});
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].name, "left_out");
  EXPECT_EQ(findings[0].rows(), std::vector<std::size_t>{3});
  EXPECT_EQ(findings[0].loans[0].detail, "no such thing");
}

TEST(TapeProfile, infers_the_cut_off_from_first_payments_and_ages) {
  auto tape = tape_of(clean_loans());
  tape.cut_off = {};
  EXPECT_EQ(profile::likely_cut_off(tape), kCutOff);
}

TEST(TapeProfile, says_what_a_column_holds) {
  auto rows = clean_loans();
  rows[0]["fico"] = "";
  const auto made = profile::columns_table(tape_of(rows));
  const auto number = [&](const char* column, const char* what) { return table::number_at(made, column, what); };
  EXPECT_EQ(number("fico", "present"), 79);
  EXPECT_EQ(number("fico", "missing"), 1);
  EXPECT_DOUBLE_EQ(number("fico", "missing_pct"), 1.25);
  EXPECT_EQ(number("fico", "distinct"), 79);
  EXPECT_EQ(number("fico", "min"), 641);
  EXPECT_EQ(number("fico", "max"), 719);
  EXPECT_DOUBLE_EQ(number("fico", "median"), 680);
  EXPECT_DOUBLE_EQ(number("fico", "quarter"), 660.5);
  EXPECT_DOUBLE_EQ(number("fico", "mean"), 680);
  EXPECT_GT(number("fico", "weighted_mean"), 681) << "balances rise with the loan's number, and so do scores";
  EXPECT_EQ(made.rows[0].cells.back().value, table::Value(std::string("2/28 LIB6M (40), 30Yr Fixed (40)")));
}

TEST(TapeProfile, lists_as_many_loans_as_asked_and_says_how_many_are_left) {
  auto rows = clean_loans();
  for (int i = 0; i < 5; ++i) rows[static_cast<std::size_t>(i)]["fico"] = "310";
  const auto tape = tape_of(rows);
  const auto findings = profile::find_problems(tape, *io::standard_products());
  const auto some = profile::loans_table(tape, findings, 2), all = profile::loans_table(tape, findings);
  EXPECT_EQ(some.rows.size(), 2u);
  ASSERT_EQ(some.notes.size(), 1u);
  EXPECT_EQ(some.notes[0], "outlier (fico): 3 more; --all lists them");
  EXPECT_EQ(all.rows.size(), 5u);
  EXPECT_TRUE(all.notes.empty());
  EXPECT_EQ(all.rows[1].cells[2].value, table::Value(3.0));
  EXPECT_EQ(all.rows[1].cells[3].value, table::Value(std::string("L101")));
}

TEST(TapeProfile, reads_a_mapped_tape_and_columns_nobody_reads) {
  const auto mapping = io::read_tape_mapping("columns:\n  gross_rate: {from: Rate, scale: 100}\n", "mapping.yaml");
  ASSERT_TRUE(mapping.ok());
  const auto read = io::read_written_tape("loan_id,product,current_balance,Rate,remaining_term,Branch,maturity_date\n"
                                          "1,30Yr Fixed,100000,0.0575,358,17,2033-10-01\n"
                                          "2,30Yr Fixed,-5,0.06,300,18,2033-10-01\n", "t.csv", kCutOff, *mapping);
  ASSERT_TRUE(read.ok());
  EXPECT_DOUBLE_EQ(read->find("gross_rate")->numbers[0], 5.75);
  EXPECT_DOUBLE_EQ(read->find("current_balance")->numbers[1], -5) << "nothing is refused";
  EXPECT_DOUBLE_EQ(read->find("Branch")->numbers[1], 18);
  const auto findings = profile::find_problems(*read, *io::standard_products());
  ASSERT_EQ(findings.size(), 2u) << names_of(findings);
  EXPECT_EQ(findings[0].loans[0].detail, "remaining_term is 300, the dates leave 358");
  EXPECT_EQ(findings[1].columns, "current_balance");
}
