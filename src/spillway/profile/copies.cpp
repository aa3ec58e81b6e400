#include <bit>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "spillway/profile/doubts.h"

namespace spillway::profile {

namespace {

using Kind = pool::TapeField::Kind;

// A number that equal values share, and few others. Two values that are not numbers are equal here.
std::uint64_t mark_of(const WrittenColumn& column, std::size_t row) {
  if (column.kind == Kind::number) {
    const double value = column.numbers[row];
    return value != value ? 1 : std::bit_cast<std::uint64_t>(value + 0.0);
  }
  if (column.kind == Kind::text) return column.texts.codes[row];
  const calendar::Date date = column.dates[row];
  return static_cast<std::uint64_t>(static_cast<int>(date.year())) * 512 + static_cast<unsigned>(date.month()) * 32 +
         static_cast<unsigned>(date.day());
}

bool are_equal(const WrittenTape& tape, std::size_t a, std::size_t b) {
  for (const WrittenColumn& column : tape.columns) {
    if (mark_of(column, a) != mark_of(column, b)) return false;
  }
  return true;
}

std::uint64_t hash_of(const WrittenTape& tape, std::size_t row) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const WrittenColumn& column : tape.columns) {
    hash = (hash ^ mark_of(column, row)) * 1099511628211ULL;
    hash ^= hash >> 29;
  }
  return hash;
}

}  // namespace

void find_copies(const WrittenTape& tape, std::vector<Finding>& findings) {
  Finding ids{"id_twice", "Loan id that another loan has", "loan_id", {}};
  Finding copies{"loan_twice", "Loan that equals another but for its id", "", {}};
  std::unordered_map<std::string_view, std::size_t> first_of_id;
  std::unordered_multimap<std::uint64_t, std::size_t> seen;
  for (std::size_t row = 0; row < tape.size(); ++row) {
    const std::string_view id = tape.loan_id[row];
    const auto [first, is_new] = first_of_id.emplace(id, row);
    if (!is_new && !id.empty()) {
      ids.loans.push_back({row, "loan_id " + std::string(id) + " is on line " + std::to_string(tape.line[first->second]) + " too"});
      continue;  // whether the rest is equal too says nothing more
    }
    const std::uint64_t hash = hash_of(tape, row);
    bool copied = false;
    for (auto [at, end] = seen.equal_range(hash); at != end && !copied; ++at) {
      copied = are_equal(tape, at->second, row);
      if (copied) copies.loans.push_back({row, "as " + std::string(tape.loan_id[at->second]) + " on line " + std::to_string(tape.line[at->second])});
    }
    if (!copied) seen.emplace(hash, row);
  }
  for (Finding* finding : {&ids, &copies}) {
    if (!finding->loans.empty()) findings.push_back(std::move(*finding));
  }
}

}  // namespace spillway::profile
