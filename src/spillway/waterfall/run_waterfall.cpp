#include "spillway/waterfall/run_waterfall.h"

#include <algorithm>
#include <cmath>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

namespace {

using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using cashflow::PoolVectors;
using deal::Assignment;
using deal::Deal;
using deal::Pay;

const char* pay_name(Pay pay) {
  switch (pay) {
    case Pay::interest: return "interest";
    case Pay::principal: return "principal";
    case Pay::unpaid_interest: return "unpaid_interest";
    case Pay::basis_risk: return "basis_risk";
    case Pay::allocated_loss: return "allocated_loss";
    case Pay::premium: return "premium";
    case Pay::fee: return "fee";
    case Pay::residual: return "residual";
    case Pay::write_down: return "write_down";
  }
  return "";
}

}  // namespace

result::Result<DealCashFlows> Runner::run() {
  prepare();
  const std::size_t periods = in_.collateral.total.periods();
  std::size_t t = 0;
  for (; t < periods && !called_ && issues_.empty(); ++t) {
    begin_period(t);
    pay_steps(t);
    end_period(t);
  }
  out_.schedule.resize(t);
  for (ClassCashFlows& flows : out_.classes) flows.resize(t);
  end_notionals();
  for (auto* all : {&out_.parties, &out_.quantities}) {
    for (cashflow::NamedSeries& series : *all) series.values.resize(t);
  }
  for (cashflow::StepPayment& payment : out_.trace) payment.amounts.resize(t);
  for (auto* series : {&out_.pool_ending_balance, &out_.overcollateralization, &out_.hedge_notional,
                       &out_.hedge_net_payment}) {
    series->resize(t);
  }
  return result::make_result(std::move(out_), std::move(issues_));
}

void Runner::prepare() {
  const std::size_t periods = in_.collateral.total.periods();
  result::require(in_.series.size() == deal_.schedules.size(), "a schedule of the deal is not laid out");
  result::require(in_.schedule.size() >= periods, "the schedule is shorter than the collateral");
  result::require(in_.collateral.groups.size() == deal_.groups.size(), "the collateral has other loan groups than the deal");
  result::require(!deal_.make_whole || !options_.to_call || in_.make_whole.size() == deal_.classes.size(),
                  "a run to call gives no make-whole premiums");
  out_.call_part = deal_.call_part;
  out_.has_make_whole = deal_.make_whole.has_value();
  out_.schedule.assign(in_.schedule.begin(), in_.schedule.begin() + static_cast<std::ptrdiff_t>(periods));
  for (const std::string& name : deal_.indices) {
    const auto found = in_.indices.find(name);
    if (!found) throw result::InvariantViolation("the scenario gives no path for index " + name);
    index_position_.push_back(*found);
  }
  for (const deal::BondClass& bond : deal_.classes) {
    ClassCashFlows& flows = out_.classes.emplace_back();
    flows.name = bond.name;
    flows.original_balance = bond.original_balance;
    flows.is_notional = bond.is_notional;
    flows.resize(periods);
    slot(bond.first_slot + deal::class_balance) = bond.is_notional ? 0.0 : bond.original_balance;
  }
  for (const std::string& name : deal_.parties) out_.parties.push_back({name, std::vector<double>(periods)});
  for (const auto& quantity : deal_.quantities) out_.quantities.push_back({quantity.name, std::vector<double>(periods)});
  for (auto* series : {&out_.pool_ending_balance, &out_.overcollateralization, &out_.hedge_notional,
                       &out_.hedge_net_payment}) {
    series->resize(periods);
  }
  slot(deal::slot_to_call) = options_.to_call;
  slot(deal::slot_classes_balance) = deal_.class_total();
  prior_pool_less_classes_ = in_.collateral.total.cut_off_balance - deal_.class_total();
  if (!options_.trace) return;
  for (const deal::Step& step : deal_.waterfall) {
    trace_start_.push_back(out_.trace.size());
    for (const deal::BondClass& bond : deal_.classes) {
      out_.trace.push_back({step.section, pay_name(step.pay), bond.name, std::vector<double>(periods)});
    }
    for (const std::string& party : deal_.parties) {
      out_.trace.push_back({step.section, pay_name(step.pay), party, std::vector<double>(periods)});
    }
  }
}

