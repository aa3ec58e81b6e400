#pragma once
// Attributes: the loan facts a definition may name, be they on the tape or derived. Private to strat.

#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/pool/loan_tape.h"

namespace spillway::strat {

using AttributeKind = pool::TapeField::Kind;

/// What kind of value the attribute has; empty if there is none of that name.
std::optional<AttributeKind> attribute_kind(std::string_view name);

/// A number for every loan, NaN where unknown. Refers to the tape where it can.
class NumberColumn {
 public:
  explicit NumberColumn(std::span<const double> stored) : values_(stored) {}
  explicit NumberColumn(std::vector<double> computed) : computed_(std::move(computed)), values_(computed_) {}
  NumberColumn(NumberColumn&&) = default;
  NumberColumn& operator=(NumberColumn&&) = default;
  NumberColumn(const NumberColumn&) = delete;
  NumberColumn& operator=(const NumberColumn&) = delete;

  /// NaN too for a tape that lacks the column.
  double operator[](std::size_t loan) const {
    return loan < values_.size() ? values_[loan] : std::numeric_limits<double>::quiet_NaN();
  }

 private:
  std::vector<double> computed_;
  std::span<const double> values_;
};

/// The attribute as numbers. Dates count days from 1970-01-01; for text there are none (all NaN).
/// A blank `net_rate` is the gross rate less all fees and the mortgage insurance premium.
NumberColumn number_column(const pool::LoanTape& tape, std::string_view attribute);

/// The attribute as text; all "" if it is not a text column of this tape.
pool::TextColumn text_column(const pool::LoanTape& tape, std::string_view attribute);

}  // namespace spillway::strat
