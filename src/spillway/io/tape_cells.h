#pragma once
// One value of a tape: text made a number or a date, and why it cannot be. Private to the tape reader.

#include <optional>
#include <string>
#include <string_view>

#include "spillway/io/tape_columns.h"

namespace spillway::io {

/// Why a value of the tape is refused.
struct Refusal {
  std::string what, remedy;
};

/// The field's text after the mapping's `values`.
std::string_view mapped_text(const SourceColumn& column, std::string_view text);

/// Reads a number into `value`, in the field's unit; false if it is none or out of range. `text` must not be blank.
bool read_number(const SourceColumn& column, std::string_view text, double& value);

/// The number in the field's unit, whatever its range; nothing if the text is none.
std::optional<double> number_of(const SourceColumn& column, std::string_view text);

/// Reads a date into `value`; false if it is none. `text` must not be blank.
bool read_date(const SourceColumn& column, std::string_view text, calendar::Date& value);

/// Why `read_number` or `read_date` refuses a text.
Refusal refusal_of_number(const SourceColumn& column, std::string_view text);
Refusal refusal_of_date(const SourceColumn& column, std::string_view text);

/// Reads a date written in a format of %Y, %m, %d and plain characters. Without %d it is the first of the month.
std::optional<calendar::Date> parse_date(std::string_view text, std::string_view format);

/// A number as a person would write it: 5.75, 1000000.
std::string plain_number(double value);

}  // namespace spillway::io
