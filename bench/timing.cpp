#include "timing.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace bench {

namespace {

// Of short work the mean, over as many times as fill the least time of a turn: its caches are then as warm as in work that goes
// on, whoever had the turn before.
double seconds_of(const std::function<void()>& work) {
  constexpr double least = 0.02;
  const auto start = std::chrono::steady_clock::now();
  double taken = 0.0;
  int times = 0;
  do {
    work();
    ++times;
    taken = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  } while (taken < least);
  return taken / times;
}

volatile double used = 0;

}  // namespace

void time_in_turn(const Workload& workload, const std::vector<Contestant>& contestants, int rounds) {
  std::vector<std::vector<double>> times(contestants.size());
  const int first = rounds > 1 ? -1 : 0;  // where one round is all there is time for, it counts
  for (int round = first; round < rounds; ++round) {
    for (std::size_t c = 0; c < contestants.size(); ++c) {
      const double seconds = seconds_of(contestants[c].work) * contestants[c].scale;
      if (round >= 0) times[c].push_back(seconds);
    }
  }
  for (std::size_t c = 0; c < contestants.size(); ++c) {
    std::printf("time %s %zu %.0f %s", workload.name.c_str(), workload.size, workload.units, contestants[c].name.c_str());
    for (const double seconds : times[c]) std::printf(" %.9f", seconds);
    std::printf("\n");
  }
  std::fflush(stdout);
}

void require_agreement(const std::string& what, double ours, double theirs, double tolerance) {
  if (std::fabs(ours - theirs) <= tolerance * std::fabs(ours)) return;
  char numbers[120];
  std::snprintf(numbers, sizeof numbers, ": ours %.10g, theirs %.10g", ours, theirs);
  throw std::runtime_error("no agreement on " + what + numbers);
}

void use(double result) { used = result; }

}  // namespace bench
