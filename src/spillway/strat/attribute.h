#pragma once
// Attributes: the loan facts a definition may name, be they on the tape or derived. Private to strat.

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "spillway/pool/loan_tape.h"

namespace spillway::strat {

using AttributeKind = pool::TapeField::Kind;

/// What kind of value the attribute has; empty if there is none of that name.
std::optional<AttributeKind> attribute_kind(std::string_view name);

/// Loans are gone through in blocks of at most so many, so that a block's columns stay in the cache for every table.
inline constexpr std::size_t block_size = 2048;

/// A number for each loan of a block.
using NumberBlock = std::array<double, block_size>;

/// Some loans of the tape that follow one another: `first` to `first + count` (at most `block_size`).
struct LoanBlock {
  std::size_t first = 0, count = 0;
};

/// Calls `visit` with each block of the tape's loans, in order.
template <class Visit>
void for_each_block(const pool::LoanTape& tape, Visit visit) {
  for (std::size_t first = 0; first < tape.size(); first += block_size) {
    visit(LoanBlock{first, first + block_size < tape.size() ? block_size : tape.size() - first});
  }
}

/// The attribute as numbers, NaN where unknown. Dates count days from 1970-01-01; for text there are none (all NaN).
/// A blank `net_rate` is the gross rate less all fees and the mortgage insurance premium. The tape must outlive it.
class NumberColumn {
 public:
  NumberColumn() = default;  ///< of no tape
  NumberColumn(const pool::LoanTape& tape, std::string_view attribute);

  /// The numbers of the block's loans: in place on the tape, or else in `buffer`.
  const double* values(LoanBlock block, NumberBlock& buffer) const;

 private:
  enum class Source { none, stored, dates, net_rate, net_of_mi_rate };

  const pool::LoanTape* tape_ = nullptr;
  Source source_ = Source::none;
  std::span<const double> stored_;
  std::span<const calendar::Date> dates_;
};

/// The attribute as text: null if it is not a text column of this tape.
const pool::TextColumn* text_column(const pool::LoanTape& tape, std::string_view attribute);

/// The attribute as dates; none if it is not a date column of this tape.
std::span<const calendar::Date> date_column(const pool::LoanTape& tape, std::string_view attribute);

}  // namespace spillway::strat
