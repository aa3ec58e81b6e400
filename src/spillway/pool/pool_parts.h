#pragma once
// A pool made in parts, of a tape too large to hold: what is known of the whole, and names numbered alike in every part.

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "spillway/pool/pool.h"

namespace spillway::pool {

/// What later steps ask of a pool whose loans are not held.
struct PoolTotals {
  std::size_t loans = 0;
  double balance = 0;                      ///< dollars
  int longest_term = 0;                    ///< months
  std::set<std::string> groups, indices;   ///< names that loans use
  std::map<std::string, std::vector<std::size_t>> loans_by_term;  ///< of each group, by payments left

  void add(const Pool& part);
};

/// The names used, those of `first` in its order, then the others by name: how `make_pool` lists groups and indices.
std::vector<std::string> in_listed_order(const std::vector<std::string>& first, std::set<std::string> used);

/// A pool of no loans, its groups and indices listed as `make_pool` would list them for all parts together.
Pool without_loans(const PoolTotals& totals, const ProductTable& products, calendar::Date cut_off);

/// Numbers the part's groups and indices as `whole` lists them; it must list them all (InvariantViolation otherwise).
void number_names_as(const Pool& whole, Pool& part);

}  // namespace spillway::pool
