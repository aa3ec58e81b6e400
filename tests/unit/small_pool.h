#pragma once
// Pools built by hand, loan by loan.

#include <limits>
#include <string>
#include <vector>

#include "spillway/collateral/project.h"

namespace small_pool {

inline constexpr double no_cap = std::numeric_limits<double>::infinity();

/// A loan as a test states it: a fixed-rate one unless `index` is given.
struct Loan {
  double balance = 0;
  double gross_rate = 0;
  int remaining_term = 1;
  int amortization_term = 0;  ///< 0: the remaining term
  int age = 0;
  int interest_only_months = 0;
  int first_period = 1;
  double servicing = 0, master_servicing = 0, trustee = 0, mi_premium = 0, mi_coverage = 0;
  int group = 0;

  int index = -1;
  int months_to_roll = 1, reset_months = 1, rate_change_lag = 0, lookback_days = 0;
  double margin = 0, first_cap = no_cap, periodic_cap = no_cap, max_rate = no_cap, min_rate = 0, rounding = 0;
};

inline spillway::pool::Pool make(const std::vector<Loan>& loans, std::vector<std::string> groups = {"all"},
                                 std::vector<std::string> indices = {"libor_6m"}) {
  spillway::pool::Pool pool;
  pool.cut_off = spillway::calendar::make_date(2003, 12, 1);
  pool.groups = std::move(groups);
  pool.indices = std::move(indices);
  for (const Loan& loan : loans) {
    pool.group.push_back(loan.group);
    pool.balance.push_back(loan.balance);
    pool.gross_rate.push_back(loan.gross_rate);
    pool.servicing_fee.push_back(loan.servicing);
    pool.master_servicing_fee.push_back(loan.master_servicing);
    pool.trustee_fee.push_back(loan.trustee);
    pool.mi_premium.push_back(loan.mi_premium);
    pool.mi_coverage.push_back(loan.mi_coverage);
    pool.remaining_term.push_back(loan.remaining_term);
    pool.amortization_term.push_back(loan.amortization_term ? loan.amortization_term : loan.remaining_term);
    pool.age.push_back(loan.age);
    pool.interest_only_months.push_back(loan.interest_only_months);
    pool.first_period.push_back(loan.first_period);
    pool.index.push_back(loan.index);
    pool.months_to_roll.push_back(loan.months_to_roll);
    pool.reset_months.push_back(loan.reset_months);
    pool.rate_change_lag.push_back(loan.rate_change_lag);
    pool.lookback_days.push_back(loan.lookback_days);
    pool.margin.push_back(loan.margin);
    pool.first_cap.push_back(loan.first_cap);
    pool.periodic_cap.push_back(loan.periodic_cap);
    pool.max_rate.push_back(loan.max_rate);
    pool.min_rate.push_back(loan.min_rate);
    pool.rounding.push_back(loan.rounding);
  }
  return pool;
}

/// A scenario in which every group prepays alike.
inline spillway::assumptions::Scenario prepaying(const spillway::assumptions::Prepayment& curve, double speed = 1.0,
                                                 const std::vector<std::string>& groups = {"all"}) {
  spillway::assumptions::Scenario scenario;
  scenario.speed = speed;
  for (const std::string& group : groups) scenario.prepayment[group] = curve;
  return scenario;
}

inline spillway::assumptions::Scenario no_prepayment() { return prepaying(spillway::assumptions::Cpr{0.0}); }

/// Six-month LIBOR that never moves.
inline spillway::rates::IndexPaths flat(double rate) {
  return spillway::rates::IndexPaths({spillway::rates::flat_path("libor_6m", rate)});
}

}  // namespace small_pool
