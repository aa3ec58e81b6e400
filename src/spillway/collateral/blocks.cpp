#include "spillway/collateral/blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace spillway::collateral {

using kernels::BlockSegment;
using kernels::kBlockGroup;
using kernels::kSumLanes;
using pool::Pool;

namespace {

constexpr double per_month = 1.0 / 12.0;
constexpr double no_cap = std::numeric_limits<double>::infinity();
constexpr std::size_t kMostLoans = 4096;  // gathered at once

using Column = std::vector<double> Pool::*;
constexpr Column kFees[] = {&Pool::servicing_fee, &Pool::master_servicing_fee, &Pool::trustee_fee, &Pool::mi_premium};

// The sums of a cohort in lanes, and the columns of the loans at work.
class CohortRun {
 public:
  CohortRun(const Pool& pool, const std::vector<assumptions::AssumedTerms>& assumed, const SharedFees& fees,
            std::span<const CreditShape> shapes, CohortSums& sums)
      : pool_(pool), assumed_(assumed), fees_(fees), shapes_(shapes), sums_(sums),
        lanes_(sums.balance.size() * kSumLanes), balance_(lanes_), interest_(lanes_) {
    for (std::size_t f = 0; f < 4; ++f) {
      if (!fees_.shared[f]) fee_sums_[f].assign(lanes_, 0.0);
    }
    losses_.assign(shapes.size(), std::vector<double>(lanes_));
    claims_.assign(shapes.size(), std::vector<double>(lanes_));
  }

  void add(const BlockPart& part, const std::vector<BlockSegment>& segments) {
    const Block& block = *part.block;
    for (std::size_t at = part.begin; at < part.end; at += kMostLoans) {
      const std::size_t count = std::min(kMostLoans, part.end - at);
      gather(block, std::span(block.loans).subspan(at, count));
      project(block.key, segments);
      if (!shapes_.empty()) add_last(block.key, count);
    }
  }

  void finish() {
    add_up(balance_, sums_.balance);
    add_up(interest_, sums_.interest);
    std::vector<double>* by_fee[] = {&sums_.servicing, &sums_.master, &sums_.trustee, &sums_.premium};
    for (std::size_t f = 0; f < 4; ++f) {
      if (!fees_.shared[f]) add_up(fee_sums_[f], *by_fee[f]);
      for (std::size_t t = 0; fees_.shared[f] && t < sums_.balance.size(); ++t) {
        (*by_fee[f])[t] = sums_.balance[t] * per_month * fees_.rate[f];
      }
    }
    for (std::size_t s = 0; s < shapes_.size(); ++s) {
      if (!shapes_[s].fits_blocks()) continue;
      add_up(losses_[s], sums_.shapes[s].loss);
      add_up(claims_[s], sums_.shapes[s].claims);
    }
  }

 private:
  // The lanes of each month, in one order.
  static void add_up(const std::vector<double>& lanes, std::vector<double>& sums) {
    for (std::size_t t = 0; t < sums.size(); ++t) {
      const double* of = lanes.data() + t * kSumLanes;
      sums[t] += ((of[0] + of[4]) + (of[2] + of[6])) + ((of[1] + of[5]) + (of[3] + of[7]));
    }
  }

  void fill(std::vector<double>& to, Column from, std::span<const std::uint32_t> loans, double padding) {
    to.resize(size_);
    for (std::size_t i = 0; i < loans.size(); ++i) to[i] = (pool_.*from)[loans[i]];
    std::fill(to.begin() + static_cast<std::ptrdiff_t>(loans.size()), to.end(), padding);
  }

