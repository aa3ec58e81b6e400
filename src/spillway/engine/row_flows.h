#pragma once
// The collateral of each row of a stratification table by itself. Private to engine.

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "spillway/engine/run_book.h"
#include "spillway/strat/loan_rows.h"

namespace spillway::engine {

/// The rows of a table; the loans outside it, if any, are a row after the last.
struct RowFlows {
  std::string name, title;
  std::vector<std::string> labels;
  std::vector<std::int64_t> loans;                    ///< of the pool, by row
  std::vector<cashflow::CollateralCashFlows> flows;   ///< by row
};

/// A pool whose loan groups are each one group of one row.
struct RowGroups {
  pool::Pool pool;
  std::vector<std::size_t> row, group;  ///< by new group: the row, and the group of the pool as it was

  void add_group(const pool::Pool& whole, std::size_t of_row, std::size_t of_group);
};

/// What a scenario says by loan group, said of the new groups.
template <class Value>
std::map<std::string, Value> renamed(const std::map<std::string, Value>& by_group, const pool::Pool& whole, const RowGroups& made) {
  std::map<std::string, Value> all;
  for (std::size_t g = 0; g < made.group.size(); ++g) {
    const auto found = by_group.find(whole.groups[made.group[g]]);
    if (found != by_group.end()) all[made.pool.groups[g]] = found->second;
  }
  return all;
}

/// The scenario of a run: speed and credit as the run has them.
assumptions::Scenario scenario_of(const Inputs& inputs, const RunRequest& run);

/// The flows of the new groups added up by row, `rows` of them.
std::vector<cashflow::CollateralCashFlows> by_row(cashflow::CollateralCashFlows flows, const pool::Pool& whole, const RowGroups& made,
                                                  std::size_t rows);

/// Calls `use` for each table of a tape that comes in parts. The parts are read once to find the rows, and once more for every few
/// dozen rows, which is what holds the sums to a limit of memory. The errors are those of reading.
std::vector<result::Issue> for_each_table_in_parts(const Inputs& inputs, const RunRequest& run, std::span<const strat::TableDefinition> tables,
                                                   int threads, const std::function<void(std::size_t table, RowFlows rows)>& use);

}  // namespace spillway::engine