void Runner::fill_pool(std::size_t t, const PoolVectors& pool, int first_slot) {
  double* s = state_.slots.data() + first_slot;
  const double balance = pool_part_ * pool.beginning_balance[t];
  const double gross = pool_part_ * pool.gross_interest[t];
  const double net = pool_part_ * pool.net_interest(t);
  s[deal::pool_cut_off] = pool.cut_off_balance;
  s[deal::pool_beginning] = balance;
  s[deal::pool_ending] = pool_part_ * pool.ending_balance[t];
  s[deal::pool_gross_interest] = gross;
  s[deal::pool_net_interest] = net;
  s[deal::pool_fees] = gross - net;
  s[deal::pool_principal] = pool_part_ * pool.principal(t);
  s[deal::pool_scheduled] = pool_part_ * pool.scheduled_principal[t];
  s[deal::pool_prepaid] = pool_part_ * pool.prepaid_principal[t];
  s[deal::pool_recoveries] = pool_part_ * pool.recoveries[t];
  s[deal::pool_losses] = pool_part_ * pool.realized_losses[t];
  s[deal::pool_defaults] = pool_part_ * pool.defaulted_balance[t];
  s[deal::pool_gross_rate] = balance > 0.0 ? 12.0 * gross / balance : 0.0;
  s[deal::pool_net_rate] = balance > 0.0 ? 12.0 * net / balance : 0.0;
}

void Runner::begin_period(std::size_t t) {
  const calendar::PaymentPeriod& period = in_.schedule[t];
  slot(deal::slot_date) = static_cast<double>(std::chrono::sys_days{period.payment}.time_since_epoch().count());
  slot(deal::slot_period) = static_cast<double>(t + 1);
  slot(deal::slot_days) = period.days;
  slot(deal::slot_actual_days) = calendar::days_between(period.accrual_start, period.accrual_end);
  slot(deal::slot_year_fraction) = period.year_fraction;
  // A right that was used, if only for a part, was not passed up.
  slot(deal::slot_call_passed) = out_.first_callable_period > 0 && out_.call_period == 0;
  slot(deal::slot_to_call) = options_.to_call && out_.call_period == 0;
  // Summed anew each period, so that no rounding builds up in it.
  double balances = 0.0;
  for (const deal::BondClass& bond : deal_.classes) balances += slot(bond.first_slot + deal::class_balance);
  slot(deal::slot_classes_balance) = balances;
  slot(deal::slot_classes_beginning) = balances;
  fill_pool(t, in_.collateral.total, deal_.pool_slot);
  for (std::size_t g = 0; g < deal_.groups.size(); ++g) {
    fill_pool(t, in_.collateral.groups[g], deal_.group_slot + static_cast<int>(g) * deal::pool_slot_count);
  }
  for (std::size_t i = 0; i < index_position_.size(); ++i) {
    slot(deal_.index_slot + static_cast<int>(i)) = in_.indices.rate(index_position_[i], period.accrual_start);
  }
  for (std::size_t i = 0; i < deal_.schedules.size(); ++i) {
    const std::vector<double>& series = in_.series[i];
    slot(deal_.schedule_slot + static_cast<int>(i)) = series.empty() ? 0.0 : series[std::min(t, series.size() - 1)];
  }
  for (const deal::BondClass& bond : deal_.classes) {
    slot(bond.first_slot + deal::class_beginning) = slot(bond.first_slot + deal::class_balance);
  }
  for (std::size_t c = 0; c < in_.make_whole.size(); ++c) {
    const std::vector<double>& premiums = in_.make_whole[c];
    state_.of_class(static_cast<int>(c), deal::class_whole_premium) = t < premiums.size() ? premiums[t] : 0.0;
  }
  for (const Assignment& assignment : deal_.assignments) {
    if (assignment.kind == Assignment::Kind::hedges) {
      settle_hedges(t);
    } else {
      slot(assignment.slot) = state_.evaluate(assignment.program);
    }
  }
  if (deal_.has_call && out_.first_callable_period == 0 && slot(deal::slot_call_test) != 0.0) {
    out_.first_callable_period = static_cast<int>(t + 1);
    exercised_ = options_.to_call;
    called_ = exercised_ && deal_.call_part >= 1.0;
  }
  begin_classes();
  fill_funds(t);
  for (const deal::Step& step : deal_.waterfall) {
    for (const Assignment& fixed : step.before) slot(fixed.slot) = 0.0;  // until the step is reached
  }
}