  void gather(const Block& block, std::span<const std::uint32_t> loans) {
    count_ = loans.size();
    size_ = (loans.size() + kBlockGroup - 1) / kBlockGroup * kBlockGroup;
    fill(columns_.balance, &Pool::balance, loans, 0.0);
    fill(columns_.rate, &Pool::gross_rate, loans, 0.05);
    if (const auto& given = assumed_[static_cast<std::size_t>(block.key.cohort.group)].gross_rate; given) {
      std::fill(columns_.rate.begin(), columns_.rate.end(), *given);
    }
    for (std::size_t f = 0; f < 4; ++f) {
      if (!fees_.shared[f] || !shapes_.empty()) fill(columns_.fees[f], kFees[f], loans, 0.0);
    }
    columns_.net.resize(shapes_.size());
    for (std::size_t s = 0; s < shapes_.size(); ++s) {
      if (shapes_[s].fits_blocks()) gather_coverage(shapes_[s], loans, columns_.net[s]);
    }
    if (block.key.index < 0) return;
    fill(columns_.margin, &Pool::margin, loans, 0.0);
    fill(columns_.first_cap, &Pool::first_cap, loans, no_cap);
    fill(columns_.periodic_cap, &Pool::periodic_cap, loans, no_cap);
    fill(columns_.max_rate, &Pool::max_rate, loans, no_cap);
    fill(columns_.min_rate, &Pool::min_rate, loans, 0.0);
    fill(columns_.rounding, &Pool::rounding, loans, 0.0);
    rounds_ = std::any_of(columns_.rounding.begin(), columns_.rounding.end(), [](double step) { return step > 0.0; });
    columns_.per_rounding.resize(size_);
    std::transform(columns_.rounding.begin(), columns_.rounding.end(), columns_.per_rounding.begin(), kernels::inverse_step);
  }

  // Coverage by loan; nothing where no loan has any.
  void gather_coverage(const CreditShape& shape, std::span<const std::uint32_t> loans, std::vector<double>& net) {
    net.assign(size_, 0.0);
    for (std::size_t i = 0; i < loans.size(); ++i) net[i] = coverage_of(pool_, loans[i], *shape.credit);
    if (std::all_of(net.begin(), net.end(), [](double part) { return part == 0.0; })) net.clear();
  }

  void project(const BlockKey& key, const std::vector<BlockSegment>& segments) {
    kernels::BlockLoans loans;
    loans.count = count_;
    loans.balance = columns_.balance.data();
    loans.rate = columns_.rate.data();
    loans.margin = columns_.margin.data();
    loans.first_cap = columns_.first_cap.data();
    loans.periodic_cap = columns_.periodic_cap.data();
    loans.max_rate = columns_.max_rate.data();
    loans.min_rate = columns_.min_rate.data();
    loans.rounding = rounds_ ? columns_.rounding.data() : nullptr;
    loans.per_rounding = columns_.per_rounding.data();
    kernels::BlockSums sums{balance_.data(), interest_.data(), {}};
    for (std::size_t f = 0; f < 4; ++f) {
      if (fees_.shared[f]) continue;
      loans.fees[f] = columns_.fees[f].data();
      sums.fees[f] = fee_sums_[f].data();
    }
    std::vector<kernels::BlockLosses> losses;
    std::vector<std::vector<double>> severities;
    severities.reserve(shapes_.size());
    for (std::size_t s = 0; s < shapes_.size(); ++s) {
      if (!shapes_[s].fits_blocks()) continue;
      severities.push_back(severities_by_default(shapes_[s], static_cast<std::size_t>(key.months)));
      const bool insured = !columns_.net[s].empty();
      losses.push_back({static_cast<std::size_t>(shapes_[s].lag), severities.back().data(),
                        insured ? columns_.net[s].data() : nullptr, losses_[s].data(), insured ? claims_[s].data() : nullptr});
    }
    last_.resize(size_);
    last_rate_.resize(size_);
    kernels::project_block(segments, static_cast<std::size_t>(key.months), static_cast<std::size_t>(key.amortization), loans,
                           sums, losses, last_.data(), last_rate_.data());
  }

  // The severity of the period in which what defaults in each month is liquidated.
  static std::vector<double> severities_by_default(const CreditShape& shape, std::size_t months) {
    std::vector<double> made;
    for (std::size_t k = 0; k < months; ++k) {
      made.push_back(severity_in(shape.severity, static_cast<int>(k) + shape.lag + 1));
    }
    return made;
  }

