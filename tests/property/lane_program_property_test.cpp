// Programs for lanes, put in order and their cells shared: they record what they did as they were written.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <bit>
#include <cstdint>
#include <vector>

#include "spillway/waterfall/lane_cells.h"
#include "spillway/waterfall/lane_order.h"
#include "spillway/waterfall/lane_places.h"

using namespace spillway;
using kernels::kLanes;
using kernels::LaneBatch;
using kernels::LaneCell;
using kernels::LaneOp;
using kernels::LaneProgram;

namespace {

constexpr int kCells = 20, kInputs = 3, kRecorded = 4, kPeriods = 5;
constexpr int kRunning = 0, kFailed = 1, kFirst = 2;  // cells that are not set by chance come before kFirst
constexpr int kTotals = kCells - kernels::lane_totals, kWindow = 2, kRemembered = kTotals - kWindow;  // cells that lie side by side

int number_below(int end) { return *rc::gen::inRange(0, end); }
int any_cell() { return *rc::gen::inRange(kFirst, kCells); }

int list(LaneProgram& program, int count, int each = 1) {
  const auto first = static_cast<int>(program.cells.size());
  for (int i = 0; i < count * each; ++i) program.cells.push_back(any_cell());
  return first;
}

void add_operations(LaneProgram& program, LaneOp op) {
  LaneBatch& batch = program.batches.emplace_back();
  batch.op = op;
  batch.first = static_cast<int>(program.operations.size());
  batch.count = *rc::gen::inRange(1, 4);
  for (int i = 0; i < batch.count; ++i) program.operations.push_back({any_cell(), any_cell(), any_cell(), any_cell()});
}

void add_pay(LaneProgram& program) {
  LaneBatch& batch = program.batches.emplace_back();
  batch.op = *rc::gen::element(LaneOp::pay, LaneOp::share);
  batch.pay = *rc::gen::element(kernels::LanePay::due, kernels::LanePay::claim, kernels::LanePay::lower_into);
  batch.to = any_cell();
  batch.a = any_cell();
  batch.c = any_cell();
  batch.count = *rc::gen::inRange(1, 3);
  batch.first = static_cast<int>(program.payees.size());
  for (int i = 0; i < batch.count; ++i) program.payees.push_back({any_cell(), any_cell(), any_cell(), any_cell(), any_cell(), any_cell()});
}

void add_total(LaneProgram& program) {
  program.batches.push_back({.op = LaneOp::total, .count = 1, .first = static_cast<int>(program.rolls.size()), .to = kTotals, .a = any_cell()});
  kernels::LaneRoll roll;
  waterfall::for_each_cell(roll, [](int& cell, waterfall::LaneAccess, int) { cell = any_cell(); });
  roll.balance = any_cell();
  program.rolls.push_back(roll);
}

void add_batch(LaneProgram& program) {
  switch (number_below(12)) {
    case 0: return add_pay(program);
    case 1: {
      LaneBatch& batch = program.batches.emplace_back();
      batch = {.op = LaneOp::clear, .count = 2, .a = any_cell()};
      batch.first = list(program, 2);
      return;
    }
    case 2: {
      LaneBatch& batch = program.batches.emplace_back();
      batch = {.op = LaneOp::sum, .count = 3, .to = any_cell()};
      batch.first = list(program, 3);
      return;
    }
    case 3: {
      LaneBatch& batch = program.batches.emplace_back();
      batch = {.op = LaneOp::draw, .count = 2, .a = any_cell()};
      batch.first = list(program, 2, 2);
      return;
    }
    case 4: return add_operations(program, LaneOp::hold);
    case 5: return add_total(program);
    case 6:
      program.batches.push_back({.op = LaneOp::remember, .count = kWindow, .first = kRemembered, .to = any_cell(), .a = any_cell(), .b = 1});
      return;
    default: return add_operations(program, static_cast<LaneOp>(*rc::gen::inRange(int(LaneOp::copy), int(LaneOp::choose) + 1)));
  }
}

LaneProgram any_program() {
  LaneProgram program;
  program.running = kRunning;
  program.failed = kFailed;
  program.batches.push_back({.op = LaneOp::input, .count = kInputs, .first = list(program, kInputs)});
  for (int steps = number_below(4); steps >= 0; --steps) {
    for (int n = number_below(6); n > 0; --n) add_batch(program);
    const auto start = program.batches.size();
    program.batches.push_back({.op = LaneOp::start_step, .count = 1, .first = list(program, 1), .to = any_cell(), .a = any_cell(),
                               .b = *rc::gen::element(-1, 2), .c = *rc::gen::element(-1, 3)});
    for (int n = number_below(4); n > 0; --n) add_batch(program);
    program.batches[start].skip = static_cast<int>(program.batches.size() - start) - 1;
  }
  program.batches.push_back({.op = LaneOp::record, .count = kRecorded, .first = list(program, kRecorded)});
  return program;
}

// What it records, and then cells `kept`, bit by bit.
std::vector<std::uint64_t> run(const LaneProgram& program, const std::vector<int>& places, const std::vector<int>& kept) {
  std::vector<LaneCell> cells(kCells), inputs(kInputs * kPeriods), record(kRecorded * kPeriods);
  for (int c = 0; c < kCells; ++c) {
    for (double& one : cells[static_cast<std::size_t>(places[static_cast<std::size_t>(c)])].lanes) one = c == kRunning ? 1.0 : 0.25 * (c % 5);
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    for (std::size_t l = 0; l < kLanes; ++l) inputs[i].lanes[l] = static_cast<double>((i * 7 + l * 5) % 11) - 3.0;
  }
  kernels::run_lanes(program, cells[0].lanes,
                     {.count = kPeriods, .inputs = inputs[0].lanes, .record = record[0].lanes, .record_stride = kRecorded * kLanes});
  for (int c : kept) record.push_back(cells[static_cast<std::size_t>(places[static_cast<std::size_t>(c)])]);
  std::vector<std::uint64_t> bits;
  for (const LaneCell& cell : record) {
    for (double one : cell.lanes) bits.push_back(one != one ? 0 : std::bit_cast<std::uint64_t>(one));
  }
  return bits;
}

std::vector<std::uint64_t> run_as_written(LaneProgram program, const std::vector<int>& kept) {
  std::vector<int> places;
  for (int c = 0; c < kCells; ++c) places.push_back(c);
  waterfall::place_cells(program, places);
  return run(program, places, kept);
}

}  // namespace

