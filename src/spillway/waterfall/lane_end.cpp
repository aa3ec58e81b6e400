// How a period ends in lanes: what is left, the identities, what is kept.

#include "spillway/waterfall/lane_compiler.h"
#include "spillway/waterfall/runner.h"

namespace spillway::waterfall {

void LaneCompiler::end_period() {
  if (record_.quantities || !deal_.previous_values.empty()) code_.append(deal_.end);
  pool_ending_ = pool(deal::pool_ending);
  if (called_ >= 0) pool_ending_ = code_.make(Op::choose, called_, code_.zero(), pool_ending_);
  check_paid_out();
  add_classes();
  check_cash();
  check_accounts();
  check_balances();
  attribute_losses();
  keep_series();
  for (const deal::PreviousValue& previous : deal_.previous_values) code_.copy(previous.slot, previous.next_slot);
  end_run();
}

void LaneCompiler::check_paid_out() {
  for (const deal::Fund* fund : emptied_) code_.hold(fund->remaining_slot, code_.zero(), made_.cells.tolerance);
}

void LaneCompiler::add_classes() {
  std::vector<kernels::LaneRoll> rolls;
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const auto cell = [&](deal::ClassSlot which) { return is_zero(slot_of(c, which)) ? code_.zero() : slot_of(c, which); };
    rolls.push_back({cell(deal::class_interest_paid), cell(deal::class_unpaid_interest_paid), cell(deal::class_basis_risk_paid),
                     cell(deal::class_principal_paid), cell(deal::class_allocated_loss_paid), cell(deal::class_premium_paid),
                     cell(deal::class_beginning), cell(deal::class_accrued), cell(deal::class_written_down),
                     cell(deal::class_written_up), deal_.classes[c].is_notional ? -1 : slot_of(c, deal::class_balance)});
  }
  totals_ = code_.new_cell();
  for (int i = 1; i < kernels::lane_totals; ++i) code_.new_cell();
  kernels::LaneBatch& batch = code_.add(Op::total);
  batch.to = totals_;
  batch.a = made_.cells.tolerance;
  code_.list(batch, rolls);
}

void LaneCompiler::check_cash() {
  std::vector<int> in{brought_}, out{total(kernels::total_cash)};
  for (int p = 0; p < static_cast<int>(deal_.parties.size()); ++p) out.push_back(deal_.party_slot + p);
  for (const deal::Account& account : deal_.accounts) {
    in.push_back(slot_of(account, deal::account_interest));
    out.push_back(code_.make(Op::subtract, slot_of(account, deal::account_balance), slot_of(account, deal::account_beginning)));
  }
  const int all_in = code_.sum(in), all_out = code_.sum(out);
  code_.hold(all_in, all_out, made_.cells.tolerance);
}

void LaneCompiler::check_accounts() {
  for (const deal::Account& account : deal_.accounts) {
    const int in = code_.sum({slot_of(account, deal::account_beginning), slot_of(account, deal::account_interest),
                              slot_of(account, deal::account_deposits)});
    const int rolled = code_.make(Op::subtract, in, slot_of(account, deal::account_draws));
    code_.hold(rolled, slot_of(account, deal::account_balance), made_.cells.tolerance);
  }
}

void LaneCompiler::check_balances() {
  const int decline = code_.make(Op::subtract, pool(deal::pool_beginning), pool_ending_);
  overcollateralization_ = code_.make(Op::subtract, pool_ending_, total(kernels::total_balance));
  const int expected = code_.make(Op::subtract, code_.make(Op::subtract, made_.cells.prior_pool_less_classes, decline), total(kernels::total_change));
  code_.hold(expected, overcollateralization_, made_.cells.tolerance);
}

void LaneCompiler::attribute_losses() {
  const int prior = made_.cells.prior_pool_less_classes, oc = overcollateralization_;
  int pool_paid = code_.make(Op::subtract, pool(deal::pool_principal), pool(deal::pool_subsequent_recoveries));
  if (exercised_ >= 0) {
    pool_paid = code_.make(Op::add, pool_paid, code_.make(Op::choose, exercised_, pool(deal::pool_ending), code_.zero()));
  }
  losses_by_excess_ = code_.make(Op::subtract, code_.make(Op::subtract, total(kernels::total_principal), total(kernels::total_accrued)), pool_paid);
  losses_by_oc_ = code_.make(Op::subtract, prior, oc);
  code_.add_to(losses_borne_, code_.make(Op::add, losses_by_excess_, total(kernels::total_written_down)));
  const int borne = code_.make(Op::add, losses_borne_, code_.make(Op::subtract, made_.cells.first_pool_less_classes, oc));
  const int part = code_.make(Op::multiply, code_.constant(1e-15), deal::slot_period);
  const int scaled = code_.make(Op::multiply, part, pool(deal::pool_cut_off));
  code_.hold(pool(deal::pool_losses_to_date), borne, code_.make(Op::maximum, code_.constant(kTolerance), scaled));
  code_.copy(prior, oc);
}

void LaneCompiler::keep_series() {
  const int totals[] = {deal::slot_hedge_notional, deal::slot_hedge_net, deal::slot_hedge_unpaid, pool_ending_,
                        overcollateralization_,    losses_by_excess_,    losses_by_oc_,           total(kernels::total_written_down)};
  static_assert(std::size(totals) == std::size(kTotals));
  std::vector<int> cells;
  for (const SeriesAt& series : series_of(deal_, record_)) {
    int cell = series.of == SeriesAt::Of::total ? totals[series.position] : waterfall::slot_of(deal_, series);
    if (series.of == SeriesAt::Of::bond && is_zero(cell)) cell = -1;
    if (cell >= 0) cells.push_back(cell);
    made_.series.push_back({series, cell});
  }
  code_.list(code_.add(Op::record), cells);
}

void LaneCompiler::end_run() {
  LaneCells& cells = made_.cells;
  const int bad = code_.make(Op::both, running_, cells.failed);
  code_.set(cells.broken, Op::either, cells.broken, bad);
  code_.copy(cells.failed, code_.zero());
  int over = bad;
  if (called_ >= 0) {
    code_.set(cells.call_period, Op::choose, called_, deal::slot_period, cells.call_period);
    over = code_.make(Op::either, bad, called_);
  }
  code_.add_to(cells.periods, running_);
  for (const deal::Account& account : deal_.accounts) {
    const int held = code_.new_cell();
    cells.held.push_back(held);
    code_.set(held, Op::choose, running_, slot_of(account, deal::account_balance), held);
  }
  code_.set(cells.alive, Op::both, cells.alive, code_.make(Op::negation, over));
}

}  // namespace spillway::waterfall
