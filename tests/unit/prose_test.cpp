#include "spillway/deal/prose.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "issue_lines.h"
#include "spillway/io/files.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

deal::DealDefinition example(const std::string& name) {
  const auto text = io::read_file(std::filesystem::path(SPILLWAY_SOURCE_DIR) / "examples" / name / "deal.yaml");
  EXPECT_TRUE(text.ok()) << name;
  return io::read_deal(*text, "deal.yaml").value;
}

// The lines below a heading, to the next blank one.
Lines below(const std::string& heading, const Lines& all) {
  auto at = std::find(all.begin(), all.end(), heading);
  EXPECT_NE(at, all.end()) << heading;
  if (at == all.end()) return {};
  return {at + 1, std::find(at, all.end(), "")};
}

// The lines of one step over classes A, B, C, a group of the first two, two funds and a fund of both.
Lines step(const std::string& written) {
  const auto read = io::read_deal(
      "spillway: 1\n"
      "deal: Test\n"
      "dates: {cut_off: 2003-12-01, closing: 2003-12-18, payments: {first: 2004-01-25}}\n"
      "pool: {tape: tape.csv}\n"
      "indices: {libor_1m: One-Month LIBOR}\n"
      "classes:\n"
      "  A: {balance: 600, rate: 5%}\n"
      "  B: {balance: 300, rate: 5%}\n"
      "  C: {balance: 100, rate: 5%}\n"
      "class_groups: {Seniors: [A, B]}\n"
      "parties: {Trustee: the trustee}\n"
      "funds: {interest: pool.interest.net, principal: pool.principal, all: [interest, principal]}\n"
      "waterfall:\n  - " + written + "\n", "deal.yaml");
  EXPECT_EQ(lines(read.issues), Lines{});
  return deal::step_prose(read.value.waterfall.front(), read.value, 1);
}

}  // namespace

TEST(Prose, says_the_seven_priorities_of_impac) {
  const Lines expected{
      "1. From interest_funds as interest to A-1, A-2, M-1, M-2, M-3 and M-4 in this order.",
      "2. From available_funds (what is left of principal_funds, then interest_funds), up to principal_distribution, as principal "
      "to A-1, A-2, M-1, M-2, M-3 and M-4 pro rata by balance.",
      "Derivative Contracts. From derivative_receipts, up to this month's basis risk of all classes, as basis risk to A-1, A-2, M-1, "
      "M-2, M-3 and M-4 in this order.",
      "Subsequent Recoveries. If not (the call is exercised): then recoveries of losses up to the pool subsequent recoveries raise again, "
      "in this order, A-2, M-1, M-2, M-3 and M-4.",
      "3. From excess_funds (what is left of principal_funds, interest_funds, then derivative_receipts), up to oc_deficiency, as "
      "principal to A-1, A-2, M-1, M-2, M-3 and M-4 pro rata by balance.",
      "Realized Losses. Then realized losses up to unabsorbed_losses reduce, in this order, M-4, M-3, M-2, M-1 and A-2.",
      "4. From excess_funds (what is left of principal_funds, interest_funds, then derivative_receipts), in reimbursement of losses "
      "to A-2, M-1, M-2, M-3 and M-4 in this order.",
      "5. From excess_funds (what is left of principal_funds, interest_funds, then derivative_receipts), as unpaid interest to A-1, "
      "A-2, M-1, M-2, M-3 and M-4 in this order.",
      "6. From excess_funds (what is left of principal_funds, interest_funds, then derivative_receipts), as basis risk to A-1, A-2, "
      "M-1, M-2, M-3 and M-4 in this order.",
      "7. From excess_funds (what is left of principal_funds, interest_funds, then derivative_receipts), as the residual to "
      "Certificates."};
  EXPECT_EQ(below("Priority of payments", deal::prose(example("impac-2003-12"))), expected);
}

