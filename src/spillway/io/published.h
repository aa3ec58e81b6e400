#pragma once
// The published record of a deal, from a folder of CSV files.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "spillway/result/issue.h"
#include "spillway/tieout/tieout.h"

namespace spillway::io {

/// What a published folder holds.
struct PublishedRecord {
  std::vector<std::pair<tieout::Record, tieout::PublishedTable>> tables;
  std::vector<tieout::Correction> corrections;
};

/// Reads every table of `tieout::records()` that the folder has, and corrections.csv. A folder without any is an error.
result::Result<PublishedRecord> read_published(const std::filesystem::path& folder);

}  // namespace spillway::io
