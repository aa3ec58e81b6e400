// The names a definition gives rise to: each stands for something built when it is first used.

#include <algorithm>

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

std::string with_remaining(const std::string& fund) { return fund + ".remaining"; }

}  // namespace

void Resolver::name_everything() {
  names_.on_cycle = [this](const std::vector<std::string>& path) {
    std::string text;
    for (const std::string& name : path) text += (text.empty() ? "" : " -> ") + name;
    fail(place_of(path.front()), path.front() + " is defined through itself: " + text, "break the circle");
  };
  names_.on_long_chain = [this](const std::string& name) {
    fail({definition_.file, 0, 0}, "the definitions that lead to " + name + " make too long a chain",
         "let fewer quantities stand on each other");
  };
  add_period_names(names_, deal_);
  for (const QuantityDefinition& quantity : definition_.quantities) name_quantity(quantity);
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) name_class(definition_.classes[c], c);
  for (std::size_t f = 0; f < definition_.funds.size(); ++f) name_fund(definition_.funds[f], f);
  add_accounts();
  name_compound_funds();
  for (const TriggerDefinition& trigger : definition_.triggers) name_trigger(trigger);
  name_call();
  name_make_whole();
  name_hedges();
  name_caps();
}

// Where the formula behind a name is written.
result::Location Resolver::place_of(const std::string& name) const {
  for (const QuantityDefinition& quantity : definition_.quantities) {
    if (quantity.name.text == name) return quantity.formula.where;
  }
  for (const TriggerDefinition& trigger : definition_.triggers) {
    if (trigger.name.text == name) return trigger.when.where;
  }
  for (const AccountDefinition& account : definition_.accounts) {
    if (!name.starts_with(account.name.text + ".")) continue;
    return name.ends_with(".interest") && account.earns ? account.earns->where : account.target.where;
  }
  for (const ClassDefinition& written : definition_.classes) {
    if (name.starts_with(written.name.text + ".")) return written.rate.where;
  }
  for (const FundDefinition& fund : definition_.funds) {
    if (fund.amount && name == fund.name.text + ".beginning") return fund.amount->where;
  }
  if (definition_.call && name.starts_with("call.")) {
    return name == "call.proceeds" && definition_.call->proceeds ? definition_.call->proceeds->where
                                                                 : definition_.call->when.where;
  }
  if (definition_.hedges && name.starts_with("hedges") && definition_.hedges->notional_limit) {
    return definition_.hedges->notional_limit->where;
  }
  return {definition_.file, 0, 0};
}

void Resolver::name_quantity(const QuantityDefinition& quantity) {
  if (!claim(quantity.name, "quantity")) return;
  if (quantity.memory == Memory::previous) return name_previous(quantity);
  names_.add_pending(quantity.name.text, [this, &quantity] {
    return quantity.memory == Memory::none ? build_quantity(quantity) : build_memory(quantity);
  });
}

void Resolver::name_class(const ClassDefinition& written, std::size_t position) {
  add_class_names(names_, deal_, position);
  const BondClass& bond = deal_.classes[position];
  const Text& stated = written.stated_rate ? *written.stated_rate : written.rate;
  names_.add_pending(bond.name + ".stated_rate", [this, &bond, &stated] {
    return assign(bond.first_slot + class_stated_rate, Type::rate, stated, bond.name);
  });
  names_.add_pending(bond.name + ".rate",
                     [this, &written, position] { return build_class_rate(written, position); });
  const auto name_carried_rate = [&](const char* name, const std::optional<Text>& rate, ClassSlot slot) {
    if (!rate) return;
    names_.add_pending(bond.name + name, [this, &bond, &rate = *rate, slot] {
      return assign(bond.first_slot + slot, Type::rate, rate, bond.name);
    });
  };
  name_carried_rate(".unpaid_interest_rate", written.unpaid_interest_rate, class_unpaid_interest_rate);
  name_carried_rate(".basis_risk_rate", written.basis_risk_rate, class_basis_risk_rate);
  if (written.notional) {
    names_.add_pending(bond.name + ".balance.beginning", [this, &written, &bond] {
      return assign(bond.first_slot + class_beginning, Type::money, *written.notional, bond.name);
    });
    names_.add_pending(bond.name + ".notional",
                       [this, &bond] { return *names_.find(bond.name + ".balance.beginning", ""); });
  }
  if (written.accrues) {
    names_.add_pending(bond.name + ".accrued", [this, &bond] {
      names_.find(bond.name + ".interest.due", "");
      Program due;
      due.code = {{Op::slot, bond.first_slot + class_interest_due, 0}};
      return assign_program(bond.first_slot + class_accrued, Type::money, std::move(due));
    });
  }
  names_.add_pending(bond.name + ".interest.due", [this, &bond] {
    names_.find(bond.name + ".rate", "");
    names_.find(bond.name + ".notional", "");
    Program due;
    due.code = {{Op::slot, bond.first_slot + class_rate, 0},
                {Op::slot, bond.first_slot + class_beginning, 0},
                {Op::multiply, 0, 0},
                {Op::slot, slot_year_fraction, 0},
                {Op::multiply, 0, 0},
                {Op::constant, 0, 0.0},
                {Op::maximum, 0, 0}};  // a class owes no interest
    return assign_program(bond.first_slot + class_interest_due, Type::money, std::move(due));
  });
  for (const ClassConstant& constant : written.constants) {
    const std::string name = bond.name + "." + constant.name;
    if (names_.has(name)) {
      fail(constant.where, constant.name + " is a name of Spillway's own", "choose another name");
      continue;
    }
    constant_slots_.push_back(new_slot(constant.value));
    names_.add(name, make_symbol(constant.is_rate ? Type::rate : Type::number, constant_slots_.back()));
  }
}

