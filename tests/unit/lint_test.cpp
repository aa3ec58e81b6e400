#include "spillway/deal/lint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "issue_lines.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

// Nothing to warn of: two floaters with basis risk and a step-up, a Z class, a notional class, a schedule, a fee.
const std::string kClean =
    "spillway: 1\n"
    "deal: Test\n"
    "dates: {cut_off: 2003-12-01, closing: 2003-12-18, payments: {first: 2004-01-25}}\n"
    "pool: {tape: tape.csv}\n"
    "indices: {libor_1m: One-Month LIBOR, libor_6m: Six-Month LIBOR}\n"
    "classes:\n"
    "  A: {balance: 600, margin: 0.35%, step_up: 2, stated_rate: \"libor_1m + margin * if(call.passed, step_up, 1)\", rate: \"min(stated_rate, 7%)\"}\n"
    "  B: {balance: 200, margin: 0.70%, rate: libor_1m + margin, credit_enhancement: 20%}\n"
    "  Z: {balance: 150, rate: 5%, accrues: true}\n"
    "  PO: {balance: 50, rate: 0}\n"
    "  X: {notional: A.balance.beginning, rate: 0.10%}\n"
    "class_groups: {Bonds: [A, B]}\n"
    "parties: {Trustee: the trustee, Owner: holder of the residual}\n"
    "schedules: {plan: {balances: [500, 400]}}\n"
    "call: {when: pool.balance.ending <= 10% * pool.balance.cut_off}\n"
    "funds:\n"
    "  interest_funds: pool.interest.net\n"
    "  principal_funds: pool.principal + call.proceeds\n"
    "  available: [interest_funds, principal_funds]\n"
    "  everything: [available]\n"
    "waterfall:\n"
    "  - {section: 1, pay: fee, from: interest_funds, amount: 10, to: Trustee}\n"
    "  - {section: 2, pay: interest, from: interest_funds, to: {pro_rata: [Bonds, X]}}\n"
    "  - {section: 3, pay: principal, from: interest_funds, amount: Z.accrued, to: {sequential: [{down_to: plan, pay: A}, Z]}}\n"
    "  - {section: 4, pay: principal, from: principal_funds, to: {sequential: [Bonds, Z, PO]}}\n"
    "  - {section: 5, pay: basis_risk, from: available, to: {sequential: [A]}}\n"
    "  - {section: 6, pay: residual, from: everything, to: Owner}\n";

class Written {
 public:
  Written& put(const std::string& part, const std::string& by) {
    const std::size_t at = text_.find(part);
    EXPECT_NE(at, std::string::npos) << part;
    text_.replace(at, part.size(), by);
    return *this;
  }

  /// `deal.yaml:line:column` of the first text like this.
  std::string at(const std::string& part) const {
    const std::size_t found = text_.find(part);
    EXPECT_NE(found, std::string::npos) << part;
    const std::string before = text_.substr(0, found);
    const std::size_t start = before.rfind('\n');
    return "deal.yaml:" + std::to_string(1 + std::count(before.begin(), before.end(), '\n')) + ":" +
           std::to_string(found - (start == std::string::npos ? 0 : start + 1) + 1) + ": warning: ";
  }

  Lines warnings(const deal::LintContext& context = {{"libor_6m"}, 0.0}) const {
    const auto definition = io::read_deal(text_, "deal.yaml");
    Lines all = lines(definition.issues);
    const auto deal = deal::resolve(definition.value, {"arm"});
    EXPECT_EQ(lines(deal.issues), Lines{}) << text_;
    if (!deal.ok()) return all;
    for (const std::string& line : lines(deal::lint(definition.value, *deal, context))) all.push_back(line);
    return all;
  }

 private:
  std::string text_ = kClean;
};

}  // namespace

TEST(Lint, has_nothing_to_say_of_a_clean_deal) { EXPECT_EQ(Written().warnings(), Lines{}); }

TEST(Lint, has_nothing_to_say_of_the_examples) {
  for (const char* example : {"impac-2003-12", "fannie-2025-21", "subprime", "auto-reserve"}) {
    const auto loaded = io::load_inputs(std::filesystem::path(SPILLWAY_SOURCE_DIR) / "examples" / example / "deal.yaml");
    ASSERT_TRUE(loaded.inputs) << example;
    const auto found = deal::lint(loaded.definition, loaded.inputs->deal,
                                  {loaded.inputs->pool.indices, loaded.inputs->pool.total_balance()});
    EXPECT_EQ(lines(found), Lines{}) << example;
  }
}

