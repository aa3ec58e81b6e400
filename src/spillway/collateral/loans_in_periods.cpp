// What each loan comes to in single periods, without credit assumptions: a month's opening balance then says all of the month.

#include <map>

#include "spillway/collateral/loan_by_loan.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

namespace {

using pool::Pool;

constexpr std::size_t kLoans = 512;  // taken at a time

// One speed and period, for some of the loans.
class PeriodOfLoans {
 public:
  PeriodOfLoans(const Pool& pool, const assumptions::Scenario& scenario, const LoanPeriod& asked, cashflow::PoolVectors& all)
      : pool_(pool), survival_(pool, scenario, asked.speed, nullptr), period_(asked.period), all_(all) {}

  /// Months of a loan's path that are needed: one more than the period, for its closing balance.
  std::size_t months(const LoanTerms& terms) const {
    const auto term = static_cast<std::size_t>(terms.remaining_term);
    return period_ < term ? std::min(period_ + 2, term) : 0;
  }

  void add(std::size_t loan, const LoanTerms& terms, const PathBuffers& path, const Settings& settings) {
    const std::size_t last = months(terms);
    if (period_ >= last) return;
    const CohortKey key = cohort_of(pool_, loan, terms);
    const std::size_t from = std::min(last, static_cast<std::size_t>(key.first_period - 1));
    const CohortSurvival& own = cohort(key);
    if (period_ < from) {
      accumulate_waiting(pool_, loan, settings, period_, loan, all_);
    } else {
      kernels::accumulate({path.opening.data() + period_, path.scheduled.data() + period_, path.rate.data() + period_},
                          {own.survived.data() + period_, own.smm.data() + period_}, fees_of(pool_, loan), sums_from(all_, loan), 1);
    }
    if (period_ + 1 == last) return;
    all_.ending_balance[loan] = period_ + 1 < from ? pool_.balance[loan] : own.survived[period_ + 1] * path.opening[period_ + 1];
  }

 private:
  // Without defaults a cohort survives alike whatever its term.
  const CohortSurvival& cohort(CohortKey key) {
    key.term = 0;
    const auto [known, is_new] = cohorts_.try_emplace(key);
    if (is_new) survival_.fill(known->second, key, static_cast<int>(period_) + 2);
    return known->second;
  }

  const Pool& pool_;
  Survival survival_;
  std::size_t period_;
  cashflow::PoolVectors& all_;
  std::map<CohortKey, CohortSurvival> cohorts_;
};

}  // namespace

std::vector<cashflow::PoolVectors> loans_in_periods(const Pool& pool, const assumptions::Scenario& scenario, std::span<const LoanPeriod> asked,
                                                    const rates::IndexPaths& indices, const Settings& settings) {
  const auto assumed = assumed_by_group(pool, scenario);
  const int maturity = last_maturity(pool, assumed);
  const FixingTables fixings(pool, indices, maturity);
  std::vector<cashflow::PoolVectors> all(asked.size());
  for (std::size_t a = 0; a < asked.size(); ++a) {
    result::require(asked[a].period < static_cast<std::size_t>(maturity), "loans are asked for beyond the last period");
    all[a].resize(pool.size());
  }
  const auto some = [&](std::size_t part) {
    PathBuffers path(static_cast<std::size_t>(maturity));
    std::vector<PeriodOfLoans> periods;
    for (std::size_t a = 0; a < asked.size(); ++a) periods.emplace_back(pool, scenario, asked[a], all[a]);
    for (std::size_t loan = part * kLoans; loan < std::min(pool.size(), (part + 1) * kLoans); ++loan) {
      const LoanTerms terms = terms_of(pool, loan, assumed);
      std::size_t months = 0;
      for (const PeriodOfLoans& period : periods) months = std::max(months, period.months(terms));
      amortization_path(pool, loan, terms, fixings, path, static_cast<int>(months));
      for (PeriodOfLoans& period : periods) period.add(loan, terms, path, settings);
    }
  };
  const std::size_t parts = (pool.size() + kLoans - 1) / kLoans;
  if (settings.for_each) settings.for_each(parts, some);
  else for (std::size_t part = 0; part < parts; ++part) some(part);
  return all;
}

}  // namespace spillway::collateral
