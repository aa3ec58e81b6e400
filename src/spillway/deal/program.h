#pragma once
// Formulas compiled to slots: what the period loop evaluates. No names, no allocation.

#include <cmath>
#include <cstdint>
#include <vector>

namespace spillway::deal {

enum class Op : std::uint8_t {
  constant, slot, add, subtract, multiply, divide, negate, minimum, maximum, absolute,
  less, less_equal, greater, greater_equal, equal, not_equal, both, either, negation, choose
};

struct Instruction {
  Op op = Op::constant;
  int slot = 0;
  double value = 0;
};

/// A formula in postfix order. Conditions are 1 or 0, dates day counts. Needs at most `kStackDepth` values at once.
struct Program {
  std::vector<Instruction> code;

  bool empty() const { return code.empty(); }
};

inline constexpr int kStackDepth = 64;

/// The formula's value. Nothing over nothing (0 / 0) is 0; other divisions by zero are infinite.
double evaluate(const Program& program, const double* slots);

}  // namespace spillway::deal
