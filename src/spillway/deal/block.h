#pragma once
// Formulas figured together: operations from slots to slots, those of a kind side by side.

#include <vector>

#include "spillway/deal/program.h"

namespace spillway::deal {

/// Slot `to` becomes what the operation makes of slots `a` and `b`; of `choose`, slot `b` if `a` holds, else `c`.
struct Operation {
  int to = 0, a = 0, b = 0, c = 0;
};

/// Operations of one kind in a row.
struct Batch {
  Op op = Op::slot;
  int count = 0;
};

/// Formulas compiled together. Constants lie in slots too, so that only the operations are left; those that do not wait
/// for one another stand in batches, so that the kind is looked at once for many. Every value is the one that
/// `evaluate(Program)` finds, to the bit.
struct Block {
  std::vector<Batch> batches;
  std::vector<Operation> operations;  ///< of all batches, in their order

  bool empty() const { return operations.empty(); }
};

/// Figures all formulas of a block.
void evaluate(const Block& block, double* slots);

}  // namespace spillway::deal
