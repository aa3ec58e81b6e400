#include "spillway/collateral/cohort_plan.h"

#include <algorithm>

#include "spillway/pool/cohort_order.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;

// Brings stretches of an order into that of their keys, those of one key together; `moved` has the loans where this moves any.
std::vector<Block> in_order(std::vector<Block> stretches, std::vector<std::uint32_t>& moved) {
  const auto comes_before = [](const Block& a, const Block& b) { return a.key < b.key; };
  if (!std::is_sorted(stretches.begin(), stretches.end(), comes_before)) {
    std::stable_sort(stretches.begin(), stretches.end(), comes_before);
    std::size_t loans = 0;
    for (const Block& stretch : stretches) loans += stretch.loans.size();
    moved.reserve(loans);
    for (Block& stretch : stretches) {
      moved.insert(moved.end(), stretch.loans.begin(), stretch.loans.end());
      stretch.loans = std::span(moved).last(stretch.loans.size());
    }
  }
  std::vector<Block> made;
  for (const Block& stretch : stretches) {
    if (made.empty() || made.back().key != stretch.key) made.push_back(stretch);
    else made.back().loans = {made.back().loans.data(), made.back().loans.size() + stretch.loans.size()};  // they lie side by side
  }
  return made;
}

BlockKey block_key(const Pool& pool, std::size_t loan, const LoanTerms& terms, const CohortKey& cohort) {
  BlockKey key;
  key.cohort = cohort;
  key.months = terms.remaining_term;
  key.amortization = terms.amortization_term;
  key.interest_only = std::max(0, pool.interest_only_months[loan] - terms.age);
  key.index = pool.index[loan];
  if (key.index < 0) return key;
  key.months_to_roll = pool.months_to_roll[loan];
  key.reset_months = pool.reset_months[loan];
  key.rate_change_lag = pool.rate_change_lag[loan];
  key.lookback_days = pool.lookback_days[loan];
  return key;
}

// True if nothing that a block's key is made of tells the loans apart.
bool same_calendar(const Pool& pool, std::size_t a, std::size_t b) {
  using Column = std::vector<int> Pool::*;
  constexpr Column kAll[] = {&Pool::group, &Pool::remaining_term, &Pool::amortization_term, &Pool::age,
                             &Pool::first_period, &Pool::interest_only_months, &Pool::index};
  constexpr Column kAdjusting[] = {&Pool::months_to_roll, &Pool::reset_months, &Pool::rate_change_lag, &Pool::lookback_days};
  const auto same = [&](Column column) { return (pool.*column)[a] == (pool.*column)[b]; };
  return std::all_of(std::begin(kAll), std::end(kAll), same) &&
         (pool.index[a] < 0 || std::all_of(std::begin(kAdjusting), std::end(kAdjusting), same));
}

double balance_of(const Pool& pool, std::span<const Block> blocks) {
  long double balance = 0.0L;
  for (const Block& block : blocks) {
    for (std::uint32_t loan : block.loans) balance += pool.balance[loan];
  }
  return static_cast<double>(balance);
}

}  // namespace

CohortPlan::CohortPlan(const Pool& loans, const Scenario& assumes, const Settings& set, std::span<const Credit* const> credits)
    : pool(loans), scenario(assumes), settings(set), assumed(assumed_by_group(loans, assumes)) {
  if (pool.order.size() != pool.size()) own_order = pool::cohort_order(pool);
  order = own_order.empty() ? std::span<const std::uint32_t>(pool.order) : own_order;
  for (const std::string& group : pool.groups) {
    const auto curve = scenario.prepayment.find(group);
    last_age_.push_back(curve == scenario.prepayment.end() ? 0 : assumptions::last_changing_age(curve->second));
  }
  read_credits(credits);
  add_blocks();
  add_waiting();
  add_cohorts();
}

