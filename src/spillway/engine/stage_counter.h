#pragma once
// Counts the tasks of a stage as threads finish them. Private to engine.

#include <mutex>

#include "spillway/engine/progress.h"

namespace spillway::engine {

/// Tells `on_progress`, if there is one, of the stage's start and of each task's end.
class StageCounter {
 public:
  StageCounter(const OnProgress& on_progress, Stage stage, std::size_t tasks)
      : on_progress_(on_progress), progress_{stage, 0, tasks} {
    if (on_progress_) on_progress_(progress_);
  }

  void one_done() {
    if (!on_progress_) return;
    const std::lock_guard lock(mutex_);
    ++progress_.done;
    on_progress_(progress_);
  }

 private:
  const OnProgress& on_progress_;
  std::mutex mutex_;
  Progress progress_;
};

}  // namespace spillway::engine
