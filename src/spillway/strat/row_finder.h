#pragma once
// Which row of a stratification table a loan falls in, and how rows are labelled and ordered. Private to strat.

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/row_keys.h"
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// A row number for each loan of a block.
using RowBlock = std::array<std::uint32_t, block_size>;

/// Numbers rows from 1: row 0 is left for loans that are in no row. Some rows may have no loans. Rows keep their numbers from one
/// part of a tape to the next.
class RowFinder {
 public:
  /// `buckets` must outlive it.
  RowFinder(const Buckets& buckets, const std::string& attribute);

  /// Finds rows of this tape from now on, or of this part of one, which must outlive all finding.
  void turn_to(const pool::LoanTape& tape);

  /// Finds the row of each loan of the block; a number never seen before is a new row.
  void find(LoanBlock block, RowBlock& rows);

  /// One more than the number of the last row.
  std::size_t size() const { return keys_.size(); }
  std::string label(std::size_t row) const;

  /// `rows` as printed; `balances` by row number serve the order by balance.
  std::vector<std::size_t> printed_order(std::vector<std::size_t> rows, std::span<const double> balances) const;

 private:
  void name_categories(const pool::LoanTape& tape);
  void find_categories(LoanBlock block, RowBlock& rows) const;
  void find_months(LoanBlock block, RowKey* keys) const;
  void find_numbers(std::span<const RowKey> keys, std::uint32_t* rows);
  std::uint32_t new_row(RowKey key, std::size_t place);
  std::uint32_t row_of(RowKey key);
  std::string interval_label(RowKey key) const;
  std::size_t listed_position(std::size_t row) const;
  bool comes_before(std::size_t a, std::size_t b, std::span<const double> balances) const;

  static constexpr RowKey nowhere = 0x1p62;

  const Buckets* buckets_;
  std::string attribute_;
  NumberColumn numbers_;
  RowKeys row_keys_;
  std::span<const calendar::Date> dates_;         // months
  const pool::TextColumn* words_ = nullptr;       // categories; null: unknown all
  std::vector<std::uint32_t> row_of_code_;        // ... and the row that a word belongs to
  std::vector<std::string> category_labels_;      // ... and its label, by key
  std::map<std::string, RowKey> key_of_label_;
  std::unordered_map<RowKey, std::uint32_t> rows_;
  std::vector<std::uint32_t> near_rows_;  // rows of the keys from near_from_ on, 0 where there is none yet
  RowKey near_from_ = nowhere;
  std::vector<RowKey> keys_;  // by row
};

}  // namespace spillway::strat
