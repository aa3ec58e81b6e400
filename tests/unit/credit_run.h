#pragma once
// Runs with credit assumptions, and every vector they fill.

#include <gtest/gtest.h>

#include <iterator>
#include <string>
#include <vector>

#include "small_pool.h"

namespace credit_run {

using spillway::cashflow::PoolVectors;

struct NamedVector {
  const char* name;
  std::vector<double> PoolVectors::*vector;
};

inline constexpr NamedVector every_vector[] = {
    {"beginning", &PoolVectors::beginning_balance},
    {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},
    {"master servicing", &PoolVectors::master_servicing_fee},
    {"trustee", &PoolVectors::trustee_fee},
    {"premium", &PoolVectors::mi_premium},
    {"scheduled", &PoolVectors::scheduled_principal},
    {"prepaid", &PoolVectors::prepaid_principal},
    {"ending", &PoolVectors::ending_balance},
    {"defaulted", &PoolVectors::defaulted_balance},
    {"advanced principal", &PoolVectors::advanced_principal},
    {"advanced interest", &PoolVectors::advanced_interest},
    {"recoveries", &PoolVectors::recoveries},
    {"losses", &PoolVectors::realized_losses},
    {"subsequent recoveries", &PoolVectors::subsequent_recoveries},
    {"claims", &PoolVectors::mi_claims},
    {"uncollected interest", &PoolVectors::uncollected_interest},
    {"uncollected fees", &PoolVectors::uncollected_fees},
    {"prepayment interest shortfall", &PoolVectors::prepayment_interest_shortfall},
    {"compensating interest", &PoolVectors::compensating_interest},
    {"foreclosure", &PoolVectors::foreclosure_balance},
    {"owned", &PoolVectors::reo_balance},
    {"arrears", &PoolVectors::arrears},
    {"30 days late", &PoolVectors::delinquent_30},
    {"60 days late", &PoolVectors::delinquent_60},
    {"90 days late", &PoolVectors::delinquent_90}};

// A vector that is added to the contract must be added here: name, balance and flag apart, it is nothing but vectors.
static_assert(sizeof(PoolVectors) ==
              sizeof(std::string) + 2 * sizeof(double) + std::size(every_vector) * sizeof(std::vector<double>));

inline void expect_near(const std::vector<double>& found, const std::vector<double>& expected, double tolerance = 1e-6) {
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t t = 0; t < found.size(); ++t) EXPECT_NEAR(found[t], expected[t], tolerance) << "period " << t + 1;
}

/// One loan, or several, of the group "all".
inline PoolVectors flows_of(const std::vector<small_pool::Loan>& loans, const spillway::assumptions::Scenario& scenario) {
  return spillway::collateral::project(small_pool::make(loans), scenario, small_pool::flat(0.012)).total;
}

/// No prepayment; defaults by `model`.
inline spillway::assumptions::Scenario defaulting(const spillway::assumptions::Default& model) {
  spillway::assumptions::Scenario scenario = small_pool::no_prepayment();
  scenario.credit.defaults["all"] = model;
  return scenario;
}

/// Monthly default rates by period; none after them.
inline spillway::assumptions::DefaultVector in_periods(std::vector<double> rates) {
  rates.push_back(0.0);
  return {std::move(rates), true, false};
}

inline double sum(const std::vector<double>& values) {
  double total = 0.0;
  for (double value : values) total += value;
  return total;
}

}  // namespace credit_run
