#include "spillway/io/memory_plan.h"

#include <algorithm>
#include <utility>

#include "spillway/io/files.h"

namespace spillway::io {

namespace {

// Measured on tapes of the usual width and rounded up; docs/performance.md says what they stand for.
constexpr double kProgram = 40e6;          // bytes without any tape
constexpr double kBook = 130e6;            // with a book in every format
constexpr double kWholePerByte = 2.5;      // of a tape held whole: text, columns, pool
constexpr double kBookPerByte = 2.9;       // likewise with a book's tables of loans
constexpr double kTwoBooksPerByte = 4.7;   // of each of two tapes, one of them still to be read
constexpr double kProfilePerByte = 4.5;    // with every value as written, and what is looked for among them
constexpr double kProfileOfDealPerByte = 5.8;
constexpr double kBlockPerByte = 4.0;      // of a block: likewise, and what a pass works on
constexpr double kCopiedPerByte = 6.0;     // likewise where loans are copied
constexpr double kPerId = 44.0;            // bytes a loan id costs, whichever block it is in
constexpr double kLeastBlock = 1 << 20;
constexpr std::size_t kSample = 1 << 16;   // of text, to tell how long rows are
constexpr std::uint64_t kMega = 1000000;

double loans_in(const std::filesystem::path& tape, double size) {
  PiecewiseFile file(tape);
  std::string sample;
  if (!file.read(kSample, sample) || sample.empty()) return 0.0;
  const auto lines = static_cast<double>(std::count(sample.begin(), sample.end(), '\n'));
  return size * std::max(1.0, lines) / static_cast<double>(sample.size());
}

// Bytes without any tape, and for each byte of one held whole.
std::pair<double, double> needs_of(TapeUse use) {
  switch (use) {
    case TapeUse::book: return {kBook, kBookPerByte};
    case TapeUse::compare: return {kBook, kTwoBooksPerByte};
    case TapeUse::run:
    case TapeUse::by_rows:
    case TapeUse::stratify: break;
  }
  return {kProgram, kWholePerByte};
}

}  // namespace

MemoryPlan plan_memory(const std::filesystem::path& tape, std::uint64_t limit, TapeUse use) {
  const auto size = static_cast<double>(size_of_file(tape)), most = static_cast<double>(limit);
  const auto [program, whole_per_byte] = needs_of(use);
  MemoryPlan plan;
  if (program + whole_per_byte * size <= most || size == 0.0) return plan;
  const double loans = 1.02 * loans_in(tape, size);
  const double fixed = program + kPerId * loans;
  plan.loans = static_cast<std::size_t>(loans);
  const double per_byte = use == TapeUse::by_rows ? kCopiedPerByte : kBlockPerByte;
  const double block = (most - fixed) / per_byte;
  if (block < kLeastBlock) plan.least = static_cast<std::uint64_t>(fixed + per_byte * kLeastBlock);
  plan.block_bytes = static_cast<std::size_t>(std::clamp(block, kLeastBlock, std::max(size, kLeastBlock)));
  return plan;
}

std::uint64_t memory_of_profile(const std::filesystem::path& tape, bool with_deal) {
  const double per_byte = with_deal ? kProfileOfDealPerByte : kProfilePerByte;
  return static_cast<std::uint64_t>(kProgram + per_byte * static_cast<double>(size_of_file(tape)));
}

result::Issue too_low(const MemoryPlan& plan, const result::Location& where) {
  return result::error(where, "the memory limit is too low for the tape, even read in blocks",
                       "give " + std::to_string(plan.least.value_or(0) / kMega + 1) + "MB at least");
}

}  // namespace spillway::io
