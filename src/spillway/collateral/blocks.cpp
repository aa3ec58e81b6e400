#include "spillway/collateral/blocks.h"

#include <algorithm>

namespace spillway::collateral {

using kernels::BlockSegment;
using pool::Pool;

void cut_months(const BlockKey& key, const FixingTables& fixings, std::vector<BlockSegment>& segments) {
  using Kind = BlockSegment::Kind;
  const int first = key.cohort.first_period - 1, interest_only = std::min(key.interest_only, key.months);
  const double* rates = key.index < 0 ? nullptr : fixings.rates(key.index, key.lookback_days, 0);
  segments.clear();
  segments.reserve(static_cast<std::size_t>(key.index < 0 ? 3 : 4 + key.months / key.reset_months));
  int adjustment = key.months_to_roll;
  for (int t = 0; t < key.months;) {
    BlockSegment segment;
    const auto next_reset = [&] { return key.index < 0 ? key.months : adjustment + key.rate_change_lag; };
    // Adjustments of one month come one after the other: none is skipped.
    if (next_reset() == t) {
      segment.index = rates + static_cast<std::size_t>(adjustment) * fixings.paths();
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
}

SharedFees shared_fees(const Pool& pool, std::span<const Block> blocks) {
  SharedFees made;
  for (std::size_t f = 0; f < 4; ++f) {
    const std::vector<double>& column = pool.*kFeeColumns[f];
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

}  // namespace spillway::collateral
