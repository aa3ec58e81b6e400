// One thing wrong at a time, through the real command: what it says, how it ends, and that nothing is written.

#include <initializer_list>

#include "workspace.h"

namespace {

class BadInput : public Workspace {
 protected:
  // check and book both refuse with exit code 2, say every one of `fragments`, and write nothing.
  void expect_refused(std::initializer_list<std::string> fragments, const std::string& book_options = "") const {
    const Outcome check = run("check deal/deal.yaml");
    EXPECT_EQ(check.code, 2);
    for (const std::string& fragment : fragments) {
      EXPECT_NE(check.err.find(fragment), std::string::npos) << "not said: " << fragment << "\nbut:\n" << check.err;
    }
    const Outcome book = run("book deal/deal.yaml --out out " + book_options);
    EXPECT_EQ(book.code, 2) << book.err;
    EXPECT_FALSE(exists("out"));
  }

  // One bad row of the tape: check refuses; book leaves the row out and says so; book --strict writes nothing.
  void expect_row_left_out(std::initializer_list<std::string> fragments) const {
    expect_refused(fragments, "--strict");
    const Outcome book = run("book deal/deal.yaml --out out --format csv");
    EXPECT_EQ(book.code, 0) << book.err;
    EXPECT_NE(book.err.find("going on with the 3950 good loans of the tape; --strict refuses"), std::string::npos);
    EXPECT_TRUE(exists("out/tables/dm_tables.csv"));
  }
};

}  // namespace

// Files.

TEST_F(BadInput, a_deal_file_that_is_not_there_is_named_with_the_near_one) {
  const Outcome check = run("check deal/dael.yaml");
  EXPECT_EQ(check.code, 2);
  EXPECT_NE(check.err.find("deal/dael.yaml: error: no such file; did you mean deal.yaml?"), std::string::npos) << check.err;
}

TEST_F(BadInput, a_missing_tape_is_reported_where_the_deal_names_it) {
  change("deal.yaml", "tape: tape.csv", "tape: tap.csv");
  expect_refused({"deal.yaml:14:9: error: no such file: tap.csv; did you mean tape.csv?"});
}

TEST_F(BadInput, a_missing_curves_file_is_reported_where_the_scenario_names_it) {
  change("scenarios.yaml", "forward: curves.csv", "forward: curvs.csv");
  expect_refused({"scenarios.yaml:18:24: error: no such file: curvs.csv; did you mean curves.csv?"});
}

TEST_F(BadInput, a_missing_derivatives_file_is_reported) {
  std::filesystem::remove(file("derivatives.csv"));
  expect_refused({"deal.yaml:31:10: error: no such file: derivatives.csv; check the name"});
}

TEST_F(BadInput, a_missing_scenarios_file_is_reported) {
  change("deal.yaml", "scenarios: scenarios.yaml", "scenarios: scenario.yaml");
  expect_refused({"error: no such file: scenario.yaml; did you mean scenarios.yaml?"});
}

TEST_F(BadInput, a_folder_in_place_of_a_file_is_reported) {
  change("deal.yaml", "tape: tape.csv", "tape: ../deal");
  expect_refused({"deal.yaml:14:9: error: this is a folder, not a file: ../deal; name a file in it"});
}

// Columns and rows.

TEST_F(BadInput, a_misspelt_column_of_the_tape_is_named) {
  change("tape.csv", "current_balance", "curent_balance");
  expect_refused({"tape.csv:1:17: error: unknown column curent_balance", "did you mean current_balance?"});
}

TEST_F(BadInput, a_missing_column_of_the_curves_is_named) {
  change("curves.csv", "libor1m", "libor3m");
  expect_refused({"curves.csv:1:12: warning: the column libor3m is no index of the deal; did you mean libor_1m?",
                  "scenarios.yaml:16:5: error: scenario available_rate gives no path for index libor_1m; "
                  "add it to 'indices', or as a column of the file named there"});
}

TEST_F(BadInput, curves_without_dates_are_refused) {
  change("curves.csv", "month,date", "month,datum");
  expect_refused({"curves.csv:1: error: the column date is missing"});
}

