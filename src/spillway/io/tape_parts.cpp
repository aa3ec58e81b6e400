#include "spillway/io/tape_parts.h"

#include <algorithm>

#include "spillway/pool/cohort_order.h"

namespace spillway::io {

result::WithIssues<pool::Pool> PartsSource::pool_of(const pool::LoanTape& block, const pool::FeeTerms& fees) const {
  const calendar::Date first = definition.schedule.first_payment;
  auto made = pool::make_pool(block, tape.products, fees, {first.year(), first.month(), std::chrono::day{1}});
  made.value = pool::in_cohort_order(std::move(made.value));
  return made;
}

TapeSurvey survey_tape(const PartsSource& source) {
  TapeSurvey found;
  TapeBlocks blocks(source.tape, source.plan.block_bytes, source.plan.loans);
  while (auto block = blocks.next()) {
    result::append(found.tape_issues, std::move(block->issues));
    const std::set<std::string> groups = own_groups(block->value);
    found.groups.insert(groups.begin(), groups.end());
    found.tape_loans += block->value.size();
    if (!source.makes_loans()) continue;
    const pool::FeeTerms fees = fee_terms(source.definition, known_groups(source.tape.products, groups));
    auto pool = source.pool_of(block->value, fees);
    result::append(found.pool_issues, std::move(pool.issues));
    found.totals.add(pool.value);
    count_other_fees(pool.value, fees, found.other_fees);
  }
  if (!blocks.unread().empty()) found.tape_loans = 0;  // half a tape is none
  result::append(found.tape_issues, blocks.unread());
  return found;
}

PartsReader::PartsReader(PartsSource source, pool::Pool names, pool::PoolTotals totals, PartRules rules)
    : source_(std::move(source)), names_(std::move(names)), totals_(std::move(totals)), rules_(std::move(rules)) {}

std::vector<result::Issue> PartsReader::operator()(const engine::LoanParts::Use& use, bool with_tape) const {
  TapeBlocks blocks(source_.tape, source_.plan.block_bytes, source_.plan.loans);
  pool::PoolTotals again;
  std::size_t rows = 0;
  while (auto block = blocks.next()) {
    pool::LoanTape& tape = block->value;
    engine::LoanParts::Part part;
    part.first_row = rows;
    rows += tape.size();
    part.pool = source_.pool_of(tape, fee_terms(source_.definition, known_groups(source_.tape.products, own_groups(tape)))).value;
    if (part.pool.size() == 0 && !with_tape) continue;
    again.add(part.pool);
    const auto knows = [](const auto& whole, const auto& names) { return std::includes(whole.begin(), whole.end(), names.begin(), names.end()); };
    if (!knows(totals_.groups, again.groups) || !knows(totals_.indices, again.indices)) return {changed(source_.tape)};
    if (rules_.any) part.credits = credits_on(tape, part.pool);
    if (with_tape) part.tape = &tape;
    else tape = {};  // the pool stands for it
    pool::number_names_as(names_, part.pool);
    use(part);
  }
  if (!blocks.unread().empty()) return blocks.unread();
  if (again.loans != totals_.loans || again.balance != totals_.balance) return {changed(source_.tape)};
  return {};
}

// The scenarios read again, for what their rules come to here; what they get wrong was said when the deal was loaded.
std::vector<assumptions::Credit> PartsReader::credits_on(const pool::LoanTape& tape, const pool::Pool& pool) const {
  ScenarioContext context = rules_.context;
  context.tape = &tape;
  context.pool = &pool;
  context.products = &source_.tape.products;
  const auto set = read_scenarios(rules_.text, rules_.file, context);
  std::vector<assumptions::Credit> credits;
  for (const auto& scenario : set.value->scenarios) credits.push_back(scenario.assumptions.credit);
  return credits;
}

}  // namespace spillway::io
