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

// What a class can take of a kind of payment, dollars.
double due_to_class(int position, Pay pay, PeriodState& state) {
  switch (pay) {
    case Pay::interest:
      return state.of_class(position, deal::class_interest_due) - state.of_class(position, deal::class_accrued) -
             state.of_class(position, deal::class_interest_paid);
    case Pay::principal:
    case Pay::write_down: return state.of_class(position, deal::class_balance);
    case Pay::unpaid_interest: return state.of_class(position, deal::class_unpaid_interest);
    case Pay::basis_risk: return state.of_class(position, deal::class_basis_risk);
    case Pay::allocated_loss:
    case Pay::write_up: return state.of_class(position, deal::class_allocated_loss);
    case Pay::premium:
      return state.of_class(position, deal::class_make_whole) - state.premium_paid[static_cast<std::size_t>(position)];
    case Pay::fee:
    case Pay::residual:
    case Pay::deposit: break;
  }
  return 0.0;
}

double shortfall_of(int account, PeriodState& state) {
  return std::max(0.0, state.of_account(account, deal::account_target) - state.of_account(account, deal::account_balance));
}

// The branch a choice takes; none if it has no else.
const Node* branch_of(const Node& node, PeriodState& state) {
  const std::size_t branch = state.evaluate(node.formula) != 0.0 ? 0 : 1;
  return branch < node.children.size() ? &node.children[branch] : nullptr;
}

double room_above(const Node& node, PeriodState& state);

// What the classes below a node can take, each counted once, whatever bounds the nodes in between set.
double due_to_classes(const Node& node, Pay pay, PeriodState& state) {
  double due = 0.0;
  for (int position : node.classes) due += std::max(0.0, due_to_class(position, pay, state));
  return due;
}

double due_to(const Node& node, Pay pay, PeriodState& state) {
  if (node.kind == Kind::leaf) {
    if (node.account >= 0) return shortfall_of(node.account, state);
    return node.receiver < 0 ? kEverything : std::max(0.0, due_to_class(node.receiver, pay, state));
  }
  double due = 0.0;
  if (node.kind == Kind::choice) {
    const Node* taken = branch_of(node, state);
    return taken ? due_to(*taken, pay, state) : 0.0;
  }
  for (const Node& child : node.children) due += due_to(child, pay, state);
  if (node.repeats && due < kEverything) due = std::min(due, due_to_classes(node, pay, state));
  if (node.kind == Kind::at_most) due = std::min(due, std::max(0.0, state.evaluate(node.formula)));
  if (node.kind == Kind::down_to) due = std::min(due, room_above(node, state));
  return due;
}

// What the classes below a down_to node are above its target.
double room_above(const Node& node, PeriodState& state) {
  return std::max(0.0, due_to_classes(node, Pay::principal, state) - state.evaluate(node.formula));
}

void book_to_class(int position, Pay pay, double amount, PeriodState& state) {
  const auto c = static_cast<std::size_t>(position);
  switch (pay) {
    case Pay::interest:
      state.of_class(position, deal::class_interest_paid) += amount;
      state.of_class(position, deal::class_unpaid_interest) -= amount;
      break;
    case Pay::principal:
      state.of_class(position, deal::class_principal_paid) += amount;
      state.of_class(position, deal::class_balance) -= amount;
      state.slots[deal::slot_classes_balance] -= amount;
      break;
    case Pay::write_down:
      state.of_class(position, deal::class_balance) -= amount;
      state.of_class(position, deal::class_allocated_loss) += amount;
      state.slots[deal::slot_classes_balance] -= amount;
      state.written_down[c] += amount;
      break;
    case Pay::write_up:
      state.of_class(position, deal::class_balance) += amount;
      state.of_class(position, deal::class_allocated_loss) -= amount;
      state.slots[deal::slot_classes_balance] += amount;
      state.written_up[c] += amount;
      break;
    case Pay::unpaid_interest:
      state.of_class(position, deal::class_unpaid_interest) -= amount;
      state.unpaid_interest_paid[c] += amount;
      break;
    case Pay::basis_risk:
      state.of_class(position, deal::class_basis_risk) -= amount;
      state.basis_risk_paid[c] += amount;
      break;
    case Pay::allocated_loss:
      state.of_class(position, deal::class_allocated_loss) -= amount;
      state.allocated_loss_paid[c] += amount;
      break;
    case Pay::premium: state.premium_paid[c] += amount; break;
    case Pay::fee:
    case Pay::residual:
    case Pay::deposit: result::require(false, "a fee, residual or deposit cannot go to a class");
  }
  state.leaf_paid[c] += amount;
}

