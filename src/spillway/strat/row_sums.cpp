#include "spillway/strat/row_sums.h"

#include <algorithm>
#include <cmath>

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
  for (std::size_t i = 0; i < block.count; ++i) facts_[i * always + sum::balance] = tape_->current_balance[block.first + i];
  multiply(gross_, block, sum::gross, sum::gross_weight);
  multiply(net_, block, sum::net, sum::net_weight);
  multiply(term_, block, sum::term, sum::term_weight);
  multiply(age_, block, sum::age, sum::age_weight);
  multiply(ltv_, block, sum::ltv, sum::ltv_weight);
  multiply(fico_, block, sum::fico, sum::fico_weight);
  multiply(months_to_roll_, block, sum::months_to_roll, sum::months_to_roll_weight);
  NumberBlock buffer;
  const double* rates = gross_.values(block, buffer);
  for (std::size_t i = 0; i < block.count; ++i) {
    bounds_[2 * i] = std::isnan(rates[i]) ? -infinity : -rates[i];
    bounds_[2 * i + 1] = std::isnan(rates[i]) ? -infinity : rates[i];
  }
}

// An unknown fact has no weight.
void LoanFacts::multiply(const NumberColumn& column, LoanBlock block, sum::Which product, sum::Which weight) {
  NumberBlock buffer;
  const double* values = column.values(block, buffer);
  const std::size_t step = product < always ? always : 1, weight_step = weight < always ? always : 1;
  double* products = product < always ? &facts_[product] : extra_[product - always].data();
  double* weights = weight < always ? &facts_[weight] : extra_[weight - always].data();
  bool incomplete = false;
  for (std::size_t i = 0; i < block.count; ++i) {
    const double loan_balance = facts_[i * always + sum::balance];
    const bool is_known = !std::isnan(values[i]);
    products[i * step] = is_known ? loan_balance * values[i] : 0.0;
    weights[i * weight_step] = is_known ? loan_balance : 0.0;
    incomplete |= !is_known;
  }
  if (weight >= always) incomplete_[weight - always] = incomplete;
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
