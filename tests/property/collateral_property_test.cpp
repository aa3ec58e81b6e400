// The engine multiplies an amortization path by a survival path, cohort by cohort. The definition below does neither: it
// walks each loan month by month on its surviving balance, asks the prepayment curve each month, and adds up.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "any_pool.h"

using namespace spillway;
using cashflow::PoolVectors;
using any_pool::any_case;
using any_pool::Case;
using any_pool::kGroups;
using any_pool::kIndices;
using small_pool::Loan;

namespace {

/// Adds one loan's cash to `sums`.
void walk(const Loan& loan, const Case& given, PoolVectors& sums) {
  const any_pool::Terms terms = any_pool::terms_in(loan, given.scenario);
  double balance = loan.balance;
  for (int t = 1; t <= terms.remaining; ++t) {
    const auto at = static_cast<std::size_t>(t - 1);
    const bool joined = t >= terms.first_period;
    double scheduled = 0, prepaid = 0;
    if (joined) {
      const double rate = any_pool::rate_in(loan, terms.initial_rate, t, given.indices);
      sums.gross_interest[at] += balance * rate / 12;
      scheduled = balance * any_pool::scheduled_part(loan, terms, t, rate);
      prepaid = (balance - scheduled) * any_pool::smm_in(loan, terms, given.scenario, t);
    }
    if (joined || any_pool::charged_before_joining(given.settings, t)) {
      sums.servicing_fee[at] += balance * loan.servicing / 12;
      sums.master_servicing_fee[at] += balance * loan.master_servicing / 12;
      sums.trustee_fee[at] += balance * loan.trustee / 12;
      sums.mi_premium[at] += balance * loan.mi_premium / 12;
    }
    sums.beginning_balance[at] += balance;
    sums.scheduled_principal[at] += scheduled;
    sums.prepaid_principal[at] += prepaid;
    balance -= scheduled + prepaid;
    sums.ending_balance[at] += t == terms.remaining ? 0.0 : balance;
  }
}

const std::pair<const char*, std::vector<double> PoolVectors::*> kVectors[] = {
    {"beginning", &PoolVectors::beginning_balance},   {"interest", &PoolVectors::gross_interest},
    {"servicing", &PoolVectors::servicing_fee},       {"master servicing", &PoolVectors::master_servicing_fee},
    {"trustee", &PoolVectors::trustee_fee},           {"premium", &PoolVectors::mi_premium},
    {"scheduled", &PoolVectors::scheduled_principal}, {"prepaid", &PoolVectors::prepaid_principal},
    {"ending", &PoolVectors::ending_balance}};

}  // namespace

RC_GTEST_PROP(Collateral, equals_a_walk_loan_by_loan_and_month_by_month, ()) {
  const Case given = any_case();
  const auto flows = collateral::project(small_pool::make(given.loans, kGroups, kIndices), given.scenario, given.indices,
                                         given.settings);
  std::vector<PoolVectors> expected(kGroups.size());
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    expected[g].resize(flows.total.periods());
    for (const Loan& loan : given.loans) {
      if (loan.group == static_cast<int>(g)) walk(loan, given, expected[g]);
    }
  }
  const double pool = any_pool::total_balance(given.loans);
  for (std::size_t g = 0; g < kGroups.size(); ++g) {
    for (const auto& [name, vector] : kVectors) {
      for (std::size_t t = 0; t < flows.total.periods(); ++t) {
        const double found = (flows.groups[g].*vector)[t], wanted = (expected[g].*vector)[t];
        // Relative to the number, and to the pool where cancellation leaves next to nothing.
        const double tolerance = 1e-10 * std::abs(wanted) + 1e-14 * pool;
        if (std::abs(found - wanted) > tolerance) {
          RC_LOG() << name << " of " << kGroups[g] << ", period " << t + 1 << ": " << found << " against " << wanted << '\n';
        }
        RC_ASSERT(std::abs(found - wanted) <= tolerance);
      }
    }
  }
}

RC_GTEST_PROP(Collateral, keeps_its_identities_and_pays_the_pool_out, ()) {
  const Case given = any_case();
  const auto flows = collateral::project(small_pool::make(given.loans, kGroups, kIndices), given.scenario, given.indices,
                                         given.settings);
  cashflow::check_identities(flows.total);
  const double pool = any_pool::total_balance(given.loans);
  double paid = 0;
  for (std::size_t t = 0; t < flows.total.periods(); ++t) {
    paid += flows.total.principal(t);
    RC_ASSERT(flows.total.scheduled_principal[t] >= -1e-9);
    RC_ASSERT(flows.total.prepaid_principal[t] >= -1e-9);
    for (const auto& [name, vector] : kVectors) {
      RC_ASSERT(std::abs((flows.groups[0].*vector)[t] + (flows.groups[1].*vector)[t] - (flows.total.*vector)[t]) <= 1e-9);
    }
  }
  RC_ASSERT(std::abs(paid - pool) <= 1e-12 * pool + 1e-9);
  RC_ASSERT(std::abs(flows.total.cut_off_balance - pool) <= 1e-12 * pool);
}
