#pragma once
// A book as one Excel workbook (Office Open XML).

#include <string>

#include "spillway/book/book.h"
#include "spillway/result/issue.h"

namespace spillway::workbook {

/// The bytes of book.xlsx: contents, summary, terms, a sheet per data table and printed page, charts, and a sheet per run of
/// `Book::views` with formulas that recompute average lives and present values beside Spillway's.
///
/// Numbers are those of the tables, in their units (percents stay percents: 0.35 is 0.35%), to 16 digits. Every data table
/// has a defined name, and so has each of its columns. The same book gives the same bytes. An error if the system gives no
/// memory file or temporary files.
result::Result<std::string> to_xlsx(const book::Book& book);

}  // namespace spillway::workbook
