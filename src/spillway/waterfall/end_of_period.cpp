// What a period leaves behind: its record, and the identities it must satisfy.

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using cashflow::ClassCashFlows;

std::string dollars(double amount) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6f", amount);
  return text;
}

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
  flows.unpaid_interest[t] = state_.of_class(at, deal::class_unpaid_interest);
  flows.basis_risk[t] = state_.of_class(at, deal::class_basis_risk);
  flows.allocated_loss[t] = state_.of_class(at, deal::class_allocated_loss);
  flows.ending_balance[t] = state_.of_class(at, deal::class_balance);
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
  for (std::size_t q = 0; q < deal_.quantities.size(); ++q) {
    const deal::Quantity& quantity = deal_.quantities[q];
    out_.quantities[q].values[t] = quantity.slot >= 0 ? slot(quantity.slot) : state_.evaluate(quantity.live);
  }
  out_.pool_ending_balance[t] = called_ ? 0.0 : pool(deal::pool_ending);
  if (exercised_) {
    out_.call_period = static_cast<int>(t + 1);
    if (!called_) out_.pool_ending_balance[t] *= 1.0 - deal_.call_part;
    pool_part_ *= 1.0 - deal_.call_part;
    exercised_ = false;
  }
  out_.hedge_notional[t] = slot(deal::slot_hedge_notional);
  out_.hedge_net_payment[t] = slot(deal::slot_hedge_net);
  check_paid_out(t);
  if (issues_.empty()) check_balances(t);
}

void Runner::check_paid_out(std::size_t t) {
  for (const deal::Fund& fund : deal_.funds) {
    if (fund.compound || std::abs(slot(fund.remaining_slot)) <= kTolerance) continue;
    fail(t, "$" + dollars(slot(fund.remaining_slot)) + " of " + fund.name + " is left when all steps are done",
         "add a last step that pays what remains, such as {pay: residual, from: " + fund.name + ", to: ...}");
  }
}

// Pool less classes moves only by what the pool lost without paying, write-downs, and principal paid beyond the pool's.
void Runner::check_balances(std::size_t t) {
  double principal = 0.0, written_down = 0.0, accrued = 0.0, balances = 0.0;
  for (std::size_t c = 0; c < out_.classes.size(); ++c) {
    if (deal_.classes[c].is_notional) continue;
    const ClassCashFlows& flows = out_.classes[c];
    principal += flows.principal_paid[t];
    accrued += flows.accrued[t];
    written_down += flows.written_down[t];
    balances += flows.ending_balance[t];
    const double rolled = flows.beginning_balance[t] + flows.accrued[t] - flows.principal_paid[t] - flows.written_down[t];
    if (!(std::abs(rolled - flows.ending_balance[t]) <= kTolerance)) {
      throw result::InvariantViolation("period " + std::to_string(t + 1) + ", class " + flows.name +
                                       ": beginning + accrued - principal - written down = " + dollars(rolled) +
                                       " against ending " + dollars(flows.ending_balance[t]));
    }
  }
  const double pool_decline = pool(deal::pool_beginning) - out_.pool_ending_balance[t];
  const double expected = prior_pool_less_classes_ - pool_decline - accrued + principal + written_down;
  const double found = out_.pool_ending_balance[t] - balances;
  if (!(std::abs(expected - found) <= kTolerance)) {
    throw result::InvariantViolation("period " + std::to_string(t + 1) + ": pool less classes is " + dollars(found) +
                                     ", the payments make it " + dollars(expected));
  }
  out_.overcollateralization[t] = found;
  prior_pool_less_classes_ = found;
}

void Runner::fail(std::size_t t, const std::string& what, const std::string& remedy) {
  issues_.push_back(result::error({deal_.file, 0, 0},
                                  "in period " + std::to_string(t + 1) + " (" +
                                      calendar::to_iso(in_.schedule[t].payment) + ") " + what, remedy));
}

}  // namespace spillway::waterfall
