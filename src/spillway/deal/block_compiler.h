#pragma once
// Programs compiled into blocks. Private to deal.

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "spillway/deal/block.h"

namespace spillway::deal {

/// How long a slot keeps what it holds.
enum class Keeps : std::uint8_t { no, for_the_run, always };

/// Compiles blocks one after the other over one set of slots, which it adds to. What stands twice in a block is figured
/// once, what constants alone make is a constant, and what stays the same for a whole run goes into a block of its own.
class BlockCompiler {
 public:
  /// `slots` hold their values before a run; `keeps` says of each whether it keeps its value while periods go by.
  BlockCompiler(std::vector<double>& slots, std::vector<Keeps> keeps) : slots_(slots), keeps_(std::move(keeps)) {
    keeps_.resize(slots_.size(), Keeps::no);
  }

  /// True if the block at work reads or sets `slot`: another value for it needs another block.
  bool touches(int slot) const { return read_.contains(slot) || value_in_.contains(slot); }

  /// Adds `slot = program` to the block. `in_every_period`: even if it is the same in all, as the run sets the slot too.
  void assign(int slot, const Program& program, bool in_every_period = false);

  /// The slot that holds the program's value once the block has been figured.
  int slot_of(const Program& program);

  int new_slot(double value = 0.0);

  /// Ends the block at work.
  Block take();

  /// What to figure once, before the first period, when all blocks are taken.
  Block take_steady();

 private:
  struct Made {
    Op op;
    Operation operation;
  };
  using Key = std::array<int, 4>;  // kind and operands
  using Values = std::map<Key, int>;

  int value_of(const Program& program);
  int value_in(int slot);
  int value(Op op, int a, int b, int c);
  std::optional<int> folded(Op op, int a, int b, int c);
  int constant(double value);
  bool is_constant(int slot) const { return keeps(slot) == Keeps::always; }
  Keeps keeps(int slot) const { return keeps_[static_cast<std::size_t>(slot)]; }
  double held(int slot) const { return slots_[static_cast<std::size_t>(slot)]; }

  std::vector<double>& slots_;
  std::vector<Keeps> keeps_;
  std::map<std::uint64_t, int> constants_;   // by their bits
  std::vector<Made> steady_made_;
  Values steady_values_;

  // Of the block at work.
  std::vector<Made> made_;
  Values values_;
  std::unordered_map<int, int> value_in_;    // by slot set: the slot its value was made in
  std::unordered_set<int> read_;             // slots read as the block finds them
  std::unordered_set<int> nameless_;         // slots made for a value that may still be made elsewhere instead
  std::unordered_map<int, int> named_;       // and those that are
};

}  // namespace spillway::deal