void Runner::settle_hedges(std::size_t t) {
  if (t >= in_.swaps.notional.size()) {
    for (int s : {deal::slot_hedge_notional, deal::slot_hedge_net, deal::slot_hedge_receipts, deal::slot_hedge_payments}) {
      slot(s) = 0.0;
    }
    return;
  }
  // Swaps float on actual/360 whatever the classes accrue on.
  const calendar::PaymentPeriod& period = in_.schedule[t];
  const double days = calendar::days_between(period.accrual_start, period.accrual_end);
  const double scale = hedges::limit_scale(in_.swaps.notional[t], slot(deal::slot_hedge_limit));
  const double net = hedges::net_payment(in_.swaps.notional[t], in_.swaps.fixed_amount[t],
                                         slot(deal_.index_slot + deal_.hedge_index), days, scale);
  slot(deal::slot_hedge_notional) = scale * in_.swaps.notional[t];
  slot(deal::slot_hedge_net) = net;
  slot(deal::slot_hedge_receipts) = std::max(0.0, net);
  slot(deal::slot_hedge_payments) = std::max(0.0, -net);
}

void Runner::begin_classes() {
  const double year_fraction = slot(deal::slot_year_fraction);
  slot(deal::slot_classes_basis_risk_shortfall) = 0.0;
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const int at = static_cast<int>(c);
    const double rate = std::max(0.0, state_.of_class(at, deal::class_rate));
    const double excess = std::max(0.0, state_.of_class(at, deal::class_stated_rate) - rate);
    state_.of_class(at, deal::class_interest_paid) = 0.0;
    state_.of_class(at, deal::class_principal_paid) = 0.0;
    const double accrued = state_.of_class(at, deal::class_accrued);
    state_.of_class(at, deal::class_unpaid_interest) += state_.of_class(at, deal::class_interest_due) - accrued;
    state_.of_class(at, deal::class_balance) += accrued;
    slot(deal::slot_classes_balance) += accrued;
    double& basis_risk = state_.of_class(at, deal::class_basis_risk);
    if (!deal_.classes[c].has_basis_risk) continue;
    const double shortfall = excess * state_.of_class(at, deal::class_beginning) * year_fraction;
    basis_risk += basis_risk * rate * year_fraction + shortfall;
    slot(deal::slot_classes_basis_risk_shortfall) += shortfall;
  }
  for (auto* paid : {&state_.party_paid, &state_.unpaid_interest_paid, &state_.basis_risk_paid,
                     &state_.allocated_loss_paid, &state_.premium_paid, &state_.written_down}) {
    std::fill(paid->begin(), paid->end(), 0.0);
  }
}

void Runner::fill_funds(std::size_t t) {
  double held = 0.0;
  for (const deal::Fund& fund : deal_.funds) {
    if (fund.compound) continue;
    slot(fund.remaining_slot) = slot(fund.beginning_slot);
    held += slot(fund.beginning_slot);
  }
  const double brought = pool(deal::pool_net_interest) + pool(deal::pool_principal) +
                         slot(deal::slot_call_proceeds) + slot(deal::slot_hedge_net) + slot(deal::slot_cap_receipts);
  if (!(std::abs(held - brought) <= kTolerance)) {
    fail(t, "the funds hold $" + dollars(held) + ", but collateral, hedges and call brought $" + dollars(brought),
         "let the amounts under funds take up all cash once: pool.interest.net, pool.principal, hedges, call.proceeds");
  }
}

void Runner::pay_steps(std::size_t t) {
  for (std::size_t s = 0; s < deal_.waterfall.size(); ++s) pay_step(deal_.waterfall[s], s, t);
}

void Runner::pay_step(const deal::Step& step, std::size_t position, std::size_t t) {
  for (const Assignment& fixed : step.before) slot(fixed.slot) = state_.evaluate(fixed.program);
  if (!step.when.empty() && state_.evaluate(step.when) == 0.0) return;
  double available = HUGE_VAL;
  if (step.pay != Pay::write_down) {
    available = 0.0;
    for (int fund : step.funds) available += slot(deal_.funds[static_cast<std::size_t>(fund)].remaining_slot);
  }
  const double amount = step.amount.empty() ? available : std::min(available, state_.evaluate(step.amount));
  if (!(amount > 0.0)) return;
  std::fill(state_.leaf_paid.begin(), state_.leaf_paid.end(), 0.0);
  double drawn = distribute(step.to, step.pay, amount, state_);
  if (step.pay != Pay::write_down) {
    for (int fund : step.funds) {
      double& remaining = slot(deal_.funds[static_cast<std::size_t>(fund)].remaining_slot);
      const double part = std::min(drawn, std::max(0.0, remaining));
      remaining -= part;
      drawn -= part;
    }
  }
  if (!options_.trace) return;
  for (std::size_t r = 0; r < state_.leaf_paid.size(); ++r) {
    out_.trace[trace_start_[position] + r].amounts[t] = state_.leaf_paid[r];
  }
}

result::Result<DealCashFlows> run_waterfall(const Deal& deal, const RunInputs& inputs, const RunOptions& options) {
  return Runner(deal, inputs, options).run();
}

}  // namespace spillway::waterfall
