#include "spillway/io/tape_in_parts.h"

#include "spillway/io/files.h"
#include "spillway/io/tape_blocks.h"

namespace spillway::io {

result::Issue changed(const TapeSource& tape) {
  return result::error({tape.name, 0, 0}, "the tape changed while it was read", "run again");
}

std::vector<result::Issue> TapeInParts::read_whole(const std::function<void(const pool::LoanTape&)>& use) {
  std::vector<result::Issue> issues;
  if (!held_) {
    auto text = read_file(source_.path);
    if (!text.ok()) return std::move(text.issues);
    auto read = read_tape(*text, source_.name, source_.products, source_.cut_off, source_.mapping);
    held_ = std::move(read.value);
    issues = std::move(read.issues);
    loans_ = held_->size();
  }
  use(*held_);
  return issues;
}

std::vector<result::Issue> TapeInParts::for_each(const std::function<void(const pool::LoanTape&)>& use) {
  if (plan_.block_bytes == 0) return read_whole(use);
  TapeBlocks blocks(source_, plan_.block_bytes, plan_.loans);
  std::vector<result::Issue> issues;
  std::size_t loans = 0;
  while (auto block = blocks.next()) {
    result::append(issues, std::move(block->issues));
    loans += block->value.size();
    use(block->value);
  }
  if (!blocks.unread().empty()) return blocks.unread();
  const bool is_first = !loans_.has_value(), is_same = loans_.value_or(loans) == loans;
  loans_ = loans;
  if (is_first) return issues;
  return is_same ? std::vector<result::Issue>() : std::vector{changed(source_)};
}

}  // namespace spillway::io
