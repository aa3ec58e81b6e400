// Six loans and three classes over four months of losses, worked by hand from the loans to the last dollar of every class.

#include <tuple>

#include "small_deal.h"
#include "small_pool.h"

using namespace spillway;

namespace {

// Sequential, 100 of overcollateralization to start with and to hold; losses fall on excess, it, B, M.
std::string deal_text() {
  return small_deal::head() +
         "classes:\n"
         "  A: {balance: 5_000, rate: 6%}\n  M: {balance: 600, rate: 9%}\n  B: {balance: 300, rate: 12%}\n"
         "parties: {Owner: residual}\n"
         "funds: {interest: pool.interest.net, principal: pool.principal, both: [principal, interest]}\n"
         "quantities:\n"
         "  oc_deficiency: max(0, 100 - (pool.balance.ending - classes.balance))\n"
         "  unabsorbed: max(0, classes.balance - pool.balance.ending)\n"
         "waterfall:\n"
         "  - {section: 1, pay: interest, from: interest, to: {sequential: [A, M, B]}}\n"
         "  - {section: 2, pay: principal, from: principal, to: {sequential: [A, M, B]}}\n"
         "  - {section: 3, pay: principal, from: both, amount: oc_deficiency, to: {sequential: [A, M, B]}}\n"
         "  - {section: 4, pay: write_down, amount: unabsorbed, to: {sequential: [B, M]}}\n"
         "  - {section: 5, pay: residual, from: both, to: Owner}\n";
}

// 1,000 each at 12%, interest only, all due in month 4: 1% a month on what pays.
cashflow::CollateralCashFlows six_loans() {
  const small_pool::Loan loan{.balance = 1'000, .gross_rate = 0.12, .remaining_term = 4, .interest_only_months = 4};
  assumptions::Scenario scenario = small_pool::no_prepayment();
  scenario.credit.defaults["all"] = assumptions::DefaultVector{{0.10, 0.0, 0.20, 0.0}, true, false};
  scenario.credit.severity = {0.5};
  scenario.credit.recovery_lag = 1;
  return collateral::project(small_pool::make(std::vector<small_pool::Loan>(6, loan)), scenario, small_pool::flat(0.0));
}

void expect_near(const std::vector<double>& found, const std::vector<double>& wanted, const char* what) {
  ASSERT_EQ(found.size(), wanted.size()) << what;
  for (std::size_t t = 0; t < found.size(); ++t) EXPECT_NEAR(found[t], wanted[t], 1e-9) << what << ", period " << t + 1;
}

}  // namespace

TEST(SixLoans, default_and_are_liquidated_a_month_later_at_half) {
  //   month  performing  defaults  pays on  interest  recovered  lost  foreclosure  pool
  //     1      6,000       600      5,400     54           -       -       600      6,000
  //     2      5,400         -      5,400     54         300     300         -      5,400
  //     3      5,400     1,080      4,320     43.2         -       -     1,080      5,400
  //     4      4,320         -      4,320     43.2       540     540         -          -   (4,320 falls due)
  //     5          -         -          -      -           -       -         -          -
  const auto pool = six_loans().total;
  expect_near(pool.defaulted_balance, {600, 0, 1'080, 0, 0}, "defaulted");
  expect_near(pool.gross_interest, {54, 54, 43.2, 43.2, 0}, "interest");
  expect_near(pool.scheduled_principal, {0, 0, 0, 4'320, 0}, "scheduled");
  expect_near(pool.recoveries, {0, 300, 0, 540, 0}, "recoveries");
  expect_near(pool.realized_losses, {0, 300, 0, 540, 0}, "losses");
  expect_near(pool.foreclosure_balance, {600, 0, 1'080, 0, 0}, "foreclosure");
  expect_near(pool.ending_balance, {6'000, 5'400, 5'400, 0, 0}, "pool");
}

TEST(SixLoans, lose_excess_cash_flow_then_overcollateralization_then_b_then_m) {
  //   month  interest due         excess      principal   to OC       pool    classes before     written down         OC after
  //     1    25 + 4.5 + 3 = 32.5  21.5            -          -        6,000   5,900              -                     100
  //     2    32.5                 21.5          300        21.5       5,400   5,578.5            B 178.5                 0
  //     3    23.3925+4.5+1.215    14.0925         -     14.0925       5,400   5,385.9075         -                  14.0925
  //     4    23.3220375+4.5+1.215 14.1629625  4,860  14.1629625           -     511.7445375      B 121.5, M 390.2445375   0
  // A after month 3 is 4,664.4075; of month 4's 4,860 it takes that and M the other 195.5925.
  const deal::Deal deal = small_deal::resolve(deal_text());
  const auto run = small_deal::run(deal, six_loans());
  ASSERT_EQ(lines(run.issues), Lines{});
  const auto& [a, m, b] = std::tie(run->classes[0], run->classes[1], run->classes[2]);
  expect_near(a.ending_balance, {5'000, 4'678.5, 4'664.4075, 0, 0}, "A");
  expect_near(m.ending_balance, {600, 600, 600, 0, 0}, "M");
  expect_near(b.ending_balance, {300, 121.5, 121.5, 0, 0}, "B");
  expect_near(a.interest_paid, {25, 25, 23.3925, 23.3220375, 0}, "interest of A");
  expect_near(b.interest_paid, {3, 3, 1.215, 1.215, 0}, "interest of B: none on what was written down");
  expect_near(b.written_down, {0, 178.5, 0, 121.5, 0}, "B written down");
  expect_near(m.written_down, {0, 0, 0, 390.2445375, 0}, "M written down");
  expect_near(m.principal_paid, {0, 0, 0, 195.5925 + 14.1629625, 0}, "principal of M");
  expect_near(run->overcollateralization, {100, 0, 14.0925, 0, 0}, "OC");
  expect_near(run->parties[0].values, {21.5, 0, 0, 0, 0}, "residual");
  // 300 and 540 lost: by excess 21.5 and 14.1629625, by OC 100 and 14.0925 (built by 14.0925 between), the rest by classes.
  expect_near(run->losses_by_excess, {0, 21.5, 14.0925, 14.1629625, 0}, "by excess cash flow");
  expect_near(run->losses_by_oc, {0, 100, -14.0925, 14.0925, 0}, "by overcollateralization");
  expect_near(run->losses_written_down, {0, 178.5, 0, 511.7445375, 0}, "by the classes");
}
