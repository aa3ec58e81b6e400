#pragma once
// Which row of a stratification table a loan falls in, and how rows are labelled and ordered. Private to strat.

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// Numbers rows in the order in which loans first fall in them, so that only rows with loans exist.
class RowFinder {
 public:
  RowFinder(const Buckets& buckets, const pool::LoanTape& tape, const std::string& attribute);

  /// The loan's row; a number never seen before is a new row.
  std::size_t row_of(std::size_t loan);

  std::size_t size() const { return keys_.size(); }
  std::string label(std::size_t row) const;

  /// Rows as printed; `balances` per row serve the order by balance.
  std::vector<std::size_t> printed_order(std::span<const double> balances) const;

 private:
  // Identifies a row: category number, interval, rounded value or month; the two ends are reserved.
  using Key = std::int64_t;

  Key key_of(std::size_t loan) const;
  Key interval_of(double value) const;
  std::string interval_label(Key key) const;
  void name_categories(const pool::LoanTape& tape, const std::string& attribute);
  std::size_t listed_position(std::size_t row) const;
  bool comes_before(std::size_t a, std::size_t b, std::span<const double> balances) const;

  const Buckets* buckets_;
  NumberColumn numbers_;
  std::vector<std::uint32_t> codes_;          // categories: the loan's tape word
  std::vector<Key> key_of_code_;              // ... and the row that word belongs to
  std::vector<std::string> category_labels_;  // ... and that row's label
  std::unordered_map<Key, std::size_t> rows_;
  std::vector<Key> keys_;
};

}  // namespace spillway::strat
