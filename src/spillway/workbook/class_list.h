#pragma once
// The classes of a deal as its runs know them, for books without a front page. Private to workbook.

#include <optional>

#include "spillway/book/book.h"
#include "spillway/table/table.h"

namespace spillway::workbook {

/// The run that speaks for the deal: of the first scenario, at the speed nearest to 100%, to call or to maturity. Empty if the
/// book has none.
std::optional<std::size_t> leading_run(const book::Book& book, bool to_call);

/// Class, title, original balance and share of the total, notional, first rate and its formula, average lives and
/// principal windows of the leading runs. Columns that would be empty are left out; without a run there are no rows.
table::Table class_list(const book::Book& book);

}  // namespace spillway::workbook
