#include "spillway/deal/program.h"

#include <algorithm>

namespace spillway::deal {

namespace {

double quotient(double a, double b) { return a == 0.0 && b == 0.0 ? 0.0 : a / b; }

double binary(Op op, double a, double b) {
  switch (op) {
    case Op::add: return a + b;
    case Op::subtract: return a - b;
    case Op::multiply: return a * b;
    case Op::divide: return quotient(a, b);
    case Op::minimum: return std::min(a, b);
    case Op::maximum: return std::max(a, b);
    case Op::less: return a < b;
    case Op::less_equal: return a <= b;
    case Op::greater: return a > b;
    case Op::greater_equal: return a >= b;
    case Op::equal: return a == b;
    case Op::not_equal: return a != b;
    case Op::both: return a != 0.0 && b != 0.0;
    case Op::either: return a != 0.0 || b != 0.0;
    default: return 0.0;
  }
}

}  // namespace

double evaluate(const Program& program, const double* slots) {
  double stack[kStackDepth];
  double* top = stack;  // one past the last value
  for (const Instruction& step : program.code) {
    switch (step.op) {
      case Op::constant: *top++ = step.value; break;
      case Op::slot: *top++ = slots[step.slot]; break;
      case Op::negate: top[-1] = -top[-1]; break;
      case Op::absolute: top[-1] = std::abs(top[-1]); break;
      case Op::negation: top[-1] = top[-1] == 0.0; break;
      case Op::choose:
        top -= 2;
        top[-1] = top[-1] != 0.0 ? top[0] : top[1];
        break;
      default:
        --top;
        top[-1] = binary(step.op, top[-1], top[0]);
    }
  }
  return top[-1];
}

}  // namespace spillway::deal
