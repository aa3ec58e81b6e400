#pragma once
// The book as a PDF document: Letter pages, laid out as a term sheet is.

#include <string>

#include "spillway/book/book.h"
#include "spillway/result/issue.h"

namespace spillway::pdf {

/// The book's cover, contents, terms, tables and charts as the bytes of a PDF document, with bookmarks, links and a tagged
/// headings and paragraphs. The same book gives the same bytes: the document's date is `date_prepared` at midnight UTC, if that
/// is a date ("November 21, 2003" or "2003-11-21"), else the first of January 1970. Set in Liberation Sans and Liberation Sans
/// Narrow, embedded; an error if these fonts are not installed, a warning for each character they do not hold. Throws
/// InvariantViolation if a row of a table has not one cell per column.
result::Result<std::string> to_pdf(const book::Book& book);

}  // namespace spillway::pdf
