#include "spillway/io/tape_reader.h"

#include <algorithm>

#include "spillway/io/tape_rows.h"

namespace spillway::io {

result::WithIssues<pool::LoanTape> read_tape(const std::string& text, const std::string& file,
                                             const pool::ProductTable& products, calendar::Date cut_off,
                                             const std::optional<TapeMapping>& mapping) {
  const auto most_loans = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  TapeRows rows(text, file, products, cut_off);
  rows.reserve_ids(most_loans, TapeRows::Room::ample);
  return rows.read(mapping, most_loans);
}

}  // namespace spillway::io
