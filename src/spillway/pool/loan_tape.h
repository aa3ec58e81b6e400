#pragma once
// LoanTape: a loan tape as written, one column per field, units as on the tape.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/pool/packed_texts.h"
#include "spillway/result/issue.h"

namespace spillway::pool {

/// A text column, dictionary-coded: `labels[codes[i]]` is loan i's text. Label "" means unknown.
struct TextColumn {
  std::vector<std::string> labels;
  std::vector<std::uint32_t> codes;

  const std::string& at(std::size_t i) const { return labels[codes[i]]; }
};

/// Loans as the tape states them. Dollars; rates, fees, margins and caps in percent a year; LTV and DTI in percent;
/// terms in months. A number that is unknown or does not apply is NaN; a date so is 0000-00-00 (`!date.ok()`).
struct LoanTape {
  std::string file;
  calendar::Date cut_off;               ///< the date balances, ages and terms are stated at

  PackedTexts loan_id;
  std::vector<int> line;                ///< line of the source file, for messages
  TextColumn product, index, state, property_type, purpose, occupancy, doc_type, prepay_penalty_type, mi_flag,
      delinquency, payment_history_12m, loan_group;

  std::vector<double> current_balance, original_balance;
  std::vector<double> gross_rate, servicing_fee, master_servicing_fee, trustee_fee, mi_premium, mi_coverage, net_rate;
  std::vector<double> original_term, remaining_term, amortization_term, age, interest_only_months;
  std::vector<double> months_to_roll, gross_margin, first_periodic_cap, periodic_cap, max_rate, min_rate, rate_rounding,
      reset_months, rate_change_lag_months, lookback_days;
  std::vector<double> orig_ltv, fico, dti, prepay_penalty_months, lien;
  std::vector<calendar::Date> first_payment_date, first_due_date, next_adjustment_date;

  std::size_t size() const { return current_balance.size(); }
};

/// One column of the tape format: the whole vocabulary is `tape_fields()`.
struct TapeField {
  enum class Kind { text, number, date };
  std::string_view name;                     ///< CSV header
  Kind kind = Kind::text;
  std::string_view unit;                     ///< "dollars", "percent a year", "months", ...
  bool required = false;                     ///< the column must be there, and every loan must have a value
  double min = 0, max = 0;                   ///< valid range, inclusive (numbers)
  bool whole = false;                        ///< whole numbers only
  std::vector<double> LoanTape::*number = nullptr;
  TextColumn LoanTape::*text = nullptr;
  std::vector<calendar::Date> LoanTape::*date = nullptr;
  std::string_view meaning;
};

/// Every column Spillway reads from a tape, in the order of docs/tape-format.md. `loan_id` is read apart.
std::span<const TapeField> tape_fields();

/// Finds a field by its CSV header; null if there is none.
const TapeField* find_tape_field(std::string_view name);

}  // namespace spillway::pool
