#include <algorithm>
#include <cmath>

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

// Words of the formula language, and first words of the names every deal has.
bool is_own_word(const std::string& name) {
  constexpr std::string_view words[] = {"and",  "or",   "not",         "if",   "min",     "max",  "abs",   "date",
                                        "days", "period", "year_fraction", "pool", "classes", "call", "hedges"};
  return std::find(std::begin(words), std::end(words), name) != std::end(words);
}

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
  add_rate_terms();
  compile_blocks();
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
  deal_.account_slot = next;
  next += account_slot_count * static_cast<int>(definition_.accounts.size());
  deal_.party_slot = next;
  next += static_cast<int>(definition_.parties.size());
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
    bond.has_unpaid_interest_rate = written.unpaid_interest_rate.has_value();
    bond.has_basis_risk_rate = written.basis_risk_rate.has_value();
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
    if (assignment.program.empty() || assignment.kind == Assignment::Kind::trigger) continue;  // none is on yet
    slots[static_cast<std::size_t>(assignment.slot)] = evaluate(assignment.program, slots.data());
  }
  for (BondClass& bond : deal_.classes) {
    if (!bond.is_notional) continue;
    bond.original_balance = slots[static_cast<std::size_t>(bond.first_slot + class_beginning)];
    deal_.initial_slots[static_cast<std::size_t>(bond.first_slot + class_original)] = bond.original_balance;
  }
}

}  // namespace spillway::deal
