#pragma once
// The workloads, one file each. Each checks that its peers agree with us before it times anything, and writes what the
// peers in Python need into `folder`.

#include <filesystem>
#include <string>

namespace bench {

struct Options {
  std::filesystem::path folder;  ///< for the inputs of the peers in Python
  int rounds = 5;
  bool peers = true;  ///< false: our own side only
};

/// W1: projects a pool to its vectors by month.
void bench_projection(std::size_t loans, const std::string& tape, const Options& options);

/// W2: the twenty standard stratification tables.
void bench_stratification(std::size_t loans, const std::string& tape, const Options& options);

/// W6: reads a tape from its file, with every check.
void bench_reading(std::size_t loans, const std::string& tape, const Options& options);

/// W3: the example deal at five speeds and two curves.
void bench_deal_runs(const Options& options);

/// W5_runs, W5_searches: what of a book is projection and waterfalls.
void bench_book_runs(const Options& options);

/// W4: a thousand rate paths over a hundred rep lines of the example, pool and waterfall each.
void bench_rate_paths(const Options& options);

/// W7: the example's waterfall alone, many speeds at once.
void bench_waterfalls(const Options& options);
/// W1 at 4,000 loans and ten times as many up to `largest`: whether time grows in step with loans.
void bench_growth(std::size_t largest, const Options& options);

// W5, the whole book, is a process: peers.py runs it.

}  // namespace bench
