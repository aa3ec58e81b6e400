#pragma once
// Which values of a tape are doubted, so that nothing else is read into them. Private to profile.

#include <vector>

#include "spillway/profile/findings.h"

namespace spillway::profile {

/// Values doubted, by column of the tape and row.
class Doubts {
 public:
  explicit Doubts(const WrittenTape& tape) : rows_(tape.size()), doubted_(tape.columns.size()) {}

  void add(std::size_t column, std::size_t row) {
    if (doubted_[column].empty()) doubted_[column].resize(rows_);
    doubted_[column][row] = true;
  }
  bool has(std::size_t column, std::size_t row) const { return !doubted_[column].empty() && doubted_[column][row]; }

 private:
  std::size_t rows_;
  std::vector<std::vector<bool>> doubted_;
};

/// Values that cannot be read, or are missing where every loan needs one. All are doubted.
void find_unreadable(const WrittenTape& tape, std::vector<Finding>& findings, Doubts& doubts);

/// Percent as decimals, balances in thousands, terms in years, and the other way round. All are doubted.
void find_units(const WrittenTape& tape, std::vector<Finding>& findings, Doubts& doubts);

/// Values far from the others', or outside what is plausible.
void find_outliers(const WrittenTape& tape, const Doubts& doubts, std::vector<Finding>& findings);

/// Loan ids that are there twice, and loans that equal another but for the id.
void find_copies(const WrittenTape& tape, std::vector<Finding>& findings);

/// Loans whose terms contradict one another.
void find_contradictions(const WrittenTape& tape, const pool::ProductTable& products, const Doubts& doubts,
                         std::vector<Finding>& findings);

/// A number as a person would write it, of at most six decimals.
std::string shown(double number);

}  // namespace spillway::profile
