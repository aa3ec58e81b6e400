#pragma once
// Scenario and document files. Private to io.

#include <filesystem>
#include <string>
#include <vector>

#include "spillway/book/document.h"
#include "spillway/engine/inputs.h"
#include "spillway/pool/pool.h"
#include "spillway/result/issue.h"

namespace spillway::io {

/// What the scenarios of a deal must fit.
struct ScenarioContext {
  std::filesystem::path folder;             ///< files named in a scenario are relative to it
  std::vector<std::string> groups;          ///< loan groups of the pool
  std::vector<std::string> indices;         ///< indices of the deal
  std::vector<std::string> quantities;      ///< quantities of the deal, for the book's plan
  std::vector<std::string> classes;         ///< classes and combinations of the deal, likewise
  std::vector<std::string> parties;         ///< parties of the deal, likewise
  int longest_term = 0;                     ///< months to the last loan's maturity; 0: not known
  bool rules_by_part = false;               ///< loans come in parts, on each of which rules are worked out: here they are only checked
  const pool::Pool* pool = nullptr;         ///< for rules on loans; null: none could be read
  const pool::LoanTape* tape = nullptr;
  const pool::ProductTable* products = nullptr;
};

struct ScenarioSet {
  std::vector<engine::ScenarioDefinition> scenarios;
  engine::BookPlan plan;
  std::vector<std::string> files;           ///< of curves and quotes that were read, by name
};

/// Reads a scenarios file (schema/scenarios.schema.json) and the curves it names.
result::Result<ScenarioSet> read_scenarios(const std::string& text, const std::string& file,
                                           const ScenarioContext& context);

/// Reads a document file (schema/document.schema.json).
result::Result<book::DocumentText> read_document(const std::string& text, const std::string& file);

}  // namespace spillway::io
