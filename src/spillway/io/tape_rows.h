#pragma once
// The rows of a tape, read piece by piece of its text. Private to the tape reader.

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/io/csv_reader.h"
#include "spillway/io/tape_columns.h"
#include "spillway/io/tape_reader.h"
#include "spillway/io/tape_texts.h"

namespace spillway::io {

/// Reads a tape's rows. The file may come in pieces of whole lines, one after another; loan ids are held to each other across all
/// of them, and every issue is the one that the whole text would give.
class TapeRows {
 public:
  /// As `CsvReader`: the first piece of the file.
  TapeRows(std::string_view text, const std::string& file, const pool::ProductTable& products, calendar::Date cut_off,
           bool is_last = true);

  /// Makes room for as many loan ids, roomy for speed, or no more than must be.
  enum class Room { ample, tight };
  void reserve_ids(std::size_t loans, Room room) {
    seen_ids_.reserve(loans, usual_id * loans, room == Room::ample ? 2 * loans : loans + loans / 4 + 16);
  }

  /// Goes on with the next piece, which starts with `rest()`.
  void go_on(std::string_view text, bool is_last);
  std::string_view rest() const { return csv_.rest(); }

  /// The loans of the piece, at most `most_loans`, and what was found since the last call.
  result::WithIssues<pool::LoanTape> read(const std::optional<TapeMapping>& mapping, std::size_t most_loans);

 private:
  static constexpr std::size_t usual_id = 12;  // characters
  static constexpr std::size_t nowhere = std::numeric_limits<std::size_t>::max();

  // The row being read: one slot per field of the vocabulary, blank until filled.
  struct Row {
    struct Slot {
      std::string_view text;
      double number = std::numeric_limits<double>::quiet_NaN();
      calendar::Date date{};
      bool is_good_number = false;
    };
    std::string_view loan_id;
    std::vector<Slot> slots;
  };

  bool has_header() const { return !csv_.headers().empty() || !csv_.issues().empty() || is_last_; }
  void start_piece();
  bool plan(const std::optional<TapeMapping>& mapping);
  void take_form_issues();
  void reserve(std::size_t loans);
  void read_row();
  void read_cell(const SourceColumn& column);
  void check_loan_id(std::size_t position);
  void check_names();
  void check_rates_and_terms();
  double number(std::size_t slot) const { return row_.slots[slot].number; }
  void refuse(std::size_t position, std::string what, std::string remedy);
  void warn(std::size_t position, std::string what);
  void keep_row();
  void fill_absent_columns();

  std::string file_;
  CsvReader csv_;
  bool is_last_;
  const pool::ProductTable& products_;
  calendar::Date cut_off_;
  std::vector<SourceColumn> columns_;
  std::vector<std::size_t> position_;  // of each field in the file
  ByText<const pool::Product*> product_of_;
  SeenIds seen_ids_;
  std::vector<TextCoder> coders_;
  Row row_;
  bool row_is_good_ = true;
  bool any_row_ = false;
  bool any_error_ = false;
  std::optional<bool> planned_;  // whether the columns could be matched; unset: no header yet
  std::size_t form_issues_taken_ = 0;
  result::WithIssues<pool::LoanTape> read_;
};

}  // namespace spillway::io
