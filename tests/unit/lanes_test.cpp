// Operations of lane programs: what they make of ordinary numbers and of odd ones, on every instruction set of the machine.

#include "spillway/kernels/lanes.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "spillway/deal/program.h"
#include "spillway/kernels/block.h"
#include "spillway/kernels/turn_lanes.h"

using namespace spillway;
using kernels::kLanes;
using kernels::LaneCell;
using kernels::LaneOp;

namespace {

bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

const std::vector<double>& odd_numbers() {
  constexpr double inf = std::numeric_limits<double>::infinity();
  static const std::vector<double> all{0.0, -0.0, 1.0, -1.0, 0.1, -2.5, 1e300, -1e300, 1e-310, inf, -inf, std::nan("")};
  return all;
}

// Cell 2 = op(cell 0, cell 1), with sixteen pairs of numbers in the lanes.
void expect_as_alone(deal::Op op, const std::vector<std::pair<double, double>>& pairs) {
  kernels::LaneProgram program;
  program.batches.push_back({.op = static_cast<LaneOp>(op), .count = 1});
  program.operations.push_back({kernels::place_of(2), kernels::place_of(0), kernels::place_of(1), kernels::place_of(1)});
  for (std::size_t first = 0; first + kLanes <= pairs.size(); first += kLanes) {
    std::vector<LaneCell> cells(3);
    for (std::size_t l = 0; l < kLanes; ++l) std::tie(cells[0].lanes[l], cells[1].lanes[l]) = pairs[first + l];
    kernels::run_lanes(program, cells[0].lanes, {.count = 1});
    for (std::size_t l = 0; l < kLanes; ++l) {
      const auto [a, b] = pairs[first + l];
      const double alone = deal::apply(op, a, b);
      EXPECT_TRUE(same_bits(cells[2].lanes[l], alone))
          << "operation " << static_cast<int>(op) << " of " << a << " and " << b << ": " << cells[2].lanes[l] << ", not " << alone;
    }
  }
}

// Cells 2 and 3 = the same as links of chains, of which the first one hands on one operand or the other.
void expect_as_alone_in_chains(deal::Op op, const std::vector<std::pair<double, double>>& pairs) {
  using kernels::LaneLink;
  using kernels::place_of;
  kernels::LaneProgram program;
  program.links = {{LaneOp::copy, LaneLink::none, {-1, place_of(0), -1, -1}},
                   {static_cast<LaneOp>(op), LaneLink::first, {place_of(2), -1, place_of(1), -1}}};
  if (!deal::is_unary(op)) {
    program.links.push_back({LaneOp::copy, LaneLink::none, {-1, place_of(1), -1, -1}});
    program.links.push_back({static_cast<LaneOp>(op), LaneLink::second, {place_of(3), place_of(0), -1, -1}});
  }
  program.batches.push_back({.op = LaneOp::chain, .count = static_cast<int>(program.links.size())});
  for (std::size_t first = 0; first + kLanes <= pairs.size(); first += kLanes) {
    std::vector<LaneCell> cells(4);
    for (std::size_t l = 0; l < kLanes; ++l) std::tie(cells[0].lanes[l], cells[1].lanes[l]) = pairs[first + l];
    kernels::run_lanes(program, cells[0].lanes, {.count = 1});
    for (std::size_t l = 0; l < kLanes; ++l) {
      const auto [a, b] = pairs[first + l];
      EXPECT_TRUE(same_bits(cells[2].lanes[l], deal::apply(op, a, b))) << "operation " << static_cast<int>(op) << " of " << a << " and " << b;
      if (!deal::is_unary(op)) EXPECT_TRUE(same_bits(cells[3].lanes[l], deal::apply(op, a, b))) << static_cast<int>(op);
    }
  }
}

}  // namespace

TEST(Lanes, make_of_any_two_numbers_what_a_formula_makes_of_them) {
  std::vector<std::pair<double, double>> pairs;
  for (double a : odd_numbers()) {
    for (double b : odd_numbers()) pairs.emplace_back(a, b);
  }
  ASSERT_EQ(pairs.size() % kLanes, 0u);
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    SCOPED_TRACE(target);
    for (int op = static_cast<int>(deal::Op::slot); op < static_cast<int>(deal::Op::choose); ++op) {
      expect_as_alone(static_cast<deal::Op>(op), pairs);
      expect_as_alone_in_chains(static_cast<deal::Op>(op), pairs);
    }
  }
  kernels::restrict_block_target("");
}

