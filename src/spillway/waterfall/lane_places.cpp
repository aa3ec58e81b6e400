#include "spillway/waterfall/lane_places.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "spillway/waterfall/lane_cells.h"

namespace spillway::waterfall {

namespace {

using kernels::LaneBatch;
using kernels::LaneOp;
using kernels::LaneProgram;

class CellSet {
 public:
  explicit CellSet(std::size_t count) : words_((count + 63) / 64) {}

  bool has(int cell) const { return (words_[word(cell)] & bit(cell)) != 0; }
  void add(int cell) { words_[word(cell)] |= bit(cell); }
  void remove(int cell) { words_[word(cell)] &= ~bit(cell); }
  void add(const CellSet& other) {
    for (std::size_t w = 0; w < words_.size(); ++w) words_[w] |= other.words_[w];
  }
  bool operator==(const CellSet&) const = default;

  template <class Use>
  void for_each(Use use) const {
    for (std::size_t w = 0; w < words_.size(); ++w) {
      for (std::uint64_t rest = words_[w]; rest != 0; rest &= rest - 1) use(static_cast<int>(64 * w) + std::countr_zero(rest));
    }
  }

 private:
  static std::size_t word(int cell) { return static_cast<std::size_t>(cell) / 64; }
  static std::uint64_t bit(int cell) { return std::uint64_t{1} << (static_cast<unsigned>(cell) % 64); }

  std::vector<std::uint64_t> words_;
};

// An operation, or a batch of what is none.
struct Move {
  std::vector<int> read, set;  // what it moves is in both
  bool is_formula = false;     // it has read everything before it sets anything
  std::size_t other = 0;       // where it may go to other than to the next
};

class Lives {
 public:
  Lives(LaneProgram& program, std::size_t count, const std::vector<int>& kept)
      : program_(program), count_(count), kept_(count), side_by_side_(count) {
    read_moves();
    for (int cell : kept) kept_.add(cell);
    follow();
  }

  // Cells that stay what they are.
  CellSet lasting() const {
    CellSet all = after_the_last();
    all.add(side_by_side_);
    return all;
  }

  // By cell those that it must not be one with.
  std::vector<CellSet> apart() const {
    std::vector<CellSet> all(count_, CellSet(count_));
    const auto set_apart = [&](int cell, const CellSet& others) {
      all[static_cast<std::size_t>(cell)].add(others);
      others.for_each([&](int other) { all[static_cast<std::size_t>(other)].add(cell); });
    };
    for (std::size_t m = 0; m < moves_.size(); ++m) {
      CellSet beside = live_after(m);
      if (!moves_[m].is_formula) {
        for (int cell : moves_[m].read) beside.add(cell);
        for (int cell : moves_[m].set) beside.add(cell);
      }
      for (int cell : moves_[m].set) set_apart(cell, beside);
    }
    return all;
  }

 private:
  auto noted(Move& move) {
    return [this, &move](int first, LaneAccess access, int count) {
      for (int cell = first; cell < first + count; ++cell) {
        if (access != LaneAccess::write) move.read.push_back(cell);
        if (access != LaneAccess::read) move.set.push_back(cell);
        if (count > 1) side_by_side_.add(cell);
      }
    };
  }

  void read_moves() {
    std::vector<std::size_t> first;  // by batch: its first move
    for (LaneBatch& batch : program_.batches) {
      first.push_back(moves_.size());
      for (int i = 0; batch.op == LaneOp::chain && i < batch.count; ++i) {
        Move& move = moves_.emplace_back();
        move.is_formula = true;
        for_each_cell(program_.links[static_cast<std::size_t>(batch.first + i)], noted(move));
      }
      if (batch.op == LaneOp::chain) continue;
      if (!has_operations(batch.op)) {
        for_each_cell(program_, batch, noted(moves_.emplace_back()));
        note_unwritten(batch.op, moves_.back());
        continue;
      }
      for (int i = 0; i < batch.count; ++i) {
        Move& move = moves_.emplace_back();
        move.is_formula = batch.op != LaneOp::hold;
        for_each_cell(program_.operations[static_cast<std::size_t>(batch.first + i)], move.is_formula, noted(move));
        note_unwritten(batch.op, move);
      }
    }
    first.push_back(moves_.size());
    for (std::size_t m = 0; m < moves_.size(); ++m) moves_[m].other = m + 1;
    for (std::size_t b = 0; b < program_.batches.size(); ++b) {
      const LaneBatch& batch = program_.batches[b];
      const auto skip = static_cast<std::size_t>(batch.skip);
      if (batch.op == LaneOp::start_step) moves_[first[b]].other = first[b + 1 + skip];
      if (batch.op == LaneOp::again) moves_[first[b]].other = first[b - skip];
    }
  }

  // What every batch of a kind works on.
  void note_unwritten(LaneOp op, Move& move) const {
    if (op == LaneOp::start_step) move.read.push_back(program_.running);
    if (op != LaneOp::hold && op != LaneOp::total) return;
    move.read.push_back(program_.failed);
    move.set.push_back(program_.failed);
  }

  CellSet live_after(std::size_t m) const {
    CellSet live = m + 1 < moves_.size() ? live_[m + 1] : after_the_last();
    if (const std::size_t other = moves_[m].other; other != m + 1) live.add(other < moves_.size() ? live_[other] : after_the_last());
    return live;
  }

  CellSet after_the_last() const {
    CellSet live = live_.front();
    live.add(kept_);
    return live;
  }

  // Goes back through the period until nothing changes: what the next period reads lives to the end of this one.
  void follow() {
    live_.assign(moves_.size() + 1, CellSet(count_));
    for (bool is_done = false; !is_done;) {
      is_done = true;
      for (std::size_t m = moves_.size(); m-- > 0;) {
        CellSet live = live_after(m);
        for (int cell : moves_[m].set) live.remove(cell);
        for (int cell : moves_[m].read) live.add(cell);
        if (live == live_[m]) continue;
        live_[m] = std::move(live);
        is_done = false;
      }
    }
  }

  LaneProgram& program_;
  std::size_t count_;
  CellSet kept_, side_by_side_;
  std::vector<Move> moves_;
  std::vector<CellSet> live_;  // before each move: cells that are read before they are set
};

}  // namespace

void share_cells(LaneProgram& program, std::size_t count, const std::vector<int>& kept) {
  const Lives lives(program, count, kept);
  const CellSet lasting = lives.lasting();
  std::vector<CellSet> apart = lives.apart();
  std::vector<int> host(count, -1);  // the cell that it becomes
  std::vector<int> hosts;
  lasting.for_each([&](int cell) {
    hosts.push_back(host[static_cast<std::size_t>(cell)] = cell);
    apart[static_cast<std::size_t>(cell)].add(lasting);
  });
  const auto place = [&](int cell) {
    const auto found = std::find_if(hosts.begin(), hosts.end(), [&](int one) { return !apart[static_cast<std::size_t>(one)].has(cell); });
    if (found == hosts.end()) return hosts.emplace_back(cell);
    apart[static_cast<std::size_t>(*found)].add(apart[static_cast<std::size_t>(cell)]);
    return *found;
  };
  for_each_cell(program, [&](int& cell, LaneAccess, int) {
    int& becomes = host[static_cast<std::size_t>(cell)];
    if (becomes < 0) becomes = place(cell);
    cell = becomes;
  });
}

}  // namespace spillway::waterfall
