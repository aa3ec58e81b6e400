#pragma once
// A loan tape as it was written, nothing refused: what a profile looks at.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/pool/loan_tape.h"

namespace spillway::profile {

/// A column of the file, in our unit where it is one of ours. Entries by row; NaN and 0000-00-00 where there is no value.
struct WrittenColumn {
  /// A value that is no number or no date.
  struct Unreadable {
    std::size_t row = 0;
    std::string text;
  };
  std::string name;                            ///< our name of the column, or the header of one that Spillway does not read
  const pool::TapeField* field = nullptr;      ///< null: not one of ours
  pool::TapeField::Kind kind = pool::TapeField::Kind::text;
  std::vector<double> numbers;                 ///< filled for the kind alone
  std::vector<calendar::Date> dates;
  pool::TextColumn texts;
  std::vector<Unreadable> unreadable;
};

/// Every row of the file that has as many fields as the header, bad ones included.
struct WrittenTape {
  std::string file;
  calendar::Date cut_off;                      ///< 0000-00-00: not known
  pool::PackedTexts loan_id;
  std::vector<int> line;
  std::vector<WrittenColumn> columns;

  std::size_t size() const { return line.size(); }
  const WrittenColumn* find(std::string_view name) const;
};

/// The date that most loans' first payment dates and ages imply that the tape is stated at; 0000-00-00 if no half of them agrees.
calendar::Date likely_cut_off(const WrittenTape& tape);

/// Sum of `current_balance` of the rows; those without one count nothing. Dollars.
double balance_of(const WrittenTape& tape, const std::vector<std::size_t>& rows);
double total_balance(const WrittenTape& tape);

}  // namespace spillway::profile
