#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "issue_lines.h"
#include "spillway/pool/pool.h"

using namespace spillway;
using namespace spillway::pool;

namespace {

constexpr double blank = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
const calendar::Date cut_off = calendar::make_date(2003, 12, 1), first_due = calendar::make_date(2004, 1, 1);

ProductTable products() {
  ProductTable table;
  Product arm;
  arm.name = "2/28 LIB6M", arm.group = "arm", arm.adjustable = true, arm.index = "libor_6m";
  arm.months_to_first_reset = 24, arm.reset_months = 6;
  arm.first_cap = 0.03, arm.periodic_cap = 0.01, arm.lifetime_cap = 0.06, arm.floor = 0.035, arm.rounding = 0.00125;
  Product bare = arm;
  bare.name = "bare", bare.index = "cmt_1y", bare.months_to_first_reset = 0;
  bare.first_cap = bare.periodic_cap = bare.lifetime_cap = bare.floor = std::nullopt;
  Product fixed;
  fixed.name = "30Yr Fixed", fixed.group = "fixed";
  table.products = {arm, bare, fixed};
  table.index_names = {{"LIB6M", "libor_6m"}, {"CMT1Y", "cmt_1y"}};
  return table;
}

// A tape of one loan with its required values, margin and age; the rest is blank.
LoanTape loan(const std::string& product) {
  LoanTape tape;
  tape.file = "tape.csv";
  tape.cut_off = cut_off;
  tape.loan_id = {"L1"};
  tape.line = {2};
  tape.product = {{product}, {0}};
  for (const TapeField& f : tape_fields()) {
    if (f.kind == TapeField::Kind::number) (tape.*f.number).assign(1, blank);
    if (f.kind == TapeField::Kind::date) (tape.*f.date).assign(1, calendar::Date{});
    if (f.kind == TapeField::Kind::text && f.name != "product") tape.*f.text = {{""}, {0}};
  }
  tape.current_balance = {1000};
  tape.gross_rate = {6.5};
  tape.remaining_term = {358};
  tape.age = {2};
  tape.gross_margin = {3.5};
  return tape;
}

Pool pool_of(const LoanTape& tape, const FeeTerms& fees = {}) {
  auto made = make_pool(tape, products(), fees, first_due);
  EXPECT_EQ(lines(made.issues), Lines{});
  EXPECT_EQ(made.value.size(), 1u);
  return made.value;
}

std::string refusal(const LoanTape& tape) {
  const auto made = make_pool(tape, products(), {}, first_due);
  EXPECT_EQ(made.value.size(), 0u);
  EXPECT_EQ(made.issues.size(), 1u);
  return made.issues.empty() ? "" : result::to_text(made.issues.front());
}

}  // namespace

TEST(MakePool, the_product_fills_what_the_tape_leaves_blank) {
  const Pool p = pool_of(loan("2/28 LIB6M"));
  EXPECT_EQ(p.cut_off, cut_off);
  EXPECT_EQ(p.groups, std::vector<std::string>{"arm"});
  EXPECT_EQ(p.indices, std::vector<std::string>{"libor_6m"});
  EXPECT_EQ(p.group[0], 0);
  EXPECT_EQ(p.index[0], 0);
  EXPECT_DOUBLE_EQ(p.gross_rate[0], 0.065);
  EXPECT_EQ(p.amortization_term[0], 358);
  EXPECT_EQ(p.interest_only_months[0], 0);
  EXPECT_EQ(p.first_period[0], 1);
  EXPECT_EQ(p.months_to_roll[0], 22);
  EXPECT_EQ(p.reset_months[0], 6);
  EXPECT_EQ(p.rate_change_lag[0], 0);
  EXPECT_EQ(p.lookback_days[0], 45);
  EXPECT_DOUBLE_EQ(p.margin[0], 0.035);
  EXPECT_DOUBLE_EQ(p.first_cap[0], 0.03);
  EXPECT_DOUBLE_EQ(p.periodic_cap[0], 0.01);
  EXPECT_DOUBLE_EQ(p.max_rate[0], 0.125);
  EXPECT_DOUBLE_EQ(p.min_rate[0], 0.035);
  EXPECT_DOUBLE_EQ(p.rounding[0], 0.00125);
}

