#include "spillway/collateral/cohort_plan.h"

#include <algorithm>
#include <map>

#include "spillway/pool/cohort_order.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;

// The blocks of a pool, by key; loans of a block in the order the pool is summed.
class Blocks {
 public:
  Block& with(const BlockKey& key) {
    const auto [entry, is_new] = places_.try_emplace(key, blocks_.size());
    if (is_new) blocks_.push_back({key, {}});
    return blocks_[entry->second];
  }

  std::vector<Block> take() {
    std::sort(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) { return a.key < b.key; });
    return std::move(blocks_);
  }

 private:
  std::map<BlockKey, std::size_t> places_;
  std::vector<Block> blocks_;
};

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
  waiting.resize(pool.groups.size());
  add_blocks();
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

// Months before a loan joins: its balance counts, and fees where the settings charge them; nothing else.
void CohortPlan::add_waiting(std::size_t loan, std::size_t months) {
  const double balance = pool.balance[loan], monthly = balance * per_month;
  const double amounts[] = {balance, monthly * pool.servicing_fee[loan], monthly * pool.master_servicing_fee[loan],
                            monthly * pool.trustee_fee[loan], monthly * pool.mi_premium[loan]};
  std::vector<long double>& sums = waiting[static_cast<std::size_t>(pool.group[loan])];
  if (sums.size() < 5 * months) sums.resize(5 * months, 0.0L);
  for (std::size_t t = 0; t < months; ++t) {
    for (std::size_t i = 0; i < (charges_before_joining(settings, t) ? 5u : 1u); ++i) sums[5 * t + i] += amounts[i];
  }
}

// Loans come in an order in which those of one calendar lie side by side: a key is made where it changes.
void CohortPlan::add_blocks() {
  Blocks made;
  Block* block = nullptr;
  std::size_t last = 0;
  for (const std::size_t loan : order) {
    const bool same_multiple = loan_multiple_ == nullptr || (*loan_multiple_)[loan] == (*loan_multiple_)[last];
    if (block == nullptr || !same_multiple || !same_calendar(pool, last, loan)) {
      const LoanTerms terms = terms_of(pool, loan, assumed);
      block = &made.with(block_key(pool, loan, terms, key_of(loan, terms)));
      maturity = std::max(maturity, terms.remaining_term);
    }
    block->loans.push_back(static_cast<std::uint32_t>(loan));
    last = loan;
    const int first = block->key.cohort.first_period;
    if (first > 1) add_waiting(loan, static_cast<std::size_t>(first - 1));
  }
  blocks = made.take();
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