TEST(Lint, tells_of_a_class_that_no_step_pays_principal) {
  Written text;
  text.put("[Bonds, Z, PO]", "[Bonds, Z]");
  EXPECT_EQ(text.warnings(), Lines{text.at("PO: {balance") +
                                   "no step pays principal to class PO; add it to a step with 'pay: principal', or give it a "
                                   "notional in place of a balance"});
}

TEST(Lint, tells_of_a_class_that_no_step_pays_interest) {
  Written text;
  text.put("[Bonds, X]", "Bonds");
  EXPECT_EQ(text.warnings(), Lines{text.at("X: {notional") + "no step pays interest to class X; add it to a step with 'pay: "
                                                             "interest', or write rate: 0"});
}

TEST(Lint, tells_of_a_class_whose_accrual_no_formula_uses) {
  Written text;
  text.put("amount: Z.accrued", "amount: Z.interest.due");
  EXPECT_EQ(text.warnings(), Lines{text.at("Z: {balance") +
                                   "no formula uses Z.accrued, what class Z accrues; pay it as principal: {pay: principal, "
                                   "amount: Z.accrued, ...}"});
}

TEST(Lint, tells_of_a_class_whose_basis_risk_no_step_pays) {
  Written text;
  text.put("pay: basis_risk, from: available, to: {sequential: [A]}", "pay: interest, from: available, to: {sequential: [A]}");
  EXPECT_EQ(text.warnings(), Lines{text.at("A: {balance") +
                                   "no step pays basis risk to class A, which has a stated_rate; add it to a step with 'pay: "
                                   "basis_risk', or leave stated_rate out"});
}

TEST(Lint, tells_of_a_step_up_without_a_call) {
  Written text;
  text.put("call: {when: pool.balance.ending <= 10% * pool.balance.cut_off}\n", "").put(" + call.proceeds", "");
  EXPECT_EQ(text.warnings(), Lines{text.at("libor_1m + margin * if") +
                                   "the rate of class A uses call.passed, and the deal has no call; add 'call', or leave the "
                                   "step-up out"});
  text.put(" * if(call.passed, step_up, 1)", "");
  EXPECT_EQ(text.warnings(), Lines{text.at("2, stated_rate") +
                                   "class A has a step_up, and the deal has no call; add 'call', or leave the step-up out"});
}

TEST(Lint, tells_of_enhancement_that_the_balances_contradict) {
  Written text;
  text.put("credit_enhancement: 20%", "credit_enhancement: 20.02%");
  EXPECT_EQ(text.warnings(), Lines{text.at("20.02%") +
                                   "class B states credit enhancement of 20.02%, and the balances give 20.00%; check the "
                                   "balances, the order of the classes and credit_enhancement_target"});
  text.put("20.02%", "20.01%");
  EXPECT_EQ(text.warnings(), Lines{});
  EXPECT_EQ(text.warnings({{"libor_6m"}, 1100.0}).size(), 1u) << "against a larger pool the same balances enhance less";
}

TEST(Lint, tells_of_a_notional_that_starts_at_nothing) {
  Written text;
  text.put("notional: A.balance.beginning", "notional: pool.balance.beginning");
  EXPECT_EQ(text.warnings(), Lines{text.at("pool.balance.beginning, rate") +
                                   "the notional of class X is 0 at the original balances of the classes; no price can be stated on "
                                   "it; write it over class balances, as in classes.balance.beginning"});
}

TEST(Lint, tells_of_indices_that_nothing_uses) {
  const Written text;
  EXPECT_EQ(text.warnings({}), Lines{text.at("libor_6m") + "no formula, hedge, loan or table uses the index libor_6m; leave it out"});
}

TEST(Lint, counts_what_a_cap_stands_on_as_used) {
  Written deal;
  deal.put("{down_to: plan, pay: A}", "A")
      .put("libor_6m: Six-Month LIBOR}", "libor_6m: Six-Month LIBOR, cmt_1y: One-Year CMT}\ncaps: {Corridor: {notional: plan, strike: 5%, index: cmt_1y}}")
      .put("interest_funds: pool.interest.net\n", "interest_funds: pool.interest.net + caps.receipts\n");
  EXPECT_EQ(deal.warnings(), Lines{});
}

TEST(Lint, tells_of_schedules_that_nothing_uses) {
  Written text;
  text.put("{down_to: plan, pay: A}", "{down_to: 500, pay: A}");
  EXPECT_EQ(text.warnings(), Lines{text.at("plan: {") +
                                   "no formula uses the schedule plan; use it, as in {down_to: plan, pay: ...}, or leave it out"});
}

