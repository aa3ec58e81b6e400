#pragma once
// What a deal calls its classes and scenarios, read without its tape.

#include <filesystem>
#include <string>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::io {

struct DealNames {
  struct Scenario {
    std::string name;
    std::vector<double> speeds;         ///< multiples; those of the scenario it is like, if it states none
  };
  std::vector<std::string> classes;     ///< and combinations, in their order
  std::vector<Scenario> scenarios;
};

/// Reads a deal file and the scenarios file it names as far as that goes: no tape, no curves, and what is wrong beside the
/// names does not matter. A file that cannot be read, or is no YAML, is an error.
result::Result<DealNames> read_deal_names(const std::filesystem::path& deal_file);

}  // namespace spillway::io
