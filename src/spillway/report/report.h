#pragma once
// Tables and books as text: CSV, JSON, HTML, terminal. Nothing here opens a file.

#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "spillway/book/book.h"
#include "spillway/book/loss_tables.h"
#include "spillway/book/made_from.h"
#include "spillway/table/table.h"
#include "spillway/tieout/tieout.h"

namespace spillway::report {

/// The table as CSV (RFC 4180, LF line ends, header of column names), numbers as printed, no thousands separators.
std::string to_csv(const table::Table& table);

/// The table as aligned text for a terminal or a log, with its title, print-style numbers.
std::string to_text(const table::Table& table);

/// How a table is laid out on a terminal.
struct TextLayout {
  std::size_t width = 0;  ///< characters of a line; wider tables are cut into groups of columns, each after the first column; 0: any
  bool color = false;     ///< ANSI escapes: heads and totals bold, numbers below 0 red
};

/// The same, laid out for a terminal.
std::string to_text(const table::Table& table, const TextLayout& layout);

/// All data tables of the book as JSON: {"deal", "tables": {NAME: {"title", "columns": [{"name","title","unit","format"}],
/// "rows": [{column: value}], "total_rows": [positions in rows of the total rows, left out if none], "formats": {column: [by
/// row, null: the column's]} of cells shown in a way of their own, left out if none}}}, a row a line. Formats are `table::print_pattern`s.
/// Numbers at full precision (shortest form that reads back to the same double), dates as ISO text, unknown as null.
/// Throws InvariantViolation if two tables, or two columns of one, share a name.
std::string to_json(const book::Book& book);

/// A name of a JSON object and its text or texts.
using Fact = std::pair<std::string, std::variant<std::string, std::vector<std::string>>>;

/// These facts and tables as JSON, as in `to_json(book)`: {fact: text, ..., "tables": {...}}.
std::string to_json(const std::vector<Fact>& facts, std::span<const table::Table> tables);

/// What a book was made from, as JSON: {"spillway": version, "deal": path, "files": [{"name", "sha256"}]}.
std::string to_json(const book::MadeFrom& made_from);

/// One table as JSON, as inside `to_json(book)`.
std::string to_json(const table::Table& table);

/// A break-even as JSON: {"solution", "unit", "outcome", "iterations", "bracket": [low, high], "residual", "residual_above",
/// "break_even_cdr", "cumulative_loss", "beyond": [{"above", "principal_loss"}], "inputs": {...}}. Rates are decimals;
/// `solution` is the CDR, or the pool's cumulative loss there (`of_loss`), null if there is none; residuals are dollars
/// short at the ends of the bracket.
std::string solution_json(const book::BreakEvenRow& row, bool of_loss,
                          std::span<const std::pair<std::string, table::Value>> inputs);

/// The book as one self-contained HTML page: no network, readable on screen and on paper. Numbers in print style.
/// The charts need JavaScript; all else is readable without. The running foot needs a browser with page margin boxes.
std::string to_html(const book::Book& book);

/// A tie-out as JSON: {"cells", "matched", "tables": [{"table", "cells", "matched", "worst_difference", "worst_cell",
/// "by_column": {COLUMN: {"cells", "matched"}}, "within": [{"within", "cells"}], "misses": [{"row", "column", "computed",
/// "published", "difference"}], "corrected": [...]}]}.
std::string to_json(std::span<const tieout::TableTieOut> tables);

}  // namespace spillway::report
