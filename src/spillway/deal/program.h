#pragma once
// Formulas compiled to slots: what the period loop evaluates. No names, no allocation.

#include <algorithm>
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

/// `a` over `b`, where nothing over nothing is nothing.
inline double quotient(double a, double b) { return a == 0.0 && b == 0.0 ? 0.0 : a / b; }

/// What an operation makes of two values, or of `a` alone; `slot` leaves it as it is. Not for `constant` and `choose`.
inline double apply(Op op, double a, double b) {
  switch (op) {
    case Op::slot: return a;
    case Op::add: return a + b;
    case Op::subtract: return a - b;
    case Op::multiply: return a * b;
    case Op::divide: return quotient(a, b);
    case Op::negate: return -a;
    case Op::minimum: return std::min(a, b);
    case Op::maximum: return std::max(a, b);
    case Op::absolute: return std::abs(a);
    case Op::less: return a < b;
    case Op::less_equal: return a <= b;
    case Op::greater: return a > b;
    case Op::greater_equal: return a >= b;
    case Op::equal: return a == b;
    case Op::not_equal: return a != b;
    case Op::both: return a != 0.0 && b != 0.0;
    case Op::either: return a != 0.0 || b != 0.0;
    case Op::negation: return a == 0.0;
    case Op::constant:
    case Op::choose: break;
  }
  return 0.0;
}

/// True of operations on one value.
inline bool is_unary(Op op) { return op == Op::slot || op == Op::negate || op == Op::absolute || op == Op::negation; }

/// The formula's value: the definition that a Block keeps to. Nothing over nothing (0 / 0) is 0; other divisions by zero
/// are infinite.
double evaluate(const Program& program, const double* slots);

}  // namespace spillway::deal
