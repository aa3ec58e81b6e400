// How a period starts: what is known of it, what is due, and what the funds hold.

#include <algorithm>
#include <cmath>

#include "spillway/waterfall/pool_slots.h"
#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

namespace {

// All but what is to date.
template <int... kSlots>
void fill_values(double* s, const cashflow::PoolVectors& pool, std::size_t t, double part, std::integer_sequence<int, kSlots...>) {
  const auto fill = [&]<int kSlot>(std::integral_constant<int, kSlot>) {
    constexpr bool is_kept = kSlot == deal::pool_cut_off || kSlot == deal::pool_losses_to_date || kSlot == deal::pool_defaults_to_date;
    if constexpr (!is_kept) s[kSlot] = pool_value<static_cast<deal::PoolSlot>(kSlot)>(pool, t, part);
  };
  (fill(std::integral_constant<int, kSlots>{}), ...);
}

}  // namespace

void Runner::fill_pool(std::size_t t, const cashflow::PoolVectors& pool, int first_slot) {
  double* s = state_.slots.data() + first_slot;
  fill_values(s, pool, t, pool_part_, std::make_integer_sequence<int, deal::pool_slot_count>{});
  s[deal::pool_losses_to_date] += s[deal::pool_losses];
  s[deal::pool_defaults_to_date] += s[deal::pool_defaults];
}

void Runner::begin_period(std::size_t t) {
  fill_date(t);
  fill_balances();
  fill_pool(t, in_.collateral.total, deal_.pool_slot);
  for (std::size_t g = 0; g < deal_.groups.size(); ++g) {
    if (!is_group_read_[g]) continue;
    fill_pool(t, in_.collateral.groups[g], deal_.group_slot + static_cast<int>(g) * deal::pool_slot_count);
  }
  int index_slot = deal_.index_slot;
  for (const std::vector<double>& index : fixings().indices) {
    if (!index.empty()) slot(index_slot) = index[t];
    ++index_slot;
  }
  for (std::size_t i = 0; i < deal_.schedules.size(); ++i) {
    const std::vector<double>& series = in_.series[i];
    slot(deal_.schedule_slot + static_cast<int>(i)) = series.empty() ? 0.0 : series[std::min(t, series.size() - 1)];
  }
  for (std::size_t c = 0; c < in_.make_whole.size(); ++c) {
    const std::vector<double>& premiums = in_.make_whole[c];
    state_.of_class(static_cast<int>(c))[deal::class_whole_premium] = t < premiums.size() ? premiums[t] : 0.0;
  }
  for (const deal::Stage& stage : deal_.start) compute(stage, t);
  if (deal_.has_call && out_.first_callable_period == 0 && slot(deal::slot_call_test) != 0.0) {
    out_.first_callable_period = static_cast<int>(t + 1);
    exercised_ = options_.to_call;
    called_ = exercised_ && deal_.call_part >= 1.0;
  }
  if (options_.trace) note_rate_terms(t);
  begin_classes();
  fill_funds(t);
  for (int taken : taken_later_) slot(taken) = 0.0;  // until its step is reached
}

void Runner::fill_date(std::size_t t) {
  const calendar::PaymentPeriod& period = in_.schedule[t];
  slot(deal::slot_date) = fixings().dates[t];
  slot(deal::slot_period) = static_cast<double>(t + 1);
  slot(deal::slot_days) = period.days;
  slot(deal::slot_actual_days) = fixings().actual_days[t];
  slot(deal::slot_year_fraction) = period.year_fraction;
  // A right that was used, if only for a part, was not passed up.
  slot(deal::slot_call_passed) = out_.first_callable_period > 0 && out_.call_period == 0;
  slot(deal::slot_to_call) = options_.to_call && out_.call_period == 0;
}

void Runner::fill_balances() {
  // Summed anew each period, so that no rounding builds up in it.
  double balances = 0.0;
  for (int c = 0; c < classes_; ++c) {
    double* s = state_.of_class(c);
    balances += s[deal::class_balance];
    s[deal::class_beginning] = s[deal::class_balance];
    std::fill(s + deal::class_interest_paid, s + deal::class_written_up + 1, 0.0);
  }
  slot(deal::slot_classes_balance) = balances;
  slot(deal::slot_classes_beginning) = balances;
  for (int p = 0; p < parties_; ++p) slot(deal_.party_slot + p) = 0.0;
  for (int a = 0; a < accounts_; ++a) {
    double* s = state_.of_account(a);
    s[deal::account_beginning] = s[deal::account_balance];
    s[deal::account_deposits] = s[deal::account_draws] = 0.0;
  }
}

