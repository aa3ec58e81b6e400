#pragma once
// A book that spillway book wrote to a folder.

#include <filesystem>
#include <string>
#include <vector>

#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::cli {

/// True if the folder holds book.json or a folder tables of CSV files.
bool is_written_book(const std::filesystem::path& folder);

/// Its tables. From the CSV files where they are there, with the titles of book.json; with `full_precision`, and where there is
/// none, from book.json.
result::Result<std::vector<table::Table>> read_written_book(const std::filesystem::path& folder, bool full_precision);

}  // namespace spillway::cli
