#include "spillway/waterfall/lane_code.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "spillway/waterfall/lane_cells.h"

namespace spillway::waterfall {

using kernels::LaneBatch;

namespace {

constexpr LaneCode::Op lane_op(deal::Op op) { return static_cast<LaneCode::Op>(op); }

static_assert(lane_op(deal::Op::slot) == LaneCode::Op::copy && lane_op(deal::Op::divide) == LaneCode::Op::divide &&
              lane_op(deal::Op::absolute) == LaneCode::Op::absolute && lane_op(deal::Op::equal) == LaneCode::Op::equal &&
              lane_op(deal::Op::choose) == LaneCode::Op::choose);

}  // namespace

int LaneCode::new_cell(double before_the_run) {
  cells_.push_back(before_the_run);
  return static_cast<int>(cells_.size()) - 1;
}

int LaneCode::constant(double value) {
  const auto [entry, is_new] = constants_.try_emplace(std::bit_cast<std::uint64_t>(value), 0);
  if (is_new) entry->second = new_cell(value);
  return entry->second;
}

void LaneCode::operation(Op op, const kernels::LaneOperation& made) {
  if (sealed_ || program_.batches.back().op != op) add(op).first = static_cast<int>(program_.operations.size());
  sealed_ = false;
  program_.operations.push_back(made);
  ++program_.batches.back().count;
}

void LaneCode::set(int to, Op op, int a, int b, int c) { operation(op, {to, a, b, c}); }

int LaneCode::make(Op op, int a, int b, int c) {
  const int to = new_cell();
  set(to, op, a, b, c);
  return to;
}

int LaneCode::sum(const std::vector<int>& cells) {
  if (cells.empty()) return zero();
  if (cells.size() == 1) return cells.front();
  const int to = new_cell();
  LaneBatch& batch = add(Op::sum);
  batch.to = to;
  list(batch, cells);
  return to;
}

void LaneCode::append(const deal::Block& block) {
  const deal::Operation* from = block.operations.data();
  for (const deal::Batch& batch : block.batches) {
    for (int i = 0; i < batch.count; ++i, ++from) operation(lane_op(batch.op), {from->to, from->a, from->b, from->c});
  }
}

int LaneCode::value_of(const deal::Program& formula) {
  std::vector<int> stack;
  const auto pop = [&stack] {
    const int top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const deal::Instruction& step : formula.code) {
    if (step.op == deal::Op::constant) {
      stack.push_back(constant(step.value));
    } else if (step.op == deal::Op::slot) {
      stack.push_back(step.slot);
    } else if (deal::is_unary(step.op)) {
      stack.push_back(make(lane_op(step.op), pop()));
    } else {
      const int c = step.op == deal::Op::choose ? pop() : -1, b = pop(), a = pop();
      stack.push_back(make(lane_op(step.op), a, b, c < 0 ? b : c));
    }
  }
  return stack.back();
}

LaneBatch& LaneCode::add(Op op) {
  sealed_ = true;
  LaneBatch& batch = program_.batches.emplace_back();
  batch.op = op;
  return batch;
}

template <class Listed>
void LaneCode::append(LaneBatch& batch, const std::vector<Listed>& listed, std::vector<Listed>& all) {
  batch.first = static_cast<int>(all.size());
  batch.count = static_cast<int>(listed.size());
  all.insert(all.end(), listed.begin(), listed.end());
}

void LaneCode::list(LaneBatch& batch, const std::vector<int>& cells) { append(batch, cells, program_.cells); }
void LaneCode::list(LaneBatch& batch, const std::vector<kernels::LanePayee>& payees) { append(batch, payees, program_.payees); }
void LaneCode::list(LaneBatch& batch, const std::vector<kernels::LaneCarry>& carries) { append(batch, carries, program_.carries); }
void LaneCode::list(LaneBatch& batch, const std::vector<kernels::LaneRoll>& rolls) { append(batch, rolls, program_.rolls); }

int LaneCode::place() {
  sealed_ = true;
  return static_cast<int>(program_.batches.size());
}

std::vector<bool> LaneCode::cells_read() {
  std::vector<bool> is_read(cells_.size(), false);
  for_each_cell(program_, [&](int cell, LaneAccess access, int count) {
    if (access != LaneAccess::write) std::fill_n(is_read.begin() + cell, count, true);
  });
  return is_read;
}

void LaneCode::leave_out_unread(const std::vector<int>& wanted) {
  for (bool is_done = false; !is_done;) {
    is_done = true;
    std::vector<bool> is_read = cells_read();
    for (int cell : wanted) is_read[static_cast<std::size_t>(cell)] = true;
    for (LaneBatch& batch : program_.batches) {
      if (batch.op > Op::choose) continue;
      const auto first = program_.operations.begin() + batch.first;
      const auto kept = std::remove_if(first, first + batch.count, [&](const auto& o) { return !is_read[static_cast<std::size_t>(o.to)]; });
      is_done = is_done && kept == first + batch.count;
      batch.count = static_cast<int>(kept - first);
    }
  }
}

kernels::LaneProgram LaneCode::take(int running, int failed) {
  sealed_ = true;
  program_.running = running;
  program_.failed = failed;
  return std::exchange(program_, {});
}

}  // namespace spillway::waterfall
