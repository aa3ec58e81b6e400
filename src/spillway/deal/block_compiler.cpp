#include "spillway/deal/block_compiler.h"

#include <algorithm>
#include <bit>

namespace spillway::deal {

namespace {

constexpr std::size_t kKinds = static_cast<std::size_t>(Op::choose) + 1;

// What waits for what among the operations of a block.
struct Order {
  std::vector<std::vector<std::size_t>> waiting;  // by operation: those that need it
  std::vector<int> missing;                       // by operation: how many it still needs

  template <class MadeList>
  explicit Order(const MadeList& made) : waiting(made.size()), missing(made.size(), 0) {
    std::unordered_map<int, std::size_t> maker;
    for (std::size_t i = 0; i < made.size(); ++i) {
      const Operation& operation = made[i].operation;
      for (int operand : {operation.a, operation.b, operation.c}) {
        const auto found = maker.find(operand);
        if (found == maker.end()) continue;
        waiting[found->second].push_back(i);
        ++missing[i];
      }
      maker[operation.to] = i;
    }
  }
};

// Always the kind of which most operations are ready, until none of it is.
template <class MadeList>
Block in_batches(const MadeList& made) {
  Order order(made);
  std::array<std::vector<std::size_t>, kKinds> ready;
  const auto kind = [&](std::size_t i) { return static_cast<std::size_t>(made[i].op); };
  for (std::size_t i = 0; i < made.size(); ++i) {
    if (order.missing[i] == 0) ready[kind(i)].push_back(i);
  }
  Block block;
  while (block.operations.size() < made.size()) {
    auto most = std::max_element(ready.begin(), ready.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    const std::size_t before = block.operations.size();
    for (std::size_t next = 0; next < most->size(); ++next) {
      const std::size_t done = (*most)[next];
      block.operations.push_back(made[done].operation);
      for (std::size_t i : order.waiting[done]) {
        if (--order.missing[i] == 0) ready[kind(i)].push_back(i);
      }
    }
    block.batches.push_back({static_cast<Op>(most - ready.begin()), static_cast<int>(block.operations.size() - before)});
    most->clear();
  }
  return block;
}

}  // namespace

int BlockCompiler::new_slot(double value) {
  slots_.push_back(value);
  keeps_.push_back(Keeps::no);
  return static_cast<int>(slots_.size()) - 1;
}

int BlockCompiler::constant(double value) {
  const auto [entry, is_new] = constants_.try_emplace(std::bit_cast<std::uint64_t>(value), 0);
  if (is_new) {
    entry->second = new_slot(value);
    keeps_.back() = Keeps::always;
  }
  return entry->second;
}

int BlockCompiler::value_in(int slot) {
  if (is_constant(slot)) return constant(held(slot));
  if (keeps(slot) == Keeps::for_the_run) return slot;
  if (const auto set = value_in_.find(slot); set != value_in_.end()) return set->second;
  read_.insert(slot);
  return slot;
}

// The value, where it takes no operation to find it.
std::optional<int> BlockCompiler::folded(Op op, int a, int b, int c) {
  if (op == Op::choose) {
    if (is_constant(a)) return held(a) != 0.0 ? b : c;
    return std::nullopt;
  }
  if (is_constant(a) && is_constant(b)) return constant(apply(op, held(a), held(b)));
  return std::nullopt;
}

int BlockCompiler::value(Op op, int a, int b, int c) {
  if (const auto same = folded(op, a, b, c)) return *same;
  const bool steady = keeps(a) != Keeps::no && keeps(b) != Keeps::no && keeps(c) != Keeps::no;
  const auto [entry, is_new] = (steady ? steady_values_ : values_).try_emplace(Key{static_cast<int>(op), a, b, c}, 0);
  if (!is_new) return entry->second;
  const int to = entry->second = new_slot();
  (steady ? steady_made_ : made_).push_back({op, {to, a, b, c}});
  if (steady) keeps_.back() = Keeps::for_the_run;
  else nameless_.insert(to);
  return to;
}

int BlockCompiler::value_of(const Program& program) {
  std::vector<int> stack;
  const auto pop = [&stack] {
    const int top = stack.back();
    stack.pop_back();
    return top;
  };
  for (const Instruction& step : program.code) {
    if (step.op == Op::constant) {
      stack.push_back(constant(step.value));
    } else if (step.op == Op::slot) {
      stack.push_back(value_in(step.slot));
    } else if (is_unary(step.op)) {
      const int a = pop();
      stack.push_back(value(step.op, a, a, a));
    } else {
      const int c = step.op == Op::choose ? pop() : -1, b = pop(), a = pop();
      stack.push_back(value(step.op, a, b, c < 0 ? b : c));
    }
  }
  return stack.back();
}

void BlockCompiler::assign(int slot, const Program& program, bool in_every_period) {
  const int found = value_of(program);
  if (keeps(found) != Keeps::no && !in_every_period) {
    if (is_constant(found)) slots_[static_cast<std::size_t>(slot)] = held(found);
    else steady_made_.push_back({Op::slot, {slot, found, found, found}});
    keeps_[static_cast<std::size_t>(slot)] = keeps(found);
    return;
  }
  if (nameless_.erase(found) > 0) named_[found] = slot;
  else made_.push_back({Op::slot, {slot, found, found, found}});
  value_in_[slot] = found;
}

int BlockCompiler::slot_of(const Program& program) {
  const int found = value_of(program);
  nameless_.erase(found);
  const auto named = named_.find(found);
  return named == named_.end() ? found : named->second;
}

Block BlockCompiler::take() {
  const auto place = [this](int slot) {
    const auto named = named_.find(slot);
    return named == named_.end() ? slot : named->second;
  };
  for (Made& made : made_) {
    Operation& operation = made.operation;
    operation = {place(operation.to), place(operation.a), place(operation.b), place(operation.c)};
  }
  Block block = in_batches(made_);
  made_.clear();
  values_.clear();
  value_in_.clear();
  read_.clear();
  nameless_.clear();
  named_.clear();
  return block;
}

Block BlockCompiler::take_steady() { return in_batches(std::exchange(steady_made_, {})); }

}  // namespace spillway::deal
