#pragma once
// Which column of a CSV tape fills which field of ours. Private to the tape reader.

#include <optional>
#include <string>
#include <vector>

#include "spillway/io/csv_reader.h"
#include "spillway/io/tape_reader.h"

namespace spillway::io {

/// A column of the file that the reader takes.
struct SourceColumn {
  const pool::TapeField* field = nullptr;      ///< null for loan_id
  std::size_t position = 0;                    ///< in the file
  const TapeMapping::Column* mapping = nullptr;  ///< how to change its values, if at all
  std::size_t slot = 0;                        ///< position of `field` in tape_fields()

  std::string name() const { return field != nullptr ? std::string{field->name} : std::string{"loan_id"}; }
};

/// Matches the headers with our fields, through the mapping where it has them. Errors: a repeated header, a missing
/// required column, a mapped column that is not in the file. Warnings: headers nobody reads.
result::WithIssues<std::vector<SourceColumn>> match_columns(const CsvReader& csv, const std::string& file,
                                                            const std::optional<TapeMapping>& mapping);

}  // namespace spillway::io
