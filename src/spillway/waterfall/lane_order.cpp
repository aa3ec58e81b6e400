#include "spillway/waterfall/lane_order.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spillway/waterfall/lane_cells.h"

namespace spillway::waterfall {

namespace {

using kernels::LaneBatch;
using kernels::LaneLink;
using kernels::LaneOp;
using kernels::LaneOperation;
using kernels::LaneProgram;

constexpr std::size_t kKinds = static_cast<std::size_t>(LaneOp::chain) + 1;

// An operation, or a batch of what is none.
struct Task {
  LaneBatch batch;
  LaneOperation operation;
  std::vector<int> before;  // tasks that wait for it
  int waits_for = 0;        // tasks that are not done
  std::array<int, 3> made_by{-1, -1, -1};  // by operand of a formula: the task that set it
  int takes_from = -1;      // the task before it in its chain, whose value is `takes` of its operands
  LaneLink::Takes takes = LaneLink::none;
  int links = 1;            // of the chain up to here
  bool is_taken = false;    // its chain goes on
};

// Tasks between which nothing is passed over or gone back to.
class Stretch {
 public:
  Stretch(LaneProgram& program, const std::vector<int>& readers)
      : program_(program), readers_(readers), last_set_(readers.size(), -1), read_since_(readers.size()) {}

  void add(const LaneBatch& batch) {
    if (!has_operations(batch.op)) return add_task({batch, {}, {}, 0});
    for (int i = 0; i < batch.count; ++i) {
      add_task({batch, program_.operations[static_cast<std::size_t>(batch.first + i)], {}, 0});
    }
  }

  // Writes the tasks to `to`, most of a kind first.
  void write(LaneProgram& to) {
    for (std::size_t t = 0; t < tasks_.size(); ++t) link(static_cast<int>(t));
    for (std::size_t t = 0; t < tasks_.size(); ++t) {
      if (tasks_[t].waits_for == 0 && !tasks_[t].is_taken) make_ready(static_cast<int>(t));
    }
    for (;;) {
      const auto most = std::max_element(ready_.begin(), ready_.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
      if (most->empty()) return;
      write_batch(static_cast<LaneOp>(most - ready_.begin()), to);
    }
  }

 private:
  void add_task(Task task) {
    const int t = static_cast<int>(tasks_.size());
    tasks_.push_back(std::move(task));
    const auto note = [&](int cell, LaneAccess access, int count) {
      for (int c = cell; c < cell + count; ++c) depend(t, static_cast<std::size_t>(c), access);
    };
    Task& made = tasks_.back();
    if (made.batch.op == LaneOp::hold || made.batch.op == LaneOp::total) note(program_.failed, LaneAccess::both, 1);
    if (!has_operations(made.batch.op)) return for_each_cell(program_, made.batch, note);
    const int* operands[] = {&made.operation.a, &made.operation.b, &made.operation.c};
    for (std::size_t i = 0; i < 3; ++i) made.made_by[i] = last_set_[static_cast<std::size_t>(*operands[i])];
    for_each_cell(made.operation, made.batch.op != LaneOp::hold, note);
  }

  Task& task(int t) { return tasks_[static_cast<std::size_t>(t)]; }

  // Makes a formula the next link after one that nothing else waits for: what that one makes stays in registers.
  void link(int t) {
    Task& to = task(t);
    if (to.batch.op > LaneOp::choose) return;
    const int operands = operands_of(to.batch.op);
    for (int i = 0; i < operands; ++i) {
      const int from = to.made_by[static_cast<std::size_t>(i)];
      if (from < 0 || task(from).batch.op > LaneOp::choose || task(from).before.size() != 1) continue;
      if (std::count(to.made_by.begin(), to.made_by.begin() + operands, from) > 1) continue;
      if (to.takes_from >= 0 && task(to.takes_from).links >= task(from).links) continue;
      to.takes_from = from;
      to.takes = static_cast<LaneLink::Takes>(LaneLink::first + i);
    }
    if (to.takes_from < 0) return;
    Task& from = task(to.takes_from);
    from.is_taken = true;
    to.links = from.links + 1;
    // The last link waits for what any of them does.
    to.waits_for += from.waits_for - 1;
  }

  int last_link(int t) {
    while (task(t).is_taken) t = task(t).before.front();
    return t;
  }

  void write_chain(int last, std::vector<LaneLink>& to) {
    const Task& it = task(last);
    if (it.takes_from >= 0) write_chain(it.takes_from, to);
    LaneLink made{it.batch.op, it.takes, it.operation};
    int* const operands[] = {&made.of.a, &made.of.b, &made.of.c};
    for (int i = 0; i < 3; ++i) {
      if (i >= operands_of(it.batch.op) || i + 1 == it.takes) *operands[i] = -1;
    }
    if (it.is_taken && readers_[static_cast<std::size_t>(made.of.to)] == 1) made.of.to = -1;
    to.push_back(made);
  }

  void depend(int task, std::size_t cell, LaneAccess access) {
    wait(task, last_set_[cell]);
    if (access == LaneAccess::read) return read_since_[cell].push_back(task);
    for (int reader : read_since_[cell]) wait(task, reader);
    read_since_[cell].clear();
    last_set_[cell] = task;
  }

  void wait(int task, int other) {
    if (other < 0 || other == task) return;
    std::vector<int>& before = tasks_[static_cast<std::size_t>(other)].before;
    if (!before.empty() && before.back() == task) return;
    before.push_back(task);
    ++tasks_[static_cast<std::size_t>(task)].waits_for;
  }

  void make_ready(int t) {
    const LaneOp op = task(t).links > 1 ? LaneOp::chain : task(t).batch.op;
    ready_[static_cast<std::size_t>(op)].push_back(t);
  }

  void write_batch(LaneOp op, LaneProgram& to) {
    std::vector<int>& ready = ready_[static_cast<std::size_t>(op)];
    LaneBatch made = task(ready.front()).batch;
    const bool is_chain = op == LaneOp::chain, gathers = is_chain || has_operations(op);
    if (is_chain) made = {.op = op};
    if (gathers) made.first = static_cast<int>(is_chain ? to.links.size() : to.operations.size());
    const std::size_t most = gathers ? tasks_.size() : 1;
    std::size_t done = 0;
    for (; done < std::min(most, ready.size()); ++done) {  // those that become ready on the way come along
      const int t = ready[done];
      if (is_chain) write_chain(t, to.links);
      else if (gathers) to.operations.push_back(task(t).operation);
      for (int next : task(t).before) {
        const int waits = last_link(next);
        if (--task(waits).waits_for == 0) make_ready(waits);
      }
    }
    ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(done));
    if (gathers) made.count = is_chain ? static_cast<int>(to.links.size()) - made.first : static_cast<int>(done);
    to.batches.push_back(made);
  }

