#pragma once
// Collateral at random, losses included, and deals to run over it: the example's, and a small one with a reserve fund and triggers.

#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "../unit/small_deal.h"

namespace any_deal {

using namespace spillway;

// The example's own file: six classes, nine steps, call, swaps, over one loan group.
inline const deal::Deal& impac() {
  static const deal::Deal deal = [] {
    const auto loaded = io::load_inputs(std::string(SPILLWAY_SOURCE_DIR) + "/examples/impac-2003-12/deal.yaml");
    auto resolved = deal::resolve(loaded.definition, {"all"});
    EXPECT_EQ(lines(resolved.issues), Lines{});
    return std::move(*resolved);
  }();
  return deal;
}

struct Case {
  cashflow::CollateralCashFlows collateral;
  hedges::SwapSchedule swaps;
  double libor = 0;
  bool to_call = false;
};

inline double part(int low, int high) { return *rc::gen::inRange(low, high + 1) / 1e4; }

// A pool of this many dollars with defaults, advances, liquidations, losses and what comes in for them later.
inline cashflow::PoolVectors any_pool(double balance) {
  cashflow::PoolVectors pool;
  pool.name = "all";
  pool.cut_off_balance = balance;
  const auto periods = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
  pool.resize(periods);
  pool.has_credit = true;
  double performing = pool.cut_off_balance, in_foreclosure = 0, lost = 0;
  for (std::size_t t = 0; t < periods; ++t) {
    const bool last = t + 1 == periods;
    pool.beginning_balance[t] = performing + in_foreclosure;
    pool.gross_interest[t] = performing * part(300, 900) / 12;
    pool.uncollected_interest[t] = in_foreclosure * part(300, 900) / 12;
    pool.servicing_fee[t] = performing * part(0, 50) / 12;
    pool.uncollected_fees[t] = in_foreclosure * part(0, 50) / 12;
    pool.mi_premium[t] = performing * part(0, 30) / 12;
    pool.defaulted_balance[t] = performing * part(0, *rc::gen::element(0, 20, 1'000));
    const double left = performing - pool.defaulted_balance[t];
    pool.scheduled_principal[t] = left * part(0, 100);
    pool.prepaid_principal[t] = last ? left - pool.scheduled_principal[t] : (left - pool.scheduled_principal[t]) * part(0, 1'500);
    performing = last ? 0.0 : left - pool.scheduled_principal[t] - pool.prepaid_principal[t];
    in_foreclosure += pool.defaulted_balance[t];
    const double liquidated = last ? in_foreclosure : in_foreclosure * part(0, 10'000);
    pool.advanced_principal[t] = liquidated * part(0, 100);
    pool.recoveries[t] = (liquidated - pool.advanced_principal[t]) * part(0, 10'000);
    pool.realized_losses[t] = liquidated - pool.advanced_principal[t] - pool.recoveries[t];
    pool.subsequent_recoveries[t] = lost * part(0, *rc::gen::element(0, 500));
    lost += pool.realized_losses[t] - pool.subsequent_recoveries[t];
    in_foreclosure = last ? 0.0 : in_foreclosure - liquidated;
    pool.foreclosure_balance[t] = in_foreclosure;
    pool.delinquent_60[t] = performing * part(0, 500);
    pool.ending_balance[t] = performing + in_foreclosure;
  }
  cashflow::check_identities(pool);
  return pool;
}

inline Case any_case() {
  Case made;
  const cashflow::PoolVectors pool = any_pool(1e9 * (1 + part(-200, 200)));
  const std::size_t periods = pool.periods();
  made.collateral = {{pool}, pool};
  made.libor = part(0, 1'500);
  made.to_call = *rc::gen::arbitrary<bool>();
  for (std::size_t t = 0; t < periods; ++t) {
    made.swaps.notional.push_back(1e8 * part(0, 70'000));
    made.swaps.fixed_amount.push_back(made.swaps.notional.back() * (made.libor + part(-300, 2'000)) / 12);
  }
  return made;
}

inline std::string percent(int low, int high) { return std::to_string(100.0 * part(low, high)) + "%"; }

// Three or four classes of 1,000,000 in all, a reserve fund, a loss and a delinquency trigger, every number at random.
struct SmallDeal {
  std::string text;
  double loss_limit = 0;
  int after = 1, cure = 0;
};

inline SmallDeal any_small_deal() {
  SmallDeal made;
  made.loss_limit = 1e6 * part(0, 1'000);
  made.after = *rc::gen::inRange(1, 4);
  made.cure = *rc::gen::inRange(0, 4);
  const double first = 600'000 * part(3'000, 9'000), second = 600'000 - first;
  const std::string list = "[A, B, C, D]";
  made.text =
      small_deal::head() + "classes:\n  defaults: {rate: " + percent(0, 1'200) + "}\n"
      "  A: {balance: " + std::to_string(first) + ", unpaid_interest_rate: rate}\n"
      "  B: {balance: " + std::to_string(second) + ", rate: " + percent(0, 1'200) + "}\n"
      "  C: {balance: 250_000, stated_rate: 9%, rate: \"min(stated_rate, pool.net_rate)\", basis_risk_rate: 3%}\n"
      "  D: {balance: 150_000}\n"
      "parties: {Owner: residual}\n"
      "funds: {interest: pool.interest.net, principal: pool.principal, everything: [principal, interest], with_reserve: [interest, Reserve]}\n"
      "accounts: {Reserve: {opening: " + std::to_string(30'000 * part(0, 10'000)) + ", target: \"if(late, 2, 1) * " + percent(0, 500) +
      " * pool.balance.ending\", floor: " + std::to_string(20'000 * part(0, 10'000)) + ", earns: " + percent(-100, 500) + "}}\n"
      "triggers:\n"
      "  loss: {when: pool.losses.cumulative > " + std::to_string(made.loss_limit) + ", after: " + std::to_string(made.after) +
      ", cure: " + (made.cure == 0 ? "never" : std::to_string(made.cure)) + "}\n"
      "  late: {when: rolling > 3%, after: " + std::to_string(made.after) + ", cure: " +
      (made.cure == 0 ? "immediately" : std::to_string(made.cure)) + "}\n"
      "quantities:\n"
      "  late_part: pool.delinquent_60_plus / pool.balance.ending\n"
      "  rolling: {formula: late_part, average_over: 3}\n"
      "  oc: pool.balance.ending - classes.balance\n"
      "  last_target: {formula: target, at: previous_period, initial: 20_000}\n"
      "  target: if(loss, last_target, 2% * pool.balance.ending)\n"
      "waterfall:\n"
      "  - {pay: interest, from: with_reserve, to: {sequential: " + list + "}}\n"
      "  - {pay: principal, from: principal, to: {if: loss or late, then: {sequential: " + list + "}, else: {pro_rata: " + list + "}}}\n"
      "  - {pay: write_up, amount: pool.subsequent_recoveries, to: {sequential: [B, C, D]}}\n"
      "  - {pay: deposit, from: everything, to: Reserve}\n"
      "  - {pay: principal, from: everything, amount: \"max(0, target - oc)\", to: {sequential: " + list + "}}\n"
      "  - {pay: write_down, amount: \"max(0, -oc)\", to: {sequential: [D, C, B]}}\n"
      "  - {pay: allocated_loss, from: everything, to: {sequential: [B, C, D]}}\n"
      "  - {pay: unpaid_interest, from: everything, to: {sequential: " + list + "}}\n"
      "  - {pay: basis_risk, from: everything, to: C}\n"
      "  - {pay: residual, from: [everything, Reserve], amount: everything + Reserve.excess, to: Owner}\n";
  return made;
}

}  // namespace any_deal