TEST(MakePool, the_tape_overrides_the_product) {
  LoanTape tape = loan("2/28 LIB6M");
  tape.index = {{"CMT1Y"}, {0}};
  tape.months_to_roll = {5};
  tape.reset_months = {12};
  tape.rate_change_lag_months = {1};
  tape.lookback_days = {30};
  tape.first_periodic_cap = {2};
  tape.periodic_cap = {1.5};
  tape.max_rate = {11};
  tape.min_rate = {4};
  tape.rate_rounding = {0};
  tape.amortization_term = {480};
  tape.interest_only_months = {60};
  const Pool p = pool_of(tape);
  EXPECT_EQ(p.indices, std::vector<std::string>{"cmt_1y"});
  EXPECT_EQ(p.months_to_roll[0], 5);
  EXPECT_EQ(p.reset_months[0], 12);
  EXPECT_EQ(p.rate_change_lag[0], 1);
  EXPECT_EQ(p.lookback_days[0], 30);
  EXPECT_DOUBLE_EQ(p.first_cap[0], 0.02);
  EXPECT_DOUBLE_EQ(p.periodic_cap[0], 0.015);
  EXPECT_DOUBLE_EQ(p.max_rate[0], 0.11);
  EXPECT_DOUBLE_EQ(p.min_rate[0], 0.04);
  EXPECT_EQ(p.rounding[0], 0);
  EXPECT_EQ(p.amortization_term[0], 480);
  EXPECT_EQ(p.interest_only_months[0], 60);
}

TEST(MakePool, without_caps_or_floor_the_rate_is_free) {
  const Pool p = pool_of(loan("bare"));
  EXPECT_EQ(p.first_cap[0], infinity);
  EXPECT_EQ(p.periodic_cap[0], infinity);
  EXPECT_EQ(p.max_rate[0], infinity);
  EXPECT_EQ(p.min_rate[0], 0);
}

TEST(MakePool, a_floor_of_the_product_yields_to_a_cap_of_the_tape_and_the_other_way_round) {
  LoanTape tape = loan("2/28 LIB6M");
  tape.max_rate = {3};
  EXPECT_DOUBLE_EQ(pool_of(tape).min_rate[0], 0.03);
  tape.max_rate = {blank};
  tape.gross_rate = {0};
  tape.min_rate = {9};
  EXPECT_DOUBLE_EQ(pool_of(tape).max_rate[0], 0.09);
}

TEST(MakePool, months_to_roll_come_from_the_date_and_else_from_product_and_age) {
  LoanTape tape = loan("2/28 LIB6M");
  tape.next_adjustment_date = {calendar::make_date(2004, 3, 1)};
  EXPECT_EQ(pool_of(tape).months_to_roll[0], 3);
  tape.next_adjustment_date = {calendar::make_date(2003, 9, 1)};
  EXPECT_EQ(pool_of(tape).months_to_roll[0], 3) << "three months ago, then every six";
  tape.next_adjustment_date = {cut_off};
  EXPECT_EQ(pool_of(tape).months_to_roll[0], 6);
  tape.next_adjustment_date = {calendar::Date{}};
  tape.age = {26};
  EXPECT_EQ(pool_of(tape).months_to_roll[0], 4);
  tape.months_to_roll = {0};
  EXPECT_EQ(pool_of(tape).months_to_roll[0], 4) << "0 reads as blank";
}

TEST(MakePool, the_first_period_follows_the_loans_first_due_date) {
  LoanTape tape = loan("30Yr Fixed");
  tape.first_due_date = {calendar::make_date(2004, 2, 1)};
  EXPECT_EQ(pool_of(tape).first_period[0], 2);
  tape.first_due_date = {calendar::make_date(2003, 6, 1)};
  EXPECT_EQ(pool_of(tape).first_period[0], 1);
  tape.first_due_date = {calendar::make_date(2004, 2, 1)};
  tape.remaining_term = {1};
  EXPECT_EQ(refusal(tape), "tape.csv:2: error: loan L1: it matures before its first_due_date 2004-02-01; the loan is "
                           "left out; check both");
}

