#pragma once
// A tape file read in blocks of whole rows: neither its text nor its loans are ever held whole. Private to io.

#include <optional>
#include <string>

#include "spillway/io/files.h"
#include "spillway/io/tape_in_parts.h"
#include "spillway/io/tape_rows.h"

namespace spillway::io {

/// The blocks of a tape, one after another. All together give the loans and the issues of `read_tape`.
class TapeBlocks {
 public:
  /// `block_bytes`: text read at a time; a row that is longer is read whole. `loans`: how many to expect, for room. The source
  /// must outlive the reader.
  TapeBlocks(const TapeSource& source, std::size_t block_bytes, std::size_t loans);

  /// The next block; nothing after the last, and after an error of reading, which `unread()` gives.
  std::optional<result::WithIssues<pool::LoanTape>> next();

  /// What kept the file from being read to its end.
  const std::vector<result::Issue>& unread() const { return unread_; }

 private:
  bool read_more();
  std::string_view whole_lines() const;

  const TapeSource& source_;
  std::size_t block_bytes_, loans_;
  PiecewiseFile file_;
  std::string text_;
  std::optional<TapeRows> rows_;  // from the first block on
  bool done_ = false;
  std::vector<result::Issue> unread_;
};

}  // namespace spillway::io
