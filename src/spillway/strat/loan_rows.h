#pragma once
// Which row of a stratification table each loan falls in.

#include <cstdint>
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