TEST(Prose, says_the_defined_terms_and_the_call_of_impac_with_names_in_words) {
  const Lines all = deal::prose(example("impac-2003-12"));
  const Lines terms = below("Defined terms", all);
  ASSERT_GE(terms.size(), 5u);
  EXPECT_EQ(terms[3], "\"oc_target\" is 0 if the payment date is on or before June 25, 2004, and otherwise 0.5% x the pool balance at cut-off.");
  EXPECT_EQ(terms[4], "\"oc_deficiency\" is the greater of 0 and oc_target - (the pool balance after the month's collections - the "
                      "balance of all classes).");
  EXPECT_EQ(below("Optional redemption", all).front(),
            "The call may be exercised when the pool balance after the month's collections is at most 25% x the pool balance at "
            "cut-off or the payment date is on or after January 25, 2014.");
  EXPECT_EQ(below("Classes, in order of seniority", all)[2],
            "M-1, Floating Rate Mezzanine (moodys Aa2, sp AA+): $35,000,000. Stated rate: the lesser of One-Month LIBOR + its margin of "
            "0.7% x (its step up of 1.5 if the call could have been exercised before, and otherwise 1) and 11.5%. Rate: the lesser of "
            "its stated rate and available_funds_rate. What the stated rate exceeds it by is basis risk.");
}

TEST(Prose, says_dates_notionals_accruals_assumed_loans_and_combinations) {
  const Lines all = deal::prose(example("fannie-2025-21"));
  EXPECT_EQ(below("Dates", all).back(), "Interest accrues on 30/360 from February 25, 2025, then from payment date to payment date, "
                                        "whether business days or not.");
  EXPECT_EQ(below("Pool", all).front(), "group_1: an assumed loan of $146,244,678 at 6.905%, of which 6% is passed through, with 334 "
                                        "months remaining, of age 20.");
  const Lines classes = below("Classes, in order of seniority", all);
  EXPECT_EQ(classes[3], "BZ, SEQ Z: $9,359,339. Rate: 5.5%. Its interest is added to its balance instead of being paid.");
  EXPECT_EQ(classes[5], "SB, NTL inverse floater: no balance; interest is on the balance of FB before the payment date. Rate: 0.87073% if "
                        "the number of the period is 1, and otherwise (the greater of 5.2% - 30-day Average SOFR and 0).");
  EXPECT_EQ(below("Combinations", all).front(), "BC: may be had in exchange for BA and BE.");
}

TEST(Prose, letters_the_clauses_of_a_nested_tree) {
  const Lines expected{
      "4(b). If the number of the period is above 36: from all (what is left of interest, then principal), as principal in this order:",
      "   (a) pay, until their balances together are down to 50% x the pool balance after the month's collections, to A and B pro rata by original balance;",
      "   (b) pay:",
      "      (i) if the balance of C is below 50, in these parts:",
      "         (a) 60% to A and B in this order;",
      "         (b) 40%, at most 1,000, to C;",
      "      (ii) otherwise nothing;",
      "   (c) pay to C."};
  EXPECT_EQ(step("{section: 4(b), pay: principal, from: all, when: period > 36, to: {sequential: ["
                 "{down_to: 50% * pool.balance.ending, pay: {pro_rata: Seniors, by: balance.original}}, "
                 "{if: C.balance < 50, then: {shares: [60%: {sequential: Seniors}, 40%: {at_most: 1000, pay: C}]}}, C]}}"),
            expected);
}

TEST(Prose, says_conditions_and_bounds_on_one_class) {
  EXPECT_EQ(step("{section: 2, pay: principal, from: principal, when: not call.passed and A.balance > 1_000_000, to: {down_to: "
                 "\"max(0, 10 - principal.beginning, -B.interest.due)\", pay: A}}"),
            Lines{"2. If not (the call could have been exercised before) and the balance of A is above 1,000,000: from principal as "
                  "principal, until its balance is down to the greatest of 0, 10 - principal as it was filled and -the interest due "
                  "of B, to A."});
}

