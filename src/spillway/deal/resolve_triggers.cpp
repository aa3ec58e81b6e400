// What is remembered from period to period: triggers, and quantities that look back.

#include "spillway/deal/resolver.h"

namespace spillway::deal {

void Resolver::name_trigger(const TriggerDefinition& written) {
  if (!claim(written.name, "trigger")) return;
  names_.add_pending(written.name.text, [this, &written] { return build_trigger(written); });
}

Symbol Resolver::build_trigger(const TriggerDefinition& written) {
  const std::size_t before = issues_.size();
  Program when = fixed_program(written.when, Type::condition, "");
  if (when.empty() || issues_.size() > before) return broken_symbol(Type::condition);
  const int slot = new_slot();
  deal_.assignments.push_back(
      {Assignment::Kind::trigger, slot, std::move(when), static_cast<int>(deal_.triggers.size()), 0});
  deal_.triggers.push_back({written.name.text, slot, written.after, written.cure});
  return make_symbol(Type::condition, slot);
}

Symbol Resolver::build_memory(const QuantityDefinition& quantity) {
  auto compiled = compile_text(quantity.formula, "");
  if (!compiled) return broken_symbol(Type::number);
  const char* key = quantity.memory == Memory::average ? "average_over" : "sum_over";
  if (compiled->live) {
    fail(quantity.formula.where, "'" + quantity.formula.text + "' uses an amount that moves while payments are made; " + key +
                                     " takes fixed amounts",
         "use its value at a fixed moment, such as classes.balance.beginning, or a quantity 'at: previous_period'");
    return broken_symbol(compiled->type);
  }
  if (compiled->type == Type::condition || compiled->type == Type::date) {
    fail(quantity.formula.where, "'" + quantity.formula.text + "' is a " + std::string(type_name(compiled->type)) + "; " + key +
                                     " takes amounts, rates and numbers",
         "count periods with if(" + quantity.formula.text + ", 1, 0)");
    return broken_symbol(compiled->type);
  }
  Assignment assignment{Assignment::Kind::total, new_slot(), std::move(compiled->program), 0, 0};
  if (quantity.memory != Memory::total) {
    assignment.kind = quantity.memory == Memory::average ? Assignment::Kind::average : Assignment::Kind::sum;
    assignment.position = deal_.remembered;
    assignment.window = quantity.over;
    deal_.remembered += quantity.over;
  }
  const Symbol symbol = make_symbol(compiled->type, assignment.slot);
  deal_.assignments.push_back(std::move(assignment));
  deal_.quantities.push_back({quantity.name.text, symbol.type, symbol.slot, {}});
  return symbol;
}

// Its type is stated, not found: so a quantity may look back on one that is figured from it.
void Resolver::name_previous(const QuantityDefinition& quantity) {
  const Symbol symbol = make_symbol(quantity.is_rate ? Type::rate : Type::money, new_slot(quantity.initial));
  names_.add(quantity.name.text, symbol);
  deal_.quantities.push_back({quantity.name.text, symbol.type, symbol.slot, {}});
}

void Resolver::define_previous_values() {
  for (const QuantityDefinition& quantity : definition_.quantities) {
    if (quantity.memory != Memory::previous) continue;
    const auto symbol = names_.find(quantity.name.text, "");
    auto compiled = compile_text(quantity.formula, "");
    if (!symbol || symbol->slot < 0 || !compiled) continue;
    if (auto issue = mismatch(*compiled, symbol->type, quantity.formula)) {
      if (issue->remedy.empty()) {
        issue->remedy = quantity.is_rate ? "state initial in dollars, as in initial: 0"
                                         : "for a rate or a number, state initial as a rate: initial: 0%";
      }
      issues_.push_back(std::move(*issue));
    }
    deal_.previous_values.push_back({symbol->slot, std::move(compiled->program)});
  }
}

}  // namespace spillway::deal