RC_GTEST_PROP(LaneProgram, records_in_another_order_and_of_fewer_cells_what_it_did_before, ()) {
  LaneProgram program = any_program();
  const std::vector<int> kept{kRunning, kFailed, any_cell(), any_cell()};
  const auto expected = run_as_written(program, kept);
  waterfall::gather_batches(program, kCells, kept);
  RC_ASSERT(run_as_written(program, kept) == expected);
  waterfall::share_cells(program, kCells, kept);
  RC_ASSERT(run_as_written(program, kept) == expected);
  const std::vector<int> places = waterfall::order_of_cells(program, kCells);
  waterfall::place_cells(program, places);
  RC_ASSERT(run(program, places, kept) == expected);
}

TEST(LaneProgram, makes_one_cell_of_values_that_follow_one_another) {
  // 4 = 2 + 3, 5 = 4 x 4, 6 = 5 - 2: the first is not needed when the last is made.
  LaneProgram program;
  program.running = kRunning;
  program.failed = kFailed;
  program.operations = {{4, 2, 3, 3}, {5, 4, 4, 4}, {6, 5, 2, 2}};
  program.cells = {6};
  program.batches = {{.op = LaneOp::add, .count = 1, .first = 0}, {.op = LaneOp::multiply, .count = 1, .first = 1},
                     {.op = LaneOp::subtract, .count = 1, .first = 2}, {.op = LaneOp::record, .count = 1, .first = 0}};
  waterfall::share_cells(program, 7, {kRunning, kFailed});
  EXPECT_EQ(program.operations[0].to, program.operations[1].to);
  EXPECT_EQ(program.operations[2].to, program.cells[0]);
  EXPECT_EQ(program.operations[0].a, 2);
  EXPECT_EQ(program.operations[0].b, 3);
}
