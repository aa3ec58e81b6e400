#pragma once
// The loans that contribute most to a number, and all others in one line.

#include <cstddef>
#include <string>
#include <vector>

namespace spillway::book {

struct LargestLoan {
  std::string id;              ///< as on the tape
  double amount = 0;           ///< dollars of the number
  double balance = 0;          ///< dollars, current balance of the tape
  double gross_rate_pct = 0;   ///< percent a year; NaN if unknown
};

/// The largest amounts first, equal ones in the order of the tape. The loans, the others and `as_a_whole` add up to `total`.
struct LargestLoans {
  std::vector<LargestLoan> loans;
  std::size_t others = 0;      ///< loans not listed
  double others_amount = 0;    ///< dollars
  double as_a_whole = 0;       ///< dollars figured for a loan group and not for a loan: late payments, compensating interest
  double total = 0;            ///< dollars
};

/// The five largest current balances of each row of a stratification table.
struct LoansOfTable {
  std::string table;
  std::vector<std::string> labels;  ///< of the rows, as printed and in printed order
  std::vector<LargestLoans> rows;
  LargestLoans all;            ///< of every loan the table is about
};

/// The period of a projection that weighs most in the pool's average life (the largest principal x months from cut-off, the first of
/// equals), and the ten loans that pay most in it. To call and to maturity share it, up to the call. Left out where the loans that
/// reach the period x months to it (with credit assumptions, which carry every loan to its end, loans x all months) are more than a million.
struct LoansOfPeriod {
  std::string scenario;
  double speed_pct = 0;        ///< percent of the scenario's prepayment curves
  int period = 0;              ///< 1-based
  LargestLoans principal;      ///< of principal collected, recoveries included
  LargestLoans net_interest;   ///< of interest collected less fees
};

/// Those of a book; nothing without a tape.
struct LargestLoansOfBook {
  std::vector<LoansOfTable> tables;
  std::vector<LoansOfPeriod> periods;
};

}  // namespace spillway::book
