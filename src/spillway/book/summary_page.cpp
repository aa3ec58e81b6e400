#include "spillway/book/tables.h"

namespace spillway::book {

namespace {

// "Top 5 States: CA" in its two parts; an item of the summary proper has no first part.
std::pair<std::string, std::string> block_and_label(const table::Row& row) {
  const auto* item = std::get_if<std::string>(&row.cells.front().value);
  const std::size_t colon = item ? item->find(": ") : std::string::npos;
  if (colon == std::string::npos) return {};
  return {item->substr(0, colon), item->substr(colon + 2)};
}

}  // namespace

std::vector<table::Table> summary_page(const table::Table& pool_summary) {
  std::vector<table::Table> tables(1, pool_summary);
  tables.front().rows.clear();
  for (const table::Row& row : pool_summary.rows) {
    const auto [block, label] = block_and_label(row);
    if (block.empty()) {
      tables.front().rows.push_back(row);
      continue;
    }
    if (tables.back().title != block) {
      table::Table made{"", block, {}, {}, {}, {}};
      made.columns = {{"label", "", "", table::text_format()}, {"share", "% of pool", "percent", table::number_format(2)}};
      tables.push_back(std::move(made));
    }
    tables.back().rows.push_back({{label, row.cells[1]}, false});
  }
  return tables;
}

}  // namespace spillway::book
