#include "spillway/waterfall/lane_trees.h"

#include <cmath>

#include "spillway/result/issue.h"

namespace spillway::waterfall {

namespace {

using deal::Node;
using deal::Pay;
using kernels::LaneBatch;
using kernels::LanePay;
using kernels::LanePayee;
using Kind = deal::Distribution::Kind;
using Op = LaneCode::Op;

LanePay way_of(Pay pay) {
  switch (pay) {
    case Pay::interest:
    case Pay::premium: return LanePay::due;
    case Pay::principal: return LanePay::lower;
    case Pay::write_down: return LanePay::lower_into;
    case Pay::write_up: return LanePay::raise;
    default: return LanePay::claim;
  }
}

// As `distribution.cpp` has it: each function here writes what its namesake there does, and amounts that are not above 0, or
// no number, pay nothing.
class Payment {
 public:
  Payment(const deal::Deal& deal, Pay pay, LaneCode& code) : deal_(deal), pay_(pay), code_(code) {}

  int distribute(const Node& node, int amount) {
    switch (node.kind) {
      case Kind::leaf: return pay_leaf(node, amount);
      case Kind::sequential: return pay_in_order(node, amount);
      case Kind::pro_rata: return pay_pro_rata(node, amount);
      case Kind::shares: return pay_shares(node, amount);
      case Kind::down_to: return distribute(node.children[0], code_.make(Op::minimum, amount, room_above(node)));
      case Kind::at_most: return distribute(node.children[0], code_.make(Op::minimum, amount, bound_of(node)));
      case Kind::choice: return pay_chosen(node, amount);
    }
    return code_.zero();
  }

 private:
  int slot(int position, deal::ClassSlot which) const { return deal_.class_slot + position * deal::class_slot_count + which; }
  int slot_of_account(int position, deal::AccountSlot which) const {
    return deal_.account_slot + position * deal::account_slot_count + which;
  }

  LanePayee payee(int c) {
    LanePayee made;
    switch (pay_) {
      case Pay::interest:
        return {slot(c, deal::class_interest_due), slot(c, deal::class_accrued), slot(c, deal::class_interest_paid),
                slot(c, deal::class_unpaid_interest), slot(c, deal::class_interest_paid), 0};
      case Pay::premium:
        if (unused_ < 0) unused_ = code_.new_cell();
        return {slot(c, deal::class_make_whole), slot(c, deal::class_premium_paid), code_.zero(), unused_,
                slot(c, deal::class_premium_paid), 0};
      case Pay::principal: made = {.owed = slot(c, deal::class_balance), .add = slot(c, deal::class_principal_paid)}; break;
      case Pay::write_down:
        made = {.owed = slot(c, deal::class_balance), .add = slot(c, deal::class_allocated_loss), .also = slot(c, deal::class_written_down)};
        break;
      case Pay::write_up:
        made = {.owed = slot(c, deal::class_allocated_loss), .add = slot(c, deal::class_balance), .also = slot(c, deal::class_written_up)};
        break;
      case Pay::unpaid_interest:
        made = {.owed = slot(c, deal::class_unpaid_interest), .add = slot(c, deal::class_unpaid_interest_paid)};
        break;
      case Pay::basis_risk: made = {.owed = slot(c, deal::class_basis_risk), .add = slot(c, deal::class_basis_risk_paid)}; break;
      case Pay::allocated_loss:
        made = {.owed = slot(c, deal::class_allocated_loss), .add = slot(c, deal::class_allocated_loss_paid)};
        break;
      case Pay::fee:
      case Pay::residual:
      case Pay::deposit: result::require(false, "a fee, residual or deposit cannot go to a class");
    }
    return made;
  }

  int pay_classes(Op how, const std::vector<int>& classes, int amount) {
    std::vector<LanePayee> payees;
    for (int position : classes) payees.push_back(payee(position));
    const int paid = code_.new_cell();
    LaneBatch& batch = code_.add(how);
    batch.pay = way_of(pay_);
    batch.to = paid;
    batch.a = amount;
    batch.c = deal::slot_classes_balance;
    code_.list(batch, payees);
    return paid;
  }

  int pay_leaf(const Node& node, int amount) {
    if (node.account < 0 && node.receiver >= 0) return pay_classes(Op::pay, {node.receiver}, amount);
    int paid = code_.above_zero(amount);
    if (node.account >= 0) {
      paid = code_.make(Op::minimum, paid, shortfall_of(node.account));
      code_.add_to(slot_of_account(node.account, deal::account_balance), paid);
      code_.add_to(slot_of_account(node.account, deal::account_deposits), paid);
    } else {
      code_.add_to(deal_.party_slot - 1 - node.receiver, paid);
    }
    return paid;
  }

  int pay_in_order(const Node& node, int amount) {
    if (node.is_list) return pay_classes(Op::pay, node.classes, amount);
    int paid = code_.zero(), left = amount;
    for (const Node& child : node.children) {
      if (&child != &node.children.front()) left = code_.make(Op::subtract, amount, paid);
      paid = code_.make(Op::add, paid, distribute(child, left));
    }
    return paid;
  }

  int pay_shares(const Node& node, int amount) {
    int paid = code_.zero();
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      paid = code_.make(Op::add, paid, distribute(node.children[i], code_.make(Op::multiply, amount, code_.constant(node.parts[i]))));
    }
    return paid;
  }

