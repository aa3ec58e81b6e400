#include <algorithm>

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

bool pays_parties(Pay pay) { return pay == Pay::fee || pay == Pay::residual; }

template <class Range, class Name>
int position_of(const Range& range, Name name) {
  const auto found = std::find_if(range.begin(), range.end(), name);
  return found == range.end() ? -1 : static_cast<int>(found - range.begin());
}

// A party takes whatever it is given, so that it has no due amount to share by.
bool takes_without_end(const Node& node) {
  if (node.kind == Distribution::Kind::leaf) return node.receiver < 0 && node.account < 0;
  if (node.kind == Distribution::Kind::at_most) return false;
  return std::any_of(node.children.begin(), node.children.end(), takes_without_end);
}

// Notes which classes stand below a node, so that one named twice counts once.
void list_classes(Node& made) {
  const auto add = [&](int position) {
    if (std::find(made.classes.begin(), made.classes.end(), position) == made.classes.end()) made.classes.push_back(position);
    else made.repeats = true;
  };
  for (const Node& child : made.children) {
    if (child.kind == Distribution::Kind::leaf && child.receiver >= 0) add(child.receiver);
    for (int position : child.classes) add(position);
    made.repeats = made.repeats || child.repeats;
  }
}

// Lists of classes, what most steps pay to, are paid without a walk through the tree.
bool is_class_list(const Node& node) {
  const bool is_kind = node.kind == Distribution::Kind::sequential || node.kind == Distribution::Kind::pro_rata;
  return is_kind && !node.repeats && std::all_of(node.children.begin(), node.children.end(), [](const Node& child) {
           return child.kind == Distribution::Kind::leaf && child.receiver >= 0 && child.account < 0 && child.formula.empty();
         });
}

bool uses(const Program& program, int slot) {
  return std::any_of(program.code.begin(), program.code.end(),
                     [&](const Instruction& step) { return step.op == Op::slot && step.slot == slot; });
}

bool uses(const Node& node, int slot) {
  return uses(node.formula, slot) ||
         std::any_of(node.children.begin(), node.children.end(), [&](const Node& child) { return uses(child, slot); });
}

bool uses(const Step& step, int slot) {
  return uses(step.when, slot) || uses(step.amount, slot) || uses(step.to, slot) ||
         std::any_of(step.before.begin(), step.before.end(),
                     [&](const Assignment& taken) { return uses(taken.program, slot); });
}

}  // namespace

void Resolver::add_steps() {
  if (definition_.waterfall.empty()) fail({definition_.file, 0, 0}, "the waterfall has no steps", "add at least one");
  for (const StepDefinition& step : definition_.waterfall) add_step(step);
  for (const QuantityDefinition& quantity : definition_.quantities) {
    if (!quantity.before) continue;
    const bool known = std::any_of(definition_.waterfall.begin(), definition_.waterfall.end(),
                                   [&](const StepDefinition& s) { return s.section == quantity.before->text; });
    if (!known) {
      fail(quantity.before->where, "no step has the section " + quantity.before->text,
           "name the section of the step before which " + quantity.name.text + " is taken");
    }
  }
}

void Resolver::check_step(const StepDefinition& written) {
  if (!moves_cash(written.pay)) {
    const std::string what = written.pay == Pay::write_down ? "a write-down" : "a write-up";
    if (!written.from.empty()) fail(written.where, what + " moves no cash", "remove 'from'");
    if (!written.amount) fail(written.where, what + " needs an amount", "add 'amount'");
  } else if (written.from.empty()) {
    fail(written.where, "the step has no source of funds", "add 'from: available_funds', or another fund");
  }
  if (written.pay == Pay::fee && !written.amount) fail(written.where, "a fee needs an amount", "add 'amount'");
}

void Resolver::add_step(const StepDefinition& written) {
  check_step(written);
  Step step;
  step.section = written.section;
  step.note = written.note;
  step.pay = written.pay;
  step.funds = simple_funds(written.from);
  if (written.when) step.when = program(*written.when, Type::condition, "");
  if (written.amount) step.amount = program(*written.amount, Type::money, "");
  step.to = node(written.to, written);
  leave_out_own_source(step, written);
  if (auto before = before_.find(written.section); before != before_.end()) {
    step.before = std::move(before->second);
    before_.erase(before);
  }
  // What is left in `before_` is taken at later steps: here it would still be last month's.
  for (const auto& [section, taken] : before_) {
    for (const Assignment& assignment : taken) {
      if (!uses(step, assignment.slot)) continue;
      const auto quantity = std::find_if(deal_.quantities.begin(), deal_.quantities.end(),
                                         [&](const Quantity& q) { return q.slot == assignment.slot; });
      fail(written.where, "the step uses " + quantity->name + ", which is not taken until section " + section,
           "take it before this step");
    }
  }
  deal_.waterfall.push_back(std::move(step));
}

std::vector<int> Resolver::simple_funds(const std::vector<Text>& names) {
  std::vector<int> simple;
  for (const Text& name : names) {
    const int f = position_of(deal_.funds, [&](const Fund& fund) { return fund.name == name.text; });
    if (f < 0) {
      std::vector<std::string> known;
      for (const Fund& fund : deal_.funds) known.push_back(fund.name);
      fail(name.where, "no fund is called " + name.text, result::suggestion(name.text, known));
      continue;
    }
    for (int part : deal_.funds[static_cast<std::size_t>(f)].draws_on) {
      if (std::find(simple.begin(), simple.end(), part) == simple.end()) simple.push_back(part);
    }
  }
  return simple;
}

