#include "spillway/waterfall/lane_compiler.h"

#include "spillway/waterfall/lane_inputs.h"
#include "spillway/waterfall/lane_order.h"
#include "spillway/waterfall/lane_places.h"
#include "spillway/waterfall/lane_trees.h"
#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

using deal::Assignment;
using Kind = LaneInput::Kind;

LaneCompiler::LaneCompiler(const deal::Deal& deal, const Record& record)
    : deal_(deal), record_(record), code_(deal.initial_slots) {}

LaneWaterfall LaneCompiler::run() {
  note_what_is_set();
  for (const deal::Fund& fund : deal_.funds) {
    if (!fund.compound && fund.account < 0) emptied_.push_back(&fund);
  }
  code_.append(deal_.once);
  made_.once = code_.take();
  read_inputs();
  begin_run();
  fill_balances();
  for (const deal::Stage& stage : deal_.start) compute(stage);
  test_call();
  begin_classes();
  fill_funds();
  for (const deal::Step& step : deal_.waterfall) pay_step(step);
  end_period();
  const LaneCells& cells = made_.cells;
  std::vector<int> wanted{running_, cells.failed, cells.alive, cells.periods, cells.broken, cells.first_callable, cells.call_period};
  wanted.insert(wanted.end(), cells.held.begin(), cells.held.end());
  code_.leave_out_unread(wanted);
  made_.period = code_.take(running_, cells.failed);
  gather_batches(made_.period, code_.cells().size(), wanted);
  share_cells(made_.period, code_.cells().size(), wanted);
  place_everything();
  return std::move(made_);
}

void LaneCompiler::place_everything() {
  const std::vector<double>& cells = code_.cells();
  made_.order = order_of_cells(made_.period, cells.size());
  place_cells(made_.once, made_.order);
  place_cells(made_.period, made_.order);
  made_.before_the_run.resize(cells.size());
  for (std::size_t c = 0; c < cells.size(); ++c) made_.before_the_run[static_cast<std::size_t>(made_.order[c])] = cells[c];
}

// Slots of classes that no formula and no step sets stay at 0.
void LaneCompiler::note_what_is_set() {
  is_set_.assign(deal_.initial_slots.size(), false);
  const auto set = [&](int slot) { is_set_[static_cast<std::size_t>(slot)] = true; };
  for (std::size_t i = 0; i < is_set_.size(); ++i) is_set_[i] = deal_.initial_slots[i] != 0.0;
  const auto set_by = [&](const deal::Block& block) {
    for (const deal::Operation& operation : block.operations) set(operation.to);
  };
  set_by(deal_.once);
  set_by(deal_.end);
  for (const deal::Stage& stage : deal_.start) set_by(stage.block);
  for (const Assignment& assignment : deal_.assignments) set(assignment.slot >= 0 ? assignment.slot : 0);
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    for (auto which : {deal::class_beginning, deal::class_unpaid_interest, deal::class_balance}) set(slot_of(c, which));
    set(slot_of(c, deal::class_basis_risk));
  }
  for (const deal::Step& step : deal_.waterfall) {
    set_by(step.block);
    std::vector<int> paid;
    note_paid_by(step.to, step.pay, paid);
    for (int slot : paid) set(slot);
    const bool moves_losses = step.pay == deal::Pay::write_down || step.pay == deal::Pay::write_up || step.pay == deal::Pay::allocated_loss;
    for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
      if (moves_losses) set(slot_of(c, deal::class_allocated_loss));
    }
  }
}

// The slots in which the classes below a node count what a step paid them in the period.
void LaneCompiler::note_paid_by(const deal::Node& node, deal::Pay pay, std::vector<int>& cells) const {
  for (const deal::Node& child : node.children) note_paid_by(child, pay, cells);
  if (node.kind != deal::Distribution::Kind::leaf || node.account >= 0 || node.receiver < 0) return;
  const auto note = [&](deal::ClassSlot which) { cells.push_back(slot_of(static_cast<std::size_t>(node.receiver), which)); };
  switch (pay) {
    case deal::Pay::interest: return note(deal::class_interest_paid);
    case deal::Pay::principal: return note(deal::class_principal_paid);
    case deal::Pay::unpaid_interest: return note(deal::class_unpaid_interest_paid);
    case deal::Pay::basis_risk: return note(deal::class_basis_risk_paid);
    case deal::Pay::allocated_loss: return note(deal::class_allocated_loss_paid);
    case deal::Pay::premium: return note(deal::class_premium_paid);
    case deal::Pay::write_down: return note(deal::class_written_down);
    case deal::Pay::write_up: return note(deal::class_written_up);
    case deal::Pay::fee:
    case deal::Pay::residual:
    case deal::Pay::deposit: return;
  }
}

