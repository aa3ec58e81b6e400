#include "spillway/strat/row_groups.h"

#include <algorithm>
#include <bit>

#include "spillway/strat/wide_registers.h"

namespace spillway::strat {

namespace {

// Appends rows to the numbers of combinations.
SPILLWAY_ALSO_AVX2
void combine(std::span<const std::uint32_t> rows, std::uint32_t count, std::uint32_t* __restrict combinations) {
  for (std::size_t i = 0; i < rows.size(); ++i) combinations[i] = combinations[i] * count + rows[i];
}

}  // namespace

// All sums first, then all stores: so they go into vector registers.
inline void RowGroup::Sums::add_loan(const double* facts, const double* its_bounds) {
  std::array<double, LoanFacts::always> sums;
  for (std::size_t s = 0; s < sums.size(); ++s) sums[s] = always[s] + facts[s];
  std::array<double, 2> widest;
  for (std::size_t b = 0; b < 2; ++b) widest[b] = its_bounds[b] > bounds[b] ? its_bounds[b] : bounds[b];
  always = sums;
  bounds = widest;
  ++count;
}

void RowGroup::Sums::add(const Sums& other) {
  for (std::size_t s = 0; s < always.size(); ++s) always[s] += other.always[s];
  for (std::size_t b = 0; b < bounds.size(); ++b) bounds[b] = std::max(bounds[b], other.bounds[b]);
  count += other.count;
}

// Many rows are likely to become more, so they are given room; few stay tight, for more tables to join.
std::size_t RowGroup::room_for(std::size_t rows) { return rows > most_combinations ? std::bit_ceil(rows) : rows; }

void RowGroup::join(TableRows& table) {
  const std::size_t rows = room_for(table.count);
  members_.push_back({.table = &table, .rows = rows, .sums = {}, .extras = {}});
  table.totals.resize(std::max(table.totals.size(), rows));
  combinations_ *= rows;
  with_months_to_roll_ |= table.with_months_to_roll;
  sums_.resize(combinations_ * 2);
  extras_.resize(combinations_);
}

bool RowGroup::fits() const {
  return std::all_of(members_.begin(), members_.end(), [](const Member& m) { return m.table->count <= m.rows; });
}

void RowGroup::add(const LoanFacts& facts, LoanBlock block, RowGroup& group) {
  group.prepare(facts, block);
  add_always(block.count, facts.of_loan(0), facts.bounds_of(0), group.target());
  group.finish(facts, block);
}

void RowGroup::add(const LoanFacts& facts, LoanBlock block, RowGroup& one, RowGroup& other) {
  one.prepare(facts, block);
  other.prepare(facts, block);
  add_always(block.count, facts.of_loan(0), facts.bounds_of(0), one.target(), other.target());
  one.finish(facts, block);
  other.finish(facts, block);
}

// Neighbours mostly fall in the same row: odd ones are added elsewhere than even ones, or each would wait for the one
// before.
inline RowGroup::Sums& RowGroup::Target::of_loan(std::size_t i) const { return (i % 2 == 0 ? even : odd)[places[i]]; }

SPILLWAY_ALSO_AVX2
void RowGroup::add_always(std::size_t loans, const double* facts, const double* bounds, Target one) {
  for (std::size_t i = 0; i < loans; ++i) {
    one.of_loan(i).add_loan(facts + i * LoanFacts::always, bounds + 2 * i);
  }
}

SPILLWAY_ALSO_AVX2
void RowGroup::add_always(std::size_t loans, const double* facts, const double* bounds, Target one, Target other) {
  for (std::size_t i = 0; i < loans; ++i) {
    one.of_loan(i).add_loan(facts + i * LoanFacts::always, bounds + 2 * i);
    other.of_loan(i).add_loan(facts + i * LoanFacts::always, bounds + 2 * i);
  }
}

void RowGroup::prepare(const LoanFacts& facts, LoanBlock block) {
  if (incomplete_ != facts.incomplete()) settle();
  incomplete_ = facts.incomplete();
  std::fill_n(places_.begin(), block.count, 0);
  for (const Member& member : members_) {
    combine({member.table->of_loan.data(), block.count}, static_cast<std::uint32_t>(member.rows), places_.data());
  }
}

void RowGroup::finish(const LoanFacts& facts, LoanBlock block) {
  for (std::size_t extra = 0; extra < incomplete_.size(); ++extra) {
    const auto which = static_cast<sum::Which>(LoanFacts::always + extra);
    const bool of_roll = which == sum::months_to_roll || which == sum::months_to_roll_weight;
    if (of_roll ? with_months_to_roll_ : incomplete_[extra]) add_extra(facts.extra(which), block, which);
  }
  if (combinations_ > block_size) {
    settle_block(block);
  } else if (++blocks_ == most_blocks) {
    settle();
  }
}

void RowGroup::add_extra(const NumberBlock& values, LoanBlock block, sum::Which which) {
  has_extras_ = true;
  for (std::size_t i = 0; i < block.count; ++i) extras_[places_[i]][which - LoanFacts::always] += values[i];
}

// More combinations than loans, as only a table by itself may have: only those of the block's own, at once.
void RowGroup::settle_block(LoanBlock block) {
  for (std::size_t i = 0; i < block.count; ++i) {
    const std::size_t row = places_[i];
    if (gather(row)) add_to(members_.front().table->totals[row], sums_[row], extras_[row]);
  }
}

void RowGroup::settle() {
  if (blocks_ == 0) return;
  blocks_ = 0;
  for (Member& member : members_) {
    member.sums.resize(member.rows);
    member.extras.resize(member.rows);
  }
  for (std::size_t combination = 0; combination < combinations_; ++combination) {
    if (gather(combination)) move_to_rows(combination);
  }
  for (Member& member : members_) {
    for (std::size_t row = 1; row < member.rows; ++row) {
      if (member.sums[row].count > 0) add_to(member.table->totals[row], member.sums[row], member.extras[row]);
    }
  }
  has_extras_ = false;
}

// Adds what a combination's odd loans gave to what the even ones gave; says whether there are any.
bool RowGroup::gather(std::size_t combination) {
  Sums& odd = sums_[combinations_ + combination];
  if (odd.count > 0) {
    sums_[combination].add(odd);
    odd = {};
  }
  return sums_[combination].count > 0;
}

void RowGroup::move_to_rows(std::size_t combination) {
  std::size_t rest = combination;
  for (std::size_t m = members_.size(); m-- > 0; rest /= members_[m].rows) {
    Member& member = members_[m];
    const std::size_t row = rest % member.rows;
    member.sums[row].add(sums_[combination]);
    if (!has_extras_) continue;
    for (std::size_t e = 0; e < member.extras[row].size(); ++e) member.extras[row][e] += extras_[combination][e];
  }
  sums_[combination] = {};
  if (has_extras_) extras_[combination] = {};
}

// Moves sums to a row's total. The weight of a fact that no loan lacks is the balance.
void RowGroup::add_to(RowTotal& total, Sums& sums, Extras& extras) const {
  std::array<double, sum::places> all{};
  std::copy(sums.always.begin(), sums.always.end(), all.begin());
  std::copy(extras.begin(), extras.end(), all.begin() + LoanFacts::always);
  for (std::size_t which = sum::gross_weight; which <= sum::ltv_weight; ++which) {
    if (!incomplete_[which - LoanFacts::always]) all[which] = sums.always[sum::balance];
  }
  total.sums.add(all);
  total.count += sums.count;
  total.lowest_gross = std::min(total.lowest_gross, -sums.bounds[0]);
  total.highest_gross = std::max(total.highest_gross, sums.bounds[1]);
  sums = {};
  extras = {};
}

void RowGroups::add(const LoanFacts& facts, LoanBlock block, std::span<TableRows> tables) {
  const bool fit = std::all_of(groups_.begin(), groups_.end(), [](const RowGroup& group) { return group.fits(); });
  if (groups_.empty() || !fit) regroup(tables);
  std::size_t g = 0;
  for (; g + 1 < groups_.size(); g += 2) RowGroup::add(facts, block, groups_[g], groups_[g + 1]);
  if (g < groups_.size()) RowGroup::add(facts, block, groups_[g]);
}

void RowGroups::settle() {
  for (RowGroup& group : groups_) group.settle();
}

// The tables with most rows first, each to the first group that has room.
void RowGroups::regroup(std::span<TableRows> tables) {
  settle();
  groups_.clear();
  std::vector<TableRows*> order;
  for (TableRows& table : tables) order.push_back(&table);
  std::stable_sort(order.begin(), order.end(), [](const TableRows* a, const TableRows* b) { return a->count > b->count; });
  for (TableRows* table : order) {
    const auto group = std::find_if(groups_.begin(), groups_.end(),
                                    [&](const RowGroup& some) { return some.has_room_for(*table); });
    if (group != groups_.end()) {
      group->join(*table);
    } else {
      groups_.emplace_back(*table);
    }
  }
}

}  // namespace spillway::strat
