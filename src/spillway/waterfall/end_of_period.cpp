// What a period leaves behind: its record.

#include <algorithm>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using cashflow::ClassCashFlows;

void Runner::record_class(std::size_t c, std::size_t t) {
  const int at = static_cast<int>(c);
  ClassCashFlows& flows = out_.classes[c];
  flows.beginning_balance[t] = state_.of_class(at, deal::class_beginning);
  flows.rate[t] = state_.of_class(at, deal::class_rate);
  flows.stated_rate[t] = state_.of_class(at, deal::class_stated_rate);
  flows.interest_due[t] = state_.of_class(at, deal::class_interest_due);
  flows.accrued[t] = state_.of_class(at, deal::class_accrued);
  flows.interest_paid[t] = state_.of_class(at, deal::class_interest_paid);
  flows.unpaid_interest_paid[t] = state_.unpaid_interest_paid[c];
  flows.basis_risk_paid[t] = state_.basis_risk_paid[c];
  flows.principal_paid[t] = state_.of_class(at, deal::class_principal_paid);
  flows.allocated_loss_paid[t] = state_.allocated_loss_paid[c];
  flows.premium_paid[t] = state_.premium_paid[c];
  flows.written_down[t] = state_.written_down[c];
  flows.written_up[t] = state_.written_up[c];
  flows.unpaid_interest[t] = state_.of_class(at, deal::class_unpaid_interest);
  flows.basis_risk[t] = state_.of_class(at, deal::class_basis_risk);
  flows.allocated_loss[t] = state_.of_class(at, deal::class_allocated_loss);
  flows.ending_balance[t] = state_.of_class(at, deal::class_balance);
}

void Runner::record_account(std::size_t a, std::size_t t) {
  const int at = static_cast<int>(a);
  cashflow::AccountCashFlows& flows = out_.accounts[a];
  flows.beginning_balance[t] = state_.of_account(at, deal::account_beginning);
  flows.interest[t] = state_.of_account(at, deal::account_interest);
  flows.deposits[t] = state_.deposits[a];
  flows.draws[t] = state_.draws[a];
  flows.target[t] = state_.of_account(at, deal::account_target);
  flows.ending_balance[t] = state_.of_account(at, deal::account_balance);
}

// A notional is known at the start of a period: it ends one where it starts the next. What it starts the first one at is
// its original amount, which may stand on the pool.
void Runner::end_notionals() {
  for (std::size_t c = 0; c < out_.classes.size(); ++c) {
    ClassCashFlows& flows = out_.classes[c];
    if (!deal_.classes[c].is_notional || flows.beginning_balance.empty()) continue;
    flows.original_balance = flows.beginning_balance.front();
    std::copy(flows.beginning_balance.begin() + 1, flows.beginning_balance.end(), flows.ending_balance.begin());
  }
}

void Runner::end_period(std::size_t t) {
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) record_class(c, t);
  for (std::size_t p = 0; p < deal_.parties.size(); ++p) out_.parties[p].values[t] = state_.party_paid[p];
  for (std::size_t a = 0; a < deal_.accounts.size(); ++a) record_account(a, t);
  for (std::size_t i = 0; i < deal_.triggers.size(); ++i) out_.triggers[i].values[t] = slot(deal_.triggers[i].slot);
  for (std::size_t q = 0; q < deal_.quantities.size(); ++q) {
    const deal::Quantity& quantity = deal_.quantities[q];
    out_.quantities[q].values[t] = quantity.slot >= 0 ? slot(quantity.slot) : state_.evaluate(quantity.live);
  }
  out_.pool_ending_balance[t] = called_ ? 0.0 : pool(deal::pool_ending);
  const double redeemed = exercised_ ? deal_.call_part * pool(deal::pool_ending) : 0.0;
  if (exercised_) {
    out_.call_period = static_cast<int>(t + 1);
    if (!called_) out_.pool_ending_balance[t] *= 1.0 - deal_.call_part;
    pool_part_ *= 1.0 - deal_.call_part;
    exercised_ = false;
  }
  out_.hedge_notional[t] = slot(deal::slot_hedge_notional);
  out_.hedge_net_payment[t] = slot(deal::slot_hedge_net);
  out_.hedge_unpaid[t] = slot(deal::slot_hedge_unpaid);
  check_paid_out(t);
  if (!issues_.empty()) return;
  check_cash(t);
  check_accounts(t);
  check_balances(t);
  attribute_losses(t, redeemed);
  keep_previous_values();
}

}  // namespace spillway::waterfall