  LaneProgram& program_;
  const std::vector<int>& readers_;            // by cell
  std::vector<Task> tasks_;
  std::vector<int> last_set_;                  // by cell: the task that set it last; -1: none
  std::vector<std::vector<int>> read_since_;   // by cell: those that read it since
  std::array<std::vector<int>, kKinds> ready_;
};

bool moves_on(const LaneBatch& batch) { return batch.op == LaneOp::start_step || batch.op == LaneOp::again; }

// Batches that something goes to, or that something which goes elsewhere stands before.
std::vector<bool> first_of_stretches(const LaneProgram& program) {
  std::vector<bool> first(program.batches.size() + 1, false);
  for (std::size_t b = 0; b < program.batches.size(); ++b) {
    const LaneBatch& batch = program.batches[b];
    if (!moves_on(batch)) continue;
    first[b] = first[b + 1] = true;
    if (batch.op == LaneOp::again) first[b - static_cast<std::size_t>(batch.skip)] = true;
    else first[b + 1 + static_cast<std::size_t>(batch.skip)] = true;
  }
  return first;
}

// By cell how many operands it is, and how often it is read besides, by the program or once it has run.
std::vector<int> count_readers(LaneProgram& program, std::size_t cells, const std::vector<int>& kept) {
  std::vector<int> readers(cells);
  const auto add = [&](int cell) { ++readers[static_cast<std::size_t>(cell)]; };
  for (LaneBatch& batch : program.batches) {
    if (!has_operations(batch.op)) {
      for_each_cell(program, batch, [&](int cell, LaneAccess access, int count) {
        for (int c = cell; access != LaneAccess::write && c < cell + count; ++c) add(c);
      });
      continue;
    }
    for (int i = batch.first; i < batch.first + batch.count; ++i) {
      const LaneOperation& operation = program.operations[static_cast<std::size_t>(i)];
      const int operands[] = {operation.a, operation.b, operation.c};
      std::for_each_n(operands, operands_of(batch.op), add);
    }
  }
  for (int cell : kept) add(cell);
  return readers;
}

}  // namespace

void gather_batches(LaneProgram& program, std::size_t cells, const std::vector<int>& kept) {
  const std::size_t count = program.batches.size();
  const std::vector<int> readers = count_readers(program, cells, kept);
  const std::vector<bool> first = first_of_stretches(program);
  LaneProgram made;
  std::vector<std::size_t> places(count + 1);  // of the batches that stretches begin with
  for (std::size_t b = 0; b < count;) {
    places[b] = made.batches.size();
    if (moves_on(program.batches[b])) {
      made.batches.push_back(program.batches[b++]);
      continue;
    }
    Stretch stretch(program, readers);
    const std::size_t end = static_cast<std::size_t>(std::find(first.begin() + static_cast<std::ptrdiff_t>(b) + 1, first.end() - 1, true) - first.begin());
    for (; b < end; ++b) stretch.add(program.batches[b]);
    stretch.write(made);
  }
  places[count] = made.batches.size();
  for (std::size_t b = 0; b < count; ++b) {
    const LaneBatch& batch = program.batches[b];
    if (!moves_on(batch)) continue;
    const auto skip = static_cast<std::size_t>(batch.skip);
    const std::size_t gone = batch.op == LaneOp::again ? places[b] - places[b - skip] : places[b + 1 + skip] - places[b] - 1;
    made.batches[places[b]].skip = static_cast<int>(gone);
  }
  program.batches = std::move(made.batches);
  program.operations = std::move(made.operations);
  program.links = std::move(made.links);
}

std::vector<int> order_of_cells(LaneProgram& program, std::size_t count) {
  std::vector<int> order(count, -1);
  int next = 0;
  const auto place = [&](int first, int cells) {
    for (int c = first; c < first + cells; ++c) {
      if (order[static_cast<std::size_t>(c)] < 0) order[static_cast<std::size_t>(c)] = next++;
    }
  };
  place(program.running, 1);
  place(program.failed, 1);
  // Those that must stay side by side come before the others.
  for_each_cell(program, [&](int cell, LaneAccess, int cells) {
    if (cells > 1) place(cell, cells);
  });
  for_each_cell(program, [&](int cell, LaneAccess, int cells) { place(cell, cells); });
  place(0, static_cast<int>(count));
  return order;
}

void place_cells(LaneProgram& program, const std::vector<int>& order) {
  const auto place = [&](int& cell, auto...) { cell = kernels::place_of(order[static_cast<std::size_t>(cell)]); };
  for_each_cell(program, place);
  place(program.running);
  place(program.failed);
}

}  // namespace spillway::waterfall