void Runner::settle_hedges(std::size_t t) {
  if (t >= in_.swaps.notional.size()) {
    for (int s : {deal::slot_hedge_notional, deal::slot_hedge_net, deal::slot_hedge_receipts, deal::slot_hedge_payments,
                  deal::slot_hedge_unpaid}) {
      slot(s) = 0.0;
    }
    return;
  }
  // Swaps float on actual/360 whatever the classes accrue on.
  const double days = slot(deal::slot_actual_days);
  const double scale = hedges::limit_scale(in_.swaps.notional[t], slot(deal::slot_hedge_limit));
  const double net = hedges::net_payment(in_.swaps.notional[t], in_.swaps.fixed_amount[t],
                                         slot(deal_.index_slot + deal_.hedge_index), days, scale);
  slot(deal::slot_hedge_notional) = scale * in_.swaps.notional[t];
  // The trust pays no more than the pool brought it.
  const double owed = std::max(0.0, -net);
  const double paid = std::min(owed, std::max(0.0, pool(deal::pool_net_interest) + pool(deal::pool_principal)));
  slot(deal::slot_hedge_net) = owed > paid ? -paid : net;
  slot(deal::slot_hedge_receipts) = std::max(0.0, net);
  slot(deal::slot_hedge_payments) = paid;
  slot(deal::slot_hedge_unpaid) = owed - paid;
}

void Runner::note_rate_terms(std::size_t t) {
  for (std::size_t c = 0; c < out_.classes.size(); ++c) {
    const std::vector<deal::RateTerm>& terms = deal_.classes[c].rate_terms;
    for (std::size_t i = 0; i < terms.size(); ++i) out_.classes[c].rate_terms[i].values[t] = state_.evaluate(terms[i].program);
  }
}

void Runner::begin_classes() {
  const double year_fraction = slot(deal::slot_year_fraction);
  double shortfalls = 0.0, balances = slot(deal::slot_classes_balance);
  for (int c = 0; c < classes_; ++c) {
    const deal::BondClass& bond = deal_.classes[static_cast<std::size_t>(c)];
    double* s = state_.of_class(c);
    const double rate = std::max(0.0, s[deal::class_rate]);
    const double excess = std::max(0.0, s[deal::class_stated_rate] - rate);
    const double accrued = s[deal::class_accrued];
    double& unpaid = s[deal::class_unpaid_interest];
    if (bond.has_unpaid_interest_rate) unpaid += unpaid * std::max(0.0, s[deal::class_unpaid_interest_rate]) * year_fraction;
    unpaid += s[deal::class_interest_due] - accrued;
    s[deal::class_balance] += accrued;
    balances += accrued;
    if (!bond.has_basis_risk) continue;
    double& basis_risk = s[deal::class_basis_risk];
    const double shortfall = excess * s[deal::class_beginning] * year_fraction;
    const double carried_at = bond.has_basis_risk_rate ? std::max(0.0, s[deal::class_basis_risk_rate]) : rate;
    basis_risk += basis_risk * carried_at * year_fraction + shortfall;
    shortfalls += shortfall;
  }
  slot(deal::slot_classes_balance) = balances;
  slot(deal::slot_classes_basis_risk_shortfall) = shortfalls;
}

void Runner::fill_funds(std::size_t t) {
  for (int a = 0; a < accounts_; ++a) {
    double* s = state_.of_account(a);
    const double earned = s[deal::account_interest];
    if (!std::isfinite(earned)) {
      fail(t, "the interest of the account " + deal_.accounts[static_cast<std::size_t>(a)].name + " is no finite amount", "let 'earns' not divide by 0");
      continue;
    }
    s[deal::account_balance] += earned;
  }
  double held = 0.0;
  for (const deal::Fund* fund : emptied_) {
    slot(fund->remaining_slot) = slot(fund->beginning_slot);
    held += slot(fund->beginning_slot);
  }
  const double brought = pool(deal::pool_net_interest) + pool(deal::pool_principal) +
                         slot(deal::slot_call_proceeds) + slot(deal::slot_hedge_net) + slot(deal::slot_cap_receipts);
  if (!(std::abs(held - brought) <= tolerance_)) {
    fail(t, "the funds hold $" + dollars(held) + ", but collateral, hedges and call brought $" + dollars(brought),
         "let the amounts under funds take up all cash once: pool.interest.net, pool.principal, hedges, call.proceeds");
  }
}

}  // namespace spillway::waterfall
