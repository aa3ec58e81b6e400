#include "spillway/waterfall/run_waterfall.h"

#include <algorithm>
#include <cmath>

#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

namespace {

using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
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
    case Pay::deposit: return "deposit";
    case Pay::write_down: return "write_down";
    case Pay::write_up: return "write_up";
  }
  return "";
}

// Every series that has a value a period.
template <class Use>
void for_each_series(DealCashFlows& flows, Use use) {
  for (auto* all : {&flows.parties, &flows.quantities, &flows.triggers}) {
    for (cashflow::NamedSeries& series : *all) use(series.values);
  }
  for (cashflow::StepPayment& payment : flows.trace) use(payment.amounts);
  for (cashflow::StepTotals& step : flows.steps) {
    for (auto* series : {&step.reached, &step.available, &step.limit, &step.paid}) use(*series);
  }
  for (auto* series : {&flows.pool_ending_balance, &flows.overcollateralization, &flows.hedge_notional,
                       &flows.hedge_net_payment, &flows.hedge_unpaid, &flows.losses_by_excess, &flows.losses_by_oc,
                       &flows.losses_written_down}) {
    use(*series);
  }
  for (cashflow::AccountCashFlows& account : flows.accounts) {
    for (auto* series : {&account.beginning_balance, &account.interest, &account.deposits, &account.draws, &account.target,
                         &account.ending_balance}) {
      use(*series);
    }
  }
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
  if (t > 0 && issues_.empty()) check_accounts_released(t - 1);
  out_.schedule.resize(t);
  for (ClassCashFlows& flows : out_.classes) flows.resize(t);
  end_notionals();
  for_each_series(out_, [t](std::vector<double>& series) { series.resize(t); });
  return result::make_result(std::move(out_), std::move(issues_));
}

void Runner::check_inputs() const {
  const std::size_t periods = in_.collateral.total.periods();
  result::require(in_.series.size() == deal_.schedules.size(), "a schedule of the deal is not laid out");
  result::require(in_.schedule.size() >= periods, "the schedule is shorter than the collateral");
  result::require(!in_.fixings || in_.fixings->periods() >= periods, "the fixings are shorter than the collateral");
  result::require(in_.collateral.groups.size() == deal_.groups.size(), "the collateral has other loan groups than the deal");
  result::require(!deal_.make_whole || !options_.to_call || in_.make_whole.size() == deal_.classes.size(),
                  "a run to call gives no make-whole premiums");
}

// All that the periods write to is laid out here: none of them allocates.
void Runner::prepare() {
  check_inputs();
  lay_out_series();
  lay_out_record();
  if (!in_.fixings) own_fixings_ = fix(deal_, in_.schedule, in_.indices);
  start_slots();
  trigger_states_.resize(deal_.triggers.size());
  remembered_.resize(static_cast<std::size_t>(deal_.remembered));
  if (options_.trace) state_.leaf_paid.resize(deal_.classes.size() + deal_.parties.size() + deal_.accounts.size());
  prior_pool_less_classes_ = in_.collateral.total.cut_off_balance - deal_.class_total();
  first_pool_less_classes_ = prior_pool_less_classes_;
  tolerance_ = std::max(kTolerance, 1e-15 * in_.collateral.total.cut_off_balance);
}

void Runner::lay_out_series() {
  const std::size_t periods = in_.collateral.total.periods();
  out_.call_part = deal_.call_part;
  out_.has_make_whole = deal_.make_whole.has_value();
  out_.schedule.assign(in_.schedule.begin(), in_.schedule.begin() + static_cast<std::ptrdiff_t>(periods));
  for (const deal::BondClass& bond : deal_.classes) {
    ClassCashFlows& flows = out_.classes.emplace_back();
    flows.name = bond.name;
    flows.original_balance = bond.original_balance;
    flows.is_notional = bond.is_notional;
    for (const deal::RateTerm& term : bond.rate_terms) {
      if (options_.trace) flows.rate_terms.push_back({term.text, {}});
    }
    flows.resize(periods);
  }
  for (const std::string& name : deal_.parties) out_.parties.push_back({name, {}});
  for (const deal::Quantity& quantity : deal_.quantities) out_.quantities.push_back({quantity.name, {}});
  for (const deal::Trigger& trigger : deal_.triggers) out_.triggers.push_back({trigger.name, {}});
  for (const deal::Account& account : deal_.accounts) {
    out_.accounts.push_back({account.name, account.opening, {}, {}, {}, {}, {}, {}});
  }
  if (options_.trace) lay_out_trace();
  for_each_series(out_, [periods](std::vector<double>& series) { series.resize(periods); });
}

