#include <algorithm>
#include <cmath>

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

Symbol make_symbol(Type type, int slot, bool live = false) {
  Symbol symbol;
  symbol.type = type;
  symbol.slot = slot;
  symbol.live = live;
  return symbol;
}

Symbol broken_symbol(Type type) {
  Symbol symbol;
  symbol.type = type;
  symbol.broken = true;
  return symbol;
}

// Words of the formula language, and first words of the names every deal has.
bool is_own_word(const std::string& name) {
  constexpr std::string_view words[] = {"and",  "or",   "not",         "if",   "min",     "max",  "abs",   "date",
                                        "days", "period", "year_fraction", "pool", "classes", "call", "hedges"};
  return std::find(std::begin(words), std::end(words), name) != std::end(words);
}

std::string with_remaining(const std::string& fund) { return fund + ".remaining"; }

}  // namespace

double Deal::class_total() const {
  double total = 0.0;
  for (const BondClass& bond : classes) total += bond.is_notional ? 0.0 : bond.original_balance;
  return total;
}

double Deal::enhancement_target_of(double pool_cut_off_balance) const {
  if (enhancement_target.empty()) return 0.0;
  std::vector<double> slots = initial_slots;
  slots[static_cast<std::size_t>(pool_slot + pool_cut_off)] = pool_cut_off_balance;
  return evaluate(enhancement_target, slots.data());
}

std::optional<double> BondClass::constant(std::string_view wanted) const {
  for (const ClassConstant& constant : constants) {
    if (constant.name == wanted) return constant.value;
  }
  return std::nullopt;
}

result::Result<Deal> resolve(const DealDefinition& definition, const std::vector<std::string>& groups) {
  return Resolver(definition, groups).run();
}

Resolver::Resolver(const DealDefinition& definition, const std::vector<std::string>& groups)
    : definition_(definition) {
  deal_.groups = groups;
  for (const std::string& group : groups) taken_.emplace(group, "loan group");
}

result::Result<Deal> Resolver::run() {
  deal_.name = definition_.name;
  deal_.file = definition_.file;
  deal_.cut_off = definition_.cut_off;
  deal_.settlement = definition_.settlement;
  deal_.schedule = definition_.schedule;
  check_dates();
  lay_out_slots();
  add_classes();
  add_combinations();
  add_schedules();
  name_everything();
  define_everything();
  start_notionals();
  add_steps();
  return result::make_result(std::move(deal_), std::move(issues_));
}

void Resolver::fail(const result::Location& where, std::string what, std::string remedy) {
  issues_.push_back(result::error(where, std::move(what), std::move(remedy)));
}

bool Resolver::claim(const Text& name, std::string_view what) {
  const auto [entry, is_new] = taken_.try_emplace(name.text, what);
  if (!is_new) {
    fail(name.where, name.text + " is already the name of a " + entry->second, "choose another name");
    return false;
  }
  if (is_own_word(name.text)) {
    fail(name.where, name.text + " is a name of Spillway's own", "choose another name");
    return false;
  }
  return true;
}

int Resolver::new_slot(double initial) {
  deal_.initial_slots.push_back(initial);
  return static_cast<int>(deal_.initial_slots.size()) - 1;
}

void Resolver::check_dates() {
  const auto& d = definition_;
  if (!d.cut_off.ok() || !d.schedule.closing.ok() || !d.schedule.first_payment.ok() || !d.settlement.ok()) {
    fail(d.dates_where, "a date is missing or does not exist", "give cut_off, closing and the first payment date");
    return;
  }
  if (d.schedule.closing < d.cut_off) {
    fail(d.dates_where, "closing " + calendar::to_iso(d.schedule.closing) + " comes before the cut-off date " +
                            calendar::to_iso(d.cut_off), "put the dates in order: cut_off, closing, first payment");
  }
  if (d.schedule.first_payment <= d.schedule.closing) {
    fail(d.dates_where, "the first payment " + calendar::to_iso(d.schedule.first_payment) +
                            " does not come after closing " + calendar::to_iso(d.schedule.closing),
         "put the dates in order: cut_off, closing, first payment");
  }
  if (d.settlement < d.cut_off || d.settlement > d.schedule.first_payment) {
    fail(d.dates_where, "settlement " + calendar::to_iso(d.settlement) + " is not between cut-off and first payment",
         "put the dates in order: cut_off, settlement, first payment");
  }
}