  void add_last(const BlockKey& key, std::size_t count) {
    const auto month = static_cast<std::size_t>(key.months);
    for (std::size_t i = 0; i < count; ++i) {
      const double monthly = last_[i] * per_month;
      sums_.last_balance[month] += last_[i];
      sums_.last_interest[month] += monthly * last_rate_[i];
      sums_.last_servicing[month] += monthly * columns_.fees[0][i];
      sums_.last_master[month] += monthly * columns_.fees[1][i];
      sums_.last_trustee[month] += monthly * columns_.fees[2][i];
    }
  }

  struct Columns {
    std::vector<double> balance, rate, margin, first_cap, periodic_cap, max_rate, min_rate, rounding, per_rounding, fees[4];
    std::vector<std::vector<double>> net;
  };

  const Pool& pool_;
  const std::vector<assumptions::AssumedTerms>& assumed_;
  const SharedFees& fees_;
  std::span<const CreditShape> shapes_;
  CohortSums& sums_;
  bool rounds_ = false;
  std::size_t lanes_, count_ = 0, size_ = 0;  // loans at work, and with padding
  std::vector<double> balance_, interest_, fee_sums_[4];
  std::vector<std::vector<double>> losses_, claims_;
  std::vector<double> last_, last_rate_;
  Columns columns_;
};

}  // namespace

std::vector<BlockSegment> segments_of(const BlockKey& key, const FixingTables& fixings) {
  using Kind = BlockSegment::Kind;
  const int first = key.cohort.first_period - 1, interest_only = std::min(key.interest_only, key.months);
  std::vector<BlockSegment> segments;
  int adjustment = key.months_to_roll;
  for (int t = 0; t < key.months;) {
    BlockSegment segment;
    const auto next_reset = [&] { return key.index < 0 ? key.months : adjustment + key.rate_change_lag; };
    // Adjustments of one month come one after the other: none is skipped.
    if (next_reset() == t) {
      segment.index = fixings.rates(key.index, key.lookback_days, adjustment);
      adjustment += key.reset_months;
    }
    int end = std::min(key.months, std::max(next_reset(), t));
    if (t < first) end = std::min(end, first);
    if (t < interest_only) end = std::min(end, interest_only);
    segment.kind = t < first ? Kind::waiting : t < interest_only ? Kind::interest_only : Kind::amortizing;
    segment.begin = static_cast<std::size_t>(t);
    segment.end = static_cast<std::size_t>(end);
    segments.push_back(segment);
    t = end;
  }
  return segments;
}

SharedFees shared_fees(const Pool& pool, std::span<const Block> blocks) {
  SharedFees made;
  for (std::size_t f = 0; f < 4; ++f) {
    const std::vector<double>& column = pool.*kFees[f];
    made.rate[f] = column[blocks.front().loans.front()];
    made.shared[f] = std::all_of(blocks.begin(), blocks.end(), [&](const Block& block) {
      return std::all_of(block.loans.begin(), block.loans.end(), [&](std::uint32_t loan) { return column[loan] == made.rate[f]; });
    });
  }
  return made;
}

std::vector<std::vector<BlockPart>> chunks_of(std::span<const Block> blocks) {
  std::vector<std::vector<BlockPart>> chunks(1);
  std::size_t room = kChunkLoans;
  for (const Block& block : blocks) {
    for (std::size_t at = 0; at < block.loans.size();) {
      if (room == 0) {
        chunks.emplace_back();
        room = kChunkLoans;
      }
      const std::size_t count = std::min(room, block.loans.size() - at);
      chunks.back().push_back({&block, at, at + count});
      at += count;
      room -= count;
    }
  }
  return chunks;
}

void sum_blocks(const Pool& pool, std::span<const BlockPart> parts, const std::vector<assumptions::AssumedTerms>& assumed,
                const FixingTables& fixings, const SharedFees& fees, std::span<const CreditShape> shapes, CohortSums& sums) {
  CohortRun run(pool, assumed, fees, shapes, sums);
  for (const BlockPart& part : parts) run.add(part, segments_of(part.block->key, fixings));
  run.finish();
}

}  // namespace spillway::collateral
