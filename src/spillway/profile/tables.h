#pragma once
// A profile as tables.

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "spillway/profile/findings.h"
#include "spillway/table/table.h"

namespace spillway::profile {

/// Average lives in years; none where nothing is paid.
struct Lives {
  std::optional<double> pool;                  ///< of the pool's principal
  std::vector<std::optional<double>> classes;  ///< by class of the deal
};

/// What leaving loans out moves.
struct Effects {
  std::string assumption;                      ///< "100% of the speed of scenario pricing, to maturity"
  std::vector<std::string> classes;            ///< names; none without a deal
  Lives all;                                   ///< with every loan
  std::vector<Lives> without;                  ///< by finding
};

/// A row a column of the tape: how many values there are, least, quartiles, most, means, the most frequent ones.
table::Table columns_table(const WrittenTape& tape);

/// The most frequent values of each column, `most` at most: column, value, loans, percent of the loans.
table::Table values_table(const WrittenTape& tape, std::size_t most = 10);

/// A row a finding: loans, balance, and the average lives without its loans and their change, years.
table::Table findings_table(const WrittenTape& tape, std::span<const Finding> findings, const std::optional<Effects>& effects);

/// A row a loan of each finding, `most` of each at most: finding, column, line, loan_id, what is wrong. A note says what is not listed.
table::Table loans_table(const WrittenTape& tape, std::span<const Finding> findings,
                         std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace spillway::profile
