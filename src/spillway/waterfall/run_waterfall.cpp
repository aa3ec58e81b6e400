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

void resize_trace(DealCashFlows& flows, std::size_t periods) {
  for (cashflow::StepPayment& payment : flows.trace) payment.amounts.resize(periods);
  for (cashflow::StepTotals& step : flows.steps) {
    for (auto* series : {&step.reached, &step.available, &step.limit, &step.paid}) series->resize(periods);
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
  end_series(t);
  return result::make_result(std::move(out_), std::move(issues_));
}

void check_inputs(const Deal& deal, const RunInputs& in, const RunOptions& options) {
  const std::size_t periods = in.collateral.total.periods();
  result::require(in.series.size() == deal.schedules.size(), "a schedule of the deal is not laid out");
  result::require(in.schedule.size() >= periods, "the schedule is shorter than the collateral");
  result::require(!in.fixings || in.fixings->periods() >= periods, "the fixings are shorter than the collateral");
  result::require(in.collateral.groups.size() == deal.groups.size(), "the collateral has other loan groups than the deal");
  result::require(!deal.make_whole || !options.to_call || in.make_whole.size() == deal.classes.size(),
                  "a run to call gives no make-whole premiums");
}

// All that the periods write to is laid out here: none of them allocates.
void Runner::prepare() {
  check_inputs(deal_, in_, options_);
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
  out_ = name_flows(deal_);
  out_.schedule.assign(in_.schedule.begin(), in_.schedule.begin() + static_cast<std::ptrdiff_t>(periods));
  kept_ = series_of(deal_, options_.record);
  for (const SeriesAt& at : kept_) series_at(out_, at).resize(periods);
  for (auto total : kTotals) (out_.*total).resize(periods);  // identities look at them
  if (!options_.trace) return;
  for (std::size_t c = 0; c < out_.classes.size(); ++c) {
    for (const deal::RateTerm& term : deal_.classes[c].rate_terms) {
      out_.classes[c].rate_terms.push_back({term.text, std::vector<double>(periods)});
    }
  }
  lay_out_trace();
  resize_trace(out_, periods);
}

// The series end with the run.
void Runner::end_series(std::size_t periods) {
  out_.schedule.resize(periods);
  for (const SeriesAt& at : kept_) series_at(out_, at).resize(periods);
  for (auto total : kTotals) (out_.*total).resize(options_.record.totals ? periods : 0);
  for (ClassCashFlows& flows : out_.classes) {
    for (cashflow::NamedSeries& term : flows.rate_terms) term.values.resize(periods);
  }
  resize_trace(out_, periods);
  end_notionals(deal_, out_);
}

// Which slots are kept of every period, and where.
void Runner::lay_out_record() {
  unkept_.resize(in_.collateral.total.periods());
  for (ClassCashFlows& flows : out_.classes) {
    auto& series = class_series_.emplace_back();
    std::transform(std::begin(cashflow::kClassSeries), std::end(cashflow::kClassSeries), series.begin(), [&](auto each) {
      return (flows.*each).empty() ? unkept_.data() : (flows.*each).data();
    });
  }
  for (const SeriesAt& at : kept_) {
    if (at.of == SeriesAt::Of::bond) continue;
    if (const int slot = slot_of(deal_, at); slot >= 0) recorded_.push_back({series_at(out_, at).data(), slot});
  }
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