// Which slots are kept of every period, and where.
void Runner::lay_out_record() {
  for (ClassCashFlows& flows : out_.classes) {
    auto& series = class_series_.emplace_back();
    std::transform(std::begin(cashflow::kClassSeries), std::end(cashflow::kClassSeries), series.begin(),
                   [&](auto each) { return (flows.*each).data(); });
  }
  const auto record = [&](std::vector<double>& series, int slot) { recorded_.push_back({series.data(), slot}); };
  for (std::size_t a = 0; a < out_.accounts.size(); ++a) {
    int slot = deal_.accounts[a].first_slot;
    for (auto series : cashflow::kAccountSeries) record(out_.accounts[a].*series, slot++);
  }
  for (int p = 0; p < parties_; ++p) record(out_.parties[static_cast<std::size_t>(p)].values, deal_.party_slot + p);
  for (std::size_t i = 0; i < out_.triggers.size(); ++i) record(out_.triggers[i].values, deal_.triggers[i].slot);
  for (std::size_t q = 0; q < out_.quantities.size(); ++q) record(out_.quantities[q].values, deal_.quantities[q].end_slot);
  record(out_.hedge_notional, deal::slot_hedge_notional);
  record(out_.hedge_net_payment, deal::slot_hedge_net);
  record(out_.hedge_unpaid, deal::slot_hedge_unpaid);
}

// What the slots hold before the first period.
void Runner::start_slots() {
  for (const deal::BondClass& bond : deal_.classes) {
    slot(bond.first_slot + deal::class_balance) = bond.is_notional ? 0.0 : bond.original_balance;
  }
  slot(deal::slot_to_call) = options_.to_call;
  slot(deal::slot_classes_balance) = deal_.class_total();
  pool(deal::pool_cut_off) = in_.collateral.total.cut_off_balance;
  for (std::size_t g = 0; g < deal_.groups.size(); ++g) {
    const int first = deal_.group_slot + static_cast<int>(g) * deal::pool_slot_count;
    slot(first + deal::pool_cut_off) = in_.collateral.groups[g].cut_off_balance;
    const auto read = deal_.is_read.begin() + first;
    is_group_read_.push_back(std::find(read, read + deal::pool_slot_count, true) != read + deal::pool_slot_count);
  }
  for (const deal::Fund& fund : deal_.funds) {
    if (!fund.compound && fund.account < 0) emptied_.push_back(&fund);
  }
  for (const deal::Step& step : deal_.waterfall) {
    for (const deal::Assignment& fixed : step.before) taken_later_.push_back(fixed.slot);
  }
  deal::evaluate(deal_.once, state_.slots.data());
}

void Runner::lay_out_trace() {
  for (const deal::Step& step : deal_.waterfall) {
    trace_start_.push_back(out_.trace.size());
    out_.steps.push_back({step.section, pay_name(step.pay), {}, {}, {}, {}});
    const auto add = [&](const std::string& receiver) {
      out_.trace.push_back({step.section, pay_name(step.pay), receiver, {}});
    };
    for (const deal::BondClass& bond : deal_.classes) add(bond.name);
    for (const std::string& party : deal_.parties) add(party);
    for (const deal::Account& account : deal_.accounts) add(account.name);
  }
}

void Runner::pay_steps(std::size_t t) {
  traced_period_ = t;
  for (const deal::Step& step : deal_.waterfall) {
    const bool paid = pay_step(step);
    if (paid && options_.trace) note_step(static_cast<std::size_t>(&step - deal_.waterfall.data()), t);
  }
}

// True if there was something to pay.
bool Runner::pay_step(const deal::Step& step) {
  if (!step.block.empty()) deal::evaluate(step.block, state_.slots.data());
  if (step.when_slot >= 0 && slot(step.when_slot) == 0.0) return false;
  double available = HUGE_VAL;
  if (moves_cash(step.pay)) {
    available = 0.0;
    for (const deal::Source& source : step.sources) available += slot(source.remaining_slot);
  }
  const double limit = step.amount_slot < 0 ? HUGE_VAL : slot(step.amount_slot);
  const double amount = std::min(available, limit);
  const double paid = amount > 0.0 ? distribute(step.to, step.pay, amount, state_) : 0.0;
  if (options_.trace) note_totals(step, available, limit, paid);
  if (!(amount > 0.0)) return false;
  if (paid > 0.0 && moves_cash(step.pay)) draw(step, paid);
  return true;
}

void Runner::note_totals(const deal::Step& step, double available, double limit, double paid) {
  cashflow::StepTotals& totals = out_.steps[static_cast<std::size_t>(&step - deal_.waterfall.data())];
  totals.reached[traced_period_] = 1.0;
  totals.available[traced_period_] = available;
  totals.limit[traced_period_] = limit;
  totals.paid[traced_period_] = paid;
}

// What each receiver had of the step, which starts the next one at nothing.
void Runner::note_step(std::size_t position, std::size_t t) {
  for (std::size_t r = 0; r < state_.leaf_paid.size(); ++r) {
    out_.trace[trace_start_[position] + r].amounts[t] = std::exchange(state_.leaf_paid[r], 0.0);
  }
}

// Takes what a step paid out of its funds, in their order.
void Runner::draw(const deal::Step& step, double paid) {
  for (const deal::Source& source : step.sources) {
    if (!(paid > 0.0)) return;
    double& remaining = slot(source.remaining_slot);
    const double part = std::min(paid, std::max(0.0, remaining));
    remaining -= part;
    paid -= part;
    if (source.draws_slot >= 0) slot(source.draws_slot) += part;
  }
}

result::Result<DealCashFlows> run_waterfall(const Deal& deal, const RunInputs& inputs, const RunOptions& options) {
  return Runner(deal, inputs, options).run();
}

}  // namespace spillway::waterfall
