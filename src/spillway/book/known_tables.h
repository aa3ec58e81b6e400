#pragma once
// The data tables a book may have.

#include <span>
#include <string_view>

namespace spillway::book {

struct KnownTable {
  std::string_view name;   ///< "dm_tables"
  std::string_view what;   ///< in a few words
};

/// Every data table a book may have, in the order of the book. Which of them one has is for its plan to say.
std::span<const KnownTable> known_tables();

}  // namespace spillway::book
