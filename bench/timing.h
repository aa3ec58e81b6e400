#pragma once
// How the bench takes times, and how it hands them on.

#include <functional>
#include <string>
#include <vector>

namespace bench {

/// One of those who do the same work.
struct Contestant {
  std::string name;             ///< "ours", "good_scalar", ...
  std::function<void()> work;
  double scale = 1.0;           ///< its times count as often: for one who does a part of the work only
};

/// What a workload is done on.
struct Workload {
  std::string name;  ///< "W1"
  std::size_t size;  ///< loans
  double units;      ///< of work, for a rate: loan-months, loans, bytes
};

/// Runs all contestants in turn, round by round, so that a slow moment of the machine falls on all of them, and prints a
/// line for each: `time W1 3951 1422360 good_scalar 0.0171 0.0172 ...`. A first round is not counted. Work of less than 20 ms is
/// done again until they are over, and its mean is printed.
void time_in_turn(const Workload& workload, const std::vector<Contestant>& contestants, int rounds);

/// Ends the program with a message unless the two agree to `tolerance`, relative.
void require_agreement(const std::string& what, double ours, double theirs, double tolerance);

/// Keeps the compiler from leaving out work whose result nobody reads.
void use(double result);

}  // namespace bench
