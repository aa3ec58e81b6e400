// Blocks of formulas against the plain evaluation of each, bit by bit.

#include "spillway/deal/block.h"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "spillway/deal/block_compiler.h"

using namespace spillway::deal;

namespace {

constexpr int kGiven = 8, kFormulas = 12;  // slots read, slots set

// Formulas of random shape over slots and constants, among them those that arithmetic is touchy about.
class AnyFormulas {
 public:
  explicit AnyFormulas(unsigned seed) : random_(seed) {}

  double value() {
    constexpr double kSpecial[] = {0.0, -0.0, 1.0, -1.0, 0.1, 1e300, -1e300, 5e-324, std::numeric_limits<double>::infinity()};
    return any(2) == 0 ? kSpecial[any(9)] : std::uniform_real_distribution<>(-1000.0, 1000.0)(random_);
  }

  // One that reads slots below `slots`.
  Program program(int slots, int depth = 5) {
    Program made;
    add(made, slots, depth);
    return made;
  }

 private:
  int any(int count) { return std::uniform_int_distribution<>(0, count - 1)(random_); }

  void add(Program& made, int slots, int depth) {
    if (depth == 0 || any(6) == 0) {
      if (any(3) == 0) made.code.push_back({Op::constant, 0, value()});
      else made.code.push_back({Op::slot, any(slots), 0});
      return;
    }
    const Op op = static_cast<Op>(any(static_cast<int>(Op::choose) - 1) + 2);  // all but constants and slots
    for (int operand = 0; operand < (op == Op::choose ? 3 : is_unary(op) ? 1 : 2); ++operand) add(made, slots, depth - 1);
    made.code.push_back({op, 0, 0});
  }

  std::mt19937 random_;
};

// To the bit; one not-a-number is as good as another.
bool same(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (a != a && b != b);
}

void expect_same(const std::vector<double>& plain, const std::vector<double>& blocks, const char* when) {
  for (std::size_t slot = 0; slot < plain.size(); ++slot) {
    ASSERT_TRUE(same(plain[slot], blocks[slot])) << when << ", slot " << slot << ": " << plain[slot] << " and " << blocks[slot];
  }
}

Program sum(int a, int b) { return {{{Op::slot, a, 0}, {Op::slot, b, 0}, {Op::add, 0, 0}}}; }

}  // namespace

TEST(Block, finds_the_values_of_the_plain_evaluation) {
  for (unsigned seed = 0; seed < 500; ++seed) {
    AnyFormulas any(seed);
    std::vector<double> plain(kGiven + kFormulas);
    for (int slot = 0; slot < kGiven; ++slot) plain[static_cast<std::size_t>(slot)] = any.value();
    std::vector<Program> formulas;
    for (int f = 0; f < kFormulas; ++f) formulas.push_back(any.program(kGiven + f));

    // Two slots are constants, two keep their values for the run, the others move.
    std::vector<double> slots = plain;
    BlockCompiler compiler(slots, {Keeps::always, Keeps::always, Keeps::for_the_run, Keeps::for_the_run});
    for (int f = 0; f < kFormulas; ++f) compiler.assign(kGiven + f, formulas[static_cast<std::size_t>(f)], f % 3 == 0);
    const int also = compiler.slot_of(formulas.back());
    const Block block = compiler.take();
    const Block once = compiler.take_steady();
    evaluate(once, slots.data());

    for (int period = 0; period < 3; ++period) {
      for (int slot = 4; slot < kGiven; ++slot) {
        plain[static_cast<std::size_t>(slot)] = slots[static_cast<std::size_t>(slot)] = any.value();
      }
      for (int f = 0; f < kFormulas; ++f) {
        plain[static_cast<std::size_t>(kGiven + f)] = evaluate(formulas[static_cast<std::size_t>(f)], plain.data());
      }
      evaluate(block, slots.data());
      expect_same(plain, slots, "formulas");
      ASSERT_TRUE(same(plain.back(), slots[static_cast<std::size_t>(also)])) << "seed " << seed;
    }
  }
}

TEST(Block, figures_once_what_stands_twice) {
  std::vector<double> slots{1, 2, 0, 0};
  BlockCompiler compiler(slots, {});
  compiler.assign(2, sum(0, 1));
  compiler.assign(3, sum(0, 1));
  const Block block = compiler.take();
  EXPECT_EQ(block.operations.size(), 2u);  // the sum, and a copy of it
  evaluate(block, slots.data());
  EXPECT_EQ(slots[2], 3.0);
  EXPECT_EQ(slots[3], 3.0);
}

TEST(Block, leaves_no_operation_where_only_constants_are) {
  std::vector<double> slots{1, 2, 0};
  BlockCompiler compiler(slots, {Keeps::always, Keeps::always});
  compiler.assign(2, sum(0, 1));
  EXPECT_TRUE(compiler.take().empty());
  EXPECT_TRUE(compiler.take_steady().empty());
  EXPECT_EQ(slots[2], 3.0);
}

TEST(Block, figures_before_the_first_period_what_a_run_does_not_change) {
  std::vector<double> slots{1, 2, 0};
  BlockCompiler compiler(slots, {Keeps::for_the_run, Keeps::always});
  compiler.assign(2, sum(0, 1));
  EXPECT_TRUE(compiler.take().empty());
  slots[0] = 10;
  evaluate(compiler.take_steady(), slots.data());
  EXPECT_EQ(slots[2], 12.0);
}

TEST(Block, sets_in_every_period_what_the_run_sets_too) {
  std::vector<double> slots{1, 2, 0};
  BlockCompiler compiler(slots, {Keeps::always, Keeps::always});
  compiler.assign(2, sum(0, 1), true);
  EXPECT_EQ(compiler.take().operations.size(), 1u);
}

TEST(Block, knows_which_slots_it_touches) {
  std::vector<double> slots{1, 2, 0, 0};
  BlockCompiler compiler(slots, {});
  compiler.assign(2, sum(0, 1));
  EXPECT_TRUE(compiler.touches(0));
  EXPECT_TRUE(compiler.touches(2));
  EXPECT_FALSE(compiler.touches(3));
  compiler.take();
  EXPECT_FALSE(compiler.touches(0));
}
