#pragma once
// Pool: loans ready to project, one column per field, decimals and months, nothing left to look up.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/result/issue.h"

namespace spillway::pool {

/// Loans ready to project. Valid by construction: nothing validates again. Rates are annual decimals, balances dollars.
struct Pool {
  calendar::Date cut_off;
  std::vector<std::string> groups;   ///< loan group names, in order of first product
  std::vector<std::string> indices;  ///< names of the indices ARMs follow

  std::vector<int> group;            ///< position in `groups`
  std::vector<double> balance;
  std::vector<double> gross_rate;
  std::vector<double> servicing_fee, master_servicing_fee, trustee_fee, mi_premium;
  std::vector<double> mi_coverage;      ///< part of a claim that mortgage insurance pays, decimal in [0, 1]; 0 = not insured
  std::vector<std::uint32_t> tape_row;  ///< loan of the tape; empty for a pool of assumed loans
  std::vector<int> remaining_term;      ///< payments left at cut-off, counted on the calendar (>= 1)
  std::vector<int> amortization_term;   ///< payments left that the level payment is set for (>= remaining_term; longer: balloon)
  std::vector<int> age;                 ///< months since origination at cut-off (>= 0)
  std::vector<int> interest_only_months;  ///< from origination (0 = amortizes at once)
  std::vector<int> first_period;        ///< first period (1-based) in which the loan pays

  // Adjustable-rate terms. `index` is -1 for fixed-rate loans, and then the rest is not read.
  std::vector<int> index;
  std::vector<int> months_to_roll;      ///< months from cut-off to the next adjustment (>= 1)
  std::vector<int> reset_months;        ///< months between adjustments (>= 1)
  std::vector<int> rate_change_lag;     ///< months by which a new rate is paid later than usual (>= 0)
  std::vector<int> lookback_days;
  std::vector<double> margin, first_cap, periodic_cap, max_rate, min_rate, rounding;  ///< no cap = +infinity; no floor = 0

  std::vector<std::uint32_t> order;     ///< positions in the order loans are summed (`cohort_order`); empty: each pass works it out

  std::size_t size() const { return balance.size(); }
  double total_balance() const;

  bool operator==(const Pool&) const = default;
};

/// Fee rates the deal states, annual decimals, by loan group; they serve loans whose tape column is blank.
struct FeeTerms {
  std::map<std::string, double> servicing, master_servicing, trustee, mortgage_insurance;
};

/// Makes a Pool of the tape's loans: product terms filled in, percents made decimals, dates made periods.
/// `first_due` is the due date of period 1. Loans that cannot be projected are left out, each with an issue.
result::WithIssues<Pool> make_pool(const LoanTape& tape, const ProductTable& products, const FeeTerms& fees,
                                   calendar::Date first_due);

}  // namespace spillway::pool