TEST_F(BadInput, an_empty_tape_is_refused) {
  write("tape.csv", "");
  expect_refused({"tape.csv: error: the tape has no loans; give it a row for every loan"});
}

TEST_F(BadInput, a_tape_that_is_a_header_alone_is_refused) {
  const std::string tape = text("tape.csv");
  write("tape.csv", tape.substr(0, tape.find('\n') + 1));
  expect_refused({"tape.csv: error: the tape has no loans; give it a row for every loan"});
}

TEST_F(BadInput, a_loan_that_is_there_twice_is_left_out) {
  change("tape.csv", "SYN00003,", "SYN00002,");
  expect_row_left_out({"tape.csv:4:1: error: loan_id SYN00002 is there twice (first on line 3); keep one of them"});
}

TEST_F(BadInput, a_negative_loan_balance_is_left_out) {
  change_loan(5, "current_balance", "-123.45");
  expect_row_left_out({"tape.csv:6:21: error: current_balance: -123.45 is outside 0.01 to 1000000000; correct it, or "
                       "take the loan out"});
}

TEST_F(BadInput, a_decimal_where_the_tape_takes_percent_is_left_out) {
  change_loan(5, "gross_rate", "0.0575");
  expect_row_left_out({"tape.csv:6:39: error: gross_rate: 0.0575 a year as percent: looks like a decimal", "write 5.75"});
}

TEST_F(BadInput, a_loan_without_a_finite_rate_is_left_out) {
  change_loan(5, "gross_rate", "NaN");
  expect_row_left_out({"tape.csv:6:39: error: gross_rate: \"NaN\" is not a number"});
}

TEST_F(BadInput, a_loan_of_no_remaining_months_is_left_out) {
  change_loan(5, "remaining_term", "0");
  expect_row_left_out({"tape.csv:6:84: error: remaining_term: 0 is outside 1 to 600"});
}

TEST_F(BadInput, a_curve_level_that_is_no_number_is_refused) {
  change("curves.csv", "1.16892", "nan");
  expect_refused({"curves.csv:3:14: error: libor1m 'nan' is not a number; write a plain number, percent a year"});
}

TEST_F(BadInput, curves_in_decimals_draw_a_warning) {
  write("curves.csv", "date,libor_1m,libor_6m,libor_1y,cmt_1y\n2003-12-25,0.0112,0.012,0.0146,0.0129\n");
  const Outcome check = run("check deal/deal.yaml");
  EXPECT_EQ(check.code, 0);
  EXPECT_NE(check.err.find("curves.csv: warning: every rate is below 0.15: these look like decimals"), std::string::npos)
      << check.err;
}

// Names.

TEST_F(BadInput, a_misspelt_class_in_a_step_gets_the_near_name) {
  change("deal.yaml", "sequential: [M-4, M-3", "sequential: [M-4, M-33");
  expect_refused({"deal.yaml:84:99: error: no class is called M-33; did you mean M-3?"});
}

TEST_F(BadInput, a_step_that_pays_an_unknown_class_gets_the_names_there_are) {
  change("deal.yaml", "sequential: [M-4, M-3", "sequential: [M-4, Zebra");
  expect_refused({"deal.yaml:84:99: error: no class is called Zebra; known: A-1, A-2, M-1"});
}

TEST_F(BadInput, a_misspelt_index_in_a_formula_gets_the_near_name) {
  change("deal.yaml", "min(libor_1m +", "min(libor_1mm +");
  expect_refused({"deal.yaml:39:22: error: nothing is called libor_1mm; did you mean libor_1m?"});
}

TEST_F(BadInput, a_misspelt_index_in_a_scenario_gets_the_near_name) {
  change("scenarios.yaml", "libor_6m: 1.20%", "libor_6n: 1.20%");
  expect_refused({"scenarios.yaml:10:41: error: the deal has no index libor_6n; did you mean libor_6m?"});
}

TEST_F(BadInput, an_unknown_name_in_a_formula_gets_the_near_name) {
  change("deal.yaml", "net_mortgage_rate * pool", "net_mortage_rate * pool");
  expect_refused({"deal.yaml:66:25: error: nothing is called net_mortage_rate; did you mean net_mortgage_rate?"});
}

