#pragma once
// Explanations held against the book of their deal, and remade from what they print.

#include <functional>

#include <gtest/gtest.h>

#include "spillway/engine/break_evens.h"
#include "spillway/explain/explain.h"
#include "spillway/io/load.h"

namespace spillway::explain {

/// Remakes every value of an explanation from the parts and lines beside it, at every level.
void expect_adds_up(const Explanation& e);

/// A deal of the examples with its book, after a change to what was read.
class ExplainedDeal {
 public:
  explicit ExplainedDeal(const std::string& example, const std::function<void(engine::Inputs&)>& change = [](engine::Inputs&) {});

  Source source() const { return {*loaded_.inputs, loaded_.definition, break_evens_}; }

  /// Searches for the break-evens once, for all explanations.
  void find_break_evens();

  /// Explains each cell of a table at every level, and holds it against the book; down to the loans one in so many, where that takes long.
  void expect_explained(const std::string& table, const std::vector<std::string>& keys, std::size_t least, std::size_t to_loans = 1) const;

 private:
  using Cells = std::vector<std::pair<Question, table::Cell>>;
  Cells cells_of(const std::string& name, const std::vector<std::string>& keys) const;
  void expect_cell(const Question& question, const table::Cell& value, const engine::RunSet& runs, int deepest) const;

  io::Loaded loaded_;
  book::Book book_;
  std::vector<book::BreakEvenRow> break_evens_;
};

}  // namespace spillway::explain