void Resolver::name_fund(const FundDefinition& written, std::size_t position) {
  claim(written.name, "fund");
  Fund fund;
  fund.name = written.name.text;
  fund.compound = !written.amount;
  if (written.amount) {
    fund.beginning_slot = new_slot();
    fund.remaining_slot = new_slot();
    fund.draws_on = {static_cast<int>(position)};
    names_.add(fund.name, make_symbol(Type::money, fund.remaining_slot, true));
    names_.add(with_remaining(fund.name), make_symbol(Type::money, fund.remaining_slot, true));
    names_.add_pending(fund.name + ".beginning",
                       [this, &written, position] { return build_fund(written, position); });
  }
  deal_.funds.push_back(std::move(fund));
}

// What a compound fund holds is the sum of its parts.
void Resolver::name_compound_funds() {
  for (std::size_t f = 0; f < deal_.funds.size(); ++f) {
    if (!deal_.funds[f].compound) continue;
    for (const Text& part : definition_.funds[f].draws_on) {
      for (std::size_t later = f; later < deal_.funds.size(); ++later) {
        if (deal_.funds[later].compound && deal_.funds[later].name == part.text) {
          fail(part.where, deal_.funds[f].name + " draws on " + part.text + ", which is not defined before it",
               "put " + part.text + " first");
        }
      }
    }
    deal_.funds[f].draws_on = simple_funds(definition_.funds[f].draws_on);
    Symbol sum = make_symbol(Type::money, -1, true);
    Program program;
    for (std::size_t i = 0; i < deal_.funds[f].draws_on.size(); ++i) {
      const int part = deal_.funds[f].draws_on[i];
      program.code.push_back({Op::slot, deal_.funds[static_cast<std::size_t>(part)].remaining_slot, 0});
      if (i > 0) program.code.push_back({Op::add, 0, 0});
    }
    sum.inlined = std::move(program);
    names_.add(deal_.funds[f].name, sum);
    names_.add(with_remaining(deal_.funds[f].name), sum);
  }
}

