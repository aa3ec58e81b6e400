#pragma once
// Many runs of one deal, thirty-two at a time in the lanes of the machine's vectors.

#include <memory>
#include <span>
#include <vector>

#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// Runs of a group of lanes; fewer take as long.
inline constexpr std::size_t kLaneGroup = 16;

/// Runs that go side by side at most: two groups, which take less time together than one after the other.
inline constexpr std::size_t kSideBySide = 2 * kLaneGroup;

/// A deal made ready for runs with the same options. Threads may share it.
class ManyRuns {
 public:
  /// `deal` must outlive it.
  ManyRuns(const deal::Deal& deal, const RunOptions& options);
  ~ManyRuns();
  ManyRuns(ManyRuns&&) noexcept;
  ManyRuns& operator=(ManyRuns&&) noexcept;

  /// What run_waterfall gives for each, to the bit, its issues included. Runs that lanes do not do go one by one: traces, calls
  /// of a part, make-whole premiums on a call, and those that have an issue to report.
  std::vector<result::Result<cashflow::DealCashFlows>> run(std::span<const RunInputs> runs) const;

  /// The same into `results`, which may hold those of an earlier call to this object: their memory is used again. For
  /// runs without end of which each is looked at once: kSideBySide at a time; if they keep every series a group at a time, whose
  /// memory stays nearer.
  void run(std::span<const RunInputs> runs, std::vector<result::Result<cashflow::DealCashFlows>>& results) const;

 private:
  struct Program;
  std::unique_ptr<const Program> program_;
};

/// The same at once.
std::vector<result::Result<cashflow::DealCashFlows>> run_waterfalls(const deal::Deal& deal, std::span<const RunInputs> runs,
                                                                    const RunOptions& options);

}  // namespace spillway::waterfall