double deposit(int account, double amount, PeriodState& state) {
  const double paid = std::min(amount, shortfall_of(account, state));
  const auto a = static_cast<std::size_t>(account);
  state.of_account(account, deal::account_balance) += paid;
  state.deposits[a] += paid;
  state.leaf_paid[state.deal.classes.size() + state.deal.parties.size() + a] += paid;
  return paid;
}

double pay_leaf(const Node& node, Pay pay, double amount, PeriodState& state) {
  if (node.account >= 0) return deposit(node.account, amount, state);
  if (node.receiver < 0) {
    const auto party = static_cast<std::size_t>(-1 - node.receiver);
    state.party_paid[party] += amount;
    state.leaf_paid[state.deal.classes.size() + party] += amount;
    return amount;
  }
  const double paid = std::min(amount, std::max(0.0, due_to_class(node.receiver, pay, state)));
  if (paid > 0.0) book_to_class(node.receiver, pay, paid, state);
  return paid;
}

double pay_in_order(const Node& node, Pay pay, double amount, PeriodState& state) {
  double paid = 0.0;
  for (const Node& child : node.children) {
    if (paid >= amount) break;
    paid += distribute(child, pay, amount - paid, state);
  }
  return paid;
}

double weight_of(const Node& child, Pay pay, PeriodState& state) {
  const double due = due_to(child, pay, state);
  if (child.formula.empty() || child.kind != Kind::leaf || due <= 0.0) return due;
  return std::max(0.0, state.evaluate(child.formula));
}

// Shares by weight. A child that is satisfied before its share is spent leaves the rest to the others.
double pay_pro_rata(const Node& node, Pay pay, double amount, PeriodState& state) {
  double due = 0.0;
  for (const Node& child : node.children) due += due_to(child, pay, state);
  if (amount >= due) return pay_in_order(node, pay, amount, state);
  double paid = 0.0;
  for (std::size_t round = 0; round < node.children.size() && paid < amount; ++round) {
    double weights = 0.0;
    for (const Node& child : node.children) weights += weight_of(child, pay, state);
    if (weights <= 0.0) break;
    const double to_share = amount - paid;
    double spent = 0.0;
    // Weights move as children are paid, so the shares of a round are fixed before it starts.
    double shares[deal::kMostProRata];
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      shares[i] = to_share * weight_of(node.children[i], pay, state) / weights;
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) spent += distribute(node.children[i], pay, shares[i], state);
    paid += spent;
    if (to_share - spent <= 1e-9 * to_share) break;  // nothing left but rounding
  }
  return paid;
}

double pay_shares(const Node& node, Pay pay, double amount, PeriodState& state) {
  double paid = 0.0;
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    paid += distribute(node.children[i], pay, amount * node.parts[i], state);
  }
  return paid;
}

// Principal only, until the classes below the node are down to the target.
double pay_down_to(const Node& node, Pay pay, double amount, PeriodState& state) {
  return distribute(node.children[0], pay, std::min(amount, room_above(node, state)), state);
}

}  // namespace

PeriodState::PeriodState(const deal::Deal& d)
    : deal(d),
      slots(d.initial_slots),
      party_paid(d.parties.size()),
      unpaid_interest_paid(d.classes.size()),
      basis_risk_paid(d.classes.size()),
      allocated_loss_paid(d.classes.size()),
      premium_paid(d.classes.size()),
      written_down(d.classes.size()),
      written_up(d.classes.size()),
      deposits(d.accounts.size()),
      draws(d.accounts.size()),
      leaf_paid(d.classes.size() + d.parties.size() + d.accounts.size()) {}

double distribute(const Node& node, Pay pay, double amount, PeriodState& state) {
  if (!(amount > 0.0)) return 0.0;
  switch (node.kind) {
    case Kind::leaf: return pay_leaf(node, pay, amount, state);
    case Kind::sequential: return pay_in_order(node, pay, amount, state);
    case Kind::pro_rata: return pay_pro_rata(node, pay, amount, state);
    case Kind::shares: return pay_shares(node, pay, amount, state);
    case Kind::down_to: return pay_down_to(node, pay, amount, state);
    case Kind::at_most:
      return distribute(node.children[0], pay, std::min(amount, std::max(0.0, state.evaluate(node.formula))), state);
    case Kind::choice: {
      const Node* taken = branch_of(node, state);
      return taken ? distribute(*taken, pay, amount, state) : 0.0;
    }
  }
  return 0.0;
}

}  // namespace spillway::waterfall
