#pragma once
// Which row of a stratification table each loan falls in.

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
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// The row of a loan that the table is not about.
inline constexpr std::uint32_t kOutside = 0xffffffff;

/// A table's rows, and the loans in them. Every loan is in one row or outside: rows split no loan.
struct LoanRows {
  std::string name, title, attribute;    ///< of the table
  std::vector<std::string> labels;       ///< of the rows with loans, as printed and in printed order
  std::vector<std::uint32_t> row_of_loan;  ///< by loan of the tape: position in `labels`, or kOutside
  std::size_t outside = 0;               ///< loans outside the table's universe
};

/// Some loans of a tape that follow one another, and the row of each in several tables.
struct RowsOfBlock {
  const pool::LoanTape& tape;
  std::size_t first = 0, count = 0;        ///< loans of the tape
  std::vector<const std::uint32_t*> rows;  ///< by table, then loan of the block: the row's number, 0 outside
};

/// A table's rows as printed (`row_of_loan` left empty), and where each number of a row stands among them.
struct PrintedRows {
  LoanRows rows;
  std::vector<std::uint32_t> position;     ///< by number: position in the labels; kOutside for 0 and for rows without loans
};

/// The rows of tables over a tape that comes in parts. Rows are numbered as they are met, from 1; which of them are printed, and in
/// what order, is known after the last part. Products and definitions, which must have passed `check_definitions`, must outlive it.
class RowsInParts {
 public:
  RowsInParts(const pool::ProductTable& products, std::span<const TableDefinition> tables);
  ~RowsInParts();
  RowsInParts(RowsInParts&&) noexcept;

  /// Calls `use` with block after block of the part's loans.
  void add(const pool::LoanTape& part, const std::function<void(const RowsOfBlock&)>& use);

  std::size_t tables() const;
  /// One more than the last number of a row so far.
  std::size_t numbers(std::size_t table) const;
  PrintedRows printed(std::size_t table) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The rows of each table, as `stratify` prints them. Definitions must have passed `check_definitions`.
std::vector<LoanRows> loan_rows(const pool::LoanTape& tape, const pool::ProductTable& products,
                                std::span<const TableDefinition> tables);

/// The table that `name` means: one of that name, else the first over the attribute of that name, else one made for the attribute:
/// a row a text by falling balance, a row a month, a row a number, or where there are many numbers ranges of one round width.
/// Empty if it is no attribute either.
std::optional<TableDefinition> table_for(const pool::LoanTape& tape, const StratDefinitions& definitions, std::string_view name);

/// The number attribute of each loan of the tape, in the tape's unit; NaN where unknown. Dates count days from 1970-01-01.
std::vector<double> attribute_values(const pool::LoanTape& tape, std::string_view attribute);

/// Every name that `table_for` knows: tables, then attributes.
std::vector<std::string> table_names(const StratDefinitions& definitions);

}  // namespace spillway::strat
