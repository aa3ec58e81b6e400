#include "spillway/collateral/project.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/collateral/group_credit.h"
#include "spillway/collateral/loan_path.h"
#include "spillway/collateral/survival.h"
#include "spillway/kernels/amortization.h"
#include "spillway/kernels/credit.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

namespace {

using assumptions::AssumedTerms;
using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

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
    const bool charged = settings.fees_before_joining == FeesBeforeJoining::always ||
                         (settings.fees_before_joining == FeesBeforeJoining::first_period && t == 0);
    if (!charged) continue;
    sums.servicing_fee[t] += monthly * pool.servicing_fee[loan];
    sums.master_servicing_fee[t] += monthly * pool.master_servicing_fee[loan];
    sums.trustee_fee[t] += monthly * pool.trustee_fee[loan];
    sums.mi_premium[t] += monthly * pool.mi_premium[loan];
  }
}

// Adds one loan's surviving cash to its group's sums.
void accumulate_loan(const Pool& pool, std::size_t loan, const LoanTerms& terms, const PathBuffers& path,
                     const CohortSurvival& survival, const Settings& settings, cashflow::PoolVectors& sums) {
  sums.cut_off_balance += pool.balance[loan];
  const auto from = static_cast<std::size_t>(std::min(pool.first_period[loan] - 1, terms.remaining_term - 1));
  accumulate_waiting(pool, loan, settings, from, sums);
  kernels::accumulate({path.opening.data() + from, path.scheduled.data() + from, path.rate.data() + from},
                      {survival.survived.data() + from, survival.smm.data() + from}, fees_of(pool, loan),
                      sums_from(sums, from), static_cast<std::size_t>(terms.remaining_term) - from);
}

constexpr std::size_t kBlock = 256;  // loans summed apart, so that a large pool's sums keep their last cents

// Group sums built block by block. Blocks are added with compensation (Neumaier): a sum of a billion dollars over any
// number of loans is right to the last bit or two.
class BlockedSums {
 public:
  BlockedSums(const Pool& pool, std::size_t periods, bool has_credit)
      : pool_(pool), periods_(periods), has_credit_(has_credit) {
    for (std::size_t g = 0; g < pool.groups.size(); ++g) {
      sums_.push_back(empty(g));
      lost_.push_back(empty(g));
      block_.push_back(empty(g));
    }
  }

  cashflow::PoolVectors& block(int group) { return block_[static_cast<std::size_t>(group)]; }

  void end_block() {
    for (std::size_t g = 0; g < block_.size(); ++g) {
      sums_[g].cut_off_balance += block_[g].cut_off_balance;
      cashflow::add_compensated(block_[g], sums_[g], lost_[g]);
      block_[g].clear();
    }
  }

  std::vector<cashflow::PoolVectors> take() {
    for (std::size_t g = 0; g < sums_.size(); ++g) sums_[g].add(lost_[g]);
    return std::move(sums_);
  }

 private:
  cashflow::PoolVectors empty(std::size_t group) const {
    cashflow::PoolVectors made;
    made.name = pool_.groups[group];
    made.resize(periods_);
    made.has_credit = has_credit_;
    return made;
  }

  const Pool& pool_;
  std::size_t periods_;
  bool has_credit_;
  std::vector<cashflow::PoolVectors> sums_, lost_, block_;
};

kernels::CreditSums credit_sums(cashflow::PoolVectors& v) {
  return {sums_from(v, 0), v.defaulted_balance.data(), v.advanced_principal.data(), v.advanced_interest.data(),
          v.recoveries.data(), v.realized_losses.data(), v.mi_claims.data(), v.uncollected_interest.data(),
          v.uncollected_fees.data(), v.prepayment_interest_shortfall.data(), v.foreclosure_balance.data(),
          v.reo_balance.data()};
}