void Resolver::lay_out_slots() {
  for (const auto& [name, title] : definition_.indices) {
    if (claim(name, "index")) deal_.indices.push_back(name.text);
  }
  int next = period_slot_count;
  deal_.pool_slot = next;
  next += pool_slot_count;
  deal_.group_slot = next;
  next += pool_slot_count * static_cast<int>(deal_.groups.size());
  deal_.index_slot = next;
  next += static_cast<int>(deal_.indices.size());
  deal_.class_slot = next;
  next += class_slot_count * static_cast<int>(definition_.classes.size());
  deal_.schedule_slot = next;
  next += static_cast<int>(definition_.schedules.size());
  deal_.initial_slots.assign(static_cast<std::size_t>(next), 0.0);
}

void Resolver::add_classes() {
  for (const ClassDefinition& written : definition_.classes) {
    claim(written.name, "class");
    if (written.name.text.find('-') != std::string::npos) hyphenated_.push_back(written.name.text);
    if (written.notional) {
      if (written.accrues) fail(written.name.where, "a class on a notional has no balance to accrue to", "remove 'accrues'");
    } else if (!(written.original_balance > 0.0) || !std::isfinite(written.original_balance)) {
      fail(written.balance_where, "the balance of class " + written.name.text + " is not a positive amount",
           "write dollars, as in 35_000_000");
    }
    BondClass bond;
    bond.name = written.name.text;
    bond.title = written.title;
    bond.ratings = written.ratings;
    bond.original_balance = written.original_balance;
    bond.first_slot = deal_.class_slot + class_slot_count * static_cast<int>(deal_.classes.size());
    bond.has_basis_risk = written.stated_rate.has_value();
    bond.constants = written.constants;
    bond.is_notional = written.notional.has_value();
    bond.accrues = written.accrues;
    deal_.initial_slots[static_cast<std::size_t>(bond.first_slot + class_original)] = bond.original_balance;
    deal_.classes.push_back(std::move(bond));
  }
  deal_.initial_slots[slot_classes_original] = deal_.class_total();
  for (const auto& [name, title] : definition_.parties) {
    if (claim(name, "party")) deal_.parties.push_back(name.text);
  }
  for (const auto& [name, members] : definition_.class_groups) {
    if (!claim(name, "group of classes")) continue;
    for (const Text& member : members) {
      for (int position : expand(member)) {
        class_groups_[name.text].push_back(deal_.classes[static_cast<std::size_t>(position)].name);
      }
    }
  }
}

void Resolver::add_schedules() {
  for (const ScheduleDefinition& written : definition_.schedules) {
    claim(written.name, "schedule");
    const bool known = written.principal_of.empty() || written.principal_of == "pool" ||
                       std::find(deal_.groups.begin(), deal_.groups.end(), written.principal_of) != deal_.groups.end();
    if (!known) {
      fail(written.where, "the pool has no loan group " + written.principal_of,
           result::suggestion(written.principal_of, deal_.groups));
    }
    names_.add(written.name.text,
               make_symbol(written.is_rate ? Type::rate : Type::money,
                           deal_.schedule_slot + static_cast<int>(deal_.schedules.size())));
    deal_.schedules.push_back(written);
  }
}

void Resolver::add_combinations() {
  for (const CombinationDefinition& written : definition_.combinations) {
    if (!claim(written.name, "combination of classes")) continue;
    Combination combination{written.name.text, written.title, {}};
    for (const Text& part : written.parts) {
      for (int position : expand(part)) combination.parts.push_back(static_cast<std::size_t>(position));
    }
    deal_.combinations.push_back(std::move(combination));
  }
}