TEST_F(BadInput, an_unknown_loan_group_in_a_scenario_gets_the_near_name) {
  change("scenarios.yaml", "arm: 30 CPR", "arms: 30 CPR");
  expect_refused({"scenarios.yaml:8:7: error: the pool has no loan group arms; did you mean arm?"});
}

TEST_F(BadInput, an_unknown_loan_group_in_a_fee_gets_the_near_name) {
  change("deal.yaml", "servicing: {arm: 0.375%", "servicing: {arms: 0.375%");
  expect_refused({"deal.yaml:19:15: error: no loan is in a loan group arms; did you mean arm?"});
}

TEST_F(BadInput, an_unknown_scenario_in_the_book_gets_the_near_name) {
  change("scenarios.yaml", "class_summary: {scenario: pricing", "class_summary: {scenario: pricin");
  expect_refused({"scenarios.yaml:38:29: error: no scenario is called pricin; did you mean pricing?"});
}

TEST_F(BadInput, faults_of_credit_assumptions_come_out_at_once) {
  change("scenarios.yaml", "default: 1 CDR", "default: {arm: 140 CDR, fix: 2 CDR, fixed: {cumulative_loss: 5%, by_year: [50%, 40%]}}");
  change("scenarios.yaml", "severity: 40%\n", "severity: -40%\n");
  change("scenarios.yaml", "recovery_lag: 12", "recovery_lag: 480");
  change("scenarios.yaml", "    to: [call, maturity]\n\nbook",
         "    reo_months: 500\n    credit_rules:\n      - {where: ltv > 80, multiple: 150%}\n      - {where: orig_ltv > 80 and mi_flag > N, severity: 120%}\n"
         "    delinquency: {days_30: 60%, days_60: 50%}\n    to: [call, maturity]\n\nbook");
  change("scenarios.yaml", "    hedges: deal ", "    advances: interest\n    hedges: deal ");
  change("scenarios.yaml", "cdr: [0%, 2%", "cdr: [0%, 200%");
  change("scenarios.yaml", "party: Certificates", "party: Certificate");
  expect_refused({"advances without a default rate: there is nothing to advance; add 'default', as in 4 CDR",
                  "'140 CDR' is over 100%; CDR and MDR are percents, at most 100",
                  "the pool has no loan group fix; known: arm, fixed", "the shares of the loss do not add up to 100%",
                  "write a percentage of 0% or more, as in 40%", "a recovery lag of 480 months is longer than the longest loan's",
                  "real estate is owned for longer than the recovery lag", "no loan attribute is called ltv",
                  "'mi_flag > N' orders text; compare mi_flag with = or !=", "a severity of 120% is not between 0% and 100%",
                  "more than all loans are late", "'200%' is over 100%", "the deal has no party Certificate; did you mean Certificates?"});
}

TEST_F(BadInput, options_of_solve_are_checked_with_every_problem) {
  const Outcome solve = run("solve deal/deal.yaml --class M-9 --severity 140% --lag 500 --scenario pricin");
  EXPECT_EQ(solve.code, 2);
  for (const char* said : {"--class: error: no class is called M-9", "--severity: error: '140%' is not a percentage from 0 to 100",
                           "--lag: error: a recovery lag of 500 months is longer", "--scenario: error: no scenario is called pricin; did you mean pricing?"}) {
    EXPECT_NE(solve.err.find(said), std::string::npos) << said << "\n" << solve.err;
  }
  const Outcome nothing = run("solve deal/deal.yaml --class M-2 --scenario pricing");
  EXPECT_EQ(nothing.code, 2);
  EXPECT_NE(nothing.err.find("--severity: error: without a severity nothing is ever lost"), std::string::npos) << nothing.err;
}

TEST_F(BadInput, an_unknown_fund_gets_the_near_name) {
  change("deal.yaml", "from: interest_funds", "from: interest_fund");
  expect_refused({"deal.yaml:78:39: error: no fund is called interest_fund; did you mean interest_funds?"});
}

TEST_F(BadInput, an_unknown_key_gets_the_near_name) {
  change("deal.yaml", "credit_enhancement_target:", "credit_enhancment_target:");
  expect_refused({"error: unknown key credit_enhancment_target; did you mean credit_enhancement_target?"});
}

