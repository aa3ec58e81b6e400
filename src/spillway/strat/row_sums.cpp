#include "spillway/strat/row_sums.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "spillway/strat/wide_registers.h"

namespace spillway::strat {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Fact {
  sum::Which product, weight;
};
constexpr Fact usually_complete[] = {
    {sum::gross, sum::gross_weight}, {sum::net, sum::net_weight}, {sum::term, sum::term_weight}, {sum::age, sum::age_weight}, {sum::ltv, sum::ltv_weight}};

}  // namespace

void RowTotal::add(const RowTotal& other) {
  sums.add(other.sums);
  count += other.count;
  lowest_gross = std::min(lowest_gross, other.lowest_gross);
  highest_gross = std::max(highest_gross, other.highest_gross);
}

double RowTotal::dollars() const {
  constexpr double parts = 1e4, largest = 1e11;  // beyond, a double has no such digits
  const double exact = sum(sum::balance);
  return std::fabs(exact) < largest ? std::round(exact * parts) / parts : exact;
}

LoanFacts::LoanFacts(const pool::LoanTape& tape)
    : tape_(&tape), gross_(tape, "gross_rate"), net_(tape, "net_rate"), term_(tape, "remaining_term"),
      age_(tape, "age"), ltv_(tape, "orig_ltv"), fico_(tape, "fico"), months_to_roll_(tape, "months_to_roll"),
      facts_(block_size * always), bounds_(block_size * 2) {}

void LoanFacts::read(LoanBlock block) {
  const NumberColumn* columns[] = {&gross_, &net_, &term_, &age_, &ltv_, &fico_};
  constexpr std::size_t count = std::size(usually_complete) + 1;
  const double* values[count];
  for (std::size_t c = 0; c < count; ++c) values[c] = columns[c]->values(block, buffers_[c]);
  const double* balances = tape_->current_balance.data() + block.first;
  bool lacks[count] = {};
  for (std::size_t i = 0; i < block.count; ++i) {
    double* facts = &facts_[i * always];
    facts[sum::balance] = balances[i];
    for (std::size_t c = 0; c < count; ++c) {
      const double value = values[c][i];
      const bool is_unknown = std::isnan(value);
      facts[sum::gross + c] = is_unknown ? 0.0 : balances[i] * value;
      lacks[c] |= is_unknown;
    }
    facts[sum::fico_weight] = std::isnan(values[count - 1][i]) ? 0.0 : balances[i];
    const double rate = values[0][i];
    bounds_[2 * i] = std::isnan(rate) ? -infinity : -rate;
    bounds_[2 * i + 1] = std::isnan(rate) ? -infinity : rate;
  }
  for (std::size_t c = 0; c < std::size(usually_complete); ++c) {
    const sum::Which weight = usually_complete[c].weight;
    incomplete_[weight - always] = lacks[c];
    if (lacks[c]) weigh(values[c], block, extra_[weight - always]);
  }
}

void LoanFacts::read_months_to_roll(LoanBlock block) {
  NumberBlock& weights = extra_[sum::months_to_roll_weight - always];
  NumberBlock& products = extra_[sum::months_to_roll - always];
  const double* months = months_to_roll_.values(block, buffers_[0]);
  weigh(months, block, weights);
  for (std::size_t i = 0; i < block.count; ++i) products[i] = std::isnan(months[i]) ? 0.0 : weights[i] * months[i];
}

// A loan's balance, none where the fact is unknown.
void LoanFacts::weigh(const double* values, LoanBlock block, NumberBlock& weights) const {
  const double* balances = tape_->current_balance.data() + block.first;
  for (std::size_t i = 0; i < block.count; ++i) weights[i] = std::isnan(values[i]) ? 0.0 : balances[i];
}

void RowSums::add(const LoanFacts& facts, LoanBlock block, const RowBlock& rows, std::size_t row_count) {
  totals_.resize(std::max(totals_.size(), row_count));
  block_.resize(totals_.size() * copies);
  add_always({rows.data(), block.count}, facts.of_loan(0), facts.bounds_of(0), block_.data());
  for (const Fact& fact : usually_complete) {
    if (facts.is_incomplete(fact.weight)) add_extra(facts.extra(fact.weight), block, rows, fact.weight);
  }
  if (with_months_to_roll_) {
    for (const sum::Which extra : {sum::months_to_roll, sum::months_to_roll_weight}) add_extra(facts.extra(extra), block, rows, extra);
  }
  if (row_count <= block.count) {
    for (std::size_t row = 1; row < row_count; ++row) settle(facts, row);
  } else {  // more rows than loans: only those of the block's own
    for (std::size_t i = 0; i < block.count; ++i) settle(facts, rows[i]);
  }
}

// Neighbours mostly fall in the same row: they add to different copies of it, or each would wait for the one before.
SPILLWAY_ALSO_AVX2
void RowSums::add_always(std::span<const std::uint32_t> rows, const double* __restrict facts,
                         const double* __restrict bounds, BlockSums* __restrict sums) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    BlockSums& row = sums[rows[i] * copies + i % copies];
    for (std::size_t s = 0; s < LoanFacts::always; ++s) row.sums[s] += facts[i * LoanFacts::always + s];
    for (std::size_t b = 0; b < 2; ++b) {
      const double bound = bounds[2 * i + b];
      row.bounds[b] = bound > row.bounds[b] ? bound : row.bounds[b];
    }
    ++row.count;
  }
}

void RowSums::add_extra(const NumberBlock& values, LoanBlock block, const RowBlock& rows, sum::Which which) {
  for (std::size_t i = 0; i < block.count; ++i) block_[rows[i] * copies + i % copies].sums[which] += values[i];
}

// Moves what a block added to a row to its total.
void RowSums::settle(const LoanFacts& facts, std::size_t row) {
  BlockSums& added = block_[row * copies];
  for (std::size_t copy = 1; copy < copies; ++copy) {
    BlockSums& other = block_[row * copies + copy];
    if (other.count == 0) continue;
    for (std::size_t s = 0; s < sum::places; ++s) added.sums[s] += other.sums[s];
    for (std::size_t b = 0; b < 2; ++b) added.bounds[b] = std::max(added.bounds[b], other.bounds[b]);
    added.count += other.count;
    other = {};
  }
  if (added.count == 0) return;
  for (const Fact& fact : usually_complete) {
    if (!facts.is_incomplete(fact.weight)) added.sums[fact.weight] = added.sums[sum::balance];
  }
  RowTotal& total = totals_[row];
  total.sums.add(added.sums);
  total.count += added.count;
  total.lowest_gross = std::min(total.lowest_gross, -added.bounds[0]);
  total.highest_gross = std::max(total.highest_gross, added.bounds[1]);
  added = {};
}

}  // namespace spillway::strat
