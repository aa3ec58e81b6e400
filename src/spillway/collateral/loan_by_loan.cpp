#include "spillway/collateral/loan_by_loan.h"

#include <algorithm>

#include "spillway/collateral/group_sums.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/survival.h"
#include "spillway/kernels/amortization.h"
#include "spillway/kernels/credit.h"

namespace spillway::collateral {

namespace {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

constexpr std::size_t kBlock = 256;  // loans summed apart, so that a large pool's sums keep their last cents

kernels::PoolSums sums_from(cashflow::PoolVectors& v, std::size_t from) {
  return {v.beginning_balance.data() + from, v.gross_interest.data() + from,    v.servicing_fee.data() + from,
          v.master_servicing_fee.data() + from, v.trustee_fee.data() + from,    v.mi_premium.data() + from,
          v.scheduled_principal.data() + from,  v.prepaid_principal.data() + from};
}

// Months before a loan joins: its balance counts, and fees where the settings charge them; nothing else.
void accumulate_waiting(const Pool& pool, std::size_t loan, const Settings& settings, std::size_t months,
                        cashflow::PoolVectors& sums) {
  const double monthly = pool.balance[loan] / 12.0;
  for (std::size_t t = 0; t < months; ++t) {
    sums.beginning_balance[t] += pool.balance[loan];
    if (!charges_before_joining(settings, t)) continue;
    sums.servicing_fee[t] += monthly * pool.servicing_fee[loan];
    sums.master_servicing_fee[t] += monthly * pool.master_servicing_fee[loan];
    sums.trustee_fee[t] += monthly * pool.trustee_fee[loan];
    sums.mi_premium[t] += monthly * pool.mi_premium[loan];
  }
}

kernels::CreditSums credit_sums(cashflow::PoolVectors& v) {
  return {sums_from(v, 0), v.defaulted_balance.data(), v.advanced_principal.data(), v.advanced_interest.data(),
          v.recoveries.data(), v.realized_losses.data(), v.mi_claims.data(), v.uncollected_interest.data(),
          v.uncollected_fees.data(), v.prepayment_interest_shortfall.data(), v.foreclosure_balance.data(),
          v.reo_balance.data()};
}

// What a loan's defaults lead to, severities by period laid out in full.
class CreditByLoan {
 public:
  CreditByLoan(const Pool& pool, const Credit& credit, std::size_t periods) : pool_(pool), credit_(credit), periods_(periods) {
    lay_out_severities();
  }

  // Severities by period in full, so that the kernel reads them as they come.
  void lay_out_severities() {
    const auto in_full = [&](std::vector<double> by_period) {
      by_period.resize(periods_, by_period.empty() ? 0.0 : by_period.back());
      return by_period;
    };
    for (const auto& own : credit_.severities) severities_.push_back(in_full(own));
    severities_.push_back(in_full(credit_.severity));
  }

  kernels::CreditTerms terms_of(std::size_t loan) const {
    const int rule = credit_.loan_severity.empty() ? -1 : credit_.loan_severity[loan];
    kernels::CreditTerms terms;
    terms.lag = lag_of(credit_);
    terms.reo_months = std::min(credit_.reo_months, terms.lag);
    terms.advances_interest = credit_.advances != assumptions::Advances::none;
    terms.advances_principal = credit_.advances == assumptions::Advances::principal_and_interest;
    terms.interest_from_recoveries = credit_.reimbursement == assumptions::Reimbursement::from_recoveries;
    terms.severity = (rule < 0 ? severities_.back() : severities_[static_cast<std::size_t>(rule)]).data();
    terms.mi_coverage = coverage_of(pool_, loan, credit_);
    terms.short_interest = credit_.prepayment_interest.short_interest ? 1.0 - credit_.prepayment_interest.month_part : 0.0;
    return terms;
  }

 private:
  const Pool& pool_;
  const Credit& credit_;
  std::size_t periods_;
  std::vector<std::vector<double>> severities_;  // of the rules, then the scenario's
};

}  // namespace

void add_loan_by_loan(const Pool& pool, const Scenario& scenario, const Case& given, const rates::IndexPaths& indices,
                      const Settings& settings, GroupSums& groups) {
  const Credit& stated = given.credit ? *given.credit : scenario.credit;
  const Credit* credit = stated.is_idle() ? nullptr : &stated;
  const auto assumed = assumed_by_group(pool, scenario);
  const int maturity = last_maturity(pool, assumed);
  const std::size_t periods = periods_under(maturity, credit);
  const FixingTables fixings(pool, indices, maturity);
  Survival survival(pool, scenario, given.speed, credit);
  const CreditByLoan by_loan(pool, stated, periods);
  PathBuffers path(static_cast<std::size_t>(maturity));
  CohortSurvival own;
  kernels::CreditScratch scratch;
  groups.widen(periods);
  for (std::size_t loan = 0; loan < pool.size(); ++loan) {
    const LoanTerms terms = terms_of(pool, loan, assumed);
    amortization_path(pool, loan, terms, fixings, path);
    CohortKey key{pool.group[loan], terms.age, std::min(pool.first_period[loan], terms.remaining_term), terms.remaining_term, 1.0};
    if (!stated.loan_multiple.empty()) key.multiple = stated.loan_multiple[loan];
    if (pool.first_period[loan] > terms.remaining_term) key.multiple = 0.0;  // pays all at maturity without having joined
    if (survival.is_timed(key.group)) survival.fill_timed(own, key, severity_of(stated, loan), terms, path);
    else survival.fill(own, key, terms.remaining_term);
    cashflow::PoolVectors& sums = groups.block(key.group);
    sums.cut_off_balance += pool.balance[loan];
    const auto from = static_cast<std::size_t>(key.first_period - 1), months = static_cast<std::size_t>(terms.remaining_term);
    accumulate_waiting(pool, loan, settings, from, sums);
    if (credit) {
      kernels::accumulate_credit({path.opening.data(), path.scheduled.data(), path.rate.data()},
                                 {own.survived.data(), own.defaulted.data(), own.prepaid.data()}, fees_of(pool, loan),
                                 by_loan.terms_of(loan), from, months, credit_sums(sums), scratch);
    } else {
      kernels::accumulate({path.opening.data() + from, path.scheduled.data() + from, path.rate.data() + from},
                          {own.survived.data() + from, own.smm.data() + from}, fees_of(pool, loan), sums_from(sums, from),
                          months - from);
    }
    if ((loan + 1) % kBlock != 0 && loan + 1 != pool.size()) continue;
    for (std::size_t g = 0; g < pool.groups.size(); ++g) groups.end_block(static_cast<int>(g));
  }
}

cashflow::CollateralCashFlows project_loan_by_loan(const Pool& pool, const Scenario& scenario, const Case& given,
                                                   const rates::IndexPaths& indices, const Settings& settings) {
  const Credit& stated = given.credit ? *given.credit : scenario.credit;
  const Credit* credit = stated.is_idle() ? nullptr : &stated;
  GroupSums groups(pool, 0, credit != nullptr);
  add_loan_by_loan(pool, scenario, given, indices, settings, groups);
  return finish(std::move(groups), credit);
}

}  // namespace spillway::collateral
