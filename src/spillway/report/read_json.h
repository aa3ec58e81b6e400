#pragma once
// A written book.json back as tables.

#include <string>
#include <vector>

#include "spillway/result/issue.h"
#include "spillway/table/table.h"

namespace spillway::report {

/// The tables of a book.json that `to_json(book)` wrote. Numbers at full precision, with as many decimals as their shortest form
/// has, six at most; dates stay ISO text. Text that is no such JSON is an error.
result::Result<std::vector<table::Table>> tables_from_json(const std::string& text, const std::string& file);

}  // namespace spillway::report