void LaneCompiler::input(Kind kind, int cell, int position, deal::PoolSlot which) {
  made_.inputs.push_back({kind, cell, position, which});
}

void LaneCompiler::read_dates() {
  const auto read = [&](Kind kind, int slot) {
    if (is_read(slot)) input(kind, slot);
  };
  read(Kind::date, deal::slot_date);
  read(Kind::days, deal::slot_days);
  input(Kind::period, deal::slot_period);
  input(Kind::year_fraction, deal::slot_year_fraction);
  if (deal_.hedge_index >= 0 || is_read(deal::slot_actual_days)) input(Kind::actual_days, deal::slot_actual_days);
}

// Losses and defaults to date are added up in the lanes.
void LaneCompiler::read_pool(int first_slot, int group) {
  const auto is_wanted = [&](int which) {
    const bool is_pool = group < 0;
    switch (which) {
      case deal::pool_cut_off:
      case deal::pool_losses_to_date:
      case deal::pool_defaults_to_date: return false;
      case deal::pool_beginning:
      case deal::pool_ending:
      case deal::pool_net_interest:
      case deal::pool_principal:
      case deal::pool_subsequent_recoveries: return is_pool || is_read(first_slot + which);
      case deal::pool_losses: return is_pool || is_read(first_slot + which) || is_read(first_slot + deal::pool_losses_to_date);
      case deal::pool_defaults: return is_read(first_slot + which) || is_read(first_slot + deal::pool_defaults_to_date);
      default: return is_read(first_slot + which);
    }
  };
  for (int which = 0; which < deal::pool_slot_count; ++which) {
    if (is_wanted(which)) input(Kind::pool, first_slot + which, group, static_cast<deal::PoolSlot>(which));
  }
}

void LaneCompiler::read_inputs() {
  made_.cells.alive = code_.new_cell();
  const int exists = code_.new_cell();
  input(Kind::exists, exists);
  read_dates();
  read_pool(deal_.pool_slot, -1);
  for (int g = 0; g < static_cast<int>(deal_.groups.size()); ++g) {
    read_pool(deal_.group_slot + g * deal::pool_slot_count, g);
  }
  for (int i = 0; i < static_cast<int>(deal_.indices.size()); ++i) {
    if (is_read(deal_.index_slot + i)) input(Kind::index, deal_.index_slot + i, i);
  }
  for (int i = 0; i < static_cast<int>(deal_.schedules.size()); ++i) {
    if (is_read(deal_.schedule_slot + i)) input(Kind::schedule, deal_.schedule_slot + i, i);
  }
  for (const Assignment& assignment : deal_.assignments) {
    if (assignment.kind != Assignment::Kind::hedges) continue;
    for (Kind kind : {Kind::swap_exists, Kind::swap_notional, Kind::swap_fixed}) input(kind, code_.new_cell());
  }
  put_shared_first(made_.inputs);
  std::vector<int> cells;
  for (const LaneInput& read : made_.inputs) cells.push_back(read.cell);
  code_.list(code_.add(Op::input), cells);
  running_ = code_.make(Op::both, made_.cells.alive, exists);
}

void LaneCompiler::begin_run() {
  LaneCells& cells = made_.cells;
  for (int* cell : {&cells.to_call, &cells.periods, &cells.failed, &cells.broken, &cells.first_callable, &cells.call_period, &cells.tolerance,
                    &cells.prior_pool_less_classes, &cells.first_pool_less_classes}) {
    *cell = code_.new_cell();
  }
  losses_borne_ = code_.new_cell();
  if (deal_.has_call) {
    // A right that was used was not passed up.
    const int not_yet = code_.make(Op::equal, cells.call_period, code_.zero());
    code_.set(deal::slot_call_passed, Op::both, code_.make(Op::greater, cells.first_callable, code_.zero()), not_yet);
    code_.set(deal::slot_to_call, Op::both, cells.to_call, not_yet);
  }
  for (int first = deal_.pool_slot; first < deal_.index_slot; first += deal::pool_slot_count) {
    if (first == deal_.pool_slot || is_read(first + deal::pool_losses_to_date)) {
      code_.add_to(first + deal::pool_losses_to_date, first + deal::pool_losses);
    }
    if (is_read(first + deal::pool_defaults_to_date)) code_.add_to(first + deal::pool_defaults_to_date, first + deal::pool_defaults);
  }
}

