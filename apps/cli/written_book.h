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

/// Its tables: from book.json, at full precision, or where there is none from the CSV files.
result::Result<std::vector<table::Table>> read_written_book(const std::filesystem::path& folder);

}  // namespace spillway::cli
