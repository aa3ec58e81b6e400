#include "spillway/collateral/block_run.h"

#include <algorithm>
#include <limits>

#include "spillway/kernels/cohort.h"

namespace spillway::collateral {

using kernels::BlockSegment;
using kernels::kBlockGroup;
using kernels::kSumLanes;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;
constexpr double no_cap = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostLoans = 4096;  // laid out at once

// The severity of the period in which what defaults in each month is liquidated.
std::vector<double> severities_by_default(const CreditShape& shape, std::size_t months) {
  std::vector<double> made;
  for (std::size_t k = 0; k < months; ++k) made.push_back(severity_in(shape.severity, static_cast<int>(k) + shape.lag + 1));
  return made;
}

}  // namespace

BlockRun::BlockRun(const Pool& pool, const std::vector<assumptions::AssumedTerms>& assumed, std::span<const CreditShape> shapes)
    : pool_(pool), assumed_(assumed), shapes_(shapes), losses_(shapes.size()), claims_(shapes.size()), net_(shapes.size()) {}

void BlockRun::start(const SharedFees& fees, std::size_t months) {
  fees_ = &fees;
  months_ = months;
  const std::size_t lanes = months * kSumLanes;
  balance_.assign(lanes, 0.0);
  interest_.assign(lanes, 0.0);
  for (std::size_t f = 0; f < 4; ++f) {
    if (!fees.shared[f]) fee_sums_[f].assign(lanes, 0.0);
  }
  for (auto* by_shape : {&losses_, &claims_}) {
    for (std::vector<double>& sums : *by_shape) sums.assign(lanes, 0.0);
  }
  if (shapes_.empty()) return;
  for (std::vector<double>& sums : last_sums_) sums.assign(months + 1, 0.0);
}

void BlockRun::add(const BlockPart& part, std::span<const BlockSegment> segments, std::size_t path) {
  const Block& block = *part.block;
  const kernels::BlockMonths calendar{segments, path, static_cast<std::size_t>(block.key.months), static_cast<std::size_t>(block.key.amortization)};
  if (shapes_.empty() && part.end - part.begin <= kSumLanes) return add_small(block, block.loans.subspan(part.begin, part.end - part.begin), calendar);
  add_waiting();
  for (std::size_t at = part.begin; at < part.end; at += kMostLoans) {
    add_loans(block, block.loans.subspan(at, std::min(kMostLoans, part.end - at)), calendar);
  }
}

kernels::BlockSums BlockRun::sums() {
  kernels::BlockSums made{balance_.data(), interest_.data(), {}};
  for (std::size_t f = 0; f < 4; ++f) made.fees[f] = fees_->shared[f] ? nullptr : fee_sums_[f].data();
  return made;
}

// Loans of a few would each leave the machine waiting from month to month: two such blocks go together.
void BlockRun::add_small(const Block& block, std::span<const std::uint32_t> loans, const kernels::BlockMonths& calendar) {
  if (waiting_.is_there) {
    lay_out(block, loans, laid_out_);
    kernels::project_small_blocks({waiting_.calendar, waiting_.laid_out.loans}, {calendar, laid_out_.loans}, sums());
    waiting_.is_there = false;
    return;
  }
  lay_out(block, loans, waiting_.laid_out);
  waiting_.segments.assign(calendar.segments.begin(), calendar.segments.end());
  waiting_.calendar = calendar;
  waiting_.calendar.segments = waiting_.segments;
  waiting_.is_there = true;
}

void BlockRun::add_waiting() {
  if (waiting_.is_there) kernels::project_block(waiting_.calendar, waiting_.laid_out.loans, sums(), {}, nullptr, nullptr);
  waiting_.is_there = false;
}

void BlockRun::add_loans(const Block& block, std::span<const std::uint32_t> loans, const kernels::BlockMonths& calendar) {
  lay_out(block, loans, laid_out_);
  for (std::size_t s = 0; s < shapes_.size(); ++s) {
    if (shapes_[s].fits_blocks()) lay_out_coverage(shapes_[s], loans, net_[s]);
  }
  const std::vector<kernels::BlockLosses> losses = losses_of(block.key);
  if (!shapes_.empty()) {
    last_.resize(laid_out_.size);
    last_rate_.resize(laid_out_.size);
  }
  kernels::project_block(calendar, laid_out_.loans, sums(), losses, shapes_.empty() ? nullptr : last_.data(),
                         shapes_.empty() ? nullptr : last_rate_.data());
  if (!shapes_.empty()) add_last(block.key);
}

// The pool's own column where the loans lie side by side in it, with room for padding after them.
const double* BlockRun::column(const LaidOut& at, std::vector<double>& own, std::vector<double> Pool::*from,
                               std::span<const std::uint32_t> loans, double padding) const {
  const std::vector<double>& all = pool_.*from;
  if (at.in_place) return all.data() + loans.front();
  own.assign(at.size, padding);
  for (std::size_t i = 0; i < loans.size(); ++i) own[i] = all[loans[i]];
  return own.data();
}

