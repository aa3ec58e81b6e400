// What names stand for: formulas compiled into assignments, in the order they depend on each other.

#include <algorithm>
#include <cmath>

#include "spillway/deal/expression_text.h"
#include "spillway/deal/resolver.h"

namespace spillway::deal {

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

Symbol Resolver::build_cap(const CapDefinition& cap) {
  const int slot = new_slot();
  const auto index = std::find(deal_.indices.begin(), deal_.indices.end(), cap.index.text);
  if (index == deal_.indices.end()) {
    fail(cap.index.where, "no index is called " + cap.index.text, result::suggestion(cap.index.text, deal_.indices));
    return make_symbol(Type::money, slot);
  }
  Program payment = fixed_program(cap.notional, Type::money, "");
  const auto append = [&](const Program& more) { payment.code.insert(payment.code.end(), more.code.begin(), more.code.end()); };
  payment.code.push_back({Op::slot, deal_.index_slot + static_cast<int>(index - deal_.indices.begin()), 0});
  if (cap.ceiling) {
    append(fixed_program(*cap.ceiling, Type::rate, ""));
    payment.code.push_back({Op::minimum, 0, 0});
  }
  append(fixed_program(cap.strike, Type::rate, ""));
  for (const Instruction& step : {Instruction{Op::subtract, 0, 0}, Instruction{Op::constant, 0, 0.0},
                                  Instruction{Op::maximum, 0, 0}, Instruction{Op::multiply, 0, 0},
                                  Instruction{Op::slot, slot_actual_days, 0}, Instruction{Op::multiply, 0, 0},
                                  Instruction{Op::constant, 0, 360.0}, Instruction{Op::divide, 0, 0}}) {
    payment.code.push_back(step);
  }
  return assign_program(slot, Type::money, std::move(payment));
}

Symbol Resolver::build_class_rate(const ClassDefinition& written, std::size_t position) {
  const BondClass& bond = deal_.classes[position];
  const auto stated = names_.find(bond.name + ".stated_rate", "");
  if (stated && stated->broken && !written.stated_rate) return broken_symbol(Type::rate);  // one text, reported once
  return assign(bond.first_slot + class_rate, Type::rate, written.rate, bond.name);
}

// For reports: which rate a class is paid. The rates themselves are compiled whole.
void Resolver::add_rate_terms() {
  if (result::has_errors(issues_)) return;  // nothing will run
  for (std::size_t c = 0; c < deal_.classes.size(); ++c) {
    const ClassDefinition& written = definition_.classes[c];
    BondClass& bond = deal_.classes[c];
    const auto add = [&](const Expression& term) {
      auto compiled = compile(term, written.rate.where, [&](std::string_view name) { return names_.find(name, bond.name); }, {});
      if (compiled.ok()) bond.rate_terms.push_back({to_text(term), std::move(compiled->program)});
    };
    for (const Expression& term : least_of(*parse_formula(written.rate, hyphenated_))) {
      const bool is_stated = term.kind == Expression::Kind::name && term.name == "stated_rate" && written.stated_rate;
      if (!is_stated) add(term);
      else for (const Expression& part : least_of(*parse_formula(*written.stated_rate, hyphenated_))) add(part);
    }
  }
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
  deal_.quantities.push_back({quantity.name.text, symbol.type, symbol.slot, symbol.inlined.value_or(Program{}), -1,
                              quantity.formula.text});
  return symbol;
}

void Resolver::define_everything() {
  names_.find("call.proceeds", "");
  names_.find("hedges", "");
  names_.find("caps.receipts", "");
  for (const BondClass& bond : deal_.classes) {
    names_.find(bond.name + ".interest.due", "");
    names_.find(bond.name + ".accrued", "");
    names_.find(bond.name + ".unpaid_interest_rate", "");
    names_.find(bond.name + ".basis_risk_rate", "");
  }
  for (std::size_t f = 0; f < deal_.funds.size(); ++f) {
    if (!deal_.funds[f].compound && deal_.funds[f].account < 0) names_.find(deal_.funds[f].name + ".beginning", "");
  }
  for (const Account& account : deal_.accounts) {
    names_.find(account.name + ".target", "");
    names_.find(account.name + ".interest", "");
  }
  for (const TriggerDefinition& trigger : definition_.triggers) names_.find(trigger.name.text, "");
  if (definition_.credit_enhancement_target) {
    deal_.enhancement_target = fixed_program(*definition_.credit_enhancement_target, Type::money, "");
  }
  // Report quantities in the order written, whatever order they were needed in.
  for (const QuantityDefinition& quantity : definition_.quantities) names_.find(quantity.name.text, "");
  define_previous_values();
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
