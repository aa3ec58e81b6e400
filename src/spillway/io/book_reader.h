#pragma once
// Books read back from the folder they were written to.

#include <filesystem>
#include <string>
#include <vector>

#include "spillway/book/made_from.h"
#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::io {

/// The tables of a book.json (schema/book.schema.json), with their print formats. Every departure is an error with its place:
/// broken JSON, missing and unknown keys, rows that lack a column, formats that are none.
struct BookTables {
  std::string deal;
  std::vector<table::Table> tables;
};
result::Result<BookTables> read_book(const std::string& text, const std::string& file);

/// Reads a run.json (schema/run.schema.json).
result::Result<book::MadeFrom> read_made_from(const std::string& text, const std::string& file);

/// What a book in `folder` is made from: the deal file, and the `files` that loading it read (`Loaded::files`), with digests of
/// what they hold now. A file that cannot be read any more is an error.
result::Result<book::MadeFrom> made_from(const std::filesystem::path& deal_file, const std::vector<std::string>& files,
                                         const std::filesystem::path& folder, const std::string& version);

/// The deal file of a book in `folder`, if it and all the files the book was made from are still as they were; else an error for
/// each that is missing or changed.
result::Result<std::filesystem::path> unchanged_deal(const book::MadeFrom& made_from, const std::filesystem::path& folder);

}  // namespace spillway::io