TEST_F(BadInput, a_scenario_without_an_index_of_the_deal_is_refused) {
  change("scenarios.yaml", ", cmt_1y: 1.29%", "");
  expect_refused({"scenarios.yaml:6:5: error: scenario pricing gives no path for index cmt_1y; add it to 'indices'"});
}

TEST_F(BadInput, a_loan_group_without_prepayment_draws_a_warning) {
  change("scenarios.yaml", "      fixed: {ramp", "      # fixed: {ramp");
  const Outcome check = run("check deal/deal.yaml");
  EXPECT_EQ(check.code, 0);
  EXPECT_NE(check.err.find("scenario pricing gives loan group fixed no prepayment: it runs at 0 CPR"), std::string::npos);
}

TEST_F(BadInput, quotes_that_make_no_curve_are_refused_once) {
  change("scenarios.yaml", "{static: {libor_1m: 1.12%, libor_6m: 1.20%, libor_1y: 1.46%, cmt_1y: 1.29%}}",
         "{quotes: quotes.csv, as_of: 2003-11-21, spreads: {cmt_1y: {over: libor_1y, by: -0.15%}}}");
  EXPECT_EQ(run("check deal/deal.yaml").code, 0);
  write("quotes.csv", "tenor,rate_pct\n");
  expect_refused({"scenarios.yaml:10:23: error: a curve needs at least two quotes", "1 error, 0 warnings"});
  write("quotes.csv", "tenor,rate_pct\n1M,1\n1e300M,2\n");
  expect_refused({"quotes.csv:3:1: error: tenor '1e300M' is not a tenor; write it as 6M or 2Y", "1 error, 0 warnings"});
}

// Amounts, rates, dates, terms.

TEST_F(BadInput, classes_more_than_five_percent_off_the_pool_are_refused) {
  change("deal.yaml", "861_000_000", "761_000_000");
  expect_refused({"deal.yaml:41: error: the classes add to $900000000.00, the pool to $1000000138.61: 10.0% apart",
                  "they may differ by 5% at most"});
}

TEST_F(BadInput, a_negative_class_balance_is_refused) {
  change("deal.yaml", "balance: 7_500_000", "balance: -7_500_000");
  expect_refused({"deal.yaml:46:18: error: balance", "-7_500_000", "write dollars, as in 861_000_000"});
}

TEST_F(BadInput, a_class_balance_that_is_not_finite_is_refused) {
  change("deal.yaml", "balance: 7_500_000", "balance: .nan");
  expect_refused({"deal.yaml:46:18: error: balance", ".nan, which is not a finite number"});
}

TEST_F(BadInput, a_constant_that_is_not_finite_is_refused) {
  change("deal.yaml", "step_up: 1.5 ", "step_up: .inf ");
  expect_refused({"deal.yaml:38:14: error: step_up", ".inf, which is not a finite number"});
}

TEST_F(BadInput, a_margin_without_a_percent_sign_is_refused) {
  change("deal.yaml", "margin: 0.35%", "margin: 0.35");
  expect_refused({"deal.yaml:41:39: error: margin", "the number 0.35; write a rate with a percent sign, as in 0.35%"});
}

TEST_F(BadInput, a_fee_without_a_percent_sign_is_refused) {
  change("deal.yaml", "master_servicing: 0.03%", "master_servicing: 0.03");
  expect_refused({"deal.yaml:20:21: error: master_servicing", "write a rate with a percent sign (0.03%)"});
}

TEST_F(BadInput, an_index_level_without_a_percent_sign_is_refused) {
  change("scenarios.yaml", "libor_6m: 1.20%", "libor_6m: 0.012");
  expect_refused({"scenarios.yaml:10:51: error: libor_6m", "the number 0.012; write a percent sign, as in 0.35%"});
}

TEST_F(BadInput, a_rate_without_a_percent_sign_in_a_formula_is_refused) {
  change("deal.yaml", "11.50%)", "11.50)");
  expect_refused({"deal.yaml:39:18: error: 'min' joins a rate and a number; write the rate with a percent sign"});
}

TEST_F(BadInput, closing_before_the_cut_off_is_refused) {
  change("deal.yaml", "closing: 2003-12-18", "closing: 2003-11-18");
  expect_refused({"deal.yaml:7:3: error: closing 2003-11-18 comes before the cut-off date 2003-12-01; put the dates in order"});
}

