#include "spillway/waterfall/lane_order.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spillway/waterfall/lane_cells.h"

namespace spillway::waterfall {

namespace {

using kernels::LaneBatch;
using kernels::LaneOp;
using kernels::LaneOperation;
using kernels::LaneProgram;

constexpr std::size_t kKinds = static_cast<std::size_t>(LaneOp::again) + 1;

// An operation, or a batch of what is none.
struct Task {
  LaneBatch batch;
  LaneOperation operation;
  std::vector<int> before;  // tasks that wait for it
  int waits_for = 0;        // tasks that are not done
};

// Tasks between which nothing is passed over or gone back to.
class Stretch {
 public:
  Stretch(LaneProgram& program, std::size_t cells) : program_(program), last_set_(cells, -1), read_since_(cells) {}

  void add(const LaneBatch& batch) {
    if (!has_operations(batch.op)) return add_task({batch, {}, {}, 0});
    for (int i = 0; i < batch.count; ++i) {
      add_task({batch, program_.operations[static_cast<std::size_t>(batch.first + i)], {}, 0});
    }
  }

  // Writes the tasks to `to`, most of a kind first.
  void write(LaneProgram& to) {
    for (std::size_t t = 0; t < tasks_.size(); ++t) {
      if (tasks_[t].waits_for == 0) make_ready(static_cast<int>(t));
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
    for_each_cell(made.operation, made.batch.op != LaneOp::hold, note);
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

  void make_ready(int task) { ready_[static_cast<std::size_t>(tasks_[static_cast<std::size_t>(task)].batch.op)].push_back(task); }

  void write_batch(LaneOp op, LaneProgram& to) {
    std::vector<int>& ready = ready_[static_cast<std::size_t>(op)];
    LaneBatch made = tasks_[static_cast<std::size_t>(ready.front())].batch;
    if (has_operations(op)) made.first = static_cast<int>(to.operations.size());
    const std::size_t most = has_operations(op) ? tasks_.size() : 1;
    std::size_t done = 0;
    for (; done < std::min(most, ready.size()); ++done) {  // those that become ready on the way come along
      const Task& task = tasks_[static_cast<std::size_t>(ready[done])];
      if (has_operations(op)) to.operations.push_back(task.operation);
      for (int next : task.before) {
        if (--tasks_[static_cast<std::size_t>(next)].waits_for == 0) make_ready(next);
      }
    }
    ready.erase(ready.begin(), ready.begin() + static_cast<std::ptrdiff_t>(done));
    if (has_operations(op)) made.count = static_cast<int>(done);
    to.batches.push_back(made);
  }

  LaneProgram& program_;
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

std::size_t count_cells(LaneProgram& program) {
  int most = std::max(program.running, program.failed);
  for_each_cell(program, [&](int cell, LaneAccess, int count) { most = std::max(most, cell + count - 1); });
  return static_cast<std::size_t>(most + 1);
}

}  // namespace

void gather_batches(LaneProgram& program) {
  const std::size_t cells = count_cells(program), count = program.batches.size();
  const std::vector<bool> first = first_of_stretches(program);
  LaneProgram made;
  std::vector<std::size_t> places(count + 1);  // of the batches that stretches begin with
  for (std::size_t b = 0; b < count;) {
    places[b] = made.batches.size();
    if (moves_on(program.batches[b])) {
      made.batches.push_back(program.batches[b++]);
      continue;
    }
    Stretch stretch(program, cells);
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
