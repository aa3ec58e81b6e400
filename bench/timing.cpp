#include "timing.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <stdexcept>

namespace bench {

namespace {

double seconds_of(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
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
