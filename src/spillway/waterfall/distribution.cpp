#include "spillway/waterfall/distribution.h"

#include <algorithm>
#include <limits>

#include "spillway/result/issue.h"

namespace spillway::waterfall {

namespace {

using deal::Node;
using deal::Pay;
using Kind = deal::Distribution::Kind;

constexpr double kEverything = std::numeric_limits<double>::infinity();

// A tree that pays one kind of payment. The kind is known when this is compiled: a step asks for it once, not at each class.
template <Pay kPay>
class Payment {
 public:
  explicit Payment(PeriodState& state) : state_(state) {}

  double distribute(const Node& node, double amount);

 private:
  static double owed_to(const double* of_class);
  static void book(double* of_class, double amount);
  double due_to_class(int position) const { return std::max(0.0, owed_to(state_.of_class(position))); }
  double due_to_classes(const Node& node) const;
  double due_to(const Node& node) const;
  double room_above(const Node& node) const;
  double shortfall_of(int account) const;
  const Node* branch_of(const Node& node) const;
  double bound_of(const Node& node) const { return std::max(0.0, state_.evaluate(node.formula)); }

  double pay_class(int position, double amount) { return pay_class(state_.of_class(position), position, amount); }
  double pay_class(double* of_class, int position, double amount);
  double pay_classes(const Node& node, double amount);
  double share_among_classes(const Node& node, double amount);
  double pay_leaf(const Node& node, double amount);
  double deposit(int account, double amount);
  double pay_in_order(const Node& node, double amount);
  double pay_pro_rata(const Node& node, double amount);
  double pay_shares(const Node& node, double amount);
  double weight_of(const Node& child) const;

