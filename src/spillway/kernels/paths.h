#pragma once
// Loans along many rate paths at once, the paths in the lanes of the machine's vectors. Sums are added in the order in which
// kernels::project_block adds them, so that a path has the same bits here, there, and on every instruction set.

#include <cstddef>
#include <span>
#include <vector>

#include "spillway/kernels/block.h"

namespace spillway::kernels {

inline constexpr std::size_t kPathGroup = 32;  ///< paths that go side by side: the stride of everything by path

/// One loan. Rates are annual decimals; terms of resets are read where segments have an index.
struct PathLoan {
  BlockMonths calendar;          ///< indices by path, kPathGroup of them; `path` is not read
  std::size_t lane = 0;          ///< of the eight partial sums of a month
  /// Loans i and i + 8 of a block are added to one another first: they come one after the other.
  enum class Pair { none, first, second } pair = Pair::none;
  double balance = 0, rate = 0, margin = 0, first_cap = 0, periodic_cap = 0, max_rate = 0, min_rate = 0, rounding = 0;
  double fees[4] = {};           ///< that the cohort's loans are not charged alike; else 0
};

/// Loans that survive alike.
struct PathCohort {
  std::vector<PathLoan> loans;
  std::size_t lanes = 1;         ///< partial sums in use: 1, 2, 4 or 8
  std::size_t from = 0;          ///< first month that counts
  std::vector<double> survived, smm;  ///< by month
  bool shared[4] = {};           ///< fees that all loans are charged alike: servicing, master servicing, trustee, premium
  double rate[4] = {};           ///< then: annual decimals
};

/// Sums along kPathGroup paths: month t, path p at t * kPathGroup + p.
struct PathSums {
  enum Vector { beginning, interest, servicing, master, trustee, premium, scheduled, prepaid, kVectors };
  double* vectors[kVectors] = {};
};

/// A loan group, and where its sums go, if anywhere. `waiting`: what loans that have not joined add, by month and vector (beginning to
/// premium, five and none for interest); may be shorter than there are months.
struct PathLoans {
  std::span<const PathCohort> cohorts;
  std::span<const std::vector<double>> waiting;
  PathSums sums;
  bool is_known = false;   ///< the sums are there already, and are only added to the total
};

/// Cohorts after which sums are added up with compensation, and groups likewise if there are more than two.
inline constexpr std::size_t kCohortBlock = 16;

/// Projects loan groups over `months` months: sets the sums of each, where it has any, and `total` to those of all. True if every month's balance of
/// group and total, less the principal paid, is what the next month begins with (after the last: nothing) within `tolerance`.
bool project_paths(std::span<const PathLoans> groups, std::size_t months, double tolerance, const PathSums& total);

}  // namespace spillway::kernels
