#include "spillway/strat/row_sums.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace spillway::strat {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// By fact, in the order of their products.
constexpr sum::Which weights_of_usual[] = {sum::gross_weight, sum::net_weight, sum::term_weight, sum::age_weight,
                                           sum::ltv_weight};

}  // namespace

void RowTotal::add(const RowTotal& other) {
  sums.add(other.sums);
  count += other.count;
  lowest_gross = std::min(lowest_gross, other.lowest_gross);
  highest_gross = std::max(highest_gross, other.highest_gross);
}

double to_printed_dollars(double sum) {
  constexpr double parts = 1e4, largest = 1e11;  // beyond, a double has no such digits
  return std::fabs(sum) < largest ? std::round(sum * parts) / parts : sum;
}

LoanFacts::LoanFacts(const pool::LoanTape& tape)
    : tape_(&tape), gross_(tape, "gross_rate"), net_(tape, "net_rate"), term_(tape, "remaining_term"),
      age_(tape, "age"), ltv_(tape, "orig_ltv"), fico_(tape, "fico"), months_to_roll_(tape, "months_to_roll"),
      facts_(block_size * always), bounds_(block_size * 2) {}

void LoanFacts::read(LoanBlock block) {
  const NumberColumn* columns[] = {&gross_, &net_, &term_, &age_, &ltv_, &fico_};
  constexpr std::size_t count = std::size(weights_of_usual) + 1;
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
  for (std::size_t c = 0; c < std::size(weights_of_usual); ++c) {
    const sum::Which weight = weights_of_usual[c];
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

}  // namespace spillway::strat
