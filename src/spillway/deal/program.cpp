#include "spillway/deal/program.h"

namespace spillway::deal {

double evaluate(const Program& program, const double* slots) {
  double stack[kStackDepth];
  double* top = stack;  // one past the last value
  for (const Instruction& step : program.code) {
    switch (step.op) {
      case Op::constant: *top++ = step.value; break;
      case Op::slot: *top++ = slots[step.slot]; break;
      case Op::choose:
        top -= 2;
        top[-1] = top[-1] != 0.0 ? top[0] : top[1];
        break;
      default:
        if (is_unary(step.op)) {
          top[-1] = apply(step.op, top[-1], 0.0);
          break;
        }
        --top;
        top[-1] = apply(step.op, top[-1], top[0]);
    }
  }
  return top[-1];
}

}  // namespace spillway::deal
