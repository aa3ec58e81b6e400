#pragma once
// How a tape is held to a limit of memory.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "spillway/result/issue.h"

namespace spillway::io {

struct MemoryPlan {
  std::size_t block_bytes = 0;      ///< of text read at a time; 0: the tape can be held whole
  std::size_t loans = 0;            ///< that the file seems to have
  std::optional<std::uint64_t> least;  ///< bytes: the limit is too low even for blocks
};

/// What a command does with a tape beside reading it.
enum class TapeUse {
  run,      ///< projects it
  book,     ///< and makes a book, whose tables and pages are held whatever the tape
  compare,  ///< makes two books, of tapes of about the same size
  by_rows,  ///< projects the rows of tables apart, each from a copy of the loans
  stratify  ///< no pool is made
};

/// Estimates what a tape needs from its size and its first rows. A file that is not there needs nothing.
MemoryPlan plan_memory(const std::filesystem::path& tape, std::uint64_t limit, TapeUse use = TapeUse::run);

/// Bytes that a profile of the tape takes, alone or with a deal to run; it holds the tape whole.
std::uint64_t memory_of_profile(const std::filesystem::path& tape, bool with_deal);

/// What to say of a plan with `least`, at the place that names the tape or the limit.
result::Issue too_low(const MemoryPlan& plan, const result::Location& where);

}  // namespace spillway::io
