#pragma once
// Many runs of one deal, thirty-two at a time in the lanes of the machine's vectors.

#include <memory>
#include <span>
#include <vector>

#include "spillway/cashflow/side_by_side.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

/// Runs of a group of lanes; fewer take as long.
inline constexpr std::size_t kLaneGroup = 16;

/// Runs that go side by side at most: two groups, which take less time together than one after the other.
inline constexpr std::size_t kSideBySide = 2 * kLaneGroup;

/// What runs along several rate paths need besides the deal and their collateral.
struct PathInputs {
  std::span<const rates::IndexPaths> indices;  ///< by run
  const hedges::SwapSchedule& swaps;
  const std::vector<calendar::PaymentPeriod>& schedule;
  std::span<const std::vector<double>> series;
  const FixingsSideBySide& fixings;            ///< of this schedule and these indices
};

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

  /// Whether the deal looks at loan groups. If not, collateral side by side may be of the total alone.
  bool reads_groups() const;

  /// The same of collateral that lies side by side already, as collateral::project_side_by_side gives it. Strides must be a multiple
  /// of kLaneGroup, and a call must not owe make-whole premiums (InvariantViolation otherwise).
  void run(const cashflow::CollateralSideBySide& collateral, const PathInputs& paths,
           std::vector<result::Result<cashflow::DealCashFlows>>& results) const;

 private:
  /// `alone(i)` is run i of all by itself.
  template <class Alone>
  void run(std::span<const RunInputs> runs, const cashflow::CollateralSideBySide* collateral, const FixingsSideBySide* fixings, Alone alone,
           std::vector<result::Result<cashflow::DealCashFlows>>& results) const;

  struct Program;
  std::unique_ptr<const Program> program_;
};

/// The same at once.
std::vector<result::Result<cashflow::DealCashFlows>> run_waterfalls(const deal::Deal& deal, std::span<const RunInputs> runs,
                                                                    const RunOptions& options);

}  // namespace spillway::waterfall
