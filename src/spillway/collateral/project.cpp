#include "spillway/collateral/project.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "spillway/collateral/loan_rates.h"
#include "spillway/kernels/amortization.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

namespace {

using assumptions::AssumedTerms;
using assumptions::Scenario;
using pool::Pool;

// A loan's terms after the scenario's assumed ones have replaced the tape's.
struct LoanTerms {
  int remaining_term;
  int amortization_term;
  int age;
  double gross_rate;
};

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

// Survival and SMM by period of loans that share group, age and first paying period.
struct CohortSurvival {
  std::vector<double> survived;
  std::vector<double> smm;
};

class SurvivalTables {
 public:
  SurvivalTables(const Pool& pool, const Scenario& scenario, double speed, int periods)
      : speed_(speed), periods_(periods) {
    for (const std::string& group : pool.groups) {
      const auto found = scenario.prepayment.find(group);
      curves_.push_back(found == scenario.prepayment.end() ? assumptions::Prepayment{assumptions::Cpr{0.0}}
                                                           : found->second);
    }
  }

  const CohortSurvival& of(int group, int age, int first_period) {
    auto [entry, is_new] = tables_.try_emplace({group, age, first_period});
    if (is_new) fill(entry->second, curves_[static_cast<std::size_t>(group)], age, first_period);
    return entry->second;
  }

 private:
  void fill(CohortSurvival& cohort, const assumptions::Prepayment& curve, int age, int first_period) const {
    cohort.survived.resize(static_cast<std::size_t>(periods_));
    cohort.smm.resize(static_cast<std::size_t>(periods_));
    double survived = 1.0;
    for (int t = 1; t <= periods_; ++t) {
      const double smm = t < first_period ? 0.0 : assumptions::smm(curve, age + t, t, speed_);
      cohort.survived[static_cast<std::size_t>(t - 1)] = survived;
      cohort.smm[static_cast<std::size_t>(t - 1)] = smm;
      survived *= 1.0 - smm;
    }
  }

  double speed_;
  int periods_;
  std::vector<assumptions::Prepayment> curves_;
  std::map<std::tuple<int, int, int>, CohortSurvival> tables_;
};

// One loan's paths before survival, entry 0 = period 1.
struct PathBuffers {
  std::vector<double> opening, scheduled, rate;
  std::vector<RateSegment> segments;

  explicit PathBuffers(std::size_t periods) : opening(periods), scheduled(periods), rate(periods) {}
};

// Fills the paths of a loan: what its balance would be if no one prepaid.
void amortization_path(const Pool& pool, std::size_t loan, const LoanTerms& terms, const FixingTables& fixings,
                       PathBuffers& path) {
  rate_segments(pool, loan, terms.gross_rate, terms.remaining_term, fixings, path.segments);
  const int first = pool.first_period[loan];
  const int last_interest_only = std::min(pool.interest_only_months[loan] - terms.age, terms.remaining_term);
  double balance = pool.balance[loan];
  std::size_t segment = 0;
  for (int t = 1; t <= terms.remaining_term;) {
    while (segment + 1 < path.segments.size() && path.segments[segment + 1].first_period <= t) ++segment;
    int end = segment + 1 < path.segments.size() ? path.segments[segment + 1].first_period : terms.remaining_term + 1;
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
  const auto last = static_cast<std::size_t>(terms.remaining_term - 1);
  path.scheduled[last] = path.opening[last];  // maturity pays what is left, a balloon included
}

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
  const kernels::FeeRates fees{pool.servicing_fee[loan], pool.master_servicing_fee[loan], pool.trustee_fee[loan],
                               pool.mi_premium[loan]};
  kernels::accumulate({path.opening.data() + from, path.scheduled.data() + from, path.rate.data() + from},
                      {survival.survived.data() + from, survival.smm.data() + from}, fees, sums_from(sums, from),
                      static_cast<std::size_t>(terms.remaining_term) - from);
}

constexpr std::size_t kBlock = 256;  // loans summed apart, so that a large pool's sums keep their last cents

// Group sums built block by block. Blocks are added with compensation (Neumaier): a sum of a billion dollars over any
// number of loans is right to the last bit or two.
class BlockedSums {
 public:
  BlockedSums(const Pool& pool, std::size_t periods) : pool_(pool), periods_(periods) {
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
    return made;
  }

  const Pool& pool_;
  std::size_t periods_;
  std::vector<cashflow::PoolVectors> sums_, lost_, block_;
};

// A month's closing balance is the next month's opening one; nothing is left after the last maturity.
cashflow::CollateralCashFlows finish(std::vector<cashflow::PoolVectors> groups, std::size_t periods) {
  cashflow::CollateralCashFlows flows;
  flows.groups = std::move(groups);
  flows.total.name = "pool";
  flows.total.resize(periods);
  for (cashflow::PoolVectors& group : flows.groups) {
    for (std::size_t t = 0; t + 1 < group.periods(); ++t) group.ending_balance[t] = group.beginning_balance[t + 1];
    cashflow::check_identities(group);
    flows.total.add(group);
  }
  cashflow::check_identities(flows.total);
  return flows;
}

int last_maturity(const Pool& pool, const std::vector<AssumedTerms>& assumed) {
  int last = 0;
  for (std::size_t i = 0; i < pool.size(); ++i) last = std::max(last, terms_of(pool, i, assumed).remaining_term);
  return last;
}

}  // namespace

std::vector<cashflow::CollateralCashFlows> project_speeds(const Pool& pool, const Scenario& scenario,
                                                          std::span<const double> speeds,
                                                          const rates::IndexPaths& indices, const Settings& settings) {
  const std::vector<AssumedTerms> assumed = assumed_by_group(pool, scenario);
  const int periods = last_maturity(pool, assumed);
  const FixingTables fixings(pool, indices, periods);
  std::vector<SurvivalTables> survival;
  std::vector<BlockedSums> sums;
  for (double speed : speeds) {
    survival.emplace_back(pool, scenario, speed, periods);
    sums.emplace_back(pool, static_cast<std::size_t>(periods));
  }
  PathBuffers path(static_cast<std::size_t>(periods));
  for (std::size_t loan = 0; loan < pool.size(); ++loan) {
    const LoanTerms terms = terms_of(pool, loan, assumed);
    amortization_path(pool, loan, terms, fixings, path);
    for (std::size_t s = 0; s < speeds.size(); ++s) {
      accumulate_loan(pool, loan, terms, path, survival[s].of(pool.group[loan], terms.age, pool.first_period[loan]),
                      settings, sums[s].block(pool.group[loan]));
    }
    if ((loan + 1) % kBlock != 0 && loan + 1 != pool.size()) continue;
    for (BlockedSums& blocked : sums) blocked.end_block();
  }
  std::vector<cashflow::CollateralCashFlows> flows;
  for (BlockedSums& blocked : sums) flows.push_back(finish(blocked.take(), static_cast<std::size_t>(periods)));
  return flows;
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