// One run of the pass: its survival, its sums, and what it assumes of credit.
class CaseRun {
 public:
  CaseRun(const Pool& pool, const Scenario& scenario, const Case& given, int maturity)
      : pool_(pool), credit_(given.credit ? *given.credit : scenario.credit), active_(!credit_.is_idle()),
        lag_(active_ && credit_.defaults_at_all() ? credit_.recovery_lag : 0),
        periods_(static_cast<std::size_t>(maturity + lag_ + (active_ ? subsequent_lag() : 0))),
        survival_(pool, scenario, given.speed, active_ ? &credit_ : nullptr, maturity),
        sums_(pool, periods_, active_) {
    if (active_) lay_out_severities();
  }

  void add(std::size_t loan, const LoanTerms& terms, const PathBuffers& path, const Settings& settings) {
    const CohortSurvival& survival = survival_.of(pool_, loan, terms, path);
    cashflow::PoolVectors& sums = sums_.block(pool_.group[loan]);
    if (active_) add_with_credit(loan, terms, path, survival, settings, sums);
    else accumulate_loan(pool_, loan, terms, path, survival, settings, sums);
  }

  void end_block() { sums_.end_block(); }

  cashflow::CollateralCashFlows finish();

 private:
  int subsequent_lag() const { return credit_.subsequent.part > 0.0 && credit_.defaults_at_all() ? credit_.subsequent.lag : 0; }

  // Severities by period in full, so that the kernel reads them as they come.
  void lay_out_severities() {
    const auto in_full = [&](std::vector<double> by_period) {
      by_period.resize(periods_, by_period.empty() ? 0.0 : by_period.back());
      return by_period;
    };
    for (const auto& own : credit_.severities) severities_.push_back(in_full(own));
    severities_.push_back(in_full(credit_.severity));
  }

  kernels::CreditTerms terms_of_credit(std::size_t loan) const {
    const int rule = credit_.loan_severity.empty() ? -1 : credit_.loan_severity[loan];
    const double own = credit_.loan_coverage.empty() ? std::numeric_limits<double>::quiet_NaN() : credit_.loan_coverage[loan];
    const double tape = pool_.mi_coverage.empty() ? 0.0 : pool_.mi_coverage[loan];
    kernels::CreditTerms terms;
    terms.lag = lag_;
    terms.reo_months = std::min(credit_.reo_months, lag_);
    terms.advances_interest = credit_.advances != assumptions::Advances::none;
    terms.advances_principal = credit_.advances == assumptions::Advances::principal_and_interest;
    terms.interest_from_recoveries = credit_.reimbursement == assumptions::Reimbursement::from_recoveries;
    terms.severity = (rule < 0 ? severities_.back() : severities_[static_cast<std::size_t>(rule)]).data();
    terms.mi_coverage = !credit_.use_mortgage_insurance ? 0.0 : std::isnan(own) ? tape : own;
    terms.short_interest = credit_.prepayment_interest.short_interest ? 1.0 - credit_.prepayment_interest.month_part : 0.0;
    return terms;
  }

  void add_with_credit(std::size_t loan, const LoanTerms& terms, const PathBuffers& path, const CohortSurvival& survival,
                       const Settings& settings, cashflow::PoolVectors& sums) {
    sums.cut_off_balance += pool_.balance[loan];
    const auto from = static_cast<std::size_t>(std::min(pool_.first_period[loan] - 1, terms.remaining_term - 1));
    accumulate_waiting(pool_, loan, settings, from, sums);
    kernels::accumulate_credit({path.opening.data(), path.scheduled.data(), path.rate.data()},
                               {survival.survived.data(), survival.defaulted.data(), survival.prepaid.data()},
                               fees_of(pool_, loan), terms_of_credit(loan), from,
                               static_cast<std::size_t>(terms.remaining_term), credit_sums(sums), scratch_);
  }