TEST(Prose, numbers_a_step_without_a_section_and_adds_its_note) {
  EXPECT_EQ(step("{pay: fee, from: [interest, principal], amount: 1_250.50, to: Trustee, note: as billed}"),
            (Lines{"Step 1. From interest, then principal, up to 1,250.50, as a fee to Trustee.", "   Note: as billed"}));
}

TEST(Prose, nests_a_write_down) {
  EXPECT_EQ(step("{section: L, pay: write_down, amount: pool.losses, to: {sequential: [C, {pro_rata: [A, B]}]}}"),
            (Lines{"L. Then realized losses up to the pool losses reduce in this order:", "   (a) reduce C;",
                   "   (b) reduce A and B pro rata by balance."}));
}

TEST(Prose, says_triggers_accounts_and_quantities_with_memory) {
  const auto read = io::read_deal(
      "spillway: 1\n"
      "deal: Test\n"
      "dates: {cut_off: 2003-12-01, closing: 2003-12-18, payments: {first: 2004-01-25}}\n"
      "pool: {tape: tape.csv}\n"
      "indices: {libor_1m: One-Month LIBOR}\n"
      "classes: {A: {balance: 600, rate: 5%, unpaid_interest_rate: rate, stated_rate: 6%, basis_risk_rate: stated_rate}}\n"
      "funds: {all: pool.interest.net + pool.principal}\n"
      "quantities:\n"
      "  rolling: {formula: pool.delinquent_60_plus, average_over: 3}\n"
      "  year: {formula: pool.losses, sum_over: 12}\n"
      "  ever: {formula: pool.advanced, sum_over: all}\n"
      "  before: {formula: A.balance, at: previous_period, initial: 600}\n"
      "triggers:\n"
      "  loss: {when: pool.losses.cumulative > 5, cure: never}\n"
      "  late: {when: rolling > 50 or loss, after: 2, cure: 3}\n"
      "accounts:\n"
      "  Reserve: {opening: 5_000, target: 1% * pool.balance.ending, floor: 500, earns: libor_1m - 0.10%}\n"
      "waterfall:\n"
      "  - {section: 1, pay: interest, from: [all, Reserve], when: not late, to: A}\n"
      "  - {section: 2, pay: deposit, from: all, amount: Reserve.shortfall, to: Reserve}\n"
      "  - {section: 3, pay: write_up, amount: pool.subsequent_recoveries, to: A}\n", "deal.yaml");
  EXPECT_EQ(lines(read.issues), Lines{});
  const Lines all = deal::prose(read.value);
  EXPECT_EQ(below("Classes, in order of seniority", all).front(),
            "A: $600. Stated rate: 6%. Rate: 5%. What the stated rate exceeds it by is basis risk. Unpaid interest accrues at its rate. "
            "Unpaid basis risk accrues at its stated rate.");
  EXPECT_EQ(below("Defined terms", all),
            (Lines{"\"rolling\" is the average over this period and the 2 before it of the pool balance 60 or more days delinquent or in "
                   "foreclosure.",
                   "\"year\" is the sum over this period and the 11 before it of the pool losses.",
                   "\"ever\" is the sum over all periods so far of the pool advanced principal.",
                   "\"before\" is at first $600, then the value at the end of the period before of the balance of A."}));
  EXPECT_EQ(below("Triggers", all),
            (Lines{"\"loss\" trips once this holds in one period: the pool losses to date is above 5. It is never cured.",
                   "\"late\" trips once this holds in 2 periods in a row: rolling is above 50 or the trigger loss is on. It is cured once "
                   "that has failed in 3 periods in a row."}));
  EXPECT_EQ(below("Accounts", all),
            (Lines{"\"Reserve\" holds $5,000 at closing. Its target is 1% x the pool balance after the month's collections, but not below "
                   "500. It earns One-Month LIBOR - 0.1%."}));
  EXPECT_EQ(below("Priority of payments", all),
            (Lines{"1. If not (the trigger late is on): from all, then Reserve as interest to A.",
                   "2. From all, up to the shortfall of Reserve, as a deposit to Reserve.",
                   "3. Then recoveries of losses up to the pool subsequent recoveries raise again A."}));
}
