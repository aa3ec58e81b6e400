#include "spillway/collateral/loan_by_loan.h"

#include <algorithm>

#include "spillway/collateral/group_sums.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/survival.h"
#include "spillway/kernels/amortization.h"
#include "spillway/kernels/credit.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

namespace {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

constexpr std::size_t kBlock = 256;  // loans summed apart, so that a large pool's sums keep their last cents

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

// One case of a pool, a loan at a time.
class LoanByLoan {
 public:
  LoanByLoan(const Pool& pool, const Scenario& scenario, const Case& given, const rates::IndexPaths& indices,
             const Settings& settings)
      : pool_(pool), settings_(settings), stated_(given.credit ? *given.credit : scenario.credit),
        credit_(stated_.is_idle() ? nullptr : &stated_), assumed_(assumed_by_group(pool, scenario)),
        maturity_(last_maturity(pool, assumed_)), periods_(periods_under(maturity_, credit_)), fixings_(pool, indices, maturity_),
        survival_(pool, scenario, given.speed, credit_), by_loan_(pool, stated_, periods_),
        path_(static_cast<std::size_t>(maturity_)) {}

  std::size_t periods() const { return periods_; }
  const Credit* credit() const { return credit_; }

  /// Adds a loan's months.
  void add(std::size_t loan, cashflow::PoolVectors& sums) {
    const LoanTerms terms = terms_of(pool_, loan, assumed_);
    const std::size_t months = std::min(periods_, static_cast<std::size_t>(terms.remaining_term));
    amortization_path(pool_, loan, terms, fixings_, path_, static_cast<int>(months));
    CohortKey key = cohort_of(pool_, loan, terms);
    if (!stated_.loan_multiple.empty()) key.multiple = stated_.loan_multiple[loan];
    if (pool_.first_period[loan] > terms.remaining_term) key.multiple = 0.0;  // pays all at maturity without having joined
    if (survival_.is_timed(key.group)) survival_.fill_timed(own_, key, severity_of(stated_, loan), terms, path_);
    else survival_.fill(own_, key, static_cast<int>(months));
    sums.cut_off_balance += pool_.balance[loan];
    const std::size_t from = std::min(months, static_cast<std::size_t>(key.first_period - 1));
    for (std::size_t t = 0; t < from; ++t) accumulate_waiting(pool_, loan, settings_, t, t, sums);
    if (credit_) {
      kernels::accumulate_credit({path_.opening.data(), path_.scheduled.data(), path_.rate.data()},
                                 {own_.survived.data(), own_.defaulted.data(), own_.prepaid.data()}, fees_of(pool_, loan),
                                 by_loan_.terms_of(loan), from, months, credit_sums(sums), scratch_);
    } else {
      kernels::accumulate({path_.opening.data() + from, path_.scheduled.data() + from, path_.rate.data() + from},
                          {own_.survived.data() + from, own_.smm.data() + from}, fees_of(pool_, loan), sums_from(sums, from),
                          months - from);
    }
  }

 private:
  const Pool& pool_;
  const Settings& settings_;
  const Credit& stated_;
  const Credit* credit_;
  std::vector<assumptions::AssumedTerms> assumed_;
  int maturity_;
  std::size_t periods_;
  FixingTables fixings_;
  Survival survival_;
  CreditByLoan by_loan_;
  PathBuffers path_;
  CohortSurvival own_;
  kernels::CreditScratch scratch_;
};

}  // namespace

kernels::PoolSums sums_from(cashflow::PoolVectors& v, std::size_t from) {
  return {v.beginning_balance.data() + from, v.gross_interest.data() + from,    v.servicing_fee.data() + from,
          v.master_servicing_fee.data() + from, v.trustee_fee.data() + from,    v.mi_premium.data() + from,
          v.scheduled_principal.data() + from,  v.prepaid_principal.data() + from};
}

void accumulate_waiting(const Pool& pool, std::size_t loan, const Settings& settings, std::size_t month, std::size_t at,
                        cashflow::PoolVectors& sums) {
  sums.beginning_balance[at] += pool.balance[loan];
  if (!charges_before_joining(settings, month)) return;
  const double monthly = pool.balance[loan] / 12.0;
  sums.servicing_fee[at] += monthly * pool.servicing_fee[loan];
  sums.master_servicing_fee[at] += monthly * pool.master_servicing_fee[loan];
  sums.trustee_fee[at] += monthly * pool.trustee_fee[loan];
  sums.mi_premium[at] += monthly * pool.mi_premium[loan];
}

CohortKey cohort_of(const Pool& pool, std::size_t loan, const LoanTerms& terms) {
  return {pool.group[loan], terms.age, std::min(pool.first_period[loan], terms.remaining_term), terms.remaining_term, 1.0};
}

void add_loan_by_loan(const Pool& pool, const Scenario& scenario, const Case& given, const rates::IndexPaths& indices,
                      const Settings& settings, GroupSums& groups) {
  LoanByLoan loans(pool, scenario, given, indices, settings);
  groups.widen(loans.periods());
  for (std::size_t loan = 0; loan < pool.size(); ++loan) {
    loans.add(loan, groups.block(pool.group[loan]));
    if ((loan + 1) % kBlock != 0 && loan + 1 != pool.size()) continue;
    for (std::size_t g = 0; g < pool.groups.size(); ++g) groups.end_block(static_cast<int>(g));
  }
}

cashflow::PoolVectors loans_in_period(const Pool& pool, const Scenario& scenario, const Case& given,
                                      const rates::IndexPaths& indices, const Settings& settings, std::size_t period) {
  if ((given.credit ? *given.credit : scenario.credit).is_idle()) {
    const LoanPeriod asked{given.speed, period};
    return std::move(loans_in_periods(pool, scenario, std::span(&asked, 1), indices, settings).front());
  }
  LoanByLoan loans(pool, scenario, given, indices, settings);
  result::require(period < loans.periods(), "loans are asked for beyond the last period");
  cashflow::PoolVectors one, all;
  one.has_credit = all.has_credit = true;
  all.resize(pool.size());
  one.resize(loans.periods());
  for (std::size_t loan = 0; loan < pool.size(); ++loan) {
    one.clear();
    loans.add(loan, one);
    close_group(one, loans.credit());
    all.copy_entry(loan, one, period);
  }
  return all;
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
