#pragma once
// What is summed for the rows of stratification tables, and the facts of loans that go in. Private to strat.

#include <array>
#include <cstdint>
#include <limits>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/attribute.h"
#include "spillway/strat/kept_sum.h"

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

/// A sum of balances to a hundredth of a cent: its last bits must not decide how half a dollar is rounded.
double to_printed_dollars(double sum);

/// A row's sums over all its loans.
struct RowTotal {
  KeptSums<sum::places> sums;
  std::int64_t count = 0;
  double lowest_gross = std::numeric_limits<double>::infinity();
  double highest_gross = -std::numeric_limits<double>::infinity();

  void add(const RowTotal& other);
  double sum(sum::Which which) const { return sums.value(which); }

  /// The balance, as printed.
  double dollars() const { return to_printed_dollars(sum(sum::balance)); }
};

/// The facts of a block's loans, multiplied by their balances once for all tables.
class LoanFacts {
 public:
  explicit LoanFacts(const pool::LoanTape& tape);

  void read(LoanBlock block);
  void read_months_to_roll(LoanBlock block);

  static constexpr std::size_t always = sum::gross_weight;  ///< sums added for every loan
  /// Something for each of the others.
  template <class Value>
  using Extras = std::array<Value, sum::how_many - always>;

  const double* of_loan(std::size_t loan) const { return &facts_[loan * always]; }
  /// The loan's gross rate negated and as it is, minus infinity where unknown: the largest of each are the bounds.
  const double* bounds_of(std::size_t loan) const { return &bounds_[2 * loan]; }
  /// A sum not always added, by loan.
  const NumberBlock& extra(sum::Which which) const { return extra_[which - always]; }
  /// By sum not always added: whether it is a weight that some loan of the block lacks.
  const Extras<bool>& incomplete() const { return incomplete_; }

 private:
  void weigh(const double* values, LoanBlock block, NumberBlock& weights) const;

  const pool::LoanTape* tape_;
  NumberColumn gross_, net_, term_, age_, ltv_, fico_, months_to_roll_;
  std::vector<double> facts_, bounds_;
  std::array<NumberBlock, 6> buffers_;
  Extras<NumberBlock> extra_;
  Extras<bool> incomplete_{};
};

}  // namespace spillway::strat
