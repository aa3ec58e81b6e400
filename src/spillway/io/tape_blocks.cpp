#include "spillway/io/tape_blocks.h"

#include <algorithm>

namespace spillway::io {

TapeBlocks::TapeBlocks(const TapeSource& source, std::size_t block_bytes, std::size_t loans)
    : source_(source), block_bytes_(block_bytes), loans_(loans), file_(source.path) {}

// Up to the last line end; all of it at the end of the file.
std::string_view TapeBlocks::whole_lines() const {
  if (file_.at_end()) return text_;
  return std::string_view{text_}.substr(0, text_.rfind('\n') + 1);
}

// As much again as a row that was cut holds, so that a long one is not gone over too often.
bool TapeBlocks::read_more() {
  do {
    if (!file_.read(std::max(block_bytes_, text_.size()), text_)) {
      unread_.push_back(result::error({source_.name, 0, 0}, "the file cannot be read", "check its permissions"));
      return false;
    }
  } while (whole_lines().empty() && !file_.at_end());
  return true;
}

std::optional<result::WithIssues<pool::LoanTape>> TapeBlocks::next() {
  if (done_ || !read_more()) return std::nullopt;
  done_ = file_.at_end();
  const std::string_view lines = whole_lines();
  if (!rows_) {
    rows_.emplace(lines, source_.name, source_.products, source_.cut_off, done_);
    rows_->reserve_ids(loans_, TapeRows::Room::tight);
  } else {
    rows_->go_on(lines, done_);
  }
  auto block = rows_->read(source_.mapping, static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')) + 1);
  text_ = text_.substr(lines.size() - rows_->rest().size());  // a string of its own: the block's text goes
  return block;
}

}  // namespace spillway::io
