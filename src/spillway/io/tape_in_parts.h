#pragma once
// A tape file gone over part by part: in blocks of rows if it is too large for a limit of memory, else whole.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "spillway/io/memory_plan.h"
#include "spillway/io/tape_reader.h"

namespace spillway::io {

/// A tape's file and what it is read against.
struct TapeSource {
  std::filesystem::path path;
  std::string name;                    ///< shown in messages
  pool::ProductTable products;
  std::optional<TapeMapping> mapping;
  calendar::Date cut_off;
};

class TapeInParts {
 public:
  /// With blocks in the plan, the file is read anew whenever it is gone over, and neither its text nor its loans are ever held whole.
  /// `loans`: good rows, if the tape has been gone over before.
  TapeInParts(TapeSource source, MemoryPlan plan, std::optional<std::size_t> loans = {})
      : source_(std::move(source)), plan_(plan), loans_(loans) {}

  /// Calls `use` with the loans of every part, in the order of the tape. The first time, gives what `read_tape` gives of the whole
  /// file; later nothing, or an error if it cannot be read as before.
  std::vector<result::Issue> for_each(const std::function<void(const pool::LoanTape&)>& use);

  /// Good rows, known once the tape has been gone over.
  std::size_t loans() const { return loans_.value_or(0); }

 private:
  std::vector<result::Issue> read_whole(const std::function<void(const pool::LoanTape&)>& use);

  TapeSource source_;
  MemoryPlan plan_;
  std::optional<pool::LoanTape> held_;
  std::optional<std::size_t> loans_;
};

/// The file is not what it was when it was read first.
result::Issue changed(const TapeSource& tape);

}  // namespace spillway::io
