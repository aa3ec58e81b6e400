#include "spillway/collateral/loan_path.h"

#include <algorithm>
#include <span>

namespace spillway::collateral {

using assumptions::AssumedTerms;
using assumptions::Scenario;
using pool::Pool;

LoanTerms terms_of(const Pool& pool, std::size_t loan, const std::vector<AssumedTerms>& assumed) {
  const AssumedTerms& given = assumed[static_cast<std::size_t>(pool.group[loan])];
  LoanTerms terms{pool.remaining_term[loan], pool.amortization_term[loan], pool.age[loan], pool.gross_rate[loan]};
  if (given.remaining_term) {
    terms.amortization_term += *given.remaining_term - terms.remaining_term;  // a balloon keeps its distance
    terms.remaining_term = *given.remaining_term;
  }
  if (given.age) terms.age = *given.age;
  if (given.gross_rate) terms.gross_rate = *given.gross_rate;
  return terms;
}

std::vector<AssumedTerms> assumed_by_group(const Pool& pool, const Scenario& scenario) {
  std::vector<AssumedTerms> assumed;
  for (const std::string& group : pool.groups) {
    const auto found = scenario.assumed_terms.find(group);
    assumed.push_back(found == scenario.assumed_terms.end() ? AssumedTerms{} : found->second);
  }
  return assumed;
}

int last_maturity(const Pool& pool, const std::vector<AssumedTerms>& assumed) {
  int last = 0;
  for (std::size_t i = 0; i < pool.size(); ++i) last = std::max(last, terms_of(pool, i, assumed).remaining_term);
  return last;
}

void amortization_path(const Pool& pool, std::size_t loan, const LoanTerms& terms, const FixingTables& fixings,
                       PathBuffers& path, int months) {
  const int last_month = std::min(terms.remaining_term, months);
  rate_segments(pool, loan, terms.gross_rate, last_month, fixings, path.segments);
  const int first = pool.first_period[loan];
  const int last_interest_only = std::min(pool.interest_only_months[loan] - terms.age, terms.remaining_term);
  double balance = pool.balance[loan];
  std::size_t segment = 0;
  for (int t = 1; t <= last_month;) {
    while (segment + 1 < path.segments.size() && path.segments[segment + 1].first_period <= t) ++segment;
    int end = segment + 1 < path.segments.size() ? path.segments[segment + 1].first_period : last_month + 1;
    if (t < first) end = std::min(end, first);
    if (t <= last_interest_only) end = std::min(end, last_interest_only + 1);
    const double rate = path.segments[segment].rate;
    const auto from = static_cast<std::size_t>(t - 1);
    const auto count = static_cast<std::size_t>(end - t);
    std::fill_n(path.rate.begin() + t - 1, count, rate);
    const std::span opening{path.opening.data() + from, count};
    const std::span scheduled{path.scheduled.data() + from, count};
    if (t < first || t <= last_interest_only) {
      std::fill(opening.begin(), opening.end(), balance);
      std::fill(scheduled.begin(), scheduled.end(), 0.0);
    } else {
      const double monthly_rate = rate / 12.0;
      const double payment = kernels::level_payment(balance, monthly_rate, terms.amortization_term - t + 1);
      balance = kernels::amortize(balance, monthly_rate, payment, opening, scheduled);
    }
    t = end;
  }
  if (last_month < terms.remaining_term) return;
  const auto last = static_cast<std::size_t>(terms.remaining_term - 1);
  path.scheduled[last] = path.opening[last];  // maturity pays what is left, a balloon included
}

bool charges_before_joining(const Settings& settings, std::size_t month) {
  return settings.fees_before_joining == FeesBeforeJoining::always ||
         (settings.fees_before_joining == FeesBeforeJoining::first_period && month == 0);
}

kernels::FeeRates fees_of(const Pool& pool, std::size_t loan) {
  return {pool.servicing_fee[loan], pool.master_servicing_fee[loan], pool.trustee_fee[loan], pool.mi_premium[loan]};
}

}  // namespace spillway::collateral