void BlockRun::lay_out(const Block& block, std::span<const std::uint32_t> loans, LaidOut& made) {
  made.size = (loans.size() + kBlockGroup - 1) / kBlockGroup * kBlockGroup;
  made.in_place = loans.back() - loans.front() + 1 == loans.size() && loans.front() + made.size <= pool_.size() &&
                  std::is_sorted(loans.begin(), loans.end());
  const auto lay = [&](std::vector<double>& own, std::vector<double> Pool::*from, double padding) {
    return column(made, own, from, loans, padding);
  };
  kernels::BlockLoans& columns = made.loans = {};
  columns.count = loans.size();
  columns.balance = lay(made.balance, &Pool::balance, 0.0);
  if (const auto& given = assumed_[static_cast<std::size_t>(block.key.cohort.group)].gross_rate; given) {
    made.rate.assign(made.size, *given);
    columns.rate = made.rate.data();
  } else {
    columns.rate = lay(made.rate, &Pool::gross_rate, 0.05);
  }
  for (std::size_t f = 0; f < 4; ++f) {
    if (!fees_->shared[f] || !shapes_.empty()) made.fee_columns[f] = lay(made.fees[f], kFeeColumns[f], 0.0);
    columns.fees[f] = fees_->shared[f] ? nullptr : made.fee_columns[f];
  }
  if (block.key.index < 0) return;
  columns.margin = lay(made.margin, &Pool::margin, 0.0);
  columns.first_cap = lay(made.first_cap, &Pool::first_cap, no_cap);
  columns.periodic_cap = lay(made.periodic_cap, &Pool::periodic_cap, no_cap);
  columns.max_rate = lay(made.max_rate, &Pool::max_rate, no_cap);
  columns.min_rate = lay(made.min_rate, &Pool::min_rate, 0.0);
  columns.rounding = lay(made.rounding, &Pool::rounding, 0.0);
}

// Coverage by loan; nothing where no loan has any.
void BlockRun::lay_out_coverage(const CreditShape& shape, std::span<const std::uint32_t> loans, std::vector<double>& net) const {
  net.assign(laid_out_.size, 0.0);
  for (std::size_t i = 0; i < loans.size(); ++i) net[i] = coverage_of(pool_, loans[i], *shape.credit);
  if (std::all_of(net.begin(), net.end(), [](double part) { return part == 0.0; })) net.clear();
}

std::vector<kernels::BlockLosses> BlockRun::losses_of(const BlockKey& key) {
  std::vector<kernels::BlockLosses> losses;
  severities_.clear();
  severities_.reserve(shapes_.size());
  for (std::size_t s = 0; s < shapes_.size(); ++s) {
    if (!shapes_[s].fits_blocks()) continue;
    severities_.push_back(severities_by_default(shapes_[s], static_cast<std::size_t>(key.months)));
    const bool insured = !net_[s].empty();
    losses.push_back({static_cast<std::size_t>(shapes_[s].lag), severities_.back().data(), insured ? net_[s].data() : nullptr,
                      losses_[s].data(), insured ? claims_[s].data() : nullptr});
  }
  return losses;
}

void BlockRun::add_last(const BlockKey& key) {
  const auto month = static_cast<std::size_t>(key.months);
  for (std::size_t i = 0; i < laid_out_.loans.count; ++i) {
    const double monthly = last_[i] * per_month;
    last_sums_[0][month] += last_[i];
    last_sums_[1][month] += monthly * last_rate_[i];
    for (std::size_t f = 0; f < 3; ++f) last_sums_[2 + f][month] += monthly * laid_out_.fee_columns[f][i];
  }
}

void BlockRun::finish(CohortSums& sums) {
  add_waiting();
  kernels::add_lanes(balance_.data(), months_, sums.balance.data());
  kernels::add_lanes(interest_.data(), months_, sums.interest.data());
  std::vector<double>* by_fee[] = {&sums.servicing, &sums.master, &sums.trustee, &sums.premium};
  for (std::size_t f = 0; f < 4; ++f) {
    if (!fees_->shared[f]) kernels::add_lanes(fee_sums_[f].data(), months_, by_fee[f]->data());
    if (!fees_->shared[f] || fees_->rate[f] == 0.0) continue;
    for (std::size_t t = 0; t < months_; ++t) (*by_fee[f])[t] = sums.balance[t] * per_month * fees_->rate[f];
  }
  if (shapes_.empty()) return;
  for (std::size_t s = 0; s < shapes_.size(); ++s) {
    if (!shapes_[s].fits_blocks()) continue;
    kernels::add_lanes(losses_[s].data(), months_, sums.shapes[s].loss.data());
    kernels::add_lanes(claims_[s].data(), months_, sums.shapes[s].claims.data());
  }
  std::vector<double>* last[] = {&sums.last_balance, &sums.last_interest, &sums.last_servicing, &sums.last_master, &sums.last_trustee};
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t t = 0; t <= months_; ++t) (*last[i])[t] += last_sums_[i][t];
  }
}

}  // namespace spillway::collateral
