#pragma once
// Cross-tabulations: two stratification tables over each other.

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/strat/loan_rows.h"
#include "spillway/strat/strat.h"
#include "spillway/table/table.h"

namespace spillway::strat {

/// What is averaged in a cell, weighted by current balance over the loans that have it, in the tape's units.
enum class CrossFact { gross_rate, net_rate, remaining_term, age, orig_ltv, fico };
inline constexpr std::size_t kCrossFacts = 6;

/// The loans of one row and one column, or of all of either.
struct CrossCell {
  std::int64_t loans = 0;
  double balance = 0;                                   ///< dollars
  std::array<double, kCrossFacts> products{}, weights{};  ///< sums of balance x fact, of balances that have the fact

  std::optional<double> average(CrossFact fact) const;
};

/// Two tables over each other: the loans that both are about. Cells add up to the totals.
struct CrossTab {
  LoanRows rows, columns;                               ///< `row_of_loan` is left empty
  std::vector<CrossCell> cells;                         ///< row by row, `columns.labels.size()` each
  std::vector<CrossCell> row_totals, column_totals;
  CrossCell total;
  std::size_t outside = 0;                              ///< loans that one of the tables is not about

  const CrossCell& at(std::size_t row, std::size_t column) const { return cells[row * columns.labels.size() + column]; }
};

/// The loans of the tape by the rows of two tables. What is right for `stratify` is right here.
CrossTab cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products, const TableDefinition& rows,
                   const TableDefinition& columns);

/// The same by name, as `table_for` understands it; every name that means nothing is an issue of the option `where`.
result::Result<CrossTab> cross_tab(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   const StratDefinitions& definitions, std::string_view row_attribute,
                                   std::string_view column_attribute, const result::Location& where = {});

/// A tape that comes in parts: calls `use` with each, in order, from the first; as often as it is called.
using ForEachPart = std::function<void(const std::function<void(const pool::LoanTape& part)>& use)>;

/// The same of a tape in parts, which are gone over twice if a table has to be made for a number attribute.
result::Result<CrossTab> cross_tab(const ForEachPart& for_each_part, const pool::ProductTable& products,
                                   const StratDefinitions& definitions, std::string_view row_attribute,
                                   std::string_view column_attribute, const result::Location& where = {});

/// Names of what a cell may show: loans, balance, percent, average_balance, gross_rate, ...
std::vector<std::string> cross_measures();

/// One measure of a cross-tab as a page shows it: a row a row, a column a column, totals last. A measure of another name than
/// `cross_measures` is an InvariantViolation.
table::Table cross_table(const CrossTab& tab, std::string_view measure);

/// All measures, a row a cell that has loans: row, column, loans, balance, percent, average_balance, gross_rate, ... Rows and
/// columns of totals are "Total".
table::Table cross_list(const CrossTab& tab);

/// Every pair of tables over each other, in compact form.
struct CrossSums {
  struct Cell {
    std::uint32_t row = 0, column = 0;                  ///< positions in `LoanRows::labels`
    std::int64_t loans = 0;
    double balance = 0;                                 ///< dollars
    double balance_rate = 0;                            ///< sum of balance x gross rate, percent a year
  };
  struct Pair {
    std::size_t rows = 0, columns = 0;                  ///< positions in `tables`, rows < columns
    std::vector<Cell> cells;                            ///< those with loans, by row and column
  };
  std::vector<LoanRows> tables;                         ///< `row_of_loan` is left empty
  std::vector<Pair> pairs;                              ///< (0, 1), (0, 2), ..., (1, 2), ...
};

/// All pairs of the tables at once: what a page needs to cross any two without the tape.
CrossSums cross_sums(const pool::LoanTape& tape, const pool::ProductTable& products, std::span<const TableDefinition> tables);

/// The same over a tape that comes in parts.
class CrossSumsInParts {
 public:
  explicit CrossSumsInParts(std::size_t tables);
  ~CrossSumsInParts();
  CrossSumsInParts(CrossSumsInParts&&) noexcept;

  /// Adds a block that `rows` gives.
  void add(const RowsOfBlock& block, const RowsInParts& rows);

  /// The pairs of the tables that `RowsInParts::printed` gives, in order, after the last part.
  CrossSums sums(std::span<const PrintedRows> printed) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace spillway::strat
