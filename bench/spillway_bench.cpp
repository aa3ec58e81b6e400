// spillway_bench [--ours] [--only WORKLOAD] FOLDER [SIZE...]: measures our side of every workload and, without --ours, the peers
// that run in this process; leaves the inputs of the peers in Python in FOLDER. scripts/bench runs it and prints the table.

#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "inputs.h"
#include "machine.h"
#include "workloads.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

// Memory that was freed stays with the process, as in one that runs deals all day: no round, ours or a peer's, gets it anew.
void keep_freed_memory() {
#ifdef __GLIBC__
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
#endif
}

constexpr std::size_t large = 100'000;

void run(const std::filesystem::path& folder, const std::vector<std::size_t>& sizes, bool peers, const std::string& only) {
  const auto is_wanted = [&](const char* workload) { return only.empty() || only == workload; };
  if (peers) bench::measure_machine();
  if (is_wanted("W3")) bench::bench_deal_runs({folder, 7, peers});
  if (is_wanted("W5")) bench::bench_book_runs({folder, 7, peers});
  if (is_wanted("W4")) bench::bench_rate_paths({folder, 5, peers});
  if (is_wanted("W7")) bench::bench_waterfalls({folder, 15, peers});
  const bool is_quick = std::all_of(sizes.begin(), sizes.end(), [](std::size_t loans) { return loans < large; });
  if (peers && only.empty()) bench::bench_growth(is_quick ? 40'000 : 4'000'000, {folder, 7, peers});
  for (const std::size_t loans : sizes) {
    const bool is_small = loans < large;
    const std::string tape = bench::tape_text(loans);
    if (is_wanted("W6")) bench::bench_reading(loans, tape, {folder, is_small ? 15 : 5, peers});
    if (is_wanted("W2")) bench::bench_stratification(loans, tape, {folder, is_small ? 15 : 5, peers});
    if (is_wanted("W1")) bench::bench_projection(loans, tape, {folder, is_small ? 5 : 1, peers});
  }
}

// Takes `name` off the front of the words, and the word after it, which comes back; empty if it is not there.
std::string take_option(std::vector<std::string>& words, const std::string& name) {
  if (words.size() < 2 || words.front() != name) return {};
  std::string value = words[1];
  words.erase(words.begin(), words.begin() + 2);
  return value;
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> given(words + 1, words + count);
  const bool peers = given.empty() || given.front() != "--ours";
  if (!peers) given.erase(given.begin());
  const std::string only = take_option(given, "--only");
  if (given.empty()) {
    std::fprintf(stderr, "usage: spillway_bench [--ours] [--only WORKLOAD] FOLDER [SIZE...]\n");
    return 2;
  }
  std::vector<std::size_t> sizes;
  for (std::size_t i = 1; i < given.size(); ++i) sizes.push_back(std::stoull(given[i]));
  if (sizes.empty()) sizes = {3951, 1'000'000};
  keep_freed_memory();
  try {
    run(given.front(), sizes, peers, only);
  } catch (const std::exception& fault) {
    std::fprintf(stderr, "spillway_bench: %s\n", fault.what());
    return 1;
  }
  return 0;
}
