// spillway_bench FOLDER [SIZE...]: measures our side of every workload and the peers that run in this process, and
// leaves the inputs of the peers in Python in FOLDER. scripts/bench runs it and prints the table.

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <vector>

#include "inputs.h"
#include "machine.h"
#include "workloads.h"

namespace {

constexpr std::size_t large = 100'000;

void run(const std::filesystem::path& folder, const std::vector<std::size_t>& sizes) {
  bench::measure_machine();
  for (const std::size_t loans : sizes) {
    const bench::Options options{folder, loans < large ? 15 : 5};
    const std::string tape = bench::tape_text(loans);
    bench::bench_reading(loans, tape, options);
    bench::bench_stratification(loans, tape, options);
    bench::bench_projection(loans, tape, {folder, loans < large ? 5 : 1});
  }
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fprintf(stderr, "usage: spillway_bench FOLDER [SIZE...]\n");
    return 2;
  }
  std::vector<std::size_t> sizes;
  for (int i = 2; i < count; ++i) sizes.push_back(std::strtoull(words[i], nullptr, 10));
  if (sizes.empty()) sizes = {3951, 1'000'000};
  try {
    run(words[1], sizes);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "spillway_bench: %s\n", fault.what());
    return 1;
  }
  return 0;
}
