#pragma once
// What each row of a stratification table brings to the pool's cash.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "spillway/table/table.h"

namespace spillway::book {

/// The loans of one row, projected as a pool of their own. Dollars, over the periods asked about.
struct Contribution {
  std::string label;
  std::int64_t loans = 0;
  double balance = 0;             ///< at cut-off
  double principal = 0;           ///< scheduled, prepaid, advanced, recovered
  double principal_years = 0;     ///< principal x years from settlement to its payment date
  double net_interest = 0;        ///< due on the beginning balance, net of fees: what net mortgage rates are figured from
  double prepaid = 0;
  double defaulted = 0;
  double losses = 0;              ///< realized, less subsequent recoveries
  std::vector<double> by_year;    ///< principal; entry 0 = the first twelve periods

  void add(const Contribution& other);
};

/// A table's rows and their total, which they add up to. Loans that the table is not about are a row of their own.
struct Contributions {
  std::string table, title;
  bool has_credit = false;        ///< the scenario defaults: else there are no defaults and losses to share
  double balance_months = 0;      ///< the pool's balance before each period, summed: what rates are parts of
  std::vector<Contribution> rows;
  Contribution total;             ///< of the pool projected whole
};

/// A row a contribution: row, loans, balance, balance_pct, wal, principal, principal_pct, net_interest, net_interest_pct, rate_points
/// (percent a year of the pool's balance: they add up to its net rate), prepaid, prepaid_pct; with credit defaulted, defaulted_pct,
/// losses, losses_pct; `by_year`: principal_year_1, ... A total row.
table::Table contribution_table(const Contributions& contributions, bool by_year);

/// Several tables as one, their name in a first column.
table::Table combined_contributions(std::span<const Contributions> all, bool by_year);

}  // namespace spillway::book
