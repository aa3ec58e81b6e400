#include "spillway/collateral/cohort_sums.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "spillway/collateral/blocks.h"
#include "spillway/collateral/group_sums.h"
#include "spillway/pool/cohort_order.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::Scenario;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;

// One loan's sums in the making: its paths, and where they go.
class LoanSums {
 public:
  LoanSums(const PathBuffers& path, const kernels::FeeRates& fees, std::size_t from, std::size_t months)
      : path_(path), fees_(fees), from_(from), months_(months) {}

  // Interest of the month on what scheduled principal leaves.
  void add_interest_after(CohortSums& sums) const {
    for (std::size_t t = from_; t + 1 < months_; ++t) {
      sums.interest_after[t] += path_.opening[t + 1] * per_month * path_.rate[t];
    }
  }

  // Losses on what defaults in each month, at `severity` by month of the liquidation and `coverage` off it.
  void add_losses(const CreditShape& shape, const std::vector<double>& severity, double coverage, ShapeSums& sums) {
    const bool takes_interest = shape.reimbursement == assumptions::Reimbursement::from_recoveries && shape.advances_interest();
    if (takes_interest) interest_to_date(shape.advances_principal());
    for (std::size_t k = from_; k < months_; ++k) {
      const std::size_t end = k + static_cast<std::size_t>(shape.lag);
      const double at_default = path_.opening[k];
      const double left = shape.advances_principal() ? path_.opening[std::min(end, months_ - 1)] : at_default;
      const double gross = severity_in(severity, static_cast<int>(end) + 1), net = std::max(0.0, gross - coverage);
      double loss = std::min(net * at_default, left);
      if (takes_interest) {
        const double advanced = to_date_[std::min(end, months_)] - to_date_[k];
        loss = std::min(loss + advanced * (shape.advances_principal() ? 1.0 : at_default), left);
      }
      sums.loss[k] += loss;
      sums.claims[k] += (gross - net) * at_default;
    }
  }

  // Interest on a balance that stays as it was at default.
  void add_frozen_interest(int lag, ShapeSums& sums) const {
    const auto width = static_cast<std::size_t>(lag) + 1;
    for (std::size_t k = from_; k < months_; ++k) {
      const double monthly = path_.opening[k] * per_month;
      const std::size_t live = std::min(width, months_ - k);
      for (std::size_t d = 0; d < live; ++d) sums.interest[k * width + d] += monthly * path_.rate[k + d];
      for (std::size_t d = live; d < width; ++d) {
        const std::size_t at = k * width + d;
        sums.matured_interest[at] += monthly * path_.rate[months_ - 1];
        sums.matured_servicing[at] += monthly * fees_.servicing;
        sums.matured_master[at] += monthly * fees_.master_servicing;
        sums.matured_trustee[at] += monthly * fees_.trustee;
      }
    }
  }

 private:
  // Interest due before each month on the amortizing loan, or on $1 of it.
  void interest_to_date(bool amortizing) {
    to_date_.assign(months_ + 1, 0.0);
    for (std::size_t t = from_; t < months_; ++t) {
      to_date_[t + 1] = to_date_[t] + path_.rate[t] * per_month * (amortizing ? path_.opening[t] : 1.0);
    }
  }

  const PathBuffers& path_;
  const kernels::FeeRates& fees_;
  std::size_t from_, months_;
  std::vector<double> to_date_;
};

}  // namespace

CreditShape shape_of(const Credit& credit) {
  return {lag_of(credit), credit.advances, credit.reimbursement, credit.use_mortgage_insurance,
          credit.prepayment_interest.short_interest, credit.severity, &credit};
}

