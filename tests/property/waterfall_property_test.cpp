// Impac's priority of payments over random collateral, losses included: what must hold whatever happens.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "any_deal.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using namespace any_deal;

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
