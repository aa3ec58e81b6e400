#pragma once
// Which cells the batches of a lane program read and set. Private to waterfall.

#include "spillway/kernels/lanes.h"

namespace spillway::waterfall {

enum class LaneAccess { read, write, both };

/// Calls `use(cell, access, count)` for every cell that an operation names, once for each place where it is written; `count` cells
/// from it on are meant. Cells left out (below 0) are not.
template <class Use>
void for_each_cell(kernels::LaneOperation& operation, bool sets, Use use) {
  use(operation.a, LaneAccess::read, 1);
  use(operation.b, LaneAccess::read, 1);
  use(operation.c, LaneAccess::read, 1);
  if (sets) use(operation.to, LaneAccess::write, 1);
}

/// How many operands an operation has.
constexpr int operands_of(kernels::LaneOp op) {
  using kernels::LaneOp;
  if (op == LaneOp::choose || op == LaneOp::hold) return 3;
  return op == LaneOp::copy || op == LaneOp::negate || op == LaneOp::absolute || op == LaneOp::negation ? 1 : 2;
}

/// The same for a link of a chain.
template <class Use>
void for_each_cell(kernels::LaneLink& link, Use use) {
  for (int* cell : {&link.of.a, &link.of.b, &link.of.c}) {
    if (*cell >= 0) use(*cell, LaneAccess::read, 1);
  }
  if (link.of.to >= 0) use(link.of.to, LaneAccess::write, 1);
}

template <class Use>
void for_each_cell(kernels::LanePayee& payee, kernels::LanePay pay, Use use) {
  using kernels::LanePay;
  if (pay == LanePay::due) {
    use(payee.owed, LaneAccess::read, 1);
    use(payee.less, LaneAccess::read, 1);
    use(payee.lesser, LaneAccess::read, 1);
    use(payee.take, LaneAccess::both, 1);
  } else {
    use(payee.owed, LaneAccess::both, 1);
  }
  use(payee.add, LaneAccess::both, 1);
  if (pay == LanePay::lower_into || pay == LanePay::raise) use(payee.also, LaneAccess::both, 1);
}

template <class Use>
void for_each_cell(kernels::LaneCarry& carry, Use use) {
  for (int* cell : {&carry.rate, &carry.stated_rate, &carry.beginning}) use(*cell, LaneAccess::read, 1);
  use(carry.carried, LaneAccess::both, 1);
  if (carry.carried_rate >= 0) use(carry.carried_rate, LaneAccess::read, 1);
}

template <class Use>
void for_each_cell(kernels::LaneRoll& roll, Use use) {
  for (int* cell : {&roll.interest, &roll.unpaid_interest, &roll.basis_risk, &roll.principal, &roll.allocated_loss, &roll.premium,
                    &roll.beginning, &roll.accrued, &roll.written_down, &roll.written_up}) {
    use(*cell, LaneAccess::read, 1);
  }
  if (roll.balance >= 0) use(roll.balance, LaneAccess::read, 1);
}

/// The same for a batch and what it lists, but for its operations: those of formulas and of `hold` stand alone.
template <class Use>
void for_each_cell(kernels::LaneProgram& program, kernels::LaneBatch& batch, Use use) {
  using kernels::LaneOp;
  const auto listed = [&](auto& all, auto each) {
    for (int i = 0; i < batch.count; ++i) each(all[static_cast<std::size_t>(batch.first + i)]);
  };
  const auto cells = [&](LaneAccess access) { listed(program.cells, [&](int& cell) { use(cell, access, 1); }); };
  switch (batch.op) {
    case LaneOp::sum: cells(LaneAccess::read); break;
    case LaneOp::clear: cells(LaneAccess::both); break;
    case LaneOp::chain: return listed(program.links, [&](auto& link) { for_each_cell(link, use); });
    case LaneOp::input: return cells(LaneAccess::write);
    case LaneOp::record: return cells(LaneAccess::read);
    case LaneOp::carry: listed(program.carries, [&](auto& carry) { for_each_cell(carry, use); }); break;
    case LaneOp::total: listed(program.rolls, [&](auto& roll) { for_each_cell(roll, use); }); break;
    case LaneOp::start_step:
      cells(LaneAccess::read);
      if (batch.b >= 0) use(batch.b, LaneAccess::read, 1);
      if (batch.c >= 0) use(batch.c, LaneAccess::both, 1);
      break;
    case LaneOp::pay:
    case LaneOp::share:
      listed(program.payees, [&](auto& payee) { for_each_cell(payee, batch.pay, use); });
      use(batch.c, LaneAccess::both, 1);
      break;
    case LaneOp::draw:
      for (int i = 0; i < 2 * batch.count; ++i) {
        if (int& cell = program.cells[static_cast<std::size_t>(batch.first + i)]; cell >= 0) use(cell, LaneAccess::both, 1);
      }
      break;
    case LaneOp::remember: use(batch.first, LaneAccess::both, batch.count); break;
    default: break;
  }
  if (batch.op != LaneOp::sum && batch.a >= 0) use(batch.a, LaneAccess::read, 1);
  const bool sets_nothing = batch.op == LaneOp::clear || batch.op == LaneOp::draw || batch.op == LaneOp::again;
  if (!sets_nothing) use(batch.to, LaneAccess::write, batch.op == LaneOp::total ? kernels::lane_totals : 1);
}

/// True for formulas and `hold`: batches of operations.
constexpr bool has_operations(kernels::LaneOp op) { return op <= kernels::LaneOp::choose || op == kernels::LaneOp::hold; }

/// Every cell of a program.
template <class Use>
void for_each_cell(kernels::LaneProgram& program, Use use) {
  for (kernels::LaneBatch& batch : program.batches) {
    if (!has_operations(batch.op)) for_each_cell(program, batch, use);
    for (int i = 0; has_operations(batch.op) && i < batch.count; ++i) {
      for_each_cell(program.operations[static_cast<std::size_t>(batch.first + i)], batch.op != kernels::LaneOp::hold, use);
    }
  }
}

}  // namespace spillway::waterfall
