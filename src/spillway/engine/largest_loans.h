#pragma once
// The loans that contribute most to the figures of a book. Private to engine.

#include <span>
#include <vector>

#include "spillway/book/largest_loans.h"
#include "spillway/engine/run_book.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::engine {

/// The largest of the amounts shown to it, and all others in one.
class Largest {
 public:
  explicit Largest(std::size_t most) : most_(most) {}

  /// `loan` of `tape`, which is `row` of the whole tape.
  void add(double amount, const pool::LoanTape& tape, std::size_t loan, std::size_t row);

  book::LargestLoans list() const;

 private:
  struct Entry {
    std::size_t row = 0;
    book::LargestLoan loan;
  };

  void leave_out(double amount);

  std::size_t most_;
  std::vector<Entry> top_;    // the largest first, equal ones in the order of the tape
  std::size_t others_ = 0;
  double others_amount_ = 0, total_ = 0;
};

/// Current balances by rows of tables, over a tape that comes in parts.
class LargestOfRows {
 public:
  explicit LargestOfRows(std::size_t tables) : tables_(tables) {}

  /// Adds a block that `rows` gives of a part with so many loans before it.
  void add(const strat::RowsOfBlock& block, const strat::RowsInParts& rows, std::size_t loans_before);

  /// Of every row of the tables that `RowsInParts::printed` gives, in order.
  std::vector<book::LoansOfTable> lists(std::span<const strat::PrintedRows> printed) const;

 private:
  static constexpr std::size_t kOfRow = 5;
  struct OfTable {
    std::vector<Largest> rows = {};  // by number
    Largest all{kOfRow};
  };

  std::vector<OfTable> tables_;
};

/// Of the price-DM runs in `set`, save where the loans that reach the period x months to it (with credit assumptions,
/// loans x all months) are more than a million: loans are carried one by one.
/// The errors are those of reading a tape in parts.
result::Result<std::vector<book::LoansOfPeriod>> largest_of_periods(const Inputs& inputs, const RunSet& set, int threads);

}  // namespace spillway::engine
