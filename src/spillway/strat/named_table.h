#pragma once
// The table that a name means, over a tape that comes in parts.

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "spillway/pool/loan_tape.h"
#include "spillway/strat/strat.h"

namespace spillway::strat {

/// As `table_for`. Definitions must outlive it.
class NamedTable {
 public:
  NamedTable(const StratDefinitions& definitions, std::string_view name);

  /// Whether the table depends on the loans' numbers; then `add` must be given every part first.
  bool depends_on_loans() const { return ranges_; }
  void add(const pool::LoanTape& part);

  /// The table; empty if the name means nothing.
  std::optional<TableDefinition> definition() const;

 private:
  std::optional<TableDefinition> made_;
  bool ranges_ = false;      // the buckets are made from the numbers below
  std::set<double> seen_;    // distinct numbers, no more of them than one too many
  double lowest_, highest_;
};

}  // namespace spillway::strat