TEST(MakePool, fees_left_blank_come_from_the_deal_by_loan_group) {
  LoanTape tape = loan("30Yr Fixed");
  tape.trustee_fee = {0.01};
  FeeTerms fees;
  fees.servicing = {{"arm", 0.00375}, {"fixed", 0.0025}};
  fees.trustee = {{"fixed", 0.5}};
  const Pool p = pool_of(tape, fees);
  EXPECT_EQ(p.servicing_fee[0], 0.0025);
  EXPECT_DOUBLE_EQ(p.trustee_fee[0], 0.0001);
  EXPECT_EQ(p.master_servicing_fee[0], 0);
  EXPECT_EQ(p.mi_premium[0], 0);
  EXPECT_EQ(p.index[0], -1);
  EXPECT_TRUE(p.indices.empty());
}

TEST(MakePool, an_age_left_blank_comes_from_the_first_payment_and_else_from_the_terms) {
  LoanTape tape = loan("30Yr Fixed");
  tape.age = {blank};
  EXPECT_EQ(refusal(tape), "tape.csv:2: error: loan L1: its age is unknown; the loan is left out; give age, "
                           "first_payment_date or original_term");
  tape.original_term = {360};
  EXPECT_EQ(pool_of(tape).age[0], 2);
  tape.first_payment_date = {calendar::make_date(2003, 8, 1)};
  EXPECT_EQ(pool_of(tape).age[0], 5);
  tape.first_payment_date = {calendar::make_date(2004, 2, 1)};
  EXPECT_EQ(pool_of(tape).age[0], 0);
}

TEST(MakePool, loans_that_cannot_be_projected_are_left_out_with_a_reason) {
  LoanTape arm = loan("2/28 LIB6M");
  arm.gross_margin = {blank};
  EXPECT_EQ(refusal(arm), "tape.csv:2: error: loan L1: an adjustable-rate loan without a margin; the loan is left out; "
                          "give its gross_margin");
  LoanTape short_amortization = loan("30Yr Fixed");
  short_amortization.amortization_term = {300};
  EXPECT_EQ(refusal(short_amortization),
            "tape.csv:2: error: loan L1: amortization_term 300 is below remaining_term 358; the loan is left out; it may "
            "be equal, or longer for a balloon; leave it blank if equal");
  EXPECT_EQ(refusal(loan("30Yr Fixd")), "tape.csv:2: error: loan L1: unknown product \"30Yr Fixd\"; the loan is left "
                                        "out; did you mean 30Yr Fixed?");
}

TEST(MakePool, groups_and_indices_stand_in_the_order_of_the_products_whatever_the_order_of_the_loans) {
  LoanTape tape = loan("30Yr Fixed");
  for (const TapeField& f : tape_fields()) {
    if (f.kind == TapeField::Kind::number) (tape.*f.number).push_back((tape.*f.number)[0]);
    if (f.kind == TapeField::Kind::date) (tape.*f.date).push_back({});
    if (f.kind == TapeField::Kind::text) (tape.*f.text).codes.push_back(0);
  }
  tape.product = {{"30Yr Fixed", "2/28 LIB6M"}, {0, 1}};
  tape.loan_id.push_back("L2");
  tape.line.push_back(3);
  const auto made = make_pool(tape, products(), {}, first_due);
  EXPECT_EQ(made.value.groups, (std::vector<std::string>{"arm", "fixed"}));
  EXPECT_EQ(made.value.group, (std::vector<int>{1, 0}));
  EXPECT_EQ(made.value.index, (std::vector<int>{-1, 0}));
  EXPECT_EQ(made.value.total_balance(), 2000);
}

TEST(MakePool, takes_the_loan_group_of_the_tape_over_the_products) {
  LoanTape tape = loan("30Yr Fixed");
  tape.loan_group = {{"", "group_2"}, {1}};
  FeeTerms fees;
  fees.servicing = {{"group_2", 0.005}, {"fixed", 0.0025}};
  const auto made = make_pool(tape, products(), fees, first_due);
  EXPECT_EQ(made.value.groups, std::vector<std::string>{"group_2"});
  EXPECT_DOUBLE_EQ(made.value.servicing_fee.at(0), 0.005);
  tape.loan_group.codes = {0};
  EXPECT_EQ(make_pool(tape, products(), fees, first_due).value.groups, std::vector<std::string>{"fixed"});
}