  PeriodState& state_;
};

// What a class can take of this kind of payment, dollars.
template <Pay kPay>
double Payment<kPay>::owed_to(const double* of_class) {
  switch (kPay) {
    case Pay::interest:
      return of_class[deal::class_interest_due] - of_class[deal::class_accrued] - of_class[deal::class_interest_paid];
    case Pay::principal:
    case Pay::write_down: return of_class[deal::class_balance];
    case Pay::unpaid_interest: return of_class[deal::class_unpaid_interest];
    case Pay::basis_risk: return of_class[deal::class_basis_risk];
    case Pay::allocated_loss:
    case Pay::write_up: return of_class[deal::class_allocated_loss];
    case Pay::premium: return of_class[deal::class_make_whole] - of_class[deal::class_premium_paid];
    case Pay::fee:
    case Pay::residual:
    case Pay::deposit: break;
  }
  return 0.0;
}

template <Pay kPay>
void Payment<kPay>::book(double* of_class, double amount) {
  const auto add = [&](deal::ClassSlot slot) { of_class[slot] += amount; };
  const auto take = [&](deal::ClassSlot slot) { of_class[slot] -= amount; };
  switch (kPay) {
    case Pay::interest: add(deal::class_interest_paid), take(deal::class_unpaid_interest); return;
    case Pay::principal: add(deal::class_principal_paid), take(deal::class_balance); return;
    case Pay::write_down:
      take(deal::class_balance), add(deal::class_allocated_loss), add(deal::class_written_down);
      return;
    case Pay::write_up:
      add(deal::class_balance), take(deal::class_allocated_loss), add(deal::class_written_up);
      return;
    case Pay::unpaid_interest: take(deal::class_unpaid_interest), add(deal::class_unpaid_interest_paid); return;
    case Pay::basis_risk: take(deal::class_basis_risk), add(deal::class_basis_risk_paid); return;
    case Pay::allocated_loss: take(deal::class_allocated_loss), add(deal::class_allocated_loss_paid); return;
    case Pay::premium: add(deal::class_premium_paid); return;
    case Pay::fee:
    case Pay::residual:
    case Pay::deposit: result::require(false, "a fee, residual or deposit cannot go to a class");
  }
}

template <Pay kPay>
double Payment<kPay>::shortfall_of(int account) const {
  const double* a = state_.of_account(account);
  return std::max(0.0, a[deal::account_target] - a[deal::account_balance]);
}

// The branch a choice takes; none if it has no else.
template <Pay kPay>
const Node* Payment<kPay>::branch_of(const Node& node) const {
  const std::size_t branch = state_.evaluate(node.formula) != 0.0 ? 0 : 1;
  return branch < node.children.size() ? &node.children[branch] : nullptr;
}

// What the classes below a node can take, each counted once, whatever bounds the nodes in between set.
template <Pay kPay>
double Payment<kPay>::due_to_classes(const Node& node) const {
  double due = 0.0;
  for (int position : node.classes) due += due_to_class(position);
  return due;
}

template <Pay kPay>
double Payment<kPay>::due_to(const Node& node) const {
  if (node.kind == Kind::leaf) {
    if (node.account >= 0) return shortfall_of(node.account);
    return node.receiver < 0 ? kEverything : due_to_class(node.receiver);
  }
  if (node.is_list) return due_to_classes(node);
  double due = 0.0;
  if (node.kind == Kind::choice) {
    const Node* taken = branch_of(node);
    return taken ? due_to(*taken) : 0.0;
  }
  for (const Node& child : node.children) due += due_to(child);
  if (node.repeats && due < kEverything) due = std::min(due, due_to_classes(node));
  if (node.kind == Kind::at_most) due = std::min(due, bound_of(node));
  if (node.kind == Kind::down_to) due = std::min(due, room_above(node));
  return due;
}

// What the classes below a down_to node are above its target.
template <Pay kPay>
double Payment<kPay>::room_above(const Node& node) const {
  double balances = 0.0;
  for (int position : node.classes) balances += std::max(0.0, state_.of_class(position)[deal::class_balance]);
  return std::max(0.0, balances - state_.evaluate(node.formula));
}

template <Pay kPay>
double Payment<kPay>::pay_class(double* of_class, int position, double amount) {
  const double owed = owed_to(of_class);
  if (!(owed > 0.0) || !(amount > 0.0)) return 0.0;
  const double paid = std::min(amount, owed);
  book(of_class, paid);
  if (kPay == Pay::principal || kPay == Pay::write_down) state_.slots[deal::slot_classes_balance] -= paid;
  if (kPay == Pay::write_up) state_.slots[deal::slot_classes_balance] += paid;
  state_.note(static_cast<std::size_t>(position), paid);
  return paid;
}

template <Pay kPay>
double Payment<kPay>::deposit(int account, double amount) {
  const double paid = std::min(amount, shortfall_of(account));
  double* a = state_.of_account(account);
  a[deal::account_balance] += paid;
  a[deal::account_deposits] += paid;
  state_.note(state_.deal.classes.size() + state_.deal.parties.size() + static_cast<std::size_t>(account), paid);
  return paid;
}

template <Pay kPay>
double Payment<kPay>::pay_leaf(const Node& node, double amount) {
  if (node.account >= 0) return deposit(node.account, amount);
  if (node.receiver >= 0) return pay_class(node.receiver, amount);
  const auto party = static_cast<std::size_t>(-1 - node.receiver);
  state_.slots[static_cast<std::size_t>(state_.deal.party_slot) + party] += amount;
  state_.note(state_.deal.classes.size() + party, amount);
  return amount;
}

// The two lists of classes that most steps pay to.
template <Pay kPay>
double Payment<kPay>::pay_classes(const Node& node, double amount) {
  double* first = state_.of_class(0);
  double paid = 0.0;
  for (int position : node.classes) {
    if (paid >= amount) break;
    paid += pay_class(first + position * deal::class_slot_count, position, amount - paid);
  }
  return paid;
}

template <Pay kPay>
double Payment<kPay>::share_among_classes(const Node& node, double amount) {
  double dues[deal::kMostProRata];
  double* first = state_.of_class(0);
  const auto add_dues = [&] {
    double all = 0.0;
    double* next = dues;
    for (int position : node.classes) {
      all += *next++ = std::max(0.0, owed_to(first + position * deal::class_slot_count));
    }
    return all;
  };
  double due = add_dues();
  if (amount >= due) return pay_classes(node, amount);
  double paid = 0.0;
  for (std::size_t round = 0; round < node.classes.size() && paid < amount && due > 0.0; ++round) {
    const double to_share = amount - paid;
    double spent = 0.0;
    const double* next = dues;
    for (int position : node.classes) {
      spent += pay_class(first + position * deal::class_slot_count, position, to_share * *next++ / due);
    }
    paid += spent;
    if (to_share - spent <= 1e-9 * to_share) break;  // nothing left but rounding
    due = add_dues();
  }
  return paid;
}

template <Pay kPay>
double Payment<kPay>::pay_in_order(const Node& node, double amount) {
  if (node.is_list) return pay_classes(node, amount);
  double paid = 0.0;
  for (const Node& child : node.children) {
    if (paid >= amount) break;
    paid += distribute(child, amount - paid);
  }
  return paid;
}

template <Pay kPay>
double Payment<kPay>::weight_of(const Node& child) const {
  const double due = due_to(child);
  if (child.formula.empty() || child.kind != Kind::leaf || due <= 0.0) return due;
  return bound_of(child);
}

// Shares by weight. A child that is satisfied before its share is spent leaves the rest to the others.
template <Pay kPay>
double Payment<kPay>::pay_pro_rata(const Node& node, double amount) {
  if (node.is_list) return share_among_classes(node, amount);
  double due = 0.0;
  for (const Node& child : node.children) due += due_to(child);
  if (amount >= due) return pay_in_order(node, amount);
  const std::size_t children = node.children.size();
  double paid = 0.0;
  for (std::size_t round = 0; round < children && paid < amount; ++round) {
    // Weights move as children are paid, so those of a round are fixed before it starts.
    double weights[deal::kMostProRata];
    double all = 0.0;
    for (std::size_t i = 0; i < children; ++i) all += weights[i] = weight_of(node.children[i]);
    if (all <= 0.0) break;
    const double to_share = amount - paid;
    double spent = 0.0;
    for (std::size_t i = 0; i < children; ++i) spent += distribute(node.children[i], to_share * weights[i] / all);
    paid += spent;
    if (to_share - spent <= 1e-9 * to_share) break;  // nothing left but rounding
  }
  return paid;
}

template <Pay kPay>
double Payment<kPay>::pay_shares(const Node& node, double amount) {
  double paid = 0.0;
  for (std::size_t i = 0; i < node.children.size(); ++i) paid += distribute(node.children[i], amount * node.parts[i]);
  return paid;
}

template <Pay kPay>
double Payment<kPay>::distribute(const Node& node, double amount) {
  if (!(amount > 0.0)) return 0.0;
  switch (node.kind) {
    case Kind::leaf: return pay_leaf(node, amount);
    case Kind::sequential: return pay_in_order(node, amount);
    case Kind::pro_rata: return pay_pro_rata(node, amount);
    case Kind::shares: return pay_shares(node, amount);
    // Principal only, until the classes below the node are down to the target.
    case Kind::down_to: return distribute(node.children[0], std::min(amount, room_above(node)));
    case Kind::at_most: return distribute(node.children[0], std::min(amount, bound_of(node)));
    case Kind::choice: {
      const Node* taken = branch_of(node);
      return taken ? distribute(*taken, amount) : 0.0;
    }
  }
  return 0.0;
}

}  // namespace

double distribute(const Node& node, Pay pay, double amount, PeriodState& state) {
  switch (pay) {
    case Pay::interest: return Payment<Pay::interest>(state).distribute(node, amount);
    case Pay::principal: return Payment<Pay::principal>(state).distribute(node, amount);
    case Pay::unpaid_interest: return Payment<Pay::unpaid_interest>(state).distribute(node, amount);
    case Pay::basis_risk: return Payment<Pay::basis_risk>(state).distribute(node, amount);
    case Pay::allocated_loss: return Payment<Pay::allocated_loss>(state).distribute(node, amount);
    case Pay::premium: return Payment<Pay::premium>(state).distribute(node, amount);
    case Pay::fee: return Payment<Pay::fee>(state).distribute(node, amount);
    case Pay::residual: return Payment<Pay::residual>(state).distribute(node, amount);
    case Pay::deposit: return Payment<Pay::deposit>(state).distribute(node, amount);
    case Pay::write_down: return Payment<Pay::write_down>(state).distribute(node, amount);
    case Pay::write_up: return Payment<Pay::write_up>(state).distribute(node, amount);
  }
  return 0.0;
}

}  // namespace spillway::waterfall
