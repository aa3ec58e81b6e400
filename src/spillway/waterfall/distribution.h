#pragma once
// One payment tree at work. Private to waterfall.

#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// The slots of a running period, and, in a traced run, what each receiver has of the step at work.
struct PeriodState {
  const deal::Deal& deal;
  std::vector<double> slots;
  std::vector<double> leaf_paid;         ///< classes, then parties, then accounts; empty: not traced

  explicit PeriodState(const deal::Deal& d) : deal(d), slots(d.initial_slots) {}

  /// The slots of a class, from its first on.
  double* of_class(int position) { return slots.data() + deal.class_slot + position * deal::class_slot_count; }
  const double* of_class(int position) const { return slots.data() + deal.class_slot + position * deal::class_slot_count; }

  /// The slots of an account, from its first on.
  double* of_account(int position) { return slots.data() + deal.account_slot + position * deal::account_slot_count; }
  const double* of_account(int position) const {
    return slots.data() + deal.account_slot + position * deal::account_slot_count;
  }

  double evaluate(const deal::Program& program) const { return deal::evaluate(program, slots.data()); }

  /// Keeps for the trace what a receiver got.
  void note(std::size_t receiver, double amount) {
    if (!leaf_paid.empty()) leaf_paid[receiver] += amount;
  }
};

/// Pays up to `amount` (dollars, >= 0) into the tree and returns what was paid.
double distribute(const deal::Node& node, deal::Pay pay, double amount, PeriodState& state);

}  // namespace spillway::waterfall
