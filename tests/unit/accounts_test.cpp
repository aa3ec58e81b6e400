// Accounts: funded, drawn on, held to a floor, released, and what is said of those that are not as they should be.

#include <gtest/gtest.h>

#include "small_deal.h"

using namespace spillway;
using small_deal::expect_near;
using small_deal::flows_of;
using small_deal::Month;
using small_deal::named;

namespace {

const std::string kRelease = "  - {section: release, pay: residual, from: Reserve, amount: Reserve.excess, to: Owner}\n";

// A class of 1,000 at 1% a month; a reserve stands behind its interest and is filled from what interest leaves.
std::string deal_of(const std::string& account, const std::string& release = kRelease, const std::string& parts = "") {
  return small_deal::head() + "classes: {A: {balance: 1000, rate: 12%}}\nparties: {Owner: residual}\n"
                              "funds: {interest: pool.interest.net, principal: pool.principal + call.proceeds}\n"
                              "accounts: {Reserve: {" + account + "}}\n" + parts +
         "quantities: {shortfall: Reserve.shortfall, excess: Reserve.excess, earned: Reserve.interest, "
         "opening: Reserve.balance.beginning, target: Reserve.target, balance: Reserve}\n"
         "waterfall:\n"
         "  - {section: 1, pay: interest, from: [interest, Reserve], to: A}\n"
         "  - {section: 2, pay: deposit, from: interest, to: Reserve}\n"
         "  - {section: 3, pay: principal, from: principal, to: A}\n" + release +
         "  - {section: 4, pay: residual, from: [interest, principal], to: Owner}\n";
}

}  // namespace

TEST(Accounts, are_funded_drawn_on_held_to_a_floor_and_released) {
  // Opens with 20, target the larger of 3% of the pool and 15, earns 1% a month.
  //   month  begins   earned    interest due  deposit  drawn         target     ends       pool  owner
  //     1    20        0.2       14     10      4        -            27        24.2       900    -
  //     2    24.2      0.242      5      9      -        4            24        20.442     800    -
  //     3    20.442    0.20442   20      8      -        5.64642      15        15         400   12 + 5.64642
  //     4    15        0.15       4      4      -       15.15          0         0           0   15.15
  const auto flows = flows_of(deal_of("opening: 20, target: 3% * pool.balance.ending, floor: 1.5% * pool.balance.cut_off, earns: 12%"),
                              {{14, 100}, {5, 100}, {20, 400}, {4, 400}});
  ASSERT_EQ(flows.accounts.size(), 1u);
  const cashflow::AccountCashFlows& reserve = flows.accounts[0];
  EXPECT_EQ(reserve.name, "Reserve");
  EXPECT_DOUBLE_EQ(reserve.original_balance, 20);
  expect_near(reserve.beginning_balance, {20, 24.2, 20.442, 15}, "begins");
  expect_near(reserve.interest, {0.2, 0.242, 0.20442, 0.15}, "earned");
  expect_near(reserve.deposits, {4, 0, 0, 0}, "deposits");
  expect_near(reserve.draws, {0, 4, 5.64642, 15.15}, "draws");
  expect_near(reserve.target, {27, 24, 15, 0}, "target");
  expect_near(reserve.ending_balance, {24.2, 20.442, 15, 0}, "ends");
  expect_near(flows.classes[0].interest_paid, {10, 9, 8, 4}, "interest");
  expect_near(named(flows.parties, "Owner"), {0, 0, 17.64642, 15.15}, "owner");
  expect_near(named(flows.quantities, "shortfall"), {2.8, 3.558, 0, 0}, "shortfall at the end of the day");
  expect_near(named(flows.quantities, "excess"), {0, 0, 0, 0}, "excess at the end of the day");
  expect_near(named(flows.quantities, "earned"), {0.2, 0.242, 0.20442, 0.15}, "by its name");
  expect_near(named(flows.quantities, "opening"), {20, 24.2, 20.442, 15}, "by its name");
  expect_near(named(flows.quantities, "target"), {27, 24, 15, 0}, "by its name");
  expect_near(named(flows.quantities, "balance"), {24.2, 20.442, 15, 0}, "by its name");
}