// What a notional stands at before the first payment: its formula with every class at its original balance.
void Resolver::start_notionals() {
  if (result::has_errors(issues_)) return;  // nothing will run
  std::vector<double> slots = deal_.initial_slots;
  for (const BondClass& bond : deal_.classes) {
    slots[static_cast<std::size_t>(bond.first_slot + class_beginning)] = bond.original_balance;
  }
  slots[slot_classes_beginning] = deal_.class_total();
  slots[slot_period] = 1.0;
  // In the order they depend on each other: a notional may stand on a quantity, or on another notional.
  for (const Assignment& assignment : deal_.assignments) {
    if (assignment.kind != Assignment::Kind::formula) continue;
    slots[static_cast<std::size_t>(assignment.slot)] = evaluate(assignment.program, slots.data());
  }
  for (BondClass& bond : deal_.classes) {
    if (!bond.is_notional) continue;
    bond.original_balance = slots[static_cast<std::size_t>(bond.first_slot + class_beginning)];
    deal_.initial_slots[static_cast<std::size_t>(bond.first_slot + class_original)] = bond.original_balance;
  }
}

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
  name_compound_funds();
  name_call();
  name_hedges();
}

// Where the formula behind a name is written.
result::Location Resolver::place_of(const std::string& name) const {
  for (const QuantityDefinition& quantity : definition_.quantities) {
    if (quantity.name.text == name) return quantity.formula.where;
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
  names_.add_pending(quantity.name.text, [this, &quantity] { return build_quantity(quantity); });
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
    names_.add(name, make_symbol(constant.is_rate ? Type::rate : Type::number, new_slot(constant.value)));
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
                  {Op::slot, deal_.pool_slot + pool_principal, 0}, {Op::subtract, 0, 0}, {Op::maximum, 0, 0}};
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

void Resolver::name_hedges() {
  const std::pair<const char*, int> slots[] = {{"hedges.notional", slot_hedge_notional},
                                               {"hedges.net_payment", slot_hedge_net},
                                               {"hedges.receipts", slot_hedge_receipts},
                                               {"hedges.payments", slot_hedge_payments}};
  names_.add_pending("hedges", [this] { return build_hedges(); });
  for (const auto& [name, slot] : slots) {
    names_.add_pending(name, [this, slot = slot] {
      names_.find("hedges", "");
      return make_symbol(Type::money, slot);
    });
  }
}

Symbol Resolver::build_hedges() {
  if (definition_.hedges) {
    const HedgeDefinition& hedges = *definition_.hedges;
    const auto found = std::find(deal_.indices.begin(), deal_.indices.end(), hedges.index.text);
    if (found == deal_.indices.end()) {
      fail(hedges.index.where, "no index is called " + hedges.index.text,
           result::suggestion(hedges.index.text, deal_.indices));
    } else {
      deal_.hedge_index = static_cast<int>(found - deal_.indices.begin());
    }
    if (hedges.notional_limit) {
      assign(slot_hedge_limit, Type::money, *hedges.notional_limit, "");
    } else {
      deal_.initial_slots[slot_hedge_limit] = HUGE_VAL;
    }
    deal_.assignments.push_back({Assignment::Kind::hedges, -1, {}});
  }
  return make_symbol(Type::money, slot_hedge_net);
}

Symbol Resolver::build_class_rate(const ClassDefinition& written, std::size_t position) {
  const BondClass& bond = deal_.classes[position];
  const auto stated = names_.find(bond.name + ".stated_rate", "");
  if (stated && stated->broken && !written.stated_rate) return broken_symbol(Type::rate);  // one text, reported once
  return assign(bond.first_slot + class_rate, Type::rate, written.rate, bond.name);
}

Symbol Resolver::build_fund(const FundDefinition& written, std::size_t position) {
  return assign(deal_.funds[position].beginning_slot, Type::money, *written.amount, "");
}

Symbol Resolver::build_quantity(const QuantityDefinition& quantity) {
  const auto compiled = compile_text(quantity.formula, "");
  if (!compiled) return broken_symbol(Type::number);
  Symbol symbol = make_symbol(compiled->type, -1, compiled->live);
  symbol.literal = compiled->literal;
  symbol.zero = compiled->zero;
  if (quantity.before) {
    symbol.slot = new_slot();
    symbol.live = true;
    before_[quantity.before->text].push_back({Assignment::Kind::formula, symbol.slot, compiled->program});
  } else if (compiled->live) {
    symbol.inlined = compiled->program;
  } else {
    symbol.slot = new_slot();
    deal_.assignments.push_back({Assignment::Kind::formula, symbol.slot, compiled->program});
  }
  deal_.quantities.push_back({quantity.name.text, symbol.type, symbol.slot, symbol.inlined.value_or(Program{})});
  return symbol;
}

void Resolver::define_everything() {
  names_.find("call.proceeds", "");
  names_.find("hedges", "");
  for (const BondClass& bond : deal_.classes) {
    names_.find(bond.name + ".interest.due", "");
    names_.find(bond.name + ".accrued", "");
  }
  for (std::size_t f = 0; f < deal_.funds.size(); ++f) {
    if (!deal_.funds[f].compound) names_.find(deal_.funds[f].name + ".beginning", "");
  }
  if (definition_.credit_enhancement_target) {
    deal_.enhancement_target = fixed_program(*definition_.credit_enhancement_target, Type::money, "");
  }
  // Report quantities in the order written, whatever order they were needed in.
  for (const QuantityDefinition& quantity : definition_.quantities) names_.find(quantity.name.text, "");
  const auto position = [this](const Quantity& quantity) {
    const auto& all = definition_.quantities;
    return std::find_if(all.begin(), all.end(), [&](const auto& q) { return q.name.text == quantity.name; }) -
           all.begin();
  };
  std::stable_sort(deal_.quantities.begin(), deal_.quantities.end(),
                   [&](const Quantity& a, const Quantity& b) { return position(a) < position(b); });
}

std::optional<Compiled> Resolver::compile_text(const Text& text, const std::string& scope) {
  auto parsed = parse_formula(text, hyphenated_);
  if (!parsed.ok()) {
    result::append(issues_, std::move(parsed.issues));
    return std::nullopt;
  }
  auto compiled = compile(*parsed, text.where,
                          [&](std::string_view name) { return names_.find(name, scope); }, names_.known(scope));
  result::append(issues_, std::move(compiled.issues));
  return compiled.value;
}

Program Resolver::program(const Text& text, Type wanted, const std::string& scope) {
  auto compiled = compile_text(text, scope);
  if (!compiled) return {};
  if (auto issue = mismatch(*compiled, wanted, text)) issues_.push_back(std::move(*issue));
  return std::move(compiled->program);
}

Program Resolver::fixed_program(const Text& text, Type wanted, const std::string& scope) {
  auto compiled = compile_text(text, scope);
  if (!compiled) return {};
  if (auto issue = mismatch(*compiled, wanted, text)) issues_.push_back(std::move(*issue));
  if (compiled->live) {
    fail(text.where, "'" + text.text + "' uses an amount that moves while payments are made",
         "use its value at a fixed moment, such as classes.balance.beginning");
  }
  return std::move(compiled->program);
}

Symbol Resolver::assign(int slot, Type type, const Text& text, const std::string& scope) {
  const std::size_t before = issues_.size();
  Program compiled = fixed_program(text, type, scope);
  if (compiled.empty() || issues_.size() > before) return broken_symbol(type);
  return assign_program(slot, type, std::move(compiled));
}

Symbol Resolver::assign_program(int slot, Type type, Program compiled) {
  deal_.assignments.push_back({Assignment::Kind::formula, slot, std::move(compiled)});
  return make_symbol(type, slot);
}

}  // namespace spillway::deal
