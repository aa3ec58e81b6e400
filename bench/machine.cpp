#include "machine.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

#include "timing.h"

namespace bench {

namespace {

template <class Work>
double best_seconds(int rounds, Work work) {
  double best = 1e9;
  for (int round = 0; round < rounds; ++round) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

// Enough independent sums to keep every multiplier busy.
template <int lanes>
[[gnu::always_inline]] inline double multiply_and_add(long steps) {
  double sums[lanes];
  for (int lane = 0; lane < lanes; ++lane) sums[lane] = lane;
  const double factor = 0.999999, more = 1e-6;
  for (long step = 0; step < steps; ++step) {
    for (int lane = 0; lane < lanes; ++lane) sums[lane] = sums[lane] * factor + more;
  }
  double all = 0;
  for (const double sum : sums) all += sum;
  return all * static_cast<double>(steps) * lanes > 0 ? all : 0;
}

// Multiply-adds a second with the registers that the file is compiled for.
double fma_rate() {
  constexpr long steps = 4'000'000;
  constexpr int lanes = 48;
  return lanes * steps / best_seconds(5, [] { use(multiply_and_add<lanes>(steps)); });
}

#ifdef __x86_64__
// Likewise with the widest that the processor may have.
[[gnu::target("avx512f,prefer-vector-width=512")]] double work_in_512_bits(long steps) { return multiply_and_add<128>(steps); }

double widest_fma_rate() {
  constexpr long steps = 2'000'000;
  if (!__builtin_cpu_supports("avx512f")) return 0.0;
  return 128.0 * steps / best_seconds(5, [] { use(work_in_512_bits(steps)); });
}
#else
double widest_fma_rate() { return 0.0; }
#endif

double sum_of(const std::vector<double>& values) {
  double sums[32] = {};
  for (std::size_t i = 0; i + 32 <= values.size(); i += 32) {
    for (std::size_t lane = 0; lane < 32; ++lane) sums[lane] += values[i + lane];
  }
  double all = 0;
  for (const double sum : sums) all += sum;
  return all;
}

}  // namespace

void measure_machine() {
  std::printf("machine fma_per_second %.4g\n", std::max(fma_rate(), widest_fma_rate()));
  const std::vector<double> values(32'000'000, 1.0);
  const double read_seconds = best_seconds(5, [&] { use(sum_of(values)); });
  std::printf("machine bytes_per_second %.4g\n", 8.0 * static_cast<double>(values.size()) / read_seconds);
  std::fflush(stdout);
}

}  // namespace bench