bool same_shape(const CreditShape& a, const CreditShape& b) {
  return a.lag == b.lag && a.advances == b.advances && a.reimbursement == b.reimbursement &&
         a.use_mortgage_insurance == b.use_mortgage_insurance && a.short_interest == b.short_interest &&
         a.severity == b.severity && a.credit->severities == b.credit->severities &&
         a.credit->loan_severity == b.credit->loan_severity &&
         std::equal(a.credit->loan_coverage.begin(), a.credit->loan_coverage.end(), b.credit->loan_coverage.begin(),
                    b.credit->loan_coverage.end(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

CohortPass::Sums::Sums(const Pool& pool, const Scenario& scenario, const rates::IndexPaths& indices,
                       const Settings& settings, std::span<const Credit* const> credits)
    : pool_(pool), scenario_(scenario), settings_(settings) {
  if (pool.order.size() != pool.size()) own_order_ = pool::cohort_order(pool);
  order_ = own_order_.empty() ? pool.order : own_order_;
  maturity_ = last_maturity(pool, assumed_by_group(pool, scenario));
  for (const std::string& group : pool.groups) {
    const auto curve = scenario.prepayment.find(group);
    last_age_.push_back(curve == scenario.prepayment.end() ? 0 : assumptions::last_changing_age(curve->second));
  }
  for (const Credit* credit : credits) {
    if (credit == nullptr || credit->is_idle()) continue;
    by_term_ = by_term_ || credit->stop_before_maturity;
    if (!credit->loan_multiple.empty()) loan_multiple_ = &credit->loan_multiple;
    for (std::size_t g = 0; g < pool.groups.size(); ++g) {
      const auto model = credit->defaults.find(pool.groups[g]);
      if (model != credit->defaults.end()) last_age_[g] = std::max(last_age_[g], assumptions::last_changing_age(model->second));
    }
    const CreditShape shape = shape_of(*credit);
    if (std::none_of(shapes_.begin(), shapes_.end(), [&](const auto& known) { return same_shape(known, shape); })) {
      shapes_.push_back(shape);
    }
  }
  waiting_.resize(pool_.groups.size());
  add_blocks(indices);
  const bool short_interest = std::any_of(shapes_.begin(), shapes_.end(), [](const CreditShape& s) { return s.short_interest; });
  const bool fit = std::all_of(shapes_.begin(), shapes_.end(), [](const CreditShape& shape) { return shape.fits_blocks(); });
  if (short_interest || !fit) add_loan_by_loan(indices);
}

CohortKey CohortPass::Sums::key_of(std::size_t loan, const LoanTerms& terms) const {
  CohortKey key;
  key.group = pool_.group[loan];
  key.age = std::min(terms.age, last_age_[static_cast<std::size_t>(key.group)]);
  key.first_period = std::min(pool_.first_period[loan], terms.remaining_term);
  key.term = by_term_ ? terms.remaining_term : 0;
  if (loan_multiple_ != nullptr) key.multiple = (*loan_multiple_)[loan];
  if (pool_.first_period[loan] > terms.remaining_term) key.multiple = 0.0;  // pays all at maturity without having joined
  return key;
}

CohortSums CohortPass::Sums::empty_sums(const CohortKey& key) const {
  const auto months = static_cast<std::size_t>(maturity_) + 1;
  CohortSums made;
  made.key = key;
  for (auto* sums : {&made.balance, &made.interest, &made.servicing, &made.master, &made.trustee, &made.premium}) {
    sums->assign(months, 0.0);
  }
  if (shapes_.empty()) return made;
  for (auto* sums : {&made.interest_after, &made.last_balance, &made.last_interest, &made.last_servicing, &made.last_master,
                     &made.last_trustee}) {
    sums->assign(months, 0.0);
  }
  for (const CreditShape& shape : shapes_) {
    ShapeSums& sums = made.shapes.emplace_back();
    sums.loss.assign(months, 0.0);
    sums.claims.assign(months, 0.0);
    if (shape.advances_principal()) continue;
    for (auto* by_month : {&sums.interest, &sums.matured_interest, &sums.matured_servicing, &sums.matured_master,
                           &sums.matured_trustee}) {
      by_month->assign(months * static_cast<std::size_t>(shape.lag + 1), 0.0);
    }
  }
  return made;
}

CohortSums& CohortPass::Sums::cohort_of(const CohortKey& key) {
  return *std::lower_bound(cohorts_.begin(), cohorts_.end(), key,
                           [](const CohortSums& cohort, const CohortKey& wanted) { return cohort.key < wanted; });
}

// Months before a loan joins: its balance counts, and fees where the settings charge them; nothing else.
void CohortPass::Sums::add_waiting(std::size_t loan, std::size_t months) {
  if (months == 0) return;
  const double balance = pool_.balance[loan], monthly = balance * per_month;
  const double amounts[] = {balance, monthly * pool_.servicing_fee[loan], monthly * pool_.master_servicing_fee[loan],
                            monthly * pool_.trustee_fee[loan], monthly * pool_.mi_premium[loan]};
  std::vector<long double>& sums = waiting_[static_cast<std::size_t>(pool_.group[loan])];
  if (sums.size() < 5 * months) sums.resize(5 * months, 0.0L);
  for (std::size_t t = 0; t < months; ++t) {
    for (std::size_t i = 0; i < (charges_before_joining(settings_, t) ? 5u : 1u); ++i) sums[5 * t + i] += amounts[i];
  }
}

// What needs each loan's own path: losses that depend on more than balances, and interest short by the month.
void CohortPass::Sums::add_loan_by_loan(const rates::IndexPaths& indices) {
  const auto assumed = assumed_by_group(pool_, scenario_);
  const FixingTables fixings(pool_, indices, maturity_);
  PathBuffers path(static_cast<std::size_t>(maturity_));
  for (const std::size_t loan : order_) {
    const LoanTerms terms = terms_of(pool_, loan, assumed);
    amortization_path(pool_, loan, terms, fixings, path);
    CohortSums& cohort = cohort_of(key_of(loan, terms));
    const kernels::FeeRates fees = fees_of(pool_, loan);
    LoanSums sums(path, fees, static_cast<std::size_t>(cohort.key.first_period - 1), static_cast<std::size_t>(terms.remaining_term));
    sums.add_interest_after(cohort);
    for (std::size_t s = 0; s < shapes_.size(); ++s) {
      const CreditShape& shape = shapes_[s];
      if (shape.fits_blocks()) continue;
      sums.add_losses(shape, severity_of(*shape.credit, loan), coverage_of(pool_, loan, *shape.credit), cohort.shapes[s]);
      if (!shape.advances_principal()) sums.add_frozen_interest(shape.lag, cohort.shapes[s]);
    }
  }
}

namespace {

// The blocks of a pool, by key; loans of a block in the order the pool is summed.
class Blocks {
 public:
  void add(const BlockKey& key, std::size_t loan) {
    if (last_ == nullptr || last_->key != key) {
      const auto [entry, is_new] = places_.try_emplace(key, blocks_.size());
      if (is_new) blocks_.push_back({key, {}});
      last_ = &blocks_[entry->second];
    }
    last_->loans.push_back(static_cast<std::uint32_t>(loan));
  }

  std::vector<Block> take() {
    std::sort(blocks_.begin(), blocks_.end(), [](const Block& a, const Block& b) { return a.key < b.key; });
    return std::move(blocks_);
  }

 private:
  std::map<BlockKey, std::size_t> places_;
  std::vector<Block> blocks_;
  Block* last_ = nullptr;
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

// Part of a cohort, summed by itself.
struct Chunk {
  std::size_t cohort;
  std::vector<BlockPart> parts;
  SharedFees fees;
  CohortSums sums;
};

double balance_of(const Pool& pool, std::span<const Block> blocks) {
  long double balance = 0.0L;
  for (const Block& block : blocks) {
    for (std::uint32_t loan : block.loans) balance += pool.balance[loan];
  }
  return static_cast<double>(balance);
}

}  // namespace

void CohortPass::Sums::add_blocks(const rates::IndexPaths& indices) {
  const auto assumed = assumed_by_group(pool_, scenario_);
  const FixingTables fixings(pool_, indices, maturity_);
  Blocks made;
  for (const std::size_t loan : order_) {
    const LoanTerms terms = terms_of(pool_, loan, assumed);
    const CohortKey key = key_of(loan, terms);
    made.add(block_key(pool_, loan, terms, key), loan);
    if (key.first_period > 1) add_waiting(loan, static_cast<std::size_t>(key.first_period - 1));
  }
  const std::vector<Block> blocks = made.take();
  std::vector<Chunk> chunks;
  for (std::size_t first = 0, end = 0; first < blocks.size(); first = end) {
    while (end < blocks.size() && blocks[end].key.cohort == blocks[first].key.cohort) ++end;
    const std::span<const Block> members(blocks.data() + first, end - first);
    const SharedFees fees = shared_fees(pool_, members);
    for (auto& parts : chunks_of(members)) {
      chunks.push_back({cohorts_.size(), std::move(parts), fees, {}});
    }
    cohorts_.push_back(empty_sums(blocks[first].key.cohort));
    cohorts_.back().cut_off_balance = balance_of(pool_, members);
  }
  std::vector<std::size_t> parts(cohorts_.size(), 0);
  for (const Chunk& chunk : chunks) ++parts[chunk.cohort];
  const auto sum = [&](std::size_t c) {
    Chunk& chunk = chunks[c];
    const bool whole = parts[chunk.cohort] == 1;
    if (!whole) chunk.sums = empty_sums(cohorts_[chunk.cohort].key);
    sum_blocks(pool_, chunk.parts, assumed, fixings, chunk.fees, shapes_, whole ? cohorts_[chunk.cohort] : chunk.sums);
  };
  if (settings_.for_each) settings_.for_each(chunks.size(), sum);
  else for (std::size_t c = 0; c < chunks.size(); ++c) sum(c);
  for (const Chunk& chunk : chunks) {
    if (parts[chunk.cohort] > 1) cohorts_[chunk.cohort].add(chunk.sums);
  }
}

CohortPass::CohortPass(const Pool& pool, const Scenario& scenario, const rates::IndexPaths& indices,
                       const Settings& settings, std::span<const Credit* const> credits)
    : sums_(std::make_unique<Sums>(pool, scenario, indices, settings, credits)) {}

CohortPass::~CohortPass() = default;
CohortPass::CohortPass(CohortPass&&) noexcept = default;

void CohortPass::add(const CohortPass& part) { sums_->add(*part.sums_); }

cashflow::CollateralCashFlows CohortPass::cash(double speed, const Credit* credit) const {
  return sums_->cash(speed, credit);
}

}  // namespace spillway::collateral