  const Pool& pool_;
  const Credit& credit_;
  bool active_;
  int lag_;  // from default to liquidation; 0 where nothing defaults
  std::size_t periods_;
  SurvivalTables survival_;
  BlockedSums sums_;
  std::vector<std::vector<double>> severities_;  // of the rules, then the scenario's
  kernels::CreditScratch scratch_;
};

// A month's closing balance is the next month's opening one; nothing is left after the last maturity.
cashflow::CollateralCashFlows CaseRun::finish() {
  cashflow::CollateralCashFlows flows;
  flows.groups = sums_.take();
  flows.total.name = "pool";
  flows.total.resize(periods_);
  for (cashflow::PoolVectors& group : flows.groups) {
    for (std::size_t t = 0; t + 1 < group.periods(); ++t) group.ending_balance[t] = group.beginning_balance[t + 1];
    if (active_) {
      add_subsequent_recoveries(credit_.subsequent, group);
      settle_prepayment_interest(credit_.prepayment_interest, group);
      if (credit_.delinquency) delay_payments(*credit_.delinquency, credit_.advances, group);
    }
    cashflow::check_identities(group);
    flows.total.add(group);
  }
  cashflow::check_identities(flows.total);
  return flows;
}

}  // namespace

std::vector<cashflow::CollateralCashFlows> project_cases(const Pool& pool, const Scenario& scenario,
                                                         std::span<const Case> cases, const rates::IndexPaths& indices,
                                                         const Settings& settings) {
  const std::vector<AssumedTerms> assumed = assumed_by_group(pool, scenario);
  const int maturity = last_maturity(pool, assumed);
  const FixingTables fixings(pool, indices, maturity);
  std::vector<CaseRun> runs;
  runs.reserve(cases.size());
  for (const Case& given : cases) runs.emplace_back(pool, scenario, given, maturity);
  PathBuffers path(static_cast<std::size_t>(maturity));
  for (std::size_t loan = 0; loan < pool.size(); ++loan) {
    const LoanTerms terms = terms_of(pool, loan, assumed);
    amortization_path(pool, loan, terms, fixings, path);
    for (CaseRun& run : runs) run.add(loan, terms, path, settings);
    if ((loan + 1) % kBlock != 0 && loan + 1 != pool.size()) continue;
    for (CaseRun& run : runs) run.end_block();
  }
  std::vector<cashflow::CollateralCashFlows> flows;
  for (CaseRun& run : runs) flows.push_back(run.finish());
  return flows;
}

std::vector<cashflow::CollateralCashFlows> project_speeds(const Pool& pool, const Scenario& scenario,
                                                          std::span<const double> speeds,
                                                          const rates::IndexPaths& indices, const Settings& settings) {
  std::vector<Case> cases;
  for (double speed : speeds) cases.push_back({speed, nullptr});
  return project_cases(pool, scenario, cases, indices, settings);
}

cashflow::CollateralCashFlows project(const Pool& pool, const Scenario& scenario, const rates::IndexPaths& indices,
                                      const Settings& settings) {
  const double speed[] = {scenario.speed};
  return std::move(project_speeds(pool, scenario, speed, indices, settings).front());
}

std::vector<double> rate_path(const Pool& pool, std::size_t loan, const Scenario& scenario,
                              const rates::IndexPaths& indices) {
  const LoanTerms terms = terms_of(pool, loan, assumed_by_group(pool, scenario));
  const FixingTables fixings(pool, indices, terms.remaining_term);
  std::vector<RateSegment> segments;
  rate_segments(pool, loan, terms.gross_rate, terms.remaining_term, fixings, segments);
  std::vector<double> rates(static_cast<std::size_t>(terms.remaining_term));
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const int end = s + 1 < segments.size() ? segments[s + 1].first_period : terms.remaining_term + 1;
    for (int t = segments[s].first_period; t < end; ++t) rates[static_cast<std::size_t>(t - 1)] = segments[s].rate;
  }
  return rates;
}

}  // namespace spillway::collateral