void CohortPlan::read_credits(std::span<const Credit* const> credits) {
  for (const Credit* credit : credits) {
    if (credit == nullptr || credit->is_idle()) continue;
    by_term_ = by_term_ || credit->stop_before_maturity;
    if (!credit->loan_multiple.empty()) loan_multiple_ = &credit->loan_multiple;
    for (std::size_t g = 0; g < pool.groups.size(); ++g) {
      const auto model = credit->defaults.find(pool.groups[g]);
      if (model != credit->defaults.end()) last_age_[g] = std::max(last_age_[g], assumptions::last_changing_age(model->second));
    }
    const CreditShape shape = shape_of(*credit);
    if (std::none_of(shapes.begin(), shapes.end(), [&](const auto& known) { return same_shape(known, shape); })) {
      shapes.push_back(shape);
    }
  }
}

CohortKey CohortPlan::key_of(std::size_t loan, const LoanTerms& terms) const {
  CohortKey key;
  key.group = pool.group[loan];
  key.age = std::min(terms.age, last_age_[static_cast<std::size_t>(key.group)]);
  key.first_period = std::min(pool.first_period[loan], terms.remaining_term);
  key.term = by_term_ ? terms.remaining_term : 0;
  if (loan_multiple_ != nullptr) key.multiple = (*loan_multiple_)[loan];
  if (pool.first_period[loan] > terms.remaining_term) key.multiple = 0.0;  // pays all at maturity without having joined
  return key;
}

std::size_t CohortPlan::position_of(const CohortKey& key) const {
  const auto found = std::lower_bound(cohorts.begin(), cohorts.end(), key,
                                      [](const PlannedCohort& cohort, const CohortKey& wanted) { return cohort.key < wanted; });
  return static_cast<std::size_t>(found - cohorts.begin());
}

// Loans come in an order in which those of one calendar lie side by side: a key is made where it changes.
void CohortPlan::add_blocks() {
  std::vector<Block> stretches;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const std::size_t loan = order[i], last = order[i > 0 ? i - 1 : 0];
    const bool same_multiple = loan_multiple_ == nullptr || (*loan_multiple_)[loan] == (*loan_multiple_)[last];
    if (i > 0 && same_multiple && same_calendar(pool, last, loan)) {
      Block& block = stretches.back();
      block.loans = {block.loans.data(), block.loans.size() + 1};
      continue;
    }
    const LoanTerms terms = terms_of(pool, loan, assumed);
    stretches.push_back({block_key(pool, loan, terms, key_of(loan, terms)), order.subspan(i, 1)});
    maturity = std::max(maturity, terms.remaining_term);
  }
  blocks = in_order(std::move(stretches), by_block_);
}

// Months before loans join: their balances count, and fees where the settings charge them; nothing else.
void CohortPlan::add_waiting() {
  waiting.resize(pool.groups.size());
  for (const Block& block : blocks) {
    const auto months = static_cast<std::size_t>(block.key.cohort.first_period - 1);
    if (months == 0) continue;
    long double amounts[5] = {};
    for (const std::uint32_t loan : block.loans) {
      const double balance = pool.balance[loan], monthly = balance * per_month;
      amounts[0] += balance;
      for (std::size_t f = 0; f < 4; ++f) amounts[1 + f] += monthly * (pool.*kFeeColumns[f])[loan];
    }
    std::vector<long double>& sums = waiting[static_cast<std::size_t>(block.key.cohort.group)];
    if (sums.size() < 5 * months) sums.resize(5 * months, 0.0L);
    for (std::size_t t = 0; t < months; ++t) {
      for (std::size_t i = 0; i < (charges_before_joining(settings, t) ? 5u : 1u); ++i) sums[5 * t + i] += amounts[i];
    }
  }
}

void CohortPlan::add_cohorts() {
  for (std::size_t first = 0, end = 0; first < blocks.size(); first = end) {
    PlannedCohort& cohort = cohorts.emplace_back();
    cohort.key = blocks[first].key.cohort;
    while (end < blocks.size() && blocks[end].key.cohort == cohort.key) {
      cohort.months = std::max(cohort.months, static_cast<std::size_t>(blocks[end].key.months));
      ++end;
    }
    cohort.first_block = first;
    cohort.end_block = end;
    cohort.fees = shared_fees(pool, blocks_of(cohort));
    cohort.cut_off_balance = balance_of(pool, blocks_of(cohort));
  }
}

}  // namespace spillway::collateral
