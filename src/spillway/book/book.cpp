#include "spillway/book/book.h"

#include <algorithm>

#include "spillway/result/issue.h"

namespace spillway::book {

const table::Table& data_table(const Book& book, std::string_view name) {
  const auto found = std::find_if(book.data_tables.begin(), book.data_tables.end(),
                                  [&](const table::Table& table) { return table.name == name; });
  if (found == book.data_tables.end()) throw result::InvariantViolation("the book has no table " + std::string(name));
  return *found;
}

}  // namespace spillway::book
