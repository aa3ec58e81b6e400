#pragma once
// The sums behind the rows of a stratification table, over blocks of loans. Private to strat.

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/kept_sum.h"
#include "spillway/strat/row_finder.h"

namespace spillway::strat {

/// What is summed of each loan: its balance, its balance times each fact, and its balance where it has that fact.
namespace sum {
enum Which : std::size_t {
  balance, gross, net, term, age, ltv, fico, fico_weight,  // always added
  gross_weight, net_weight, term_weight, age_weight, ltv_weight,  // added where a loan of the block lacks the fact
  months_to_roll, months_to_roll_weight,  // added for tables that show it
  how_many,
  places = 16  ///< room for them all, a whole number of vector registers
};
}  // namespace sum

/// A row's sums over all its loans.
struct RowTotal {
  KeptSums<sum::places> sums;
  std::int64_t count = 0;
  double lowest_gross = std::numeric_limits<double>::infinity();
  double highest_gross = -std::numeric_limits<double>::infinity();

  void add(const RowTotal& other);
  double sum(sum::Which which) const { return sums.value(which); }

  /// The balance, to a hundredth of a cent: the last bits of a sum of cents must not decide how half a dollar is rounded.
  double dollars() const;
};

/// The facts of a block's loans, multiplied by their balances once for all tables.
class LoanFacts {
 public:
  explicit LoanFacts(const pool::LoanTape& tape);

  void read(LoanBlock block);
  void read_months_to_roll(LoanBlock block);

  static constexpr std::size_t always = sum::gross_weight;  ///< sums added for every loan
  const double* of_loan(std::size_t loan) const { return &facts_[loan * always]; }
  /// The loan's gross rate negated and as it is, minus infinity where unknown: the largest of each are the bounds.
  const double* bounds_of(std::size_t loan) const { return &bounds_[2 * loan]; }
  /// A sum not always added, by loan.
  const NumberBlock& extra(sum::Which which) const { return extra_[which - always]; }
  /// Whether some loan of the block lacks the fact whose weight this is.
  bool is_incomplete(sum::Which weight) const { return incomplete_[weight - always]; }

 private:
  void weigh(const double* values, LoanBlock block, NumberBlock& weights) const;

  const pool::LoanTape* tape_;
  NumberColumn gross_, net_, term_, age_, ltv_, fico_, months_to_roll_;
  std::vector<double> facts_, bounds_;
  std::array<NumberBlock, 6> buffers_;
  std::array<NumberBlock, sum::how_many - always> extra_;
  std::array<bool, sum::how_many - always> incomplete_{};
};

/// The sums of one table's rows. Row 0 gathers loans that are in no row.
class RowSums {
 public:
  explicit RowSums(bool with_months_to_roll) : with_months_to_roll_(with_months_to_roll) {}

  /// Adds the block's loans; rows are below `row_count`.
  void add(const LoanFacts& facts, LoanBlock block, const RowBlock& rows, std::size_t row_count);

  const std::vector<RowTotal>& totals() const { return totals_; }

 private:
  static constexpr std::size_t copies = 2;

  struct alignas(64) BlockSums {
    std::array<double, sum::places> sums{};  // by sum::Which
    std::array<double, 2> bounds{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    std::int64_t count = 0;
  };

  static void add_always(std::span<const std::uint32_t> rows, const double* facts, const double* bounds,
                         BlockSums* sums);
  void add_extra(const NumberBlock& values, LoanBlock block, const RowBlock& rows, sum::Which which);
  void settle(const LoanFacts& facts, std::size_t row);

  bool with_months_to_roll_;
  std::vector<BlockSums> block_;  // by row, `copies` of each; zero between blocks
  std::vector<RowTotal> totals_;
};

}  // namespace spillway::strat