TEST(Lint, tells_of_parties_that_no_step_pays) {
  Written text;
  text.put("  - {section: 1, pay: fee, from: interest_funds, amount: 10, to: Trustee}\n", "");
  EXPECT_EQ(text.warnings(), Lines{text.at("Trustee:") +
                                   "no step pays the party Trustee; pay it a fee or residual, or leave it out"});
}

TEST(Lint, tells_of_a_call_that_nothing_reads) {
  Written text;
  text.put(" + call.proceeds", "");
  EXPECT_EQ(text.warnings(), Lines{text.at("pool.balance.ending <=") +
                                   "nothing reads the call: no formula uses call.exercised or call.proceeds; let a fund take up "
                                   "call.proceeds"});
}

TEST(Lint, tells_of_funds_that_no_step_draws_on) {
  Written text;
  text.put("from: everything", "from: available");
  EXPECT_EQ(text.warnings(), Lines{text.at("everything:") +
                                   "no step draws on the fund everything; name it under 'from' of a step, or leave it out"});
  text.put("  everything: [available]\n", "  reserve: 0 * pool.principal\n");
  EXPECT_EQ(text.warnings(), Lines{text.at("reserve:") +
                                   "no step draws on the fund reserve; name it under 'from' of a step, or leave it out"});
}

TEST(Lint, tells_of_interest_paid_below_principal) {
  Written text;
  text.put("section: 2, pay: interest, from: interest_funds, to: {pro_rata: [Bonds, X]}",
           "section: 2, pay: interest, from: interest_funds, to: {pro_rata: [A, X]}")
      .put("section: 5, pay: basis_risk", "section: 5, pay: interest, from: principal_funds, to: {sequential: [B]}}\n"
                                          "  - {section: 5a, pay: basis_risk");
  EXPECT_EQ(text.warnings(), Lines{text.at("{section: 5,") +
                                   "interest is paid below principal: section 5 pays class B interest after section 4 pays it "
                                   "principal from the same fund; put the interest first, if the document does"});
}

TEST(Lint, tells_with_the_reader_of_shares_that_leave_a_rest) {
  Written text;
  text.put("to: {sequential: [Bonds, Z, PO]}", "to: {shares: [60%: {sequential: [Bonds]}, 30%: {sequential: [Z, PO]}]}");
  EXPECT_EQ(text.warnings(), Lines{text.at("{shares:") + "the shares add to less than 100%; the rest stays in the fund"});
}

TEST(Lint, tells_of_triggers_that_nothing_tests) {
  Written text;
  text.put("call:", "triggers: {late: {when: pool.delinquent_60_plus > 5}, lost: {when: late and period > 3}}\ncall:");
  EXPECT_EQ(text.warnings(), Lines{text.at("lost:") + "nothing tests the trigger lost; use it, as in 'when: lost', or leave it out"});
}

TEST(Lint, tells_of_accounts_that_no_step_draws_on_or_pays_into) {
  Written text;
  text.put("call:", "accounts: {Reserve: {opening: 5, target: 5}}\ncall:");
  EXPECT_EQ(text.warnings(), Lines{text.at("Reserve:") +
                                   "no step draws on the account Reserve; release it: {pay: residual, from: Reserve, amount: "
                                   "Reserve.excess, to: ...}"});
  text.put("from: everything", "from: [everything, Reserve]");
  EXPECT_EQ(text.warnings(), Lines{});
  text.put("{opening: 5, target: 5}", "{target: 5}");
  EXPECT_EQ(text.warnings(), Lines{text.at("Reserve:") +
                                   "no step pays into the account Reserve, which opens empty; add a step with 'pay: deposit', or "
                                   "state its opening"});
  text.put("  - {section: 6,", "  - {section: 5a, pay: deposit, from: everything, to: Reserve}\n  - {section: 6,");
  EXPECT_EQ(text.warnings(), Lines{});
}

TEST(Lint, counts_what_triggers_and_accounts_stand_on_as_used) {
  Written text;
  text.put("{down_to: plan, pay: A}", "A")
      .put("call:", "triggers: {small: {when: pool.balance.ending < plan}}\n"
                    "accounts: {Reserve: {opening: 5, target: 5, earns: libor_6m}}\ncall:")
      .put("from: everything", "when: small, from: [everything, Reserve]");
  EXPECT_EQ(text.warnings({}), Lines{});
}