std::vector<std::string> Resolver::receivers() const {
  std::vector<std::string> all;
  for (const BondClass& bond : deal_.classes) all.push_back(bond.name);
  for (const auto& [name, members] : class_groups_) all.push_back(name);
  all.insert(all.end(), deal_.parties.begin(), deal_.parties.end());
  return all;
}

// Classes a name stands for: itself, or the members of a group.
std::vector<int> Resolver::expand(const Text& name) {
  const auto class_position = [&](const std::string& wanted) {
    return position_of(deal_.classes, [&](const BondClass& bond) { return bond.name == wanted; });
  };
  if (const int position = class_position(name.text); position >= 0) return {position};
  if (const auto group = class_groups_.find(name.text); group != class_groups_.end()) {
    std::vector<int> members;
    for (const std::string& member : group->second) members.push_back(class_position(member));
    return members;
  }
  fail(name.where, "no class is called " + name.text, result::suggestion(name.text, receivers()));
  return {};
}

Node Resolver::leaf(const Text& name, const StepDefinition& step) {
  const int account = position_of(deal_.accounts, [&](const Account& a) { return a.name == name.text; });
  if (account >= 0 || step.pay == Pay::deposit) return account_leaf(name, account, step);
  Node made;
  const int party = position_of(deal_.parties, [&](const std::string& p) { return p == name.text; });
  if (party >= 0) {
    if (!pays_parties(step.pay)) {
      fail(name.where, name.text + " is a party, not a class, and takes only fees and residuals",
           "name a class, or write pay: residual");
    }
    made.receiver = -1 - party;
    return made;
  }
  const std::vector<int> members = expand(name);
  if (!members.empty() && pays_parties(step.pay)) {
    fail(name.where, "a fee or residual goes to a party, and " + name.text + " is a class",
         "list it under parties, or choose what the step pays");
  }
  if (members.size() == 1) made.receiver = members.front();
  if (members.size() > 1) {
    fail(name.where, name.text + " is a group of classes; say how they share",
         "write {sequential: " + name.text + "} or {pro_rata: " + name.text + "}");
  }
  return made;
}

void Resolver::add_children(Node& parent, const Distribution& distribution, const StepDefinition& step) {
  for (const Distribution& child : distribution.children) {
    const bool is_group = child.kind == Distribution::Kind::leaf && class_groups_.contains(child.name.text) &&
                          step.pay != Pay::deposit &&
                          (distribution.kind == Distribution::Kind::sequential ||
                           distribution.kind == Distribution::Kind::pro_rata);
    if (!is_group) {
      parent.children.push_back(node(child, step));
      continue;
    }
    for (int position : expand(child.name)) {
      Node member;
      member.receiver = position;
      parent.children.push_back(std::move(member));
    }
  }
}

void Resolver::check_pro_rata(const Node& made, const Distribution& distribution) {
  if (made.children.size() > kMostProRata) {
    fail(distribution.where, "a pro rata list has " + std::to_string(made.children.size()) + " parts, and may have at most " +
                                 std::to_string(kMostProRata), "nest one list in another");
  }
  if (distribution.formula.empty() && std::any_of(made.children.begin(), made.children.end(), takes_without_end)) {
    fail(distribution.where, "a party is due no set amount to share by",
         "give fixed parts, as in {shares: [{60%: ...}, {40%: ...}]}, or bound it with at_most");
  }
}

Node Resolver::node(const Distribution& distribution, const StepDefinition& step) {
  if (distribution.kind == Distribution::Kind::leaf) return leaf(distribution.name, step);
  Node made;
  made.kind = distribution.kind;
  made.parts = distribution.parts;
  add_children(made, distribution, step);
  list_classes(made);
  if (made.kind == Distribution::Kind::pro_rata) check_pro_rata(made, distribution);
  if (made.kind == Distribution::Kind::down_to && (step.pay == Pay::deposit || step.pay == Pay::write_up)) {
    fail(distribution.where, "down_to bounds what lowers the balances of classes, and this step does not", "bound it with at_most");
  }
  if (distribution.formula.empty()) {
    made.is_list = is_class_list(made);
    return made;
  }
  if (distribution.kind == Distribution::Kind::pro_rata) {
    // `by` is a formula of each class: compiled once per child.
    for (Node& child : made.children) {
      if (child.kind != Distribution::Kind::leaf || child.receiver < 0 || deal_.classes.empty()) {
        fail(distribution.formula.where, "'by' weighs classes, and a part of this list is not a class",
             "list classes only, or leave 'by' out");
        break;
      }
      child.formula = program(distribution.formula, Type::money,
                              deal_.classes[static_cast<std::size_t>(child.receiver)].name);
    }
  } else {
    const Type wanted = distribution.kind == Distribution::Kind::choice ? Type::condition : Type::money;
    made.formula = program(distribution.formula, wanted, "");
  }
  return made;
}

}  // namespace spillway::deal
