#pragma once
// A lane program as it is written. Private to waterfall.

#include <cstdint>
#include <map>
#include <vector>

#include "spillway/deal/block.h"
#include "spillway/kernels/lanes.h"

namespace spillway::waterfall {

/// Writes operations on cells one after the other. Slot s of a deal is cell s; cells for what lies between follow them.
class LaneCode {
 public:
  using Op = kernels::LaneOp;

  /// `slots` are what the deal's slots hold before a run.
  explicit LaneCode(const std::vector<double>& slots) : cells_(slots) {}

  int new_cell(double before_the_run = 0.0);
  int constant(double value);
  int zero() { return constant(0.0); }

  /// Adds `to = op(a, b, c)`; without `to`, to a new cell, which comes back.
  void set(int to, Op op, int a, int b, int c);
  void set(int to, Op op, int a, int b) { set(to, op, a, b, b); }
  int make(Op op, int a, int b, int c);
  int make(Op op, int a, int b) { return make(op, a, b, b); }
  int make(Op op, int a) { return make(op, a, a, a); }
  void copy(int to, int from) { set(to, Op::copy, from, from); }
  void add_to(int to, int what) { set(to, Op::add, to, what); }

  /// The greater of the cell and 0.
  int above_zero(int cell) { return make(Op::maximum, zero(), cell); }

  /// The cells added from left to right; 0 of none.
  int sum(const std::vector<int>& cells);

  /// Fails the lanes in which |a - b| is not within `tolerance`.
  void hold(int a, int b, int tolerance) { operation(Op::hold, {0, a, b, tolerance}); }

  void append(const deal::Block& block);
  int value_of(const deal::Program& formula);

  /// Adds a batch that is not of formulas. The reference holds until the next one is added.
  kernels::LaneBatch& add(Op op);
  void list(kernels::LaneBatch& batch, const std::vector<int>& cells);
  void list(kernels::LaneBatch& batch, const std::vector<kernels::LanePayee>& payees);
  void list(kernels::LaneBatch& batch, const std::vector<kernels::LaneCarry>& carries);
  void list(kernels::LaneBatch& batch, const std::vector<kernels::LaneRoll>& rolls);

  /// A place to go to: nothing that follows joins the batches before it.
  int place();
  kernels::LaneBatch& at(int place) { return program_.batches[static_cast<std::size_t>(place)]; }

  const std::vector<double>& cells() const { return cells_; }  ///< what each holds before a run

  /// The program so far, cells by their numbers.
  kernels::LaneProgram take(int running = 0, int failed = 0);

  /// Leaves out formulas whose value nothing in the program reads, and that is none of `wanted`.
  void leave_out_unread(const std::vector<int>& wanted);

 private:
  template <class Listed>
  static void append(kernels::LaneBatch& batch, const std::vector<Listed>& listed, std::vector<Listed>& all);
  std::vector<bool> cells_read();
  void operation(Op op, const kernels::LaneOperation& made);

  std::vector<double> cells_;
  std::map<std::uint64_t, int> constants_;  // by their bits
  kernels::LaneProgram program_;
  bool sealed_ = true;  // the last batch takes no more operations
};

}  // namespace spillway::waterfall
