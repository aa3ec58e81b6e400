#pragma once
// How far a command has come, on standard error.

#include <chrono>
#include <cstddef>
#include <string>

#include "spillway/engine/progress.h"

namespace spillway::cli {

/// One line that is rewritten on a terminal; elsewhere a line for each stage as it ends; nothing if quiet. Every line says how
/// long its stage took, which is known to nobody but the reader: no file holds it.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine() { end(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  /// Ends the stage before and starts this one.
  void start(const std::string& stage);

  /// So much of the stage is done. The bar stands still where `of` is 1 or less.
  void show(std::size_t done, std::size_t of);

  /// Takes the line away, so that something else can be printed; the next `show` draws it again.
  void erase();

  /// What a run is told to call.
  engine::OnProgress listener();

  /// Ends the last stage. On a terminal the line then says how long each stage took.
  void end();

 private:
  using Clock = std::chrono::steady_clock;

  bool quiet_, rewrites_;
  std::string stage_;        // empty: none is under way
  Clock::time_point started_, drawn_;
  std::string times_;        // "read inputs 0.1 s, ..."
};

}  // namespace spillway::cli
