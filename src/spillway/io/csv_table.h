#pragma once
// A CSV file as a table.

#include <string>

#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::io {

/// The rows of a CSV text as a table: a field that reads as a plain number is one, shown with the digits it has; all else is text.
/// Titles are the headers. `name` becomes the table's.
result::Result<table::Table> read_csv_table(const std::string& text, const std::string& file, const std::string& name);

}  // namespace spillway::io