namespace {

// What a program leaves in cell 3, given a condition in cell 0 and 1 and 2 in the cells after it.
double chosen(const kernels::LaneProgram& program, double condition) {
  std::vector<LaneCell> cells(4);
  for (std::size_t l = 0; l < kLanes; ++l) {
    cells[0].lanes[l] = condition;
    cells[1].lanes[l] = 1.0;
    cells[2].lanes[l] = 2.0;
  }
  kernels::run_lanes(program, cells[0].lanes, {.count = 1});
  return cells[3].lanes[0];
}

}  // namespace

TEST(Lanes, choose_as_a_formula_does_on_any_condition) {
  kernels::LaneProgram program;
  program.batches.push_back({.op = LaneOp::choose, .count = 1});
  program.operations.push_back({kernels::place_of(3), kernels::place_of(0), kernels::place_of(1), kernels::place_of(2)});
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    SCOPED_TRACE(target);
    for (double condition : odd_numbers()) {
      EXPECT_EQ(chosen(program, condition), condition != 0.0 ? 1.0 : 2.0) << condition;
    }
  }
  kernels::restrict_block_target("");
}

TEST(Lanes, choose_in_chains_whatever_operand_the_link_before_made) {
  using kernels::LaneLink;
  using kernels::place_of;
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    SCOPED_TRACE(target);
    for (double condition : odd_numbers()) {
      for (int taken = 0; taken < 3; ++taken) {
        kernels::LaneOperation choose{place_of(3), place_of(0), place_of(1), place_of(2)};
        (taken == 0 ? choose.a : taken == 1 ? choose.b : choose.c) = -1;
        kernels::LaneProgram program;
        program.links = {{LaneOp::copy, LaneLink::none, {-1, place_of(taken), -1, -1}},
                         {LaneOp::choose, static_cast<LaneLink::Takes>(LaneLink::first + taken), choose}};
        program.batches.push_back({.op = LaneOp::chain, .count = 2});
        EXPECT_EQ(chosen(program, condition), condition != 0.0 ? 1.0 : 2.0) << condition << ", operand " << taken;
      }
    }
  }
  kernels::restrict_block_target("");
}

TEST(Lanes, turn_rows_to_columns_and_back) {
  for (const std::string& target : kernels::block_targets()) {
    kernels::restrict_block_target(target);
    SCOPED_TRACE(target);
    constexpr std::size_t blocks = 3, all = blocks * kLanes * kLanes;
    std::vector<double> from(all), inputs(all), rows(all);
    for (std::size_t i = 0; i < all; ++i) from[i] = static_cast<double>(i);
    kernels::turn_in(from.data(), blocks, inputs.data(), blocks * kLanes);
    std::vector<double*> to;
    for (std::size_t r = 0; r < blocks * kLanes; ++r) to.push_back(rows.data() + r * kLanes);
    to[5] = nullptr;  // not wanted
    std::vector<double> side_by_side(all);  // row r of every block, then row r + 1
    constexpr std::size_t stride = blocks * kLanes;
    for (std::size_t b = 0; b < blocks; ++b) {
      for (std::size_t r = 0; r < kLanes; ++r) {
        for (std::size_t c = 0; c < kLanes; ++c) side_by_side[r * stride + b * kLanes + c] = from[(b * kLanes + r) * kLanes + c];
      }
    }
    kernels::turn_out(side_by_side.data(), blocks, stride, to.data(), 0);
    for (std::size_t b = 0; b < blocks; ++b) {
      for (std::size_t r = 0; r < kLanes; ++r) {
        for (std::size_t c = 0; c < kLanes; ++c) {
          const double number = from[(b * kLanes + r) * kLanes + c];
          EXPECT_EQ(inputs[c * blocks * kLanes + b * kLanes + r], number);
          const std::size_t row = b * kLanes + c;
          EXPECT_EQ(rows[row * kLanes + r], row == 5 ? 0.0 : number);
        }
      }
    }
  }
  kernels::restrict_block_target("");
}
