#pragma once
// What every number of a book is: the formula behind each column, and where it comes from.

#include <optional>
#include <string_view>
#include <vector>

namespace spillway::book {

/// The formula of one column of one data table.
struct Formula {
  std::string_view table;    ///< data table of the book ("dm_tables"), or "cash_flows"
  std::string_view column;   ///< "wal"; a star stands for what varies: "available_rate_*", "*_enhancement_pct"
  std::string_view words;    ///< a sentence or two, plain text
  std::string_view symbols;  ///< the formula; empty where the value is read off and not figured
  std::string_view page;     ///< page of the project that defines it: "docs/formulas/discount-margin.md"
  std::string_view source;   ///< what it was taken from outside; empty: nothing but the page
};

/// The formula of a column. A column named outright goes before one with a star, the longer name before the shorter.
/// Single stratification tables ("fico") have those of "strats". Empty if there is none of that name.
std::optional<Formula> formula_of(std::string_view table, std::string_view column);

/// Every formula, in the order of the tables of a book.
std::vector<Formula> formulas();

}  // namespace spillway::book