TEST_F(BadInput, a_day_that_does_not_exist_is_refused) {
  change("deal.yaml", "cut_off: 2003-12-01", "cut_off: 2003-02-30");
  expect_refused({"deal.yaml:7:12: error: '2003-02-30' is not a date; write a date as 2003-12-25"});
}

TEST_F(BadInput, a_date_beyond_the_holiday_calendars_is_refused) {
  change("deal.yaml", "first: 2004-01-25", "first: 2290-01-25");
  expect_refused({"deal.yaml:10:21: error: the date 2290-01-25 is out of range; dates run from 1950 to 2140"});
}

TEST_F(BadInput, an_assumed_term_of_no_months_is_refused) {
  change("scenarios.yaml", "remaining: 359", "remaining: 0");
  expect_refused({"scenarios.yaml:11:38: error: remaining must be at least 1, not 0; a term is at least 1 month"});
}

TEST_F(BadInput, a_prepayment_over_a_hundred_percent_is_refused) {
  change("scenarios.yaml", "30 CPR", "130 CPR");
  expect_refused({"scenarios.yaml:8:12: error: '130 CPR' is over 100%; CPR, SMM and ABS are percents, at most 100"});
}

// Formulas.

TEST_F(BadInput, a_formula_that_adds_a_rate_to_an_amount_is_refused) {
  change("deal.yaml", "principal_funds: pool.principal +", "principal_funds: pool.net_rate +");
  expect_refused({"deal.yaml:59:34: error: '+' joins a rate and a money amount"});
}

TEST_F(BadInput, an_amount_where_a_condition_is_due_is_refused) {
  change("deal.yaml", "if(call.exercised, classes", "if(pool.principal, classes");
  expect_refused({"deal.yaml:67:30: error: the first argument of if must be a condition, not a money amount"});
}

TEST_F(BadInput, a_circular_definition_is_refused_with_the_circle) {
  change("deal.yaml", "net_mortgage_rate: pool.net_rate", "net_mortgage_rate: available_funds_rate + pool.net_rate");
  expect_refused({"is defined through itself: available_funds_rate -> net_mortgage_rate -> available_funds_rate; break the circle"});
}

TEST_F(BadInput, a_formula_cut_short_is_refused) {
  change("deal.yaml", "excess_cash_flow: {formula: excess_funds,", "excess_cash_flow: {formula: excess_funds -,");
  expect_refused({"error: in 'excess_funds -': the formula ends too early; complete it"});
}

TEST_F(BadInput, a_formula_nested_without_end_is_refused) {
  change("deal.yaml", "formula: excess_funds,", "formula: " + std::string(500, '(') + ",");
  expect_refused({"deal.yaml:70:131: error: in '(((", "the formula is nested too deeply; split it into quantities"});
}

// YAML.

TEST_F(BadInput, a_key_that_stands_twice_is_refused) {
  change("deal.yaml", "trustees: 0.0043%", "trustees: 0.0043%\n  trustees: 0.0044%");
  expect_refused({"deal.yaml:22:3: error: the key trustees stands here twice (first on line 21); keep one of them"});
}

TEST_F(BadInput, broken_yaml_is_reported_once_with_its_place) {
  change("deal.yaml", "  closing: 2003", "\tclosing: 2003");
  expect_refused({"deal.yaml:8:1: error: not valid YAML: illegal tab", "check the indentation", "1 error, 0 warnings"});
}

TEST_F(BadInput, an_empty_deal_file_is_reported_once) {
  write("deal.yaml", "");
  expect_refused({"deal.yaml: error: the file must be a mapping (key: value), not empty", "1 error, 0 warnings"});
}

