// Impac's priority of payments over random collateral, losses included: what must hold whatever happens.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "../unit/small_deal.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;

namespace {

// The example's own file: six classes, nine steps, call, swaps, over one loan group.
const deal::Deal& impac() {
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

double part(int low, int high) { return *rc::gen::inRange(low, high + 1) / 1e4; }

// A pool of this many dollars with defaults, advances, liquidations, losses and what comes in for them later.
cashflow::PoolVectors any_pool(double balance) {
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

Case any_case() {
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

}  // namespace

RC_GTEST_PROP(ImpacWaterfall, keeps_its_identities_under_any_collateral, ()) {
  const Case given = any_case();
  const deal::Deal& deal = impac();
  const auto schedule = calendar::make_schedule(deal.schedule, {}, static_cast<int>(given.collateral.total.periods()));
  std::vector<rates::IndexPath> paths;
  for (const std::string& index : deal.indices) paths.push_back(rates::flat_path(index, given.libor));
  const rates::IndexPaths indices(std::move(paths));
  const auto made = waterfall::run_waterfall(deal, {given.collateral, indices, given.swaps, schedule}, {given.to_call, false});
  for (const auto& issue : made.issues) RC_LOG() << to_text(issue) << '\n';
  RC_ASSERT(made.ok());
  const DealCashFlows& flows = *made;
  const cashflow::PoolVectors& pool = given.collateral.total;
  RC_CLASSIFY(flows.call_period > 0, "called");
  double written_down = 0, written_up = 0, hedge_unpaid = 0, lowest_oc = 0;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    double out = flows.parties[0].values[t], balances = 0, beginning = 0;
    bool short_of_interest = false;
    for (const ClassCashFlows& bond : flows.classes) {
      out += bond.cash(t);
      balances += bond.ending_balance[t];
      beginning += bond.beginning_balance[t];
      written_down += bond.written_down[t];
      written_up += bond.written_up[t];
      for (const auto* amounts : {&bond.interest_paid, &bond.unpaid_interest_paid, &bond.basis_risk_paid, &bond.principal_paid,
                                  &bond.allocated_loss_paid, &bond.written_down, &bond.written_up, &bond.unpaid_interest, &bond.basis_risk,
                                  &bond.allocated_loss, &bond.ending_balance}) {
        RC_ASSERT((*amounts)[t] >= -1e-6);
      }
      RC_ASSERT(bond.interest_paid[t] <= bond.interest_due[t] + 1e-6);
      // No junior class is paid interest while a senior one is short.
      if (short_of_interest) RC_ASSERT(bond.interest_paid[t] <= 1e-6);
      short_of_interest = short_of_interest || bond.interest_paid[t] < bond.interest_due[t] - 1e-6;
      // What is carried is what was carried, plus what came, less what was paid.
      const double unpaid_before = t > 0 ? bond.unpaid_interest[t - 1] : 0.0;
      RC_ASSERT(std::abs(unpaid_before + bond.interest_due[t] - bond.interest_paid[t] - bond.unpaid_interest_paid[t] -
                         bond.unpaid_interest[t]) <= 1e-6);
      const double loss_before = t > 0 ? bond.allocated_loss[t - 1] : 0.0;
      RC_ASSERT(std::abs(loss_before + bond.written_down[t] - bond.written_up[t] - bond.allocated_loss_paid[t] -
                         bond.allocated_loss[t]) <= 1e-6);
    }
    hedge_unpaid += flows.hedge_unpaid[t];
    RC_ASSERT(flows.hedge_net_payment[t] >= -std::max(0.0, pool.net_interest(t) + pool.principal(t)));
    // Cash in = cash out: net interest, principal, the swaps' net payment, and what a call brings.
    const bool called = flows.call_period == static_cast<int>(t + 1);
    const double proceeds = called ? std::max(pool.ending_balance[t], beginning - pool.principal(t)) : 0.0;
    RC_ASSERT(std::abs(pool.net_interest(t) + pool.principal(t) + flows.hedge_net_payment[t] + proceeds - out) <= 1e-5);
    // Pool = classes + OC.
    const double pool_left = called ? 0.0 : pool.ending_balance[t];
    RC_ASSERT(std::abs(pool_left - balances - flows.overcollateralization[t]) <= 1e-6);
    lowest_oc = std::min(lowest_oc, flows.overcollateralization[t]);
    // Below zero only when every class that can be written down is gone.
    if (!called && flows.overcollateralization[t] < -1e-6) {
      for (std::size_t c = 1; c < flows.classes.size(); ++c) RC_ASSERT(flows.classes[c].ending_balance[t] <= 1e-6);
    }
    RC_ASSERT(flows.classes[0].written_down[t] == 0.0);
    RC_ASSERT(flows.hedge_notional[t] <= beginning + 1e-6);
    // A call pays all classes, unless hedges took a part of its proceeds.
    if (called && -flows.hedge_net_payment[t] <= pool.net_interest(t)) RC_ASSERT(balances <= 1e-6);
  }
  RC_CLASSIFY(written_down > 0, "written down");
  RC_CLASSIFY(written_up > 0, "written up");
  RC_CLASSIFY(hedge_unpaid > 0, "hedges owed more than the pool brought");
  RC_CLASSIFY(lowest_oc < -1.0, "losses beyond what can be written down");
}

namespace {

std::string percent(int low, int high) { return std::to_string(100.0 * part(low, high)) + "%"; }

// Three or four classes of 1,000,000 in all, a reserve fund, a loss and a delinquency trigger, every number at random.
struct SmallDeal {
  std::string text;
  double loss_limit = 0;
  int after = 1, cure = 0;
};

SmallDeal any_small_deal() {
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

// A trigger by its definition, from the periods in which its condition holds.
std::vector<double> states(const std::vector<bool>& holds, int after, int cure) {
  std::vector<double> all;
  bool on = false;
  for (std::size_t t = 0; t < holds.size(); ++t) {
    const auto all_of_last = [&](int count, bool wanted) {
      if (count > static_cast<int>(t) + 1) return false;
      return std::all_of(holds.begin() + static_cast<std::ptrdiff_t>(t) + 1 - count, holds.begin() + static_cast<std::ptrdiff_t>(t) + 1,
                         [&](bool held) { return held == wanted; });
    };
    on = on ? cure == 0 || !all_of_last(cure, false) : all_of_last(after, true);
    all.push_back(on);
  }
  return all;
}

}  // namespace

RC_GTEST_PROP(SmallWaterfall, with_reserve_and_triggers_keeps_its_identities_under_losses, ()) {
  const SmallDeal given = any_small_deal();
  const cashflow::PoolVectors pool = any_pool(1e6 * (1 + part(-300, 500)));
  RC_LOG() << given.text;
  const auto made = small_deal::run(small_deal::resolve(given.text), {{pool}, pool});
  for (const auto& issue : made.issues) RC_LOG() << to_text(issue) << '\n';
  RC_ASSERT(made.ok());
  const DealCashFlows& flows = *made;
  const cashflow::AccountCashFlows& reserve = flows.accounts[0];
  double losses = 0, borne = 0, held = reserve.original_balance, written = 0;
  std::vector<bool> lost;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    double in = pool.net_interest(t) + pool.principal(t) + reserve.interest[t] + held;
    double balances = 0;
    bool short_of_interest = false;
    for (const ClassCashFlows& bond : flows.classes) {
      in -= bond.cash(t);
      balances += bond.ending_balance[t];
      RC_ASSERT(bond.ending_balance[t] >= -1e-6);
      RC_ASSERT(bond.allocated_loss[t] >= -1e-6);
      RC_ASSERT(bond.unpaid_interest[t] >= -1e-6);
      if (short_of_interest) RC_ASSERT(bond.interest_paid[t] <= 1e-6);  // a senior class goes first
      short_of_interest = short_of_interest || bond.interest_paid[t] < bond.interest_due[t] - 1e-6;
      const double loss_before = t > 0 ? bond.allocated_loss[t - 1] : 0.0;
      RC_ASSERT(std::abs(loss_before + bond.written_down[t] - bond.written_up[t] - bond.allocated_loss_paid[t] -
                         bond.allocated_loss[t]) <= 1e-6);
      written += bond.written_down[t] + bond.written_up[t];
    }
    RC_ASSERT(flows.classes[0].written_down[t] == 0.0);
    // Cash: what came in is paid to classes and owner, or kept.
    RC_ASSERT(std::abs(in - flows.parties[0].values[t] - reserve.ending_balance[t]) <= 1e-6);
    held = reserve.ending_balance[t];
    RC_ASSERT(held >= -1e-9);
    RC_ASSERT(held <= reserve.target[t] + 1e-6);  // the excess is released
    // Pool = classes + OC, and every loss is borne by someone.
    RC_ASSERT(std::abs(pool.ending_balance[t] - balances - flows.overcollateralization[t]) <= 1e-6);
    losses += pool.realized_losses[t];
    borne += flows.losses_by_excess[t] + flows.losses_by_oc[t] + flows.losses_written_down[t];
    RC_ASSERT(std::abs(losses - borne) <= 1e-6);
    lost.push_back(losses > given.loss_limit);
  }
  RC_ASSERT(held <= 1e-6);
  RC_ASSERT(small_deal::named(flows.triggers, "loss") == states(lost, given.after, given.cure));
  RC_CLASSIFY(written > 0, "written down or up");
  RC_CLASSIFY(*std::max_element(reserve.draws.begin(), reserve.draws.end()) > 0, "reserve drawn");
}