TEST(Accounts, are_drawn_on_in_the_order_of_the_list) {
  // 10 due. Interest first: 6, then 4 of the reserve; the reserve first: 10 of it, and 6 go on to the deposit.
  const std::vector<Month> months{{6, 500}, {5, 500}};
  const auto last = flows_of(deal_of("opening: 50, target: 50"), months);
  expect_near(last.accounts[0].ending_balance, {46, 0}, "drawn on last");
  std::string text = deal_of("opening: 50, target: 50");
  text.replace(text.find("[interest, Reserve]"), 19, "[Reserve, interest]");
  const auto first = flows_of(text, months);
  expect_near(first.accounts[0].draws, {10, 46}, "drawn on first");
  expect_near(first.accounts[0].deposits, {6, 0}, "filled again");
}

TEST(Accounts, earn_nothing_at_a_negative_rate_and_have_no_target_on_the_day_of_a_whole_call) {
  const auto flows = flows_of(deal_of("opening: 50, target: 50, earns: libor_1m - 2%", kRelease, "call: {when: period == 2}\n"),
                              {{10, 100}, {9, 100}, {10, 800}}, {.to_call = true, .libor = 0.01});
  ASSERT_EQ(flows.call_period, 2);
  expect_near(flows.accounts[0].interest, {0, 0}, "interest");
  expect_near(flows.accounts[0].target, {50, 0}, "target");
  expect_near(flows.accounts[0].ending_balance, {50, 0}, "released");
}

TEST(Accounts, stand_in_compound_funds_and_are_no_source_of_deposits_into_themselves) {
  // 10 due, 4 come in: 6 of the reserve; the deposit of what is short draws on nothing, though the fund holds the reserve.
  std::string text = deal_of("opening: 50, target: 50");
  text.replace(text.find("call.proceeds}"), 14, "call.proceeds, everything: [interest, Reserve]}");
  text.replace(text.find("from: [interest, Reserve]"), 25, "from: everything");
  text.replace(text.find("deposit, from: interest"), 23, "deposit, from: everything");
  const auto flows = flows_of(text, {{4}, {16, 1'000}});
  expect_near(flows.accounts[0].deposits, {0, 0}, "deposits");
  expect_near(flows.accounts[0].draws, {6, 44}, "draws");
  expect_near(named(flows.parties, "Owner"), {0, 6 + 44}, "owner");
}

TEST(Accounts, share_a_deposit_by_what_each_is_short_of) {
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 100, rate: 0}}\nparties: {Owner: residual}\n"
                           "funds: {cash: pool.interest.net + pool.principal}\n"
                           "accounts: {One: {opening: 10, target: 40}, Two: {target: 10}}\nwaterfall:\n"
                           "  - {pay: deposit, from: cash, amount: 20, to: {pro_rata: [One, Two]}}\n"
                           "  - {pay: principal, from: cash, to: A}\n"
                           "  - {pay: residual, from: [cash, One, Two], amount: cash + One.excess + Two.excess, to: Owner}\n";
  const auto flows = flows_of(text, {{20}, {0, 100}}, {.trace = true}, 100);
  expect_near(flows.accounts[0].deposits, {15, 0}, "30 short");
  expect_near(flows.accounts[1].deposits, {5, 0}, "10 short");
  ASSERT_EQ(flows.trace.size(), 3u * 4);
  EXPECT_EQ(flows.trace[3].receiver, "Two");
  EXPECT_EQ(flows.trace[3].pay, "deposit");
  expect_near(flows.trace[3].amounts, {5, 0}, "trace");
}

TEST(Accounts, that_hold_cash_when_the_run_ends_are_reported) {
  const std::vector<Month> months{{10, 500}, {5, 500}};
  const auto flows = small_deal::run(small_deal::resolve(deal_of("opening: 50, target: 50", "")), small_deal::collateral(1'000, months));
  EXPECT_EQ(lines(flows.issues),
            (Lines{"deal.yaml: error: in period 2 (2004-02-25) $50.000000 is left in the account Reserve, and the run ends; release it "
                   "when the classes are retired, as in {pay: residual, from: Reserve, amount: Reserve.excess, to: ...}"}));
}

TEST(Accounts, do_not_count_as_cash_that_the_funds_take_up) {
  std::string text = deal_of("opening: 50, target: 50, earns: 12%");
  text.replace(text.find("interest: pool.interest.net"), 27, "interest: pool.interest.net + Reserve.interest");
  const auto flows = small_deal::run(small_deal::resolve(text), small_deal::collateral(1'000, {{10, 1'000}}));
  ASSERT_EQ(flows.issues.size(), 1u);
  EXPECT_NE(flows.issues[0].what.find("the funds hold $1010.500000, but collateral, hedges and call brought $1010.000000"), std::string::npos)
      << flows.issues[0].what;
}

TEST(Accounts, that_would_earn_without_end_are_reported) {
  const auto flows = small_deal::run(small_deal::resolve(deal_of("opening: 50, target: 50, earns: 1% / (period - 1)")),
                                     small_deal::collateral(1'000, {{10, 1'000}}));
  EXPECT_EQ(lines(flows.issues), (Lines{"deal.yaml: error: in period 1 (2004-01-25) the interest of the account Reserve is no finite "
                                        "amount; let 'earns' not divide by 0"}));
}