void Resolver::name_call() {
  deal_.has_call = definition_.call.has_value();
  if (definition_.call) {
    deal_.call_when = definition_.call->when.text;
    deal_.call_part = definition_.call->part;
  }
  deal_.initial_slots[slot_call_part] = deal_.call_part;
  names_.add_pending("call.test", [this] {
    if (!definition_.call) return make_symbol(Type::condition, slot_call_test);
    return assign(slot_call_test, Type::condition, definition_.call->when, "");
  });
  names_.add_pending("call.exercised", [this] {
    names_.find("call.test", "");
    Program both;
    both.code = {{Op::slot, slot_to_call, 0}, {Op::slot, slot_call_test, 0}, {Op::both, 0, 0}};
    return assign_program(slot_call_exercised, Type::condition, std::move(both));
  });
  names_.add_pending("call.proceeds", [this] {
    names_.find("call.exercised", "");
    Program price;
    price.code = {{Op::slot, deal_.pool_slot + pool_ending, 0}, {Op::slot, slot_classes_beginning, 0},
                  {Op::slot, deal_.pool_slot + pool_principal, 0}, {Op::subtract, 0, 0}, {Op::maximum, 0, 0},
                  {Op::slot, slot_call_part, 0}, {Op::multiply, 0, 0},
                  {Op::slot, slot_classes_make_whole, 0}, {Op::add, 0, 0}};
    names_.find("classes.make_whole", "");
    if (definition_.call && definition_.call->proceeds) {
      price = fixed_program(*definition_.call->proceeds, Type::money, "");
    }
    Program proceeds;
    proceeds.code.push_back({Op::slot, slot_call_exercised, 0});
    proceeds.code.insert(proceeds.code.end(), price.code.begin(), price.code.end());
    proceeds.code.push_back({Op::constant, 0, 0.0});
    proceeds.code.push_back({Op::choose, 0, 0});
    return assign_program(slot_call_proceeds, Type::money, std::move(proceeds));
  });
}

// What each class is owed by a redemption beside its balance, and their sum; no assignments in a deal that owes nothing.
void Resolver::name_make_whole() {
  const bool owed = definition_.call && definition_.call->make_whole;
  if (owed) {
    const MakeWholeDefinition& written = *definition_.call->make_whole;
    const auto found = std::find(deal_.indices.begin(), deal_.indices.end(), written.index.text);
    if (found == deal_.indices.end()) {
      fail(written.index.where, "no index is called " + written.index.text,
           result::suggestion(written.index.text, deal_.indices));
    }
    deal_.make_whole = MakeWhole{static_cast<int>(found - deal_.indices.begin()), written.spread};
  }
  for (const BondClass& bond : deal_.classes) {
    names_.add_pending(bond.name + ".make_whole", [this, &bond, owed] {
      const int slot = bond.first_slot + class_make_whole;
      if (!owed) return make_symbol(Type::money, slot);
      names_.find("call.exercised", "");
      Program premium;
      premium.code = {{Op::slot, slot_call_exercised, 0}, {Op::slot, bond.first_slot + class_whole_premium, 0},
                      {Op::slot, slot_call_part, 0}, {Op::multiply, 0, 0}, {Op::constant, 0, 0.0}, {Op::choose, 0, 0}};
      return assign_program(slot, Type::money, std::move(premium));
    });
  }
  names_.add_pending("classes.make_whole", [this, owed] {
    if (!owed) return make_symbol(Type::money, slot_classes_make_whole);
    Program sum;
    sum.code.push_back({Op::constant, 0, 0.0});
    for (const BondClass& bond : deal_.classes) {
      names_.find(bond.name + ".make_whole", "");
      sum.code.push_back({Op::slot, bond.first_slot + class_make_whole, 0});
      sum.code.push_back({Op::add, 0, 0});
    }
    return assign_program(slot_classes_make_whole, Type::money, std::move(sum));
  });
}

// Each cap's payment under its own name, and their sum.
void Resolver::name_caps() {
  for (const CapDefinition& cap : definition_.caps) {
    claim(cap.name, "cap");
    names_.add_pending(cap.name.text + ".payment", [this, &cap] { return build_cap(cap); });
  }
  names_.add_pending("caps.receipts", [this] {
    Program sum;
    sum.code.push_back({Op::constant, 0, 0.0});
    for (const CapDefinition& cap : definition_.caps) {
      const auto payment = names_.find(cap.name.text + ".payment", "");
      sum.code.push_back({Op::slot, payment->slot, 0});
      sum.code.push_back({Op::add, 0, 0});
    }
    return assign_program(slot_cap_receipts, Type::money, std::move(sum));
  });
}

void Resolver::name_hedges() {
  const std::pair<const char*, int> slots[] = {{"hedges.notional", slot_hedge_notional},
                                               {"hedges.net_payment", slot_hedge_net},
                                               {"hedges.receipts", slot_hedge_receipts},
                                               {"hedges.payments", slot_hedge_payments},
                                               {"hedges.unpaid", slot_hedge_unpaid}};
  names_.add_pending("hedges", [this] { return build_hedges(); });
  for (const auto& [name, slot] : slots) {
    names_.add_pending(name, [this, slot = slot] {
      names_.find("hedges", "");
      return make_symbol(Type::money, slot);
    });
  }
}

}  // namespace spillway::deal