void LaneCompiler::fill_balances() {
  std::vector<int> balances;
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) balances.push_back(slot_of(c, deal::class_balance));
  const int all = code_.sum(balances);
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) code_.copy(slot_of(c, deal::class_beginning), balances[c]);
  code_.copy(deal::slot_classes_balance, all);
  code_.copy(deal::slot_classes_beginning, all);
  for (const deal::Account& account : deal_.accounts) {
    code_.copy(slot_of(account, deal::account_beginning), slot_of(account, deal::account_balance));
    code_.copy(slot_of(account, deal::account_deposits), code_.zero());
    code_.copy(slot_of(account, deal::account_draws), code_.zero());
  }
  // What a step paid in the period before is cleared only if it paid anything.
  for (const deal::Step& step : deal_.waterfall) {
    std::vector<int> cells;
    note_paid_by(step.to, step.pay, cells);
    clears_.push_back(cells.empty() ? -1 : code_.place());
    if (!cells.empty()) code_.list(code_.add(Op::clear), cells);
  }
  for (int p = 0; p < static_cast<int>(deal_.parties.size()); ++p) code_.copy(deal_.party_slot + p, code_.zero());
}

void LaneCompiler::test_call() {
  if (!deal_.has_call) return;
  LaneCells& cells = made_.cells;
  const int first = code_.make(Op::equal, cells.first_callable, code_.zero());
  const int met = code_.make(Op::both, first, deal::slot_call_test);
  code_.set(cells.first_callable, Op::choose, met, deal::slot_period, cells.first_callable);
  exercised_ = called_ = code_.make(Op::both, met, cells.to_call);  // a call of the whole deal
}

void LaneCompiler::fill_funds() {
  for (const deal::Account& account : deal_.accounts) {
    const int earned = slot_of(account, deal::account_interest);
    code_.hold(earned, earned, code_.zero());  // a finite amount
    code_.add_to(slot_of(account, deal::account_balance), earned);
  }
  std::vector<int> amounts;
  for (const deal::Fund* fund : emptied_) amounts.push_back(fund->beginning_slot);
  const int held = code_.sum(amounts);
  for (const deal::Fund* fund : emptied_) code_.copy(fund->remaining_slot, fund->beginning_slot);
  brought_ = code_.sum({pool(deal::pool_net_interest), pool(deal::pool_principal), deal::slot_call_proceeds,
                        deal::slot_hedge_net, deal::slot_cap_receipts});
  code_.hold(held, brought_, made_.cells.tolerance);
  for (const deal::Step& step : deal_.waterfall) {
    for (const Assignment& fixed : step.before) code_.copy(fixed.slot, code_.zero());  // until its step is reached
  }
}

void LaneCompiler::pay_step(const deal::Step& step) {
  code_.append(step.block);
  const int amount = code_.new_cell();
  std::vector<int> remaining, drawn;
  for (const deal::Source& source : step.sources) {
    remaining.push_back(source.remaining_slot);
    drawn.insert(drawn.end(), {source.remaining_slot, source.draws_slot});
  }
  const bool moves = moves_cash(step.pay);
  if (moves && remaining.empty()) remaining.push_back(code_.zero());
  const int start = code_.place();
  kernels::LaneBatch& batch = code_.add(Op::start_step);
  batch.to = amount;
  batch.a = step.amount_slot;
  batch.b = step.when_slot;
  if (moves) code_.list(batch, remaining);
  const int paid = distribute_in_lanes(deal_, step.to, step.pay, amount, code_);
  code_.at(start).c = paid;  // 0 if the step is passed over
  if (const int clear = clears_[static_cast<std::size_t>(&step - deal_.waterfall.data())]; clear >= 0) code_.at(clear).a = paid;
  if (moves && !drawn.empty()) {
    kernels::LaneBatch& draw = code_.add(Op::draw);
    draw.a = paid;
    code_.list(draw, drawn);
    draw.count /= 2;
  }
  code_.at(start).skip = code_.place() - start - 1;
}

LaneWaterfall compile_lanes(const deal::Deal& deal, const Record& record) { return LaneCompiler(deal, record).run(); }

}  // namespace spillway::waterfall
