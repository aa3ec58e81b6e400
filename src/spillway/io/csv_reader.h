#pragma once
// CSV (RFC 4180) held in memory: a header row, then rows of fields, each with its place in the file.

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::io {

/// Walks the rows of a CSV text. The text must outlive the reader; fields are views into it, valid until `next()`.
///
/// Quoted fields may hold commas, doubled quotes and line breaks. A byte-order mark, Windows line ends, blank lines and
/// rows of nothing but commas are passed over. Spaces around unquoted fields do not count. A row with more or fewer
/// fields than the header is reported in `issues()` and passed over.
class CsvReader {
 public:
  /// Reads the header row of `text`; `file` is the name shown in messages. `is_last`: the file ends with `text`; otherwise `text`
  /// ends with a line, and the reader may go on with what follows.
  CsvReader(std::string_view text, std::string file, bool is_last = true);

  /// Goes on with the next piece of the file: what `rest()` left, and more.
  void go_on(std::string_view text, bool is_last);

  /// Once `next()` is false: the start of a row that the piece cut within its quotes. Empty after the last piece.
  std::string_view rest() const { return {position_, static_cast<std::size_t>(end_ - position_)}; }

  /// The header row. Empty if the file has none.
  const std::vector<std::string>& headers() const { return headers_; }

  /// The position of a header (exact match), if it is there; of a repeated one, the first.
  std::optional<std::size_t> position(std::string_view header) const;

  /// The place of a header in the file.
  result::Location header_location(std::size_t column) const;

  /// Moves to the next well-formed row; false at the end.
  bool next();

  /// A field of the current row, quotes taken off; "" when blank. `column` must be below `headers().size()`.
  std::string_view operator[](std::size_t column) const { return fields_[column].text; }

  /// The place of a field of the current row: line, and column in characters from 1.
  result::Location location(std::size_t column) const;

  /// The line on which the current row starts.
  int line() const { return row_line_; }

  /// What was wrong with the file's form: ragged rows, broken quotes, a separator that is not a comma.
  const std::vector<result::Issue>& issues() const { return issues_; }

 private:
  struct Field {
    std::string_view text;
    const char* start;  // first character in the file, the quote if quoted
  };

  bool read_row();
  void read_header();
  bool read_plain_row();
  bool read_row_with_quotes();
  const char* read_quoted();
  void read_unquoted();
  void add_unquoted(const char* first, const char* last);
  void skip_line();
  bool is_blank() const;
  bool has_right_width();
  void check_separator();
  result::Location locate(const char* at) const;

  std::string file_;
  const char* position_;
  const char* end_;
  const char* row_start_;
  bool is_last_;
  bool is_cut_ = false;  // the current row goes on after the piece
  int row_line_ = 0;   // line of the current row
  int next_line_ = 1;  // line of position_
  std::vector<Field> fields_;
  std::deque<std::string> unescaped_;  // fields of the current row that held doubled quotes
  std::vector<std::string> headers_;
  std::vector<result::Location> header_locations_;
  std::vector<result::Issue> issues_;
};

/// Reads a plain decimal number: "12", "-0.5", "1e3". Empty for anything else: text, "1,000", "nan", "inf", "".
std::optional<double> read_decimal(std::string_view text);

}  // namespace spillway::io
