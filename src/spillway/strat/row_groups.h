#pragma once
// Adding loans to the rows of several tables at once. Private to strat.

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "spillway/strat/attribute.h"
#include "spillway/strat/row_finder.h"
#include "spillway/strat/row_sums.h"

namespace spillway::strat {

/// The rows of one table: those of a block's loans, and what is summed of all loans before. Row 0 is nobody's.
struct TableRows {
  bool with_months_to_roll = false;
  std::size_t count = 0;         ///< the block's rows are below
  RowBlock of_loan;              ///< of the block
  std::vector<RowTotal> totals;  ///< by row
};

/// Tables that are summed together: a loan is added once, to the sums of its combination of rows, and from there
/// combinations are added to the rows they are made of.
class RowGroup {
 public:
  explicit RowGroup(TableRows& table) { join(table); }

  /// Whether there are still few combinations once the table has joined.
  bool has_room_for(const TableRows& table) const { return combinations_ * room_for(table.count) <= most_combinations; }
  void join(TableRows& table);
  /// Whether its tables have no more rows than they had room for when they joined.
  bool fits() const;

  /// Adds the block's loans, whose rows the tables have, to one group or to two, which is faster than one by one.
  static void add(const LoanFacts& facts, LoanBlock block, RowGroup& group);
  static void add(const LoanFacts& facts, LoanBlock block, RowGroup& one, RowGroup& other);
  /// Moves all that was added to the tables' totals.
  void settle();

 private:
  static constexpr std::size_t most_combinations = 512;  // of several tables: more would cost more to settle
  static constexpr std::size_t most_blocks = 2;  // added before they are settled: sums of few loans lose few bits

  struct alignas(32) Sums {
    std::array<double, LoanFacts::always> always{};
    std::array<double, 2> bounds{-std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()};
    std::int64_t count = 0;

    void add(const Sums& other);
    void add_loan(const double* facts, const double* its_bounds);
  };
  using Extras = LoanFacts::Extras<double>;
  /// Where a block's loans are added.
  struct Target {
    const std::uint32_t* places;
    Sums *even, *odd;

    Sums& of_loan(std::size_t i) const;
  };
  struct Member {
    TableRows* table;
    std::size_t rows;           // at most
    std::vector<Sums> sums;     // by row, zero between settlements
    std::vector<Extras> extras;
  };

  static std::size_t room_for(std::size_t rows);
  static void add_always(std::size_t loans, const double* facts, const double* bounds, Target one);
  static void add_always(std::size_t loans, const double* facts, const double* bounds, Target one, Target other);
  void prepare(const LoanFacts& facts, LoanBlock block);
  void finish(const LoanFacts& facts, LoanBlock block);
  Target target() { return {places_.data(), sums_.data(), sums_.data() + combinations_}; }
  void add_extra(const NumberBlock& values, LoanBlock block, sum::Which which);
  void settle_block(LoanBlock block);
  bool gather(std::size_t combination);
  void move_to_rows(std::size_t combination);
  void add_to(RowTotal& total, Sums& sums, Extras& extras) const;

  std::vector<Member> members_;
  std::size_t combinations_ = 1;
  bool with_months_to_roll_ = false;
  LoanFacts::Extras<bool> incomplete_{};  // as of the blocks added
  bool has_extras_ = false;               // whether some were added
  std::size_t blocks_ = 0;                // ... and how many they are
  RowBlock places_;                       // the combinations of the block's loans
  std::vector<Sums> sums_;                // by combination, then all once more; zero once settled
  std::vector<Extras> extras_;            // by combination
};

/// All tables in groups, the ones with few rows beside those with many.
class RowGroups {
 public:
  /// Adds the block's loans to all tables, which are the same every time.
  void add(const LoanFacts& facts, LoanBlock block, std::span<TableRows> tables);
  void settle();

 private:
  void regroup(std::span<TableRows> tables);

  std::vector<RowGroup> groups_;
};

}  // namespace spillway::strat
