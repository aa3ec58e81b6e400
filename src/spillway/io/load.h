#pragma once
// A deal file and all it names, read into what the engine runs on.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "spillway/deal/definition.h"
#include "spillway/engine/inputs.h"
#include "spillway/io/memory_plan.h"
#include "spillway/result/issue.h"

namespace spillway::io {

struct LoadOptions {
  bool strict = false;  ///< a bad row of the tape refuses the whole
  std::filesystem::path tape = {};           ///< read in place of the deal's tape, with the deal's mapping; empty: the deal's
  std::optional<std::uint64_t> memory = {};  ///< bytes; a tape that needs more is not held but read in blocks (engine::LoanParts)
  TapeUse use = TapeUse::run;                ///< what `memory` must hold beside the loans
  std::size_t block_bytes = 0;               ///< read the tape in blocks of so much text, whatever the memory; 0: as `memory` says
};

/// What loading a deal gave. With `inputs`, it can be run: any errors among the issues are then rows of the tape that
/// were left out.
struct Loaded {
  std::optional<engine::Inputs> inputs;
  deal::DealDefinition definition;
  std::vector<result::Issue> issues;
  std::vector<std::string> files = {};  ///< that the deal file and its scenarios name and that were read, relative to its folder
};

/// Reads a deal file, its tape, products, hedges, scenarios, curves, stratifications and texts; paths in the deal file
/// are relative to it. Every problem of every file is found, in one go.
Loaded load_inputs(const std::filesystem::path& deal_file, const LoadOptions& options = {});

/// Reads a deal file alone. A definition as complete as the file allows comes back with every departure from the schema.
result::WithIssues<deal::DealDefinition> read_deal(const std::string& text, const std::string& file);

}  // namespace spillway::io