TEST(Accounts, with_faults_are_all_reported_each_in_its_place) {
  const std::string text = small_deal::head() +
                           "classes: {A: {balance: 1000, rate: 12%}}\n"
                           "parties: {Owner: residual}\n"
                           "funds: {interest: pool.interest.net, principal: pool.principal}\n"
                           "accounts:\n"
                           "  Reserve: {opening: -5, target: 3%, earns: 5}\n"
                           "  interest: {target: 10}\n"
                           "  Moving: {target: A.balance, floor: Reserv.balance}\n"
                           "  Aimless: {opening: 5}\n"
                           "waterfall:\n"
                           "  - {pay: interest, from: interest, to: {sequential: [A, Reserve]}}\n"
                           "  - {pay: deposit, from: interest, to: {sequential: [A, Owner, Reserv]}}\n"
                           "  - {pay: deposit, from: Reserve, to: {down_to: 5, pay: Reserve}}\n"
                           "  - {pay: write_up, from: interest, to: A}\n"
                           "  - {pay: principal, from: [principal, Reserv], to: A}\n"
                           "  - {pay: residual, from: interest, to: Owner}\n";
  EXPECT_EQ(small_deal::issues_of(text),
            (Lines{"deal.yaml:10:22: error: opening must be at least 0, not -5; write dollars, as in 861_000_000; an amount is not negative",
                   "deal.yaml:13:12: error: Aimless has no target; add target: ...",
                   "deal.yaml:11:3: error: interest is already the name of a fund; choose another name",
                   "deal.yaml:10:34: error: '3%' is a rate; a money amount is due here",
                   "deal.yaml:10:45: error: '5' stands where a rate is due, without a percent sign; write 5% if percent is meant",
                   "deal.yaml:12:20: error: 'A.balance' uses an amount that moves while payments are made; use its value at a fixed "
                   "moment, such as classes.balance.beginning",
                   "deal.yaml:12:38: error: nothing is called Reserv.balance; did you mean Reserve.balance?",
                   "deal.yaml:15:58: error: Reserve is an account, and takes only deposits; write pay: deposit",
                   "deal.yaml:16:54: error: a deposit goes to an account, and A is none; list it under accounts, or choose what the step pays",
                   "deal.yaml:16:57: error: a deposit goes to an account, and Owner is none; list it under accounts, or choose what the step pays",
                   "deal.yaml:16:64: error: no account is called Reserv; did you mean Reserve?",
                   "deal.yaml:17:39: error: down_to bounds what lowers the balances of classes, and this step does not; bound it with at_most",
                   "deal.yaml:17:5: error: the step draws on nothing but the account it pays into; name a fund under 'from'",
                   "deal.yaml:18:5: error: a write-up moves no cash; remove 'from'",
                   "deal.yaml:18:5: error: a write-up needs an amount; add 'amount'",
                   "deal.yaml:19:40: error: no fund is called Reserv; did you mean Reserve?"}));
}