TEST_F(BadInput, faults_of_triggers_accounts_and_quantities_with_memory_come_out_at_once) {
  change("deal.yaml", "\ncall:  ",
         "\ntriggers:\n"
         "  loss: {when: pool.losses.cumulatve > 1% * pool.balance.cut_off, cure: 0}\n"
         "accounts:\n"
         "  Reserve: {opening: -5, target: 1%, earns: libor_1m}\n"
         "  Bonds: {target: 5_000, earns: 3}\n"
         "call:  ");
  change("deal.yaml", "excess_cash_flow: {formula: excess_funds, before: 3}", "excess_cash_flow: {formula: pool.losses, average_over: 0}");
  change("deal.yaml", "{section: 4, pay: allocated_loss, from: excess_funds, to: {sequential: [A-2,",
         "{section: 4, pay: deposit, from: excess_funds, to: {sequential: [A-2,");
  change("deal.yaml", "{section: 5, pay: unpaid_interest, from: excess_funds, to: {sequential: Bonds}",
         "{section: 5, pay: unpaid_interest, from: excess_funds, to: {sequential: [Reserve]}");
  expect_refused({"deal.yaml:55:16: error: nothing is called pool.losses.cumulatve; did you mean pool.losses.cumulative?",
                  "deal.yaml:55:73: error: cure fits none of the forms allowed here: it is the number 0; write immediately, never, or",
                  "deal.yaml:57:22: error: opening must be at least 0, not -5; write dollars, as in 861_000_000",
                  "deal.yaml:57:34: error: '1%' is a rate; a money amount is due here",
                  "deal.yaml:58:3: error: Bonds is already the name of a group of classes; choose another name",
                  "deal.yaml:58:33: error: '3' stands where a rate is due, without a percent sign; write 3% if percent is meant",
                  "average_over must be at least 1, not 0; write a whole number of periods from 1 to 120",
                  "error: a deposit goes to an account, and A-2 is none; list it under accounts, or choose what the step pays",
                  "error: Reserve is an account, and takes only deposits; write pay: deposit"});
}

TEST_F(BadInput, cash_left_in_an_account_when_the_run_ends_is_reported) {
  change("deal.yaml", "\ncall:  ", "\naccounts:\n  Reserve: {opening: 5_000_000, target: 5_000_000}\ncall:  ");
  expect_refused({"$5000000.000000 is left in the account Reserve, and the run ends; release it when the classes are retired, as in "
                  "{pay: residual, from: Reserve, amount: Reserve.excess, to: ...}"});
}

TEST_F(BadInput, broken_scenarios_are_reported_beside_the_deals_own_faults) {
  change("scenarios.yaml", "scenarios:\n", "scenarios: [\n");
  change("deal.yaml", "from: interest_funds", "from: interest_fund");
  expect_refused({"scenarios.yaml:", "not valid YAML", "deal.yaml:78:39: error: no fund is called interest_fund"});
}

TEST_F(BadInput, every_fault_of_every_file_comes_out_at_once) {
  change("deal.yaml", "business_days: new_york", "business_days: new_yrk");     // form
  change("deal.yaml", "min(libor_1m +", "min(libor_1mm +");                     // meaning
  change("deal.yaml", "sequential: [M-4, M-3", "sequential: [M-4, M-33");
  change("deal.yaml", "trustees: 0.0043%", "trustees: 0.0043%\n  trustees: 0.0043%");
  change("deal.yaml", "swaps: derivatives.csv", "swaps: derivative.csv");
  change("scenarios.yaml", "arm: 30 CPR", "arm: 30");
  change("scenarios.yaml", "price_dm: {scenario: pricing", "price_dm: {scenario: pricin");
  change("curves.csv", "1.16892", "x");
  change_loan(5, "gross_rate", "0.0575");
  change_loan(7, "remaining_term", "0");
  expect_refused({"deal.yaml:10:57: error: business_days cannot be the text \"new_yrk\"; did you mean new_york?",
                  "deal.yaml:40:22: error: nothing is called libor_1mm", "deal.yaml:85:99: error: no class is called M-33",
                  "deal.yaml:22:3: error: the key trustees stands here twice",
                  "deal.yaml:32:10: error: no such file: derivative.csv; did you mean derivatives.csv?",
                  "scenarios.yaml:8:12: error: arm", "scenarios.yaml:37:24: error: no scenario is called pricin",
                  "curves.csv:3:14: error: libor1m 'x' is not a number", "tape.csv:6:39: error: gross_rate",
                  "tape.csv:8:", "remaining_term: 0 is outside", "10 errors, 0 warnings"});
}
