#pragma once
// How far a run has come, for whoever watches it. Results do not depend on it.

#include <cstddef>
#include <functional>

namespace spillway::engine {

/// The parts of making a book, in the order they are done.
enum class Stage { project_loans, run_waterfalls, find_break_evens, stratify, assemble };

/// So many of the stage's tasks are done; it starts with 0 and ends when all are.
struct Progress {
  Stage stage = Stage::project_loans;
  std::size_t done = 0;
  std::size_t of = 0;
};

/// Called as a stage starts and as each of its tasks ends, by one thread at a time, in order. It must not throw.
using OnProgress = std::function<void(const Progress&)>;

}  // namespace spillway::engine
