#pragma once
// One payment tree at work. Private to waterfall.

#include "spillway/deal/deal.h"

namespace spillway::waterfall {

/// The slots of a running period, and what each class and party has received in it.
struct PeriodState {
  const deal::Deal& deal;
  std::vector<double> slots;
  std::vector<double> party_paid;        ///< by party, this period
  std::vector<double> unpaid_interest_paid, basis_risk_paid, allocated_loss_paid, premium_paid;  ///< by class
  std::vector<double> written_down, written_up;  ///< by class
  std::vector<double> deposits, draws;   ///< by account, this period
  std::vector<double> leaf_paid;         ///< by receiver of the step at work: classes, then parties, then accounts

  explicit PeriodState(const deal::Deal& d);
  double& of_class(int position, deal::ClassSlot slot) {
    return slots[static_cast<std::size_t>(deal.classes[static_cast<std::size_t>(position)].first_slot + slot)];
  }
  double& of_account(int position, deal::AccountSlot slot) {
    return slots[static_cast<std::size_t>(deal.accounts[static_cast<std::size_t>(position)].first_slot + slot)];
  }
  double evaluate(const deal::Program& program) const { return deal::evaluate(program, slots.data()); }
};

/// Pays up to `amount` (dollars, >= 0) into the tree and returns what was paid.
double distribute(const deal::Node& node, deal::Pay pay, double amount, PeriodState& state);

}  // namespace spillway::waterfall
