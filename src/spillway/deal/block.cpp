#include "spillway/deal/block.h"

namespace spillway::deal {

namespace {

template <Op kOp>
const Operation* run(const Operation* at, int count, double* slots) {
  for (const Operation* end = at + count; at != end; ++at) slots[at->to] = apply(kOp, slots[at->a], slots[at->b]);
  return at;
}

const Operation* choose(const Operation* at, int count, double* slots) {
  for (const Operation* end = at + count; at != end; ++at) slots[at->to] = slots[slots[at->a] != 0.0 ? at->b : at->c];
  return at;
}

}  // namespace

void evaluate(const Block& block, double* slots) {
  const Operation* at = block.operations.data();
  for (const auto [op, count] : block.batches) {
    switch (op) {
      case Op::constant: break;  // lies in its slot
      case Op::slot: at = run<Op::slot>(at, count, slots); break;
      case Op::add: at = run<Op::add>(at, count, slots); break;
      case Op::subtract: at = run<Op::subtract>(at, count, slots); break;
      case Op::multiply: at = run<Op::multiply>(at, count, slots); break;
      case Op::divide: at = run<Op::divide>(at, count, slots); break;
      case Op::negate: at = run<Op::negate>(at, count, slots); break;
      case Op::minimum: at = run<Op::minimum>(at, count, slots); break;
      case Op::maximum: at = run<Op::maximum>(at, count, slots); break;
      case Op::absolute: at = run<Op::absolute>(at, count, slots); break;
      case Op::less: at = run<Op::less>(at, count, slots); break;
      case Op::less_equal: at = run<Op::less_equal>(at, count, slots); break;
      case Op::greater: at = run<Op::greater>(at, count, slots); break;
      case Op::greater_equal: at = run<Op::greater_equal>(at, count, slots); break;
      case Op::equal: at = run<Op::equal>(at, count, slots); break;
      case Op::not_equal: at = run<Op::not_equal>(at, count, slots); break;
      case Op::both: at = run<Op::both>(at, count, slots); break;
      case Op::either: at = run<Op::either>(at, count, slots); break;
      case Op::negation: at = run<Op::negation>(at, count, slots); break;
      case Op::choose: at = choose(at, count, slots); break;
    }
  }
}

}  // namespace spillway::deal
