// What the period loop runs: assignments, steps and what is reported, compiled into blocks.

#include "spillway/deal/resolver.h"

namespace spillway::deal {

namespace {

void note_reads(const Program& program, std::vector<bool>& is_read) {
  for (const Instruction& step : program.code) {
    if (step.op == Op::slot) is_read[static_cast<std::size_t>(step.slot)] = true;
  }
}

void note_reads(const Node& node, std::vector<bool>& is_read) {
  note_reads(node.formula, is_read);
  for (const Node& child : node.children) note_reads(child, is_read);
}

}  // namespace

void Resolver::compile_blocks() {
  if (result::has_errors(issues_)) return;  // nothing will run
  note_what_is_read();
  BlockCompiler compiler(deal_.initial_slots, what_slots_keep());
  compile_assignments(compiler);
  for (Step& step : deal_.waterfall) compile_step(step, compiler);
  for (Quantity& quantity : deal_.quantities) {
    quantity.end_slot = quantity.slot >= 0 ? quantity.slot : compiler.slot_of(quantity.live);
  }
  for (PreviousValue& previous : deal_.previous_values) {
    previous.next_slot = compiler.new_slot();  // of its own: all are figured before any is changed
    compiler.assign(previous.next_slot, previous.program, true);
  }
  deal_.end = compiler.take();
  deal_.once = compiler.take_steady();
}

void Resolver::note_what_is_read() {
  std::vector<bool>& is_read = deal_.is_read;
  is_read.assign(deal_.initial_slots.size(), false);
  for (const Assignment& assignment : deal_.assignments) note_reads(assignment.program, is_read);
  for (const Step& step : deal_.waterfall) {
    for (const Assignment& fixed : step.before) note_reads(fixed.program, is_read);
    note_reads(step.when, is_read);
    note_reads(step.amount, is_read);
    note_reads(step.to, is_read);
  }
  for (const Quantity& quantity : deal_.quantities) note_reads(quantity.live, is_read);
  for (const PreviousValue& previous : deal_.previous_values) note_reads(previous.program, is_read);
  if (deal_.hedge_index >= 0) is_read[static_cast<std::size_t>(deal_.index_slot + deal_.hedge_index)] = true;
}

std::vector<Keeps> Resolver::what_slots_keep() const {
  std::vector<Keeps> keeps(deal_.initial_slots.size(), Keeps::no);
  const auto set = [&](int slot, Keeps how) { keeps[static_cast<std::size_t>(slot)] = how; };
  set(slot_classes_original, Keeps::always);
  set(slot_call_part, Keeps::always);
  for (int slot : constant_slots_) set(slot, Keeps::always);
  for (const BondClass& bond : deal_.classes) set(bond.first_slot + class_original, Keeps::always);
  set(deal_.pool_slot + pool_cut_off, Keeps::for_the_run);
  for (std::size_t g = 0; g < deal_.groups.size(); ++g) {
    set(deal_.group_slot + static_cast<int>(g) * pool_slot_count + pool_cut_off, Keeps::for_the_run);
  }
  return keeps;
}

void Resolver::compile_assignments(BlockCompiler& compiler) {
  // What a class begins with is its balance, until a notional takes its place.
  std::vector<bool> is_beginning(deal_.initial_slots.size(), false);
  for (const BondClass& bond : deal_.classes) is_beginning[static_cast<std::size_t>(bond.first_slot + class_beginning)] = true;
  for (std::size_t i = 0; i < deal_.assignments.size(); ++i) {
    const Assignment& assignment = deal_.assignments[i];
    if (assignment.kind == Assignment::Kind::formula) {
      if (compiler.touches(assignment.slot)) deal_.start.push_back({compiler.take()});
      compiler.assign(assignment.slot, assignment.program, is_beginning[static_cast<std::size_t>(assignment.slot)]);
      continue;
    }
    Stage stage;
    stage.assignment = static_cast<int>(i);
    if (!assignment.program.empty()) stage.value_slot = compiler.slot_of(assignment.program);
    stage.block = compiler.take();
    deal_.start.push_back(std::move(stage));
  }
  deal_.start.push_back({compiler.take()});
}

void Resolver::compile_step(Step& step, BlockCompiler& compiler) const {
  for (int position : step.funds) {
    const Fund& fund = deal_.funds[static_cast<std::size_t>(position)];
    const int account = fund.account;
    step.sources.push_back(
        {fund.remaining_slot,
         account < 0 ? -1 : deal_.accounts[static_cast<std::size_t>(account)].first_slot + account_draws});
  }
  for (const Assignment& fixed : step.before) compiler.assign(fixed.slot, fixed.program, true);
  if (!step.when.empty()) step.when_slot = compiler.slot_of(step.when);
  if (!step.amount.empty()) step.amount_slot = compiler.slot_of(step.amount);
  step.block = compiler.take();
}

}  // namespace spillway::deal