  int pay_chosen(const Node& node, int amount) {
    const int condition = code_.value_of(node.formula);
    // The first branch may move what the condition reads.
    const int other = node.children.size() > 1 ? code_.make(Op::choose, condition, code_.zero(), amount) : -1;
    const int paid = distribute(node.children[0], code_.make(Op::choose, condition, amount, code_.zero()));
    return other < 0 ? paid : code_.make(Op::add, paid, distribute(node.children[1], other));
  }

  int pay_pro_rata(const Node& node, int amount) {
    if (node.is_list) return pay_classes(Op::share, node.classes, amount);
    std::vector<int> dues;
    for (const Node& child : node.children) dues.push_back(due_to(child));
    const int whole = code_.make(Op::greater_equal, amount, code_.sum(dues));
    const int in_order = pay_in_order(node, code_.make(Op::choose, whole, amount, code_.zero()));
    return code_.make(Op::add, in_order, pay_by_weight(node, code_.make(Op::choose, whole, code_.zero(), amount)));
  }

  // Round by round, in the lanes in which something is left to share.
  int pay_by_weight(const Node& node, int amount) {
    const int paid = code_.new_cell(), rounds = code_.new_cell(), to_share = code_.new_cell();
    code_.copy(paid, code_.zero());
    code_.copy(rounds, code_.zero());
    code_.copy(to_share, code_.above_zero(amount));
    const int start = code_.place();
    std::vector<int> weights;
    for (const Node& child : node.children) weights.push_back(weight_of(child));
    const int all = code_.sum(weights);
    // Fixed for the round: what is shared, and what the weights are in it.
    const int none = code_.make(Op::less_equal, all, code_.zero());
    const int now = code_.make(Op::choose, none, code_.zero(), to_share);
    for (int& weight : weights) weight = code_.make(Op::copy, weight);
    int spent = code_.zero();
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const int share = code_.make(Op::divide, code_.make(Op::multiply, now, weights[i]), all);
      spent = code_.make(Op::add, spent, distribute(node.children[i], share));
    }
    code_.add_to(paid, spent);
    code_.add_to(rounds, code_.constant(1.0));
    const int rest = code_.make(Op::subtract, now, spent);
    const int is_rounding = code_.make(Op::less_equal, rest, code_.make(Op::multiply, code_.constant(1e-9), now));
    const int was_last = code_.make(Op::greater_equal, rounds, code_.constant(static_cast<double>(weights.size())));
    const int done = code_.make(Op::either, code_.make(Op::either, none, is_rounding), was_last);
    code_.set(to_share, Op::choose, done, code_.zero(), code_.above_zero(code_.make(Op::subtract, amount, paid)));
    LaneBatch& again = code_.add(Op::again);
    again.a = to_share;
    again.skip = code_.place() - 1 - start;
    return paid;
  }

  int owed_to(int position) {
    const LanePayee to = payee(position);
    if (way_of(pay_) != LanePay::due) return to.owed;
    return code_.make(Op::subtract, code_.make(Op::subtract, to.owed, to.less), to.lesser);
  }

  int due_to_classes(const Node& node) {
    std::vector<int> dues;
    for (int position : node.classes) dues.push_back(code_.above_zero(owed_to(position)));
    return code_.sum(dues);
  }

  int due_to(const Node& node) {
    if (node.kind == Kind::leaf) {
      if (node.account >= 0) return shortfall_of(node.account);
      return node.receiver < 0 ? endless() : code_.above_zero(owed_to(node.receiver));
    }
    if (node.is_list) return due_to_classes(node);
    if (node.kind == Kind::choice) {
      const int other = node.children.size() > 1 ? due_to(node.children[1]) : code_.zero();
      return code_.make(Op::choose, code_.value_of(node.formula), due_to(node.children[0]), other);
    }
    std::vector<int> dues;
    for (const Node& child : node.children) dues.push_back(due_to(child));
    int due = code_.sum(dues);
    if (node.repeats) {
      const int is_finite = code_.make(Op::less, due, endless());
      due = code_.make(Op::choose, is_finite, code_.make(Op::minimum, due, due_to_classes(node)), due);
    }
    if (node.kind == Kind::at_most) due = code_.make(Op::minimum, due, bound_of(node));
    if (node.kind == Kind::down_to) due = code_.make(Op::minimum, due, room_above(node));
    return due;
  }

  int weight_of(const Node& child) {
    const int due = due_to(child);
    if (child.formula.empty() || child.kind != Kind::leaf) return due;
    return code_.make(Op::choose, code_.make(Op::less_equal, due, code_.zero()), due, bound_of(child));
  }

  int room_above(const Node& node) {
    std::vector<int> balances;
    for (int position : node.classes) balances.push_back(code_.above_zero(slot(position, deal::class_balance)));
    return code_.above_zero(code_.make(Op::subtract, code_.sum(balances), code_.value_of(node.formula)));
  }

  int shortfall_of(int account) {
    return code_.above_zero(code_.make(Op::subtract, slot_of_account(account, deal::account_target),
                                       slot_of_account(account, deal::account_balance)));
  }

  int bound_of(const Node& node) { return code_.above_zero(code_.value_of(node.formula)); }
  int endless() { return code_.constant(HUGE_VAL); }

  const deal::Deal& deal_;
  Pay pay_;
  LaneCode& code_;
  int unused_ = -1;  // cell that premiums take from: they lower no claim
};

}  // namespace

int distribute_in_lanes(const deal::Deal& deal, const Node& node, Pay pay, int amount, LaneCode& code) {
  return Payment(deal, pay, code).distribute(node, amount);
}

}  // namespace spillway::waterfall
